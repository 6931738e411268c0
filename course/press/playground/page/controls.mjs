// The settings: what stands in the page goes into the state, and the other way round.

import { MOST_LAYERS, PARTS } from "./address.mjs";
import { SETS, generated } from "./data.mjs";
import { Refused, readTable } from "./pasted.mjs";
import { byId, disable, element } from "./page.mjs";
import { colours, sharp } from "./paint.mjs";
import { reach } from "./plane.mjs";

const FIELDS = ["count", "noise", "test", "draw", "rate", "batch", "seed", "scale"];

/** Tie every field to the state. */
export function bindControls(app) {
  byId("sets").append(...Object.entries(SETS).map(([name, set]) => tile(app, name, set)));
  for (const name of FIELDS) {
    byId(name).addEventListener("change", () => {
      const text = byId(name).value;
      const label = byId(name).labels[0].textContent;
      const value = name === "scale" && text === "" ? 0 : PARTS[name].read(text);
      if (value === undefined) {
        app.say(
          `${label}: ${text || "nothing"} cannot be used; it stays ${app.state[name]}.`,
          true,
        );
        return showState(app);
      }
      return app.set({ [name]: value });
    });
  }
  byId("more").addEventListener("click", () =>
    app.set({ hidden: [...app.state.hidden, [4, app.state.hidden.at(-1)?.[1] ?? "tanh"]] }),
  );
  byId("fewer").addEventListener("click", () => app.set({ hidden: app.state.hidden.slice(0, -1) }));
  bindDrawing(app);
  byId("use").addEventListener("click", () => paste(app));
}

function tile(app, name, { title }) {
  const input = element("input", { type: "radio", name: "set", value: name });
  input.addEventListener("change", () => app.set({ data: name }));
  return element(
    "label",
    {},
    input,
    element("canvas", { "data-set": name, "aria-hidden": "true" }),
    element("span", {}, title),
  );
}

/** Small pictures of the sets; in each a few examples. */
export function paintTiles(app) {
  for (const canvas of document.querySelectorAll("[data-set]")) {
    const { set: name } = canvas.dataset;
    let points = app.facts.trees[name]?.training.slice(0, 60) ?? [];
    if (SETS[name].made) points = generated(name, 60, 0, 3, app.facts.edges);
    if (!points.length && app.state.data === name) points = app.state.points.slice(0, 60);
    const { context, width } = sharp(canvas);
    const far = name.startsWith("trees") ? 3 : reach(points);
    for (const [x, y, label] of points)
      spot(context, width * (0.5 + x / far / 2.1), width * (0.5 - y / far / 2.1), label);
    if (!points.length) icon(context, width, name);
  }
}

function spot(context, x, y, label) {
  context.beginPath();
  if (label) {
    context.moveTo(x - 1.7, y - 1.7);
    context.lineTo(x + 1.7, y + 1.7);
    context.moveTo(x - 1.7, y + 1.7);
    context.lineTo(x + 1.7, y - 1.7);
  } else context.arc(x, y, 1.5, 0, 7);
  context.lineWidth = 1.2;
  context.strokeStyle = colours()[label ? "plus" : "minus"];
  context.stroke();
}

function icon(context, width, name) {
  const size = Math.round((name === "drawn" ? 0.42 : 0.28) * width);
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours().soft;
  context.fillText(name === "drawn" ? "✎" : "CSV", width / 2, width / 2);
}

function bindDrawing(app) {
  byId("add").addEventListener("click", () => {
    const [x, y] = ["new-x1", "new-x2"].map((id) => Number(byId(id).value));
    const label = chosenMark();
    app.addPoint(x, y, label);
    app.say(`Example ${app.state.points.length} placed: label ${label} at ${x}, ${y}.`);
  });
  byId("remove").addEventListener("click", () =>
    app.set({ points: app.state.points.slice(0, -1) }),
  );
  byId("clear").addEventListener("click", () => app.set({ points: [] }));
}

export const chosenMark = () => Number(document.querySelector("[name=mark]:checked").value);

function paste(app) {
  const refused = byId("refused");
  try {
    const { points, names } = readTable(byId("table").value, byId("standardise").checked);
    refused.textContent = "";
    app.set({ points });
    app.say(`${points.length} examples. Label 0 is “${names[0]}”, label 1 is “${names[1]}”.`, true);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refused.textContent = error.message;
  }
}

/** Show the state in every field. */
export function showState(app) {
  const { state } = app;
  for (const input of document.querySelectorAll("[name=set]"))
    input.checked = input.value === state.data;
  for (const name of FIELDS) byId(name).value = name === "scale" && !state.scale ? "" : state[name];
  const set = SETS[state.data];
  const standardised = set.trees ? "; both standardised; label 1 is a tree" : "";
  byId("about-set").textContent = `${set.title}: ${set.about}${standardised}.`;
  byId("made").hidden = !set.made;
  byId("share").hidden = Boolean(set.trees);
  byId("drawing").hidden = state.data !== "drawn";
  byId("pasting").hidden = state.data !== "pasted";
  byId("plane").classList.toggle("drawing", state.data === "drawn");
  const layers = state.hidden.length;
  byId("layers").textContent = `${layers} hidden ${layers === 1 ? "layer" : "layers"}`;
  disable(byId("more"), layers >= MOST_LAYERS, byId("fewer"));
  disable(byId("fewer"), layers === 0, byId("more"));
}

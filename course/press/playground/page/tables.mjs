// The numbers as tables: one example on its way, the parameters of a layer, and the pictures.

import { asked, byId, element, rove, table } from "./page.mjs";
import { curveInWords } from "./curve.mjs";
import { numberOf, textOf } from "./values.mjs";
import { inputName } from "./values_network.mjs";
import { shown } from "./numbers.mjs";
import { places } from "./plane.mjs";

const COARSE = 7; // the table of the plane has 7 × 7 places
const title = (app, l) => (l === app.run.layers.length ? "Output" : `Layer ${l}`);

/** Fill every button that stands for a number. */
export function fill(app, root = document) {
  for (const button of root.querySelectorAll(".num")) {
    const text = textOf(numberOf(app, button.dataset.subject, button.dataset));
    if (button.textContent !== text) button.textContent = text;
    button.disabled = !app.run;
  }
}

/** The tables that change with the shape of the network. */
export function buildTables(app) {
  if (!app.run)
    return [byId("trace"), byId("parameters"), byId("which")].forEach((one) =>
      one.replaceChildren(),
    );
  byId("trace").replaceChildren(traced(app));
  return buildParameters(app);
}

/** x, then z, a and dz of every unit, then what the network says. */
function traced(app) {
  const body = element("tbody");
  const row = (first, ...cells) =>
    body.append(element("tr", {}, ...first, ...cells.map((one) => element("td", {}, one))));
  const layerHead = (text, span) => element("th", { scope: "rowgroup", rowspan: span }, text);
  const head = (text) => element("th", { scope: "row" }, text);
  const { features } = app.state;
  features.forEach((_, k) => {
    const first = k ? [] : [layerHead("Features", features.length)];
    row([...first, head(inputName(app, 1, k))], "", asked("x", { input: k }), "");
  });
  app.run.layers.forEach(({ W, activation }, i) => {
    const [l, last] = [i + 1, i + 1 === app.run.layers.length];
    for (let j = 0; j < W.rows; j++) {
      const first = j ? [] : [layerHead(title(app, l), W.rows)];
      const of = { layer: l, unit: j };
      const a = last ? asked("probability") : asked(`a_${activation}`, of);
      row(
        [...first, head(last ? "ŷ" : `unit ${j + 1}`)],
        asked("z", of),
        a,
        last ? asked("dz_out") : asked("dz_hidden", of),
      );
    }
  });
  row([layerHead("Truth", 1), head("y")], "", asked("y"), "");
  row([layerHead("Price", 1), head("loss")], "", asked("loss"), "");
  const heads = ["", "", "z", "a", "dz"].map((text) =>
    text ? element("th", { scope: "col" }, text) : element("td", {}),
  );
  const made = element(
    "table",
    {},
    element("caption", { class: "hidden-text" }, "One example through all layers"),
  );
  made.append(element("thead", {}, element("tr", {}, ...heads)), body);
  return rove(made);
}

function buildParameters(app) {
  const { layer: l } = app.chosen;
  const { W } = app.run.layers[l - 1];
  byId("layer-title").textContent = `${title(app, l)}: parameters and derivatives`;
  byId("which").replaceChildren(
    element("legend", { class: "hidden-text" }, "Which layer"),
    ...app.run.layers.map((_, i) => choice(app, i + 1)),
  );
  const inputs = Array.from({ length: W.cols }, (_, k) => inputName(app, l, k));
  const rows = (weight, bias) =>
    Array.from({ length: W.rows }, (_, j) => [
      `unit ${j + 1}`,
      ...inputs.map((_, k) => asked(weight, { layer: l, unit: j, input: k })),
      asked(bias, { layer: l, unit: j }),
    ]);
  const corner = (symbol) => ["from", ...inputs, symbol];
  byId("parameters").replaceChildren(
    rove(table(`W, a weight for each input, and b`, corner("b"), rows("weight", "bias"))),
    rove(table(`dW and db: derivatives of the cost`, corner("db"), rows("dW", "db"))),
  );
}

function choice(app, l) {
  const button = element("input", { type: "radio", name: "which", value: l });
  button.checked = l === app.chosen.layer;
  button.addEventListener("change", () => {
    app.choose(l, 0);
    byId("which").querySelector(":checked").focus();
  });
  return element("label", {}, button, element("span", {}, title(app, l)));
}

/** What canvases show, in words and in tables; they are made when somebody opens them. */
export function buildPictures(app) {
  if (!byId("as-table").open) return;
  if (!app.run) return byId("tables").replaceChildren();
  const made = [planeTable(app), answers(app), curveTable(app)];
  byId("tables").replaceChildren(
    ...made.map(rove),
    element("p", { class: "small" }, curveInWords(app.run)),
  );
  fill(app, byId("tables"));
}

function planeTable(app) {
  const points = places(app.far, COARSE);
  const heads = ["x₂ \\ x₁", ...points.slice(0, COARSE).map(([x]) => shown(x, 2))];
  const rows = Array.from({ length: COARSE }, (_, r) => [
    shown(points[r * COARSE][1], 2),
    ...Array.from({ length: COARSE }, (_, c) => {
      const [x, y] = points[r * COARSE + c];
      return asked("probability", { place: `${x} ${y}` });
    }),
  ]);
  return table("Probability of label 1 over the plane", heads, rows);
}

function answers(app) {
  const sets = app.run.test ? ["training", "test"] : ["training"];
  const rows = sets.flatMap((of) =>
    [0, 1].map((label) => [
      `${of}, label ${label} ${label ? "×" : "○"}`,
      ...[0, 1].map((said) => asked("accuracy", { of, label, said })),
    ]),
  );
  return table("Examples by label and answer", ["examples", "it says 0", "it says 1"], rows);
}

function curveTable(app) {
  const { costs, testCosts } = app.run.history;
  const picked = [
    ...new Set(
      Array.from({ length: 11 }, (_, i) => Math.max(0, Math.round((i / 10) * costs.length) - 1)),
    ),
  ];
  const rows = costs.length
    ? picked.map((i) => [
        String(i + 1),
        asked("cost", { of: "train", epoch: i + 1 }),
        testCosts.length ? asked("cost", { of: "test", epoch: i + 1 }) : "–",
      ])
    : [["0", "–", "–"]];
  return table("The curve", ["epoch", "cost, training", "cost, test"], rows);
}

/** The plane in one sentence, for its picture. */
export function planeInWords(app) {
  const [train, test] = [app.training.length, app.testing.length];
  const [from, to] = [shown(-app.far, 1), shown(app.far, 1)];
  const what = `${train} training and ${test} test examples on a plane from ${from} to ${to}.`;
  if (!app.run) return what;
  const right = Math.round(app.now.train[1] * train);
  const { data } = app.surface.A.at(-1);
  const ones = data.filter((a) => a > 0.5).length / data.length;
  return (
    `${what} The network says label 1 on ${Math.round(100 * ones)} % of the plane, and ${right} ` +
    "training examples lie on their right side. The table below has the numbers."
  );
}

// The network as columns of units: each a button with the picture of what it answers.

import { colours, heat, shareOf, sharp } from "./paint.mjs";
import { FEATURES } from "./data.mjs";
import { MOST_UNITS } from "./address.mjs";
import { SIDE } from "./plane.mjs";
import { examples } from "./data.mjs";
import { element } from "./page.mjs";

const TITLES = { sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU" };

/** Builds the columns when the shape of the network changes, and paints them when it learns. */
export class NetworkView {
  constructor(app) {
    this.app = app;
    this.columns = document.getElementById("columns");
    this.edges = document.getElementById("edges");
    this.columns.addEventListener("keydown", (event) => this.move(event));
  }

  build() {
    const { state } = this.app;
    const focused = document.activeElement?.dataset?.keep;
    const hidden = state.hidden.map(([units, activation], l) =>
      this.layer(l + 1, units, activation),
    );
    this.columns.replaceChildren(this.inputs(), ...hidden, this.output());
    this.units = [...this.columns.querySelectorAll(".unit")];
    this.chosen();
    if (focused) this.focusAgain(this.columns.querySelector(`[data-keep="${focused}"]`));
  }

  /** A button that has just been used up hands the focus to its neighbour. */
  focusAgain(button) {
    const other = button?.parentElement.querySelector("button:not(:disabled)");
    (button?.disabled ? other : button)?.focus();
  }

  inputs() {
    const top = element("div", { class: "top" }, element("h3", {}, "Features"));
    const tiles = Object.entries(FEATURES).map(([name, { title, spoken }]) => {
      const box = element("input", {
        type: "checkbox",
        "data-keep": `feature-${name}`,
        "aria-label": spoken,
      });
      box.checked = this.app.state.features.includes(name);
      box.addEventListener("change", () => this.tick(name, box));
      return element(
        "label",
        { class: "feature" },
        box,
        element("span", { "aria-hidden": "true" }, title),
        element("canvas", { "data-feature": name, "aria-hidden": "true" }),
      );
    });
    return element(
      "div",
      { class: "column inputs", role: "group", "aria-label": "Features" },
      top,
      ...tiles,
    );
  }

  tick(name, box) {
    const ticked = {
      ...Object.fromEntries(this.app.state.features.map((one) => [one, true])),
      [name]: box.checked,
    };
    const features = Object.keys(FEATURES).filter((one) => ticked[one]);
    if (features.length) return this.app.set({ features });
    box.checked = true;
    return this.app.say("At least one feature stays ticked.");
  }

  layer(l, units, activation) {
    const name = `Layer ${l}`;
    const select = element("select", {
      "aria-label": `${name}, activation`,
      "data-keep": `activation-${l}`,
    });
    for (const [value, title] of Object.entries(TITLES))
      select.append(new Option(title, value, false, value === activation));
    select.addEventListener("change", () => this.change(l, units, select.value));
    const button = (sign, change, words) => {
      const made = element(
        "button",
        { type: "button", "aria-label": `${name}, ${words}`, "data-keep": `${words}-${l}` },
        sign,
      );
      made.disabled = units + change < 1 || units + change > MOST_UNITS;
      made.addEventListener("click", () => this.change(l, units + change, activation));
      return made;
    };
    const count = element(
      "span",
      {},
      String(units),
      element("span", { class: "hidden-text" }, units === 1 ? " unit" : " units"),
    );
    const row = element(
      "div",
      { class: "row" },
      button("−", -1, "one unit less"),
      count,
      button("+", 1, "one unit more"),
    );
    const top = element("div", { class: "top" }, element("h3", {}, name), select, row);
    const tiles = Array.from({ length: units }, (_, j) =>
      this.unit(l, j, `${name}, unit ${j + 1}, ${TITLES[activation]}`),
    );
    return element("div", { class: "column", role: "group", "aria-label": name }, top, ...tiles);
  }

  change(l, units, activation) {
    const hidden = this.app.state.hidden.map((layer, i) =>
      i === l - 1 ? [units, activation] : layer,
    );
    this.app.set({ hidden });
  }

  output() {
    const L = this.app.state.hidden.length + 1;
    const top = element(
      "div",
      { class: "top" },
      element("h3", {}, "Output"),
      element("span", { class: "small" }, "sigmoid"),
    );
    return element(
      "div",
      { class: "column output", role: "group", "aria-label": "Output" },
      top,
      this.unit(L, 0, "Output unit, sigmoid"),
    );
  }

  unit(l, j, name) {
    const made = element(
      "button",
      {
        type: "button",
        class: "unit",
        "aria-label": name,
        "data-layer": l,
        "data-unit": j,
        "data-keep": `unit-${l}-${j}`,
      },
      element("canvas", { "aria-hidden": "true" }),
    );
    made.addEventListener("click", () => this.app.choose(l, j, made));
    return made;
  }

  /** One unit is in the order of the Tab key; the arrow keys move from unit to unit. */
  move(event) {
    const from = event.target.closest(".unit");
    const step = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[
      event.key
    ];
    if (!from || !step) return;
    const [l, j] = [Number(from.dataset.layer) + step[0], Number(from.dataset.unit) + step[1]];
    const column = this.units.filter((unit) => Number(unit.dataset.layer) === l);
    const to = column[Math.min(j, column.length - 1)];
    if (!to || j < 0) return;
    event.preventDefault();
    for (const unit of this.units) unit.tabIndex = unit === to ? 0 : -1;
    to.focus();
  }

  chosen() {
    const { layer, unit } = this.app.chosen;
    for (const one of this.units) {
      const is = Number(one.dataset.layer) === layer && Number(one.dataset.unit) === unit;
      one.setAttribute("aria-pressed", String(is));
      one.tabIndex = is ? 0 : -1;
    }
  }

  /** The features do not learn: they are painted when they change, and when the light does. */
  paintFeatures() {
    const { places } = this.app;
    for (const canvas of this.columns.querySelectorAll("[data-feature]")) {
      const { data } = examples(places, [canvas.dataset.feature]);
      heat(canvas, data, 0, SIDE, shareOf("feature", data, 0, data.length));
    }
  }

  paintUnits() {
    const { surface, run } = this.app;
    if (!surface) return;
    const count = SIDE * SIDE;
    for (const unit of this.units) {
      const [l, j] = [Number(unit.dataset.layer), Number(unit.dataset.unit)];
      const { data } = surface.A[l];
      const share = shareOf(run.layers[l - 1].activation, data, j * count, count);
      heat(unit.firstChild, data, j * count, SIDE, share);
    }
    this.paintEdges();
  }

  /** Where the columns stand is measured once: it changes with the shape and the window only. */
  measure() {
    const box = this.columns.parentElement;
    this.edges.style.width = `${box.scrollWidth}px`;
    this.edges.style.height = `${box.clientHeight}px`;
    const zero = this.edges.getBoundingClientRect();
    const place = (node) => {
      const { left, right, top, height } = node.getBoundingClientRect();
      return { left: left - zero.left, right: right - zero.left, y: top - zero.top + height / 2 };
    };
    const inputs = this.app.state.features.map((name) =>
      place(this.columns.querySelector(`[data-feature="${name}"]`)),
    );
    this.spots = [inputs];
    for (const unit of this.units) (this.spots[unit.dataset.layer] ??= []).push(place(unit));
  }

  paintEdges() {
    if (!this.spots) this.measure();
    const { context } = sharp(this.edges);
    const { plus, minus } = colours();
    this.app.run.layers.forEach(({ W }, l) => {
      const largest = W.data.reduce((most, w) => Math.max(most, Math.abs(w)), 1);
      for (let j = 0; j < W.rows; j++) {
        for (let k = 0; k < W.cols; k++) {
          const w = W.data[j * W.cols + k];
          const [from, to] = [this.spots[l][k], this.spots[l + 1][j]];
          const middle = (from.right + to.left) / 2;
          context.beginPath();
          context.moveTo(from.right, from.y);
          context.bezierCurveTo(middle, from.y, middle, to.y, to.left, to.y);
          context.lineWidth = 0.6 + (4.4 * Math.abs(w)) / largest || 0.6;
          context.strokeStyle = w < 0 ? minus : plus;
          context.globalAlpha = 0.35 + (0.6 * Math.abs(w)) / largest || 0.35;
          context.setLineDash(w < 0 ? [5, 4] : []);
          context.stroke();
        }
      }
    });
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}

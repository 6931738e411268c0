// The panel: what a number is, its equation, its line of nnlib, its chapter, and the sum behind it.

import { element, byId } from "./page.mjs";
import { numberOf, textOf } from "./values.mjs";

/** Shows one subject at a time; Escape closes it, and the focus goes back to where it came from. */
export class Panel {
  constructor(app) {
    this.app = app;
    this.panel = byId("panel");
    this.from = null;
    byId("close").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.panel.hidden) this.close();
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-subject]");
      if (button) this.open(button.dataset.subject, button.dataset, button);
    });
  }

  open(subject, data, from) {
    const entry = this.app.facts.subjects[subject];
    this.shown = [subject, data];
    this.from = from;
    this.value = element("p", { class: "value" });
    this.worked = element("div", { class: "worked" });
    byId("panel-title").textContent = capital(entry.title);
    byId("panel-body").replaceChildren(
      this.value,
      this.worked,
      element("p", {}, entry.text),
      ...this.equations(entry),
      ...listing(entry),
      ...this.chapter(subject),
    );
    this.refresh();
    this.panel.hidden = false;
    byId("panel-body").scrollTop = 0;
    showMeant(byId("panel-body"));
    byId("panel-title").focus();
  }

  /** The numbers of now; they change while the network learns. */
  refresh() {
    if (!this.shown) return;
    const number = numberOf(this.app, ...this.shown);
    this.value.replaceChildren();
    if (number) this.value.append(element("span", { class: "small" }, number.name), textOf(number));
    this.worked.replaceChildren(...(number?.worked ?? []).map((line) => element("p", {}, line)));
  }

  equations({ equations }) {
    if (!equations.length) return [];
    const parts = [element("h3", {}, equations.length > 1 ? "Its equations" : "Its equation")];
    for (const { number, mathml, page } of equations) {
      const box = element("div", {
        class: "equation",
        tabindex: "0",
        role: "group",
        "aria-label": `Equation ${number}`,
      });
      box.innerHTML = mathml;
      box.append(element("span", {}, `(${number})`));
      parts.push(box, element("p", { class: "small" }, `Stated in ${page}.`));
    }
    return parts;
  }

  /** For a run that diverged, what the chapter says of such runs. */
  chapter(subject) {
    if (!["overflow", "rose", "leaps"].includes(subject)) return [];
    const words = element("details", {}, element("summary", {}, "What the chapter says"));
    const prose = element("div", {});
    prose.innerHTML = this.app.facts.hopeless;
    words.append(prose);
    words.open = true;
    return [words];
  }

  close() {
    this.panel.hidden = true;
    this.shown = null;
    if (this.from?.isConnected) this.from.focus();
  }
}

/** The function of nnlib with its line numbers; the line that is meant is marked. */
function listing({ file, first, mark, lines, page }) {
  const code = element("pre", {
    class: "listing",
    tabindex: "0",
    role: "group",
    "aria-label": `${file}, from line ${first}`,
  });
  lines.forEach((line, i) => {
    const meant = first + i === mark;
    code.append(element(meant ? "mark" : "span", { "data-line": first + i }, line || " "));
  });
  return [
    element("h3", {}, "Its line of nnlib"),
    element("p", { class: "small" }, `${file}, line ${mark}. Explained in ${page}.`),
    code,
  ];
}

/** Scroll the listing, and nothing else, to the line that is meant. */
function showMeant(body) {
  const line = body.querySelector("mark");
  const code = line.parentElement;
  code.scrollTop = Math.max(0, line.offsetTop - code.offsetTop - code.clientHeight / 2);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

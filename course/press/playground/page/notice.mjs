// A refusal, or why the run has ended, in the course's own words.

import { lowerRate, sentence } from "./divergence.mjs";
import { significant } from "./numbers.mjs";
import { byId, element } from "./page.mjs";

/** Show what stands in the way of a run, or what ended it; nothing if all is well. */
export function showNotice(app) {
  const box = byId("notice");
  const better = app.ended ? lowerRate(app.run.X, app.run.rate, app.run.layers.length) : null;
  const text = app.refused || (app.ended ? verdict(app, better) : "");
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  box.replaceChildren();
  if (!text) return;
  const head = app.ended ? "The run has diverged. " : "No run yet. ";
  box.append(element("strong", {}, head), text);
  if (app.ended) box.append(waysOut(app, better));
}

function verdict({ run, facts }, better) {
  return sentence(run.diverged.found, facts.sentences, run.rate, better);
}

function waysOut(app, better) {
  const [kind] = app.run.diverged.found;
  const why = element("button", { type: "button", "data-subject": kind }, "Why?");
  const again = element("button", { type: "button" }, `Try ${significant(better, 2)}`);
  again.addEventListener("click", () => {
    app.set({ rate: Number(significant(better, 2)) });
    byId("run").focus();
  });
  return element("div", { class: "row" }, why, again);
}

// What leaves the page: a program, the weights, the address.

import { READ_WEIGHTS, program, weights } from "./code.mjs";
import { byId } from "./page.mjs";
import { written } from "./address.mjs";

/** The texts that can be copied or saved. */
export function text(app, what) {
  if (what === "address") {
    const state = written({ ...app.state, epoch: app.run?.epoch ?? 0 });
    return `${location.href.split("#")[0]}#${state}`;
  }
  if (!app.run) return "";
  if (what === "code") return program(app.state, app.training, app.testing, app.run);
  return weights(app.state, app.run);
}

/** Show what is open; the rest is made when it is opened. */
export function showTexts(app) {
  for (const what of ["code", "weights", "address"]) {
    if (byId(`as-${what}`).open) byId(what).textContent = text(app, what);
  }
  byId("reading").textContent = READ_WEIGHTS;
}

export function bindTexts(app) {
  for (const what of ["code", "weights", "address"])
    byId(`as-${what}`).addEventListener("toggle", () => showTexts(app));
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(app, button.dataset.copy));
  }
  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () =>
      save(text(app, button.dataset.save), button.dataset.name),
    );
  }
}

async function copy(app, what) {
  const told = byId("told");
  try {
    await navigator.clipboard.writeText(text(app, what));
    told.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(byId(what)); // a browser may refuse: then it is marked
    told.textContent = "The browser does not let this page copy. The text is marked: press Ctrl-C.";
  }
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  byId("told").textContent = `Saved as ${name}.`;
}

"use strict";

/* Asked of an open deck or hand-out by audit.py. Each gives the places that are wrong. */
window.AUDIT = (() => {
  const LEAST = 18; /* of code, so that the last row can read it */
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const named = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);

  /* The picture of a formula is hidden from a screen reader; its MathML is judged. */
  async function axed(root) {
    const context = { include: [root], exclude: [["mjx-container > svg"]] };
    const options = { resultTypes: ["violations"], preload: false }; /* style sheets come from the disk */
    const { violations } = await axe.run(context, options);
    return violations.map((each) => `axe ${each.id}: ${each.nodes[0].html.slice(0, 140)}`);
  }

  function formulas(root) {
    const found = all("mjx-merror, [data-mjx-error]", root).map((each) => `formula: ${named(each)}`);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("pre, code, script, style, mjx-container")) continue;
      if (/\$\$|\$[^$\s][^$]*\$|\\begin\{/.test(node.data)) found.push(`not set: ${node.data.slice(0, 80)}`);
    }
    return found;
  }

  async function page() {
    const found = formulas(document.body);
    if (document.querySelector("[role=application]")) found.push("ends the reading mode");
    if (!window.DECK) found.push(...(await axed(document.documentElement)));
    return found;
  }

  /* axe reads the whole page before it judges a part of it: the other slides wait outside. */
  async function alone(shown, slides) {
    const outside = slides.filter((each) => each !== shown).map((each) => {
      const held = document.createDocumentFragment();
      held.append(...each.childNodes);
      return [each, held];
    });
    const found = await axed(shown);
    for (const [each, held] of outside) each.append(held);
    return found;
  }

  const count = () => window.DECK?.getSlides().length ?? 0;

  async function slide(number) {
    const slides = DECK.getSlides();
    const { h, v } = DECK.getIndices(slides[number]);
    DECK.slide(h, v, 99); /* with all that comes later */
    const shown = slides[number];
    const found = number ? await alone(shown, slides) : await axed(document.documentElement);
    if (shown.scrollHeight > 720) found.push(`${shown.scrollHeight} px high`);
    const wide = "pre, table, mjx-container[display='true']";
    for (const each of all(wide, shown)) {
      if (each.scrollWidth > each.clientWidth + 1 && each.localName !== "table") {
        found.push(`cut: ${named(each)}`);
      } else if (each.offsetWidth > shown.clientWidth - 111) {
        found.push(`${each.offsetWidth} px wide: ${named(each)}`);
      }
    }
    for (const code of all("pre", shown)) {
      const px = parseFloat(getComputedStyle(code).fontSize);
      if (px < LEAST) found.push(`code of ${px} px`);
    }
    for (const figure of all(".course-moves", shown)) {
      const sizes = all("img", figure).map((each) => each.style.width + each.style.maxHeight);
      if (new Set(sizes).size > 1) found.push(`frames of several sizes: ${sizes.join(", ")}`);
    }
    return found;
  }

  return { page, count, slide };
})();

"use strict";

/* Asked of an open page by audit.py. Each check gives the places where it fails; none is good. */
window.AUDIT = (() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  /* The picture of a formula is hidden from a screen reader; its MathML is judged. */
  const FORMULAS = { include: [["html"]], exclude: [["mjx-container > svg"]] };
  const named = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const still = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  function scrolled(element) {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return element.closest("mjx-container svg, mjx-assistive-mml");
  }

  function wide(what) {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over <= 1) return [];
    const right = document.documentElement.clientWidth;
    const out = all("body *").filter(
      (each) => each.getBoundingClientRect().right > right + 1 && !scrolled(each),
    );
    return [`${what}: ${over} px too wide; ${out.slice(0, 2).map(named).join(" | ")}`];
  }

  /* After the screen has become another one: what scrolls is measured anew first. */
  async function reflow(what) {
    window.dispatchEvent(new Event("resize"));
    await still();
    return wide(what);
  }

  async function styled(style, what) {
    const sheet = document.createElement("style");
    sheet.textContent = style;
    document.head.append(sheet);
    window.dispatchEvent(new Event("resize")); // what scrolls is measured anew
    await still();
    const found = wide(what);
    sheet.remove();
    return found;
  }

  const checks = {
    language: () => (document.documentElement.lang ? [] : ["no lang"]),
    title: () => (document.title.trim() ? [] : ["no title"]),
    alternatives: () =>
      all("img").filter((each) => !each.getAttribute("alt")?.trim()).map(named),
    headings() {
      const levels = all("h1, h2, h3, h4, h5, h6").filter(seen).map((each) => +each.localName[1]);
      const found = levels.filter((level) => level === 1).length === 1 ? [] : ["not one h1"];
      levels.forEach((level, i) => {
        if (i && level > levels[i - 1] + 1) found.push(`h${level} after h${levels[i - 1]}`);
      });
      return found;
    },
    landmarks: () =>
      ["main", "nav", "header"].filter((each) => !document.querySelector(each)),
    skip() {
      const link = document.querySelector("a[href^='#']");
      return link && document.querySelector(link.getAttribute("href"))?.localName === "main"
        ? []
        : ["the first link does not lead to the text"];
    },
    mathematics() {
      const formulas = all("mjx-container");
      const found = formulas.filter((each) => !each.querySelector("mjx-assistive-mml")).map(named);
      found.push(...all("mjx-merror, [data-mjx-error]").map(named));
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("pre, code, script, style, mjx-container")) continue;
        if (/\$[^$\s][^$]*\$|\\begin\{/.test(node.data)) found.push(node.data.slice(0, 80));
      }
      return found;
    },
    media: () => all("audio, video, object, embed, iframe").map(named),
    movement() {
      const found = all("meta[http-equiv=refresh i], marquee, blink").map(named);
      return found.concat(document.getAnimations().map((each) => `moves: ${each.id}`));
    },
    sheets() {
      const found = [];
      const read = (rules) => {
        for (const rule of rules) {
          if (rule.media && /orientation/.test(rule.media.mediaText)) found.push(rule.media.mediaText);
          if (rule.cssRules) read(rule.cssRules);
        }
      };
      for (const sheet of document.styleSheets) {
        try {
          read(sheet.cssRules);
        } catch {
          /* from the disk, a browser keeps a file's rules to itself; audit.py reads the file */
        }
      }
      return found;
    },
    fields: () =>
      all("input, select, textarea")
        .filter((each) => each.type !== "hidden" && !each.labels?.length && !each.ariaLabel)
        .map(named),
    focus() {
      const found = [];
      const can = "a[href], button, input, select, summary, [tabindex]:not([tabindex='-1'])";
      for (const each of all(can).filter(seen)) {
        each.focus();
        if (document.activeElement !== each) {
          found.push(`takes no focus: ${named(each)}`);
          continue;
        }
        const style = getComputedStyle(each);
        if (style.outlineStyle === "none" && style.boxShadow === "none") {
          found.push(`shows no focus: ${named(each)}`);
        }
        const box = each.getClientRects()[0];
        const bar = document.querySelector("header")?.getBoundingClientRect();
        const under = bar && !each.closest("header, nav, .skip");
        if (under && box && box.bottom <= bar.bottom && box.top >= bar.top && bar.top <= 0) {
          found.push(`hidden by the bar: ${named(each)}`);
        }
      }
      document.activeElement.blur();
      return found;
    },
    async text200() {
      return styled("html { font-size: 200% !important; }", "text at 200 %");
    },
    async spacing() {
      const style =
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; " +
        "word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }";
      return styled(style, "with more space");
    },
  };
  async function run() {
    const found = {};
    for (const [name, check] of Object.entries(checks)) found[name] = await check();
    return found;
  }

  async function axed(options) {
    const result = await axe.run(FORMULAS, { resultTypes: ["violations", "incomplete"], ...options });
    const place = (node) => {
      const why = (node.failureSummary ?? "").split("\n")[1] ?? "";
      return `${node.html.slice(0, 160)} (${why.trim()})`;
    };
    const short = (rules) => rules.map((rule) => [rule.id, rule.nodes.map(place)]);
    return {
      violations: short(result.violations),
      incomplete: short(result.incomplete),
      passes: result.passes.map((rule) => rule.id),
    };
  }

  return { run, axed, reflow };
})();

"use strict";

/* The theme: as the system has it, until the reader chooses. */
const root = document.documentElement;
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

/* The contents stand open beside the text where there is room. */
const contents = document.getElementById("contents");
const wide = window.matchMedia("(min-width: 70em)");
const arrange = () => {
  contents.open = wide.matches;
};
wide.addEventListener("change", arrange);
arrange();
contents.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
window.scrollTo(0, 0);
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

/* A folded result or solution opens when a link leads into it. */
function opened() {
  let at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (; at; at = at.parentElement) if (at.localName === "details") at.open = true;
}
window.addEventListener("hashchange", opened);
opened();

/* What is wider than the page scrolls, and takes focus only if it does. */
function scrolls() {
  for (const each of document.querySelectorAll("mjx-container:not([display])")) {
    each.classList.remove("wide");
    const room = each.parentElement.closest("p, li, td, dd, div").clientWidth;
    const whole = each.closest(".whole") ?? each; // with the bracket before it and the full stop after it
    each.classList.toggle("wide", room > 0 && whole.getBoundingClientRect().width > room);
  }
  const formulas = [...document.querySelectorAll("mjx-container[display='true']")];
  const lines = formulas.map((each) => each.parentElement);
  for (const each of [...document.querySelectorAll("pre, .scroll, .wide"), ...lines]) {
    if (each.scrollWidth > each.clientWidth + 1) each.tabIndex = 0;
    else each.removeAttribute("tabindex");
  }
}
document.addEventListener("toggle", scrolls, true);
window.addEventListener("load", () => {
  (window.MathJax?.startup?.promise ?? Promise.resolve()).then(() => {
    scrolls();
    document.body.dataset.ready = "yes";
    for (const each of document.images) each.loading = "eager"; // paper shows them all
    if (location.hash) {
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }
  });
});
window.addEventListener("resize", scrolls);

/* Search: the index is read when the field is first used; it comes from the same folder. */
const field = document.getElementById("search");
const results = document.getElementById("results");
const up = document.currentScript?.dataset.up ?? document.querySelector("script[data-up]").dataset.up;
let asked;

function index() {
  asked ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${up}files/search.js`;
    script.onload = () => done(window.COURSE);
    script.onerror = failed;
    document.head.append(script);
  });
  return asked;
}

function score([address, page, heading, text], words) {
  let sum = 0;
  for (const word of words) {
    const inHeading = heading.toLowerCase().includes(word);
    const inPage = page.toLowerCase().includes(word);
    const times = text.toLowerCase().split(word).length - 1;
    if (!inHeading && !inPage && !times) return 0;
    if (heading === `Equation ${word}`) sum += 60;
    sum += 20 * inHeading + 6 * inPage + Math.min(times, 5);
  }
  return /^(mistakes|tests|lecture)/.test(address) ? sum / 3 : sum; // the book comes first
}

field.addEventListener("input", async () => {
  const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  if (!words.length) {
    results.replaceChildren();
    return;
  }
  const found = (await index())
    .map((row) => [score(row, words), row])
    .filter(([points]) => points)
    .sort((a, b) => b[0] - a[0])
    .slice(0, 12);
  const list = document.createElement("ul");
  for (const [, [address, page, heading]] of found) {
    const link = document.createElement("a");
    link.href = up + address;
    link.textContent = heading;
    const where = document.createElement("small");
    where.textContent = page === heading ? "" : ` ${page}`;
    const row = document.createElement("li");
    row.append(link, where);
    list.append(row);
  }
  results.replaceChildren(found.length ? list : "Nothing is found.");
});
document.querySelector("form.search").addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && results.childNodes.length) {
    results.replaceChildren();
    field.focus();
  }
});

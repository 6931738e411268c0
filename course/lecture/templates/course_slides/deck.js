"use strict";
const WIDTH = {{ resources.course.width }};
const HEIGHT = {{ resources.course.height }};
const LARGEST = 1.5; /* times its own size: more would blur */

/* Each slide is measured once its formulas are set: what is too tall is set a little smaller. */
function fit(slide) {
  let scale = parseFloat(slide.style.fontSize) || 1;
  while (slide.scrollHeight > HEIGHT && scale > 0.5) {
    scale -= 0.04;
    slide.style.fontSize = `${scale}em`;
  }
  slide.dataset.scale = scale.toFixed(2);
}

/* Nothing wide is cut off: a long line is set smaller, down to what the last row can read. It is
   broken where that would be too small. */
function lines(slide) {
  for (const code of slide.querySelectorAll("pre")) {
    if (!oneIsLong(code)) narrow(code, 18);
    if (code.scrollWidth > code.clientWidth + 1) code.classList.add("wrapped");
  }
  for (const wide of slide.querySelectorAll("mjx-container[display='true'], table")) {
    narrow(wide, 17, slide.clientWidth - 112);
  }
}

/* Where a single line of what a program prints is long, that one is broken, and all stay large. */
function oneIsLong(code) {
  const lengths = code.textContent.trimEnd().split("\n").map((line) => line.length);
  const letters = (code.clientWidth / code.scrollWidth) * Math.max(...lengths);
  const small = (parseFloat(getComputedStyle(code).fontSize) * letters) / Math.max(...lengths) < 20;
  return small && isOutput(code) && lengths.filter((each) => each > letters).length === 1;
}

function isOutput(code) {
  return code.closest(".jp-OutputArea") || !code.querySelector("span:not(:empty)");
}

/* A formula with a number has a width of its own, so its room is asked for as well. */
function narrow(element, least, room = Infinity) {
  let px = parseFloat(getComputedStyle(element).fontSize);
  const wide = () => element.scrollWidth > element.clientWidth + 1 || element.offsetWidth > room;
  while (wide() && px > least) {
    px = Math.max(least, px - 0.5);
    element.style.fontSize = `${px}px`;
  }
}

function slides() {
  return [...document.querySelectorAll(".slides section")].filter(
    (each) => !each.querySelector("section"),
  );
}

/* No line begins with the comma, and none ends with the bracket, that belongs to a formula. */
function together(slide) {
  for (const formula of slide.querySelectorAll("mjx-container:not([display])")) {
    const after = /^[.,;:!?)\]]+/.exec(formula.nextSibling?.data ?? "")?.[0] ?? "";
    const before = /[([]+$/.exec(formula.previousSibling?.data ?? "")?.[0] ?? "";
    if (!after && !before) continue;
    const held = document.createElement("span");
    held.style.whiteSpace = "nowrap";
    if (after) formula.nextSibling.data = formula.nextSibling.data.slice(after.length);
    if (before) formula.previousSibling.data = formula.previousSibling.data.slice(0, -before.length);
    formula.replaceWith(held);
    held.append(before, formula, after);
  }
}

/* What is short is set larger: for the last row. */
function grow(slide) {
  if (slide.querySelector("img, h1")) return;
  for (const size of [1.5, 1.35, 1.22, 1.1]) {
    slide.style.fontSize = `${size}em`;
    if (content(slide) < 0.62 * HEIGHT) return;
  }
  slide.style.fontSize = "";
}

function content(slide) {
  const last = [...slide.children].filter((each) => each.localName !== "aside").at(-1);
  return last ? last.offsetTop + last.offsetHeight : 0;
}

/* A picture takes the room that the text of its slide leaves; a small one is enlarged. The frames
   of a figure that moves are all set like the one that is seen. */
function pictures(slide) {
  for (const picture of slide.querySelectorAll("img")) {
    if (!picture.offsetWidth) continue;
    const frames = picture.closest(".course-moves")?.querySelectorAll("img") ?? [picture];
    const left = HEIGHT - slide.scrollHeight + (slide.clientHeight - content(slide) - 20);
    const wide = picture.parentElement.clientWidth / picture.offsetWidth;
    const larger = Math.min(LARGEST, wide, 1 + Math.max(0, left) / picture.offsetHeight);
    const width = Math.floor(picture.offsetWidth * larger);
    if (larger > 1.02) frames.forEach((each) => (each.style.width = `${width}px`));
    const over = slide.scrollHeight - HEIGHT;
    if (over > 0) {
      const high = Math.max(240, picture.getBoundingClientRect().height / zoom(slide) - over - 8);
      frames.forEach((each) => (each.style.maxHeight = `${high}px`));
    }
  }
}

function zoom(slide) {
  return slide.getBoundingClientRect().width / slide.offsetWidth || 1;
}

async function start() {
  const deck = new Reveal({
    width: WIDTH,
    height: HEIGHT,
    margin: 0.02,
    center: false,
    hash: true,
    controls: true,
    progress: true,
    slideNumber: "c/t",
    transition: "none",
    display: "flex",
    pdfSeparateFragments: false,
    plugins: [RevealNotes],
  });
  await deck.initialize();
  window.DECK = deck;
  /* reveal.js calls itself an application: that would end a screen reader's reading mode. */
  document.querySelector(".reveal").removeAttribute("role");
  await MathJax.startup.promise;
  document.body.classList.add("measuring");
  for (const slide of slides()) {
    together(slide);
    grow(slide);
    lines(slide);
    pictures(slide);
    fit(slide);
  }
  for (const wide of document.querySelectorAll("pre, table, mjx-container[display='true']")) {
    if (wide.scrollWidth > wide.clientWidth + 1) wide.tabIndex = 0;
  }
  document.body.classList.remove("measuring");
  deck.layout();
  document.body.dataset.ready = "yes";
}

window.addEventListener("load", start);

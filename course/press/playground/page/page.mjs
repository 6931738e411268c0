// Small help with the page itself.

/** An element with attributes and children; texts become text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A number that can be asked: a button whose data say which number it is. */
export function asked(subject, of = {}) {
  const data = Object.fromEntries(
    Object.entries(of).map(([name, value]) => [`data-${name}`, value]),
  );
  return element("button", { type: "button", class: "num", "data-subject": subject, ...data }, "–");
}

/** Switch a button off or on; if it has the focus when it goes off, another one gets it. */
export function disable(button, off, instead) {
  const focused = document.activeElement === button;
  button.disabled = off;
  if (off && focused) instead.focus();
}

/** One button of a table is in the order of the Tab key; the arrow keys move to the others. */
export function rove(table) {
  const buttons = () =>
    [...table.querySelectorAll("tr")]
      .map((row) => [...row.querySelectorAll("button")])
      .filter((row) => row.length);
  buttons()
    .flat()
    .forEach((button, i) => (button.tabIndex = i ? -1 : 0));
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[
      event.key
    ];
    const rows = buttons();
    const r = rows.findIndex((row) => row.includes(event.target));
    if (!step || r < 0) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(rows.length - 1, r + step[0]))];
    const c = rows[r].indexOf(event.target) + step[1];
    const to = row[Math.max(0, Math.min(row.length - 1, c))];
    event.target.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  return table;
}

/** A table with headings; each row is a list whose first entry heads it. */
export function table(caption, heads, rows) {
  const cell = (content) => element("td", {}, content);
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...others]) =>
    element("tr", {}, element("th", { scope: "row" }, first), ...others.map(cell)),
  );
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
}

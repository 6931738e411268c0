// The notebooks that are open, and what the site holds of them.

let known = null;

/** The editions of the site's notebooks, by path; they are fetched once. */
export function editions() {
  known = known || fetch(new URL('../../../static/editions.json', import.meta.url))
    .then((answer) => answer.json());
  return known;
}

/** A notebook as the site holds it, or null where it is somebody's own. */
export async function original(path) {
  if (!(path in await editions())) return null;
  const file = new URL(`../../../files/${path}`, import.meta.url);
  return (await fetch(file, { cache: 'no-cache' })).json();
}

/** Call a function for each notebook that is open, and for each that will be. */
export function eachPanel(app, then) {
  const seen = new WeakSet();
  const look = () => {
    for (const panel of app.shell.widgets('main')) {
      if (seen.has(panel) || !panel.content?.widgets || !panel.sessionContext) continue;
      seen.add(panel);
      panel.context.ready.then(() => then(panel));
    }
  };
  app.shell.layoutModified?.connect(look);
  app.shell.currentChanged?.connect(look);
  app.restored.then(look);
}

/** The text of a cell of a file: a string, or a list of lines. */
export const textOf = (cell) => [].concat(cell.source).join('');

// What is saved in this browser comes before what the site holds, for ever, and a notebook is saved
// as soon as it is run. So it remembers of which edition it is a copy, and the page looks whether the
// site has a newer one. A copy in which nobody wrote makes way for it. One that holds somebody's work
// stays as it is, and the new one can be opened beside it.

import { eachPanel, original, textOf } from './panels.mjs';

const NOTE = 'in-your-browser';

/** CRC-32 of a text, as eight digits. */
export function sum(text) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/** What tells an edition: a sum over what the cells of a notebook say. */
export function mark(notebook) {
  return sum(notebook.cells.filter((cell) => cell.id !== NOTE).map(textOf).join('\0'));
}

/** What a stored notebook is beside the site's: the same edition, an old one, or old with work. */
export function state(stored, site) {
  const edition = stored.metadata.course?.edition;
  if (site === null || edition === site.metadata.course.edition) return 'same';
  return mark(stored) === edition ? 'old' : 'worked in';
}

/** Where the new edition is put: beside the stored one, with a name of its own. */
export function beside(path, edition) {
  return path.replace(/\.ipynb$/, ` (new, ${edition.slice(0, 6)}).ipynb`);
}

export function activate(app, notices) {
  eachPanel(app, async (panel) => {
    const { path, model } = panel.context;
    const site = await original(path);
    const found = state(model.toJSON(), site);
    if (found === 'old') {
      model.fromJSON(site);
      await panel.context.save();
      notices.emit('This notebook is shown in its newest edition.', 'info', { autoClose: 8000 });
    } else if (found === 'worked in') {
      tell(app, notices, beside(path, site.metadata.course.edition), site);
    }
  });
}

function tell(app, notices, place, site) {
  const callback = async () => {
    const { contents } = app.serviceManager;
    const there = await contents.get(place, { content: false }).catch(() => null);
    if (!there) await contents.save(place, { type: 'notebook', format: 'json', content: site });
    await app.commands.execute('docmanager:open', { path: place });
  };
  notices.emit(
    'There is a newer edition of this notebook. What you see is the copy that you wrote in, in this '
    + 'browser; it stays as it is.',
    'info',
    { autoClose: false, actions: [{ label: 'Open the new one beside it', callback }] },
  );
}

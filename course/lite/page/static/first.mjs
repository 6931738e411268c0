// Who comes without naming a notebook begins with the first chapter.

import { editions } from './panels.mjs';

export async function activate(app) {
  await app.restored;
  if (new URL(document.location.href).searchParams.has('path')) return;
  const open = [...app.shell.widgets('main')].some((widget) => widget.context);
  if (open) return;
  const [path] = Object.keys(await editions()).sort();
  await app.commands.execute('docmanager:open', { path });
}

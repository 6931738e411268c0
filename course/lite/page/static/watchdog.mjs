// A page has no second thread and no signal that could stop Python. What ends an endless loop is
// to end the worker in which it runs, and to start a new one: the notebook stays as it is, the
// variables are gone.
//
// A cell of the course that nobody has changed may take as long as it needs. A cell that somebody
// wrote is ended when it has given no sign of life for a while, unless they ask to keep it.

import { eachPanel, original, textOf } from './panels.mjs';

const SECOND = 1000;
export const ASK = 4 * SECOND;
export const END = 9 * SECOND;
const OUTPUTS = new Set(['stream', 'display_data', 'update_display_data', 'execute_result', 'error',
  'clear_output', 'comm_open', 'comm_msg', 'comm_close']);
const STOP = new Set(['notebook:interrupt-kernel', 'kernelmenu:interrupt']);
const AFTER = 'Python has started anew. Everything that you wrote is kept; the variables are gone. '
  + 'Mend the cell, then run the cells above it again: menu Run, Run All Above Selected Cell.';

/** What to do with a cell that runs: nothing, ask, or end it. */
export function verdict(running, now) {
  if (!running || !running.yours || running.kept) return 'wait';
  const quiet = now - running.sign;
  if (quiet >= END) return 'end';
  return quiet >= ASK && !running.asked ? 'ask' : 'wait';
}

/** Whether a cell may run endlessly: one that the site does not hold, or that checks a function.
 *  Who knows that theirs takes long, and needs more time than a question leaves, says so in it. */
export function isYours(source, originals) {
  if (/^\s*# keep running\b/m.test(source)) return false;
  return !originals.has(source) || /\bcheck\(/.test(source);
}

export function activate(app, notices) {
  const watched = new Set();
  eachPanel(app, async (panel) => watched.add(await watch(panel, notices)));
  new BroadcastChannel('course-alive').onmessage = () => {
    for (const each of watched) each.sign();
  };
  setInterval(() => watched.forEach((each) => each.look()), SECOND / 4);
  app.commands.commandExecuted.connect((_, { id }) => {
    if (!STOP.has(id)) return;
    for (const each of watched) if (each.panel === app.shell.currentWidget) each.stop();
  });
}

/** Watch one notebook. */
async function watch(panel, notices) {
  const file = await original(panel.context.path);
  const originals = new Set((file?.cells ?? []).map(textOf));
  let running = null;

  panel.sessionContext.iopubMessage.connect((_, message) => {
    const { msg_type: kind } = message.header;
    const id = message.parent_header.msg_id;
    if (kind === 'execute_input') {
      const { code } = message.content;
      running = { id, code, sign: Date.now(), yours: isYours(code, originals) };
    } else if (running && OUTPUTS.has(kind)) {
      running.sign = Date.now();
    } else if (kind === 'status' && message.content.execution_state === 'idle' && running?.id === id) {
      settle(running);
      running = null;
    }
  });
  panel.disposed.connect(() => { running = null; });

  function settle(done) {
    if (done.notice) notices.dismiss(done.notice);
  }

  function ask(cell) {
    cell.asked = true;
    const seconds = (END - ASK) / SECOND;
    cell.notice = notices.emit(
      `A cell of yours shows nothing yet. Does it end? It is stopped in ${seconds} seconds.`,
      'warning',
      { autoClose: END, actions: [{ label: 'Keep running', callback: () => { cell.kept = true; } }] },
    );
  }

  async function end(ended, why) {
    running = null;
    settle(ended);
    const cell = panel.content.widgets.find(
      (each) => each.outputArea?.future?.msg?.header.msg_id === ended.id,
    );
    await panel.context.save().catch(() => {});
    const { kernel } = panel.sessionContext.session;
    await kernel.restart();
    const said = `${why} ${AFTER}`;
    cell?.model.outputs.add({ output_type: 'error', ename: 'Stopped', evalue: said, traceback: [said] });
    notices.emit(said, 'info', { autoClose: 10 * SECOND });
  }

  return {
    panel,
    sign: () => { if (running) running.sign = Date.now(); },
    look: () => {
      const what = verdict(running, Date.now());
      if (what === 'ask') ask(running);
      if (what === 'end') {
        end(running, `This cell gave no sign of life for ${END / SECOND} seconds and was stopped.`);
      }
    },
    stop: () => { if (running) end(running, 'This cell was stopped, as you asked.'); },
  };
}

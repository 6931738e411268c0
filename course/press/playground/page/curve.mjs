// The curve of the costs, one number per epoch, and where the run stands.

import { colours, sharp } from "./paint.mjs";
import { shown } from "./numbers.mjs";

const KNOWS_NOTHING = Math.log(2);

/** Draw the costs of a run; a long history is thinned out to the width of the picture. */
export function drawCurve(canvas, run) {
  const { context, width, height } = sharp(canvas);
  const shades = colours();
  const room = { left: 34, right: 8, top: 8, bottom: 18 };
  const { costs, testCosts } = run ? run.history : { costs: [], testCosts: [] };
  const finite = [...costs, ...testCosts].filter(Number.isFinite);
  const most = Math.max(
    1.1 * KNOWS_NOTHING,
    Math.min(
      finite.reduce((a, b) => Math.max(a, b), 0),
      4,
    ),
  );
  const last = Math.max(costs.length, 20);
  const at = (epoch) => room.left + (epoch / last) * (width - room.left - room.right);
  const down = (cost) =>
    room.top + (1 - Math.min(cost, most) / most) * (height - room.top - room.bottom);
  context.font = "11px system-ui, sans-serif";
  context.fillStyle = shades.soft;
  context.textAlign = "right";
  context.fillText("0", room.left - 5, down(0) + 3);
  context.fillText(shown(most, 1), room.left - 5, down(most) + 6);
  context.textAlign = "left";
  context.fillText("epoch 0", room.left, height - 4);
  context.textAlign = "right";
  context.fillText(String(last), width - room.right, height - 4);
  line(
    context,
    [
      [0, 0],
      [last, 0],
    ],
    at,
    down,
    shades.rule,
    1,
    [],
  );
  line(
    context,
    [
      [0, KNOWS_NOTHING],
      [last, KNOWS_NOTHING],
    ],
    at,
    down,
    shades.soft,
    1.4,
    [2, 3],
  );
  if (!run) return;
  line(context, thinned(testCosts, width), at, down, shades.plus, 2, [6, 4]);
  line(context, thinned(costs, width), at, down, shades.accent, 2.2, []);
  line(
    context,
    [
      [run.epoch, 0],
      [run.epoch, most],
    ],
    at,
    down,
    shades.ink,
    1.2,
    [],
  );
}

/** Pairs (epoch, cost), at most two for each point of the width. */
function thinned(costs, width) {
  const every = Math.max(1, Math.floor(costs.length / (2 * width)));
  const pairs = [];
  for (let i = 0; i < costs.length; i += every) {
    if (Number.isFinite(costs[i])) pairs.push([i + 1, costs[i]]);
  }
  return pairs;
}

function line(context, pairs, at, down, colour, width, dashes) {
  context.beginPath();
  for (const [epoch, cost] of pairs) context.lineTo(at(epoch), down(cost));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.stroke();
  context.setLineDash([]);
}

/** What the curve shows, in a sentence. */
export function curveInWords(run) {
  const { costs, testCosts } = run.history;
  if (!costs.length) return "The curve is empty: no epoch is done.";
  const least = costs.reduce((a, b) => Math.min(a, b), Infinity);
  const tested = testCosts.length
    ? ` The cost on the test examples ends at ${shown(testCosts.at(-1), 3)}.`
    : "";
  return (
    `Cost on the training examples over ${costs.length} epochs: from ${shown(costs[0], 3)} ` +
    `to ${shown(costs.at(-1), 3)}, at least ${shown(least, 3)}.${tested}`
  );
}

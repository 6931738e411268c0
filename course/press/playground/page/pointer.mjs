// The plane under a mouse, a pen or a finger; all of it can be done with keys as well.

import { chosenMark } from "./controls.mjs";
import { byId } from "./page.mjs";

const APART = 14; // pixels between two examples that are drawn in one go

/** A click places an example where one draws, and elsewhere chooses the example that is nearest. */
export function bindPlane(app) {
  const plane = byId("plane");
  let before = null;
  const place = (event) => {
    const here = [event.clientX, event.clientY];
    if (before && Math.hypot(here[0] - before[0], here[1] - before[1]) < APART) return;
    before = here;
    app.addPoint(...at(event, plane, app.far), event.shiftKey ? 1 - chosenMark() : chosenMark());
  };
  plane.addEventListener("pointerdown", (event) => {
    if (app.state.data !== "drawn") return app.showExample(nearest(app, at(event, plane, app.far)));
    plane.setPointerCapture(event.pointerId);
    before = null;
    return place(event);
  });
  plane.addEventListener("pointermove", (event) => {
    if (app.state.data === "drawn" && event.buttons) place(event);
  });
}

/** The place of the plane under the pointer. */
function at(event, plane, far) {
  const box = plane.getBoundingClientRect();
  const share = (value, from, size) => (2 * (value - from)) / size - 1;
  return [
    far * share(event.clientX, box.left, box.width),
    -far * share(event.clientY, box.top, box.height),
  ];
}

function nearest({ training }, [x, y]) {
  const distances = training.map((point) => Math.hypot(point[0] - x, point[1] - y));
  return distances.indexOf(Math.min(...distances));
}

// The page at work: one state, one run, and everything that shows them.

import { read, written } from "./address.mjs";
import { bindControls, chosenMark, paintTiles, showState } from "./controls.mjs";
import { curveInWords, drawCurve } from "./curve.mjs";
import { SETS, MOST_POINTS, examples, generated, refusal, split } from "./data.mjs";
import { lowerRate, sentence } from "./divergence.mjs";
import { Panel } from "./explain.mjs";
import { backward, forward } from "./mathematics.mjs";
import { NetworkView } from "./network.mjs";
import { percent, shown, significant } from "./numbers.mjs";
import { byId, element } from "./page.mjs";
import { forgetColours } from "./paint.mjs";
import { drawPlane, places, reach } from "./plane.mjs";
import { Run } from "./run.mjs";
import { buildPictures, buildTables, fill, planeInWords } from "./tables.mjs";
import { bindTexts, showTexts } from "./takeaway.mjs";

const BUDGET = 12; // milliseconds of training in a frame
const SPOKEN_EVERY = 5000;
const SHOWN_EVERY = 250; // tables and texts while it runs
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** State, run and view of the whole page. */
class App {
  constructor(facts) {
    this.facts = facts;
    this.example = 0;
    this.chosen = { layer: 1, unit: 0 };
    this.running = false;
    this.picture = document.createElement("canvas");
    this.last = { spoken: 0, shown: 0, drawn: 0, stepped: 0 };
    this.view = new NetworkView(this);
    this.panel = new Panel(this);
    this.frame = this.frame.bind(this);
    bindControls(this);
    bindTexts(this);
    this.bind();
    this.fromAddress();
  }

  fromAddress() {
    const { state, wrong } = read(location.hash);
    this.state = state;
    this.rebuild();
    if (wrong.length) this.say(`The address says what cannot be used of: ${wrong.join(", ")}. The usual value stands there.`, true);
    if (state.epoch && this.run) this.goForward(state.epoch);
  }

  /** Take a change of the settings; it begins a new run, from the start. */
  set(changes) {
    Object.assign(this.state, changes, { epoch: 0 });
    this.rebuild();
    this.remember();
  }

  rebuild() {
    this.pause(false);
    const { state, facts } = this;
    const set = SETS[state.data];
    if (set.trees) ({ training: this.training, testing: this.testing } = facts.trees[state.data]);
    else {
      const made = set.made ? generated(state.data, state.count, state.noise, state.draw, facts.edges) : state.points;
      [this.training, this.testing] = split(made, state.test);
    }
    this.refused = refusal(this.training);
    this.far = reach([...this.training, ...this.testing]);
    this.places = places(this.far);
    this.grid = examples(this.places, state.features);
    this.example = Math.min(this.example, Math.max(0, this.training.length - 1));
    this.chosen = { layer: Math.min(this.chosen.layer, state.hidden.length + 1), unit: 0 };
    this.run = this.refused ? null : this.newRun();
    this.until = null;
    showState(this);
    this.view.build();
    this.view.spots = null;
    buildTables(this);
    paintTiles(this);
    this.notice();
    this.draw(true);
  }

  newRun() {
    const { state, training, testing } = this;
    const labels = (points) => points.map(([, , label]) => label);
    const X = examples(training, state.features);
    const test = testing.length ? [examples(testing, state.features), labels(testing)] : null;
    const batch = Math.min(state.batch, training.length);
    const { hidden, rate, seed, scale } = state;
    return new Run({ X, Y: labels(training), test, hidden, rate, batch, seed, scale }, this.facts.edges);
  }

  // ---- what the views ask

  /** Forward and backward over the training examples with the weights of now. */
  passes() {
    if (this.passed !== this.run.layers) {
      const cache = forward(this.run.layers, this.run.X);
      this.both = { cache, gradients: backward(this.run.layers, cache, this.run.Y) };
      this.passed = this.run.layers;
    }
    return this.both;
  }

  evidenceOf(X) {
    return X === this.run.X ? this.passes().cache.Z.at(-1).data : forward(this.run.layers, X).Z.at(-1).data;
  }

  choose(layer, unit, from = null) {
    this.chosen = { layer, unit };
    this.view.chosen();
    buildTables(this);
    fill(this);
    if (!from || !this.run) return;
    const { activation } = this.run.layers[layer - 1];
    const last = layer === this.run.layers.length;
    this.panel.open(last ? "probability" : `a_${activation}`, { layer, unit }, from);
  }

  addPoint(x, y, label) {
    if (![x, y].every(Number.isFinite) || this.state.points.length >= MOST_POINTS) return;
    const short = (value) => Math.round(value * 1e4) / 1e4 + 0;
    this.set({ points: [...this.state.points, [short(x), short(y), label]] });
  }

  // ---- showing

  draw(everything) {
    const { run } = this;
    this.surface = run && forward(run.layers, this.grid);
    this.now = run?.now();
    drawPlane(byId("plane"), this.picture, this);
    drawCurve(byId("curve"), run);
    this.view.paint();
    fill(this, document.querySelector(".readouts"));
    this.travel();
    if (!everything) return;
    fill(this);
    this.panel.refresh();
    byId("plane").setAttribute("aria-label", planeInWords(this));
    byId("curve").setAttribute("aria-label", run ? curveInWords(run) : "No curve yet.");
    byId("example").max = this.training.length;
    byId("example").value = this.example + 1;
    if (this.running) return;
    buildPictures(this);
    showTexts(this);
  }

  travel() {
    const { run } = this;
    const ended = Boolean(run?.diverged && run.epoch >= run.diverged.epoch);
    byId("travel").max = run ? run.reached : 0;
    byId("travel").value = run ? run.epoch : 0;
    byId("travel").disabled = !run?.reached;
    for (const id of ["rewind", "back"]) byId(id).disabled = !run?.epoch;
    for (const id of ["run", "step"]) byId(id).disabled = !run || ended;
    document.body.classList.toggle("running", this.running);
    byId("run").querySelector("span").textContent = this.running ? "Pause" : "Run";
  }

  /** A refusal, or why the run ended, in the course's own words. */
  notice() {
    const box = byId("notice");
    const ended = this.run?.diverged && this.run.epoch >= this.run.diverged.epoch;
    const text = this.refused || (ended ? this.verdict() : "");
    if (box.dataset.text === text) return;
    box.dataset.text = text;
    box.replaceChildren();
    if (!text) return;
    box.append(element("strong", {}, ended ? "The run has diverged. " : "No run yet. "), text);
    if (!ended) return;
    const why = element("button", { type: "button", "data-subject": this.run.diverged.found[0] }, "Why?");
    const better = this.better();
    const again = element("button", { type: "button" }, `Try ${significant(better, 2)}`);
    again.addEventListener("click", () => {
      this.set({ rate: Number(significant(better, 2)) });
      byId("run").focus();
    });
    box.append(element("div", { class: "row" }, why, again));
  }

  better() {
    return lowerRate(this.run.X, this.run.rate, this.run.layers.length);
  }

  verdict() {
    return sentence(this.run.diverged.found, this.facts.sentences, this.run.rate, this.better());
  }

  /** Say something to who listens; with `seen` it also stands on the page. */
  say(text, seen = false) {
    byId("status").textContent = text;
    if (seen) byId("told").textContent = text;
    this.last.spoken = performance.now();
  }

  sayState() {
    if (!this.run) return this.say(this.refused);
    const { train, test } = this.now;
    const tested = test ? `, test cost ${shown(test[0], 3)}, ${percent(test[1])} of the test examples right` : "";
    return this.say(`Epoch ${this.run.epoch}. Training cost ${shown(train[0], 3)}${tested}.`);
  }

  remember() {
    history.replaceState(null, "", `#${written({ ...this.state, epoch: this.run?.epoch ?? 0 })}`);
  }

  // ---- running

  play() {
    if (!this.run) return;
    this.running = true;
    this.last.stepped = performance.now();
    this.say("Running.");
    requestAnimationFrame(this.frame);
  }

  pause(told = true) {
    this.running = false;
    if (!told) return;
    this.until = null;
    this.draw(true);
    this.notice();
    this.sayState();
    this.remember();
  }

  /** Run to an epoch, as an address asks. */
  goForward(epoch) {
    this.until = epoch;
    this.play();
  }

  frame(time) {
    if (!this.running) return;
    this.learn(time);
    const { run } = this;
    if ((run.diverged && run.epoch >= run.diverged.epoch) || run.epoch === this.until) return this.pause();
    if (time - this.last.drawn > (calm.matches ? 500 : 0)) {
      const everything = time - this.last.shown > SHOWN_EVERY;
      if (everything) this.last.shown = time;
      this.last.drawn = time;
      this.draw(everything);
    }
    if (time - this.last.spoken > SPOKEN_EVERY) {
      this.sayState();
      this.remember();
    }
    requestAnimationFrame(this.frame);
  }

  /** As many epochs as the speed allows. */
  learn(time) {
    const { run } = this;
    const aSecond = this.until ? 0 : Number(byId("speed").value);
    const due = aSecond ? Math.floor(((time - this.last.stepped) * aSecond) / 1000) : Infinity;
    if (due < 1) return;
    const end = performance.now() + BUDGET;
    let done = 0;
    do {
      run.step();
      done += 1;
    } while (done < due && run.epoch !== this.until && !run.diverged && performance.now() < end);
    this.last.stepped = aSecond ? this.last.stepped + (1000 * due) / aSecond : time;
  }

  /** Go to an epoch where the run has been. */
  goTo(epoch) {
    if (!this.run) return;
    this.running = false;
    this.run.goTo(epoch);
    this.pause();
  }

  bind() {
    byId("run").addEventListener("click", () => (this.running ? this.pause() : this.play()));
    byId("step").addEventListener("click", () => {
      this.running = false;
      this.run.step();
      this.pause();
    });
    byId("back").addEventListener("click", () => this.goTo(this.run.epoch - 1));
    byId("rewind").addEventListener("click", () => this.goTo(0));
    byId("travel").addEventListener("input", () => this.goTo(Number(byId("travel").value)));
    byId("example").addEventListener("change", () => this.showExample(Number(byId("example").value) - 1));
    byId("as-table").addEventListener("toggle", () => buildPictures(this));
    this.bindPlane();
    addEventListener("hashchange", () => this.fromAddress());
    addEventListener("resize", () => this.repaint());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  repaint() {
    forgetColours();
    this.view.spots = null;
    paintTiles(this);
    this.draw(false);
  }

  showExample(i) {
    if (!this.run) return;
    this.example = Math.max(0, Math.min(this.training.length - 1, Math.round(i) || 0));
    this.draw(true);
  }

  /** A click places an example, or chooses the one that lies nearest. */
  bindPlane() {
    const plane = byId("plane");
    const at = (event) => {
      const box = plane.getBoundingClientRect();
      const share = (value, from, size) => (2 * (value - from)) / size - 1;
      return [this.far * share(event.clientX, box.left, box.width), -this.far * share(event.clientY, box.top, box.height)];
    };
    let before = null;
    const place = (event) => {
      const far = before && Math.hypot(event.clientX - before[0], event.clientY - before[1]) < 14;
      if (far) return;
      before = [event.clientX, event.clientY];
      this.addPoint(...at(event), event.shiftKey ? 1 - chosenMark() : chosenMark());
    };
    plane.addEventListener("pointerdown", (event) => {
      if (this.state.data === "drawn") {
        plane.setPointerCapture(event.pointerId);
        before = null;
        return place(event);
      }
      const [x, y] = at(event);
      const distances = this.training.map((point) => Math.hypot(point[0] - x, point[1] - y));
      return this.showExample(distances.indexOf(Math.min(...distances)));
    });
    plane.addEventListener("pointermove", (event) => {
      if (this.state.data === "drawn" && event.buttons) place(event);
    });
  }
}

const app = new App(JSON.parse(byId("facts").textContent));
globalThis.playground = app; // for the tests, and for the curious

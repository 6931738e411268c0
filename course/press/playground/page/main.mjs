// The page at work: one state, one run, and everything that shows them.

import { read, written } from "./address.mjs";
import { bindControls, paintTiles, showState } from "./controls.mjs";
import { curveInWords, drawCurve } from "./curve.mjs";
import { MOST_POINTS, examples, parted, refusal } from "./data.mjs";
import { Panel } from "./explain.mjs";
import { backward, forward, measure } from "./mathematics.mjs";
import { NetworkView } from "./network.mjs";
import { showNotice } from "./notice.mjs";
import { percent, shown } from "./numbers.mjs";
import { byId, disable } from "./page.mjs";
import { forgetColours } from "./paint.mjs";
import { drawPlane, places, reach } from "./plane.mjs";
import { Player } from "./player.mjs";
import { bindPlane } from "./pointer.mjs";
import { Run } from "./run.mjs";
import { buildPictures, buildTables, fill, planeInWords } from "./tables.mjs";
import { bindTexts, showTexts } from "./takeaway.mjs";

/** State, run and view of the whole page. */
class App {
  constructor(facts) {
    this.facts = facts;
    this.example = 0;
    this.chosen = { layer: 1, unit: 0 };
    this.picture = document.createElement("canvas");
    this.view = new NetworkView(this);
    this.panel = new Panel(this);
    this.player = new Player(this);
    bindControls(this);
    bindTexts(this);
    bindPlane(this);
    this.bind();
    this.fromAddress();
  }

  fromAddress() {
    const { state, wrong } = read(location.hash);
    this.state = state;
    this.rebuild();
    if (wrong.length)
      this.say(
        `The address says what cannot be used of: ${wrong.join(", ")}. The usual values stay.`,
        true,
      );
    if (state.epoch) this.player.play(state.epoch);
  }

  /** Take a change of the settings; it begins a new run, from the start. */
  set(changes) {
    Object.assign(this.state, changes, { epoch: 0 });
    this.rebuild();
    this.remember();
  }

  rebuild() {
    this.player.halt();
    const { state, facts } = this;
    [this.training, this.testing] = parted(state, facts);
    this.refused = refusal(this.training);
    this.far = reach([...this.training, ...this.testing], state.data === "drawn" ? 2.2 : 0);
    this.places = places(this.far);
    this.grid = examples(this.places, state.features);
    this.example = Math.min(this.example, Math.max(0, this.training.length - 1));
    this.chosen = { layer: Math.min(this.chosen.layer, state.hidden.length + 1), unit: 0 };
    this.run = this.refused ? null : this.newRun();
    showState(this);
    this.view.build();
    this.view.spots = null;
    buildTables(this);
    this.view.paintFeatures();
    paintTiles(this);
    showNotice(this);
    this.draw(true);
  }

  newRun() {
    const { state, training, testing } = this;
    const labels = (points) => points.map(([, , label]) => label);
    const X = examples(training, state.features);
    const test = testing.length ? [examples(testing, state.features), labels(testing)] : null;
    const batch = Math.min(state.batch, training.length);
    const { hidden, rate, seed, scale } = state;
    return new Run(
      { X, Y: labels(training), test, hidden, rate, batch, seed, scale },
      this.facts.edges,
    );
  }

  // ---- what the views ask

  /** Whether the run stands where it diverged. */
  get ended() {
    return Boolean(this.run?.diverged && this.run.epoch >= this.run.diverged.epoch);
  }

  /** Forward over the training examples with the weights of now; backward if somebody asks. */
  passes() {
    const { layers, X, Y } = this.run;
    if (this.both?.layers !== layers) {
      const cache = forward(layers, X);
      let gradients = null;
      this.both = {
        layers,
        cache,
        get gradients() {
          return (gradients ??= backward(layers, cache, Y));
        },
      };
    }
    return this.both;
  }

  /** Cost and share of right answers on both sets. */
  measured() {
    const { X, Y, test } = this.run;
    const of = (set, labels) => measure(this.evidenceOf(set), labels);
    return { train: of(X, Y), test: test ? of(...test) : null };
  }

  evidenceOf(X) {
    return X === this.run.X
      ? this.passes().cache.Z.at(-1).data
      : forward(this.run.layers, X).Z.at(-1).data;
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
    this.now = run && this.measured();
    drawPlane(byId("plane"), this.picture, this);
    drawCurve(byId("curve"), run);
    this.view.paintUnits();
    fill(this, document.querySelector(".readouts"));
    this.travel();
    if (!everything) return;
    fill(this);
    this.panel.refresh();
    byId("plane").setAttribute("aria-label", planeInWords(this));
    byId("curve").setAttribute("aria-label", run ? curveInWords(run) : "No curve yet.");
    byId("example").max = this.training.length;
    byId("example").value = this.example + 1;
    if (this.player.running) return;
    buildPictures(this);
    showTexts(this);
  }

  travel() {
    const { run } = this;
    byId("travel").max = run ? run.reached : 0;
    byId("travel").value = run ? run.epoch : 0;
    byId("travel").disabled = !run?.reached;
    const [ahead, behind] = [["run", "step"].map(byId), ["rewind", "back"].map(byId)];
    if (run?.epoch) for (const button of behind) button.disabled = false;
    for (const button of ahead) disable(button, !run || this.ended, behind[0]);
    for (const button of behind) disable(button, !run?.epoch, ahead[0]);
    document.body.classList.toggle("running", this.player.running);
    byId("run").querySelector("span").textContent = this.player.running ? "Pause" : "Run";
  }

  /** Say something to who listens; with `seen` it also stands on the page. */
  say(text, seen = false) {
    byId("status").textContent = text;
    if (seen) byId("told").textContent = text;
  }

  sayState() {
    if (!this.run) return this.say(this.refused);
    const { train, test } = this.now;
    const tested = test
      ? `, test cost ${shown(test[0], 3)}, ${percent(test[1])} of the test examples right`
      : "";
    return this.say(`Epoch ${this.run.epoch}. Training cost ${shown(train[0], 3)}${tested}.`);
  }

  /** The run stands still: show all of it, say it, and keep it in the address. */
  settled() {
    this.draw(true);
    showNotice(this);
    this.sayState();
    this.remember();
  }

  /** Write the state into the address; soon, since browsers count how often that is done. */
  remember() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.writeAddress(), 200);
  }

  writeAddress() {
    history.replaceState(null, "", `#${written({ ...this.state, epoch: this.run?.epoch ?? 0 })}`);
  }

  showExample(i) {
    if (!this.run) return;
    this.example = Math.max(0, Math.min(this.training.length - 1, Math.round(i) || 0));
    this.draw(true);
  }

  bind() {
    byId("example").addEventListener("change", () => this.showExample(byId("example").value - 1));
    byId("as-table").addEventListener("toggle", () => buildPictures(this));
    addEventListener("hashchange", () => this.fromAddress());
    addEventListener("resize", () => this.repaint());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  repaint() {
    forgetColours();
    this.view.spots = null;
    paintTiles(this);
    this.view.paintFeatures();
    this.draw(false);
  }
}

/** The page is shown before it comes to life. */
requestAnimationFrame(() =>
  setTimeout(() => {
    // a name for it, for the tests and for the curious
    globalThis.playground = new App(JSON.parse(byId("facts").textContent));
  }),
);

// Run, pause, and go to an epoch: how the run moves through time.

import { byId } from "./page.mjs";

const BUDGET = 12; // milliseconds of training in a frame
const LONG_BUDGET = 60; // on the way to an epoch that an address names
const SPOKEN_EVERY = 5000; // milliseconds between two sentences for who listens
const SHOWN_EVERY = 250; // and between two looks at tables and texts
const CALM_EVERY = 500; // and between two pictures on that way, or for who wants no motion
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Moves the run of an app, frame by frame. */
export class Player {
  constructor(app) {
    this.app = app;
    this.running = false;
    this.until = null; // an epoch to stop at
    this.last = { spoken: 0, shown: 0, drawn: 0, stepped: 0 };
    this.frame = this.frame.bind(this);
    byId("run").addEventListener("click", () => (this.running ? this.pause() : this.play()));
    byId("step").addEventListener("click", () => this.step());
    byId("back").addEventListener("click", () => this.goTo(app.run.epoch - 1));
    byId("rewind").addEventListener("click", () => this.goTo(0));
    byId("travel").addEventListener("input", () => this.goTo(Number(byId("travel").value)));
  }

  /** Run on, to an epoch if one is named. */
  play(until = null) {
    if (!this.app.run || this.running) return;
    this.until = until;
    this.running = true;
    const now = performance.now();
    this.last = { spoken: now, shown: now, drawn: 0, stepped: now };
    this.app.say("Running.");
    requestAnimationFrame(this.frame);
  }

  /** Stand still without a word: another run is about to begin. */
  halt() {
    this.running = false;
    this.until = null;
  }

  pause() {
    this.halt();
    this.app.settled();
  }

  step() {
    this.halt();
    this.app.run.step();
    this.app.settled();
  }

  /** Go to an epoch where the run has been. */
  goTo(epoch) {
    this.halt();
    this.app.run.goTo(epoch);
    this.app.settled();
  }

  frame(time) {
    if (!this.running) return;
    this.learn(time);
    if (this.app.ended || this.app.run.epoch === this.until) return this.pause();
    this.show(time);
    requestAnimationFrame(this.frame);
  }

  show(time) {
    const { app, last } = this;
    if (time - last.drawn > (calm.matches || this.until !== null ? CALM_EVERY : 0)) {
      const everything = time - last.shown > SHOWN_EVERY;
      if (everything) last.shown = time;
      last.drawn = time;
      app.draw(everything);
    }
    if (time - last.spoken > SPOKEN_EVERY) {
      last.spoken = time;
      app.sayState();
      if (this.until === null) app.remember(); // else the address says where it is going
    }
  }

  /** As many epochs as the speed allows. */
  learn(time) {
    const { app, last } = this;
    const aSecond = this.until === null ? Number(byId("speed").value) : 0; // 0: full speed
    const due = aSecond ? Math.floor(((time - last.stepped) * aSecond) / 1000) : Infinity;
    const end = performance.now() + (this.until === null ? BUDGET : LONG_BUDGET);
    for (let done = 0; done < due; done++) {
      app.run.step();
      if (app.ended || app.run.epoch === this.until || performance.now() > end) break;
    }
    if (due > 0)
      last.stepped = aSecond ? Math.max(last.stepped + (1000 * due) / aSecond, time - 1000) : time;
  }
}

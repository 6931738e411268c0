"use strict";

/* Frames become a figure that moves: a slider for each of its values, and buttons where it plays.
   Without this script the frames stand below each other. Nothing moves by itself. */
(() => {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SECONDS = 1.0;

  function element(kind, properties = {}, ...children) {
    const made = Object.assign(document.createElement(kind), properties);
    made.append(...children);
    return made;
  }

  /* A slider goes from the least to the largest, wherever it starts. */
  function ordered(values) {
    return values.some((each) => Number.isNaN(Number(each)))
      ? values
      : [...values].sort((a, b) => a - b);
  }

  function moves(figure, number) {
    const sliders = JSON.parse(figure.dataset.sliders);
    const frames = [...figure.querySelectorAll(".course-frame")];
    const at = new Map(frames.map((frame) => [frame.dataset.at, frame]));
    const caption = figure.querySelector("figcaption");
    const told = element("p", { className: "course-told" });
    told.setAttribute("role", "status");
    const controls = element("div", { className: "course-controls" });
    const inputs = sliders.map(({ name, values: listed }, place) => {
      const values = ordered(listed);
      const input = element("input", {
        type: "range", min: 0, max: values.length - 1, step: 1,
        value: values.indexOf(listed[0]), id: `moving-${number}-${place}`,
      });
      const label = element("label", { htmlFor: input.id, textContent: name });
      const value = element("output", { htmlFor: input.id });
      controls.append(element("span", { className: "course-slider" }, label, " ", input, " ", value));
      input.addEventListener("input", () => shown(true));
      return { input, value, values, name };
    });

    function shown(aloud) {
      const values = inputs.map(({ input, values: each }) => each[Number(input.value)]);
      const wanted = at.get(JSON.stringify(values));
      for (const frame of frames) frame.hidden = frame !== wanted;
      inputs.forEach(({ input, value }, place) => {
        value.textContent = values[place];
        input.setAttribute("aria-valuetext", values[place]);
      });
      if (aloud) told.textContent = wanted.querySelector("img").alt;
    }

    for (const frame of frames) {
      frame.querySelector("p")?.remove();
      figure.insertBefore(frame, caption);
    }
    caption.querySelector("strong")?.remove();
    figure.querySelector("details").remove();
    if (figure.dataset.kind === "play") controls.prepend(player(inputs[0].input, () => shown(true)));
    figure.append(controls, told);
    figure.classList.add("course-moves");
    shown(false);
  }

  function player(input, shown) {
    const button = (text) => element("button", { type: "button", textContent: text });
    const play = button("Play");
    const back = button("Back");
    const on = button("Step");
    let clock = null;
    const step = (by) => {
      input.value = Number(input.value) + by;
      shown();
    };
    const stop = () => {
      clearInterval(clock);
      clock = null;
      play.textContent = "Play";
    };
    play.addEventListener("click", () => {
      if (clock) return stop();
      if (input.value === input.max) input.value = 0;
      play.textContent = "Stop";
      shown();
      clock = setInterval(() => {
        if (input.value === input.max || still.matches || !input.isConnected) return stop();
        step(1);
      }, 1000 * SECONDS);
    });
    back.addEventListener("click", () => { stop(); step(-1); });
    on.addEventListener("click", () => { stop(); step(1); });
    input.addEventListener("pointerdown", stop);
    const quiet = () => {
      stop();
      play.hidden = still.matches; /* who wants no motion steps through it */
    };
    still.addEventListener("change", quiet);
    quiet();
    return element("span", { className: "course-player" }, back, " ", play, " ", on);
  }

  const style = element("style", {
    textContent: `
.course-moves .course-controls { display: flex; flex-wrap: wrap; gap: 0.3em 1.2em; align-items: center; }
.course-moves label, .course-moves output, .course-moves button, .course-moves figcaption { font-size: 0.9em; }
.course-moves input[type="range"] { width: 12em; min-height: 24px; vertical-align: middle; }
.course-moves button { font: inherit; font-size: 0.9em; min-width: 4em; padding: 0.1em 0.6em; }
.course-told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
@media print { .course-moves .course-controls { display: none !important; } }
`,
  });
  document.head.append(style);
  document.querySelectorAll(".course-moving").forEach(moves);
})();

// Every number that can be asked: its value, its name, and how it comes about.

import { shown } from "./numbers.mjs";
import { OF_NETWORK } from "./values_network.mjs";
import { OF_RUN, probabilityAt } from "./values_run.mjs";

/** What is known of a subject, by its name. */
export const NUMBERS = { ...OF_NETWORK, ...OF_RUN };

/** The number that a button stands for, or null where there is no run. */
export function numberOf(app, subject, data) {
  if (!app.run) return null;
  const of = { ...data };
  for (const key of ["layer", "unit", "input"]) if (key in of) of[key] = Number(of[key]);
  if (of.place) return probabilityAt(app, of.place.split(" ").map(Number));
  return NUMBERS[subject.startsWith("a_") ? "a" : subject]?.(app, of) ?? null;
}

/** The text of a number on its button. */
export const textOf = (number) => (number ? (number.text ?? shown(number.value)) : "–");

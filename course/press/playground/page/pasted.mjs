// Points from a pasted table, or one sentence that says which line is wrong, and how.

import { MOST_POINTS } from "./data.mjs";

/** A pasted table that cannot be used; the message says why. */
export class Refused extends Error {}

/** Lines of x1, x2, label; the first may be a heading. Returns points and the two labels' names. */
export function readTable(text, standardise) {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => [i + 1, line.trim()])
    .filter(([, line]) => line);
  if (lines.length === 0) throw new Refused("Nothing is pasted: each line is x1, x2, label.");
  const rows = lines.map(([number, line]) => [number, cells(line)]);
  if (isHeading(rows[0][1])) rows.shift();
  if (rows.length > MOST_POINTS) {
    throw new Refused(`At most ${MOST_POINTS} lines; found ${rows.length}.`);
  }
  const numbers = rows.map(([number, row]) => coordinates(number, row));
  const names = [...new Set(rows.map(([, row]) => row[2]))].sort(byNumber);
  if (names.length !== 2) throw new Refused(labelsAreWrong(names));
  const scaled = standardise ? standardised(numbers) : numbers;
  const points = scaled.map(([x, y], i) => [short(x), short(y), names.indexOf(rows[i][1][2])]);
  return { points, names };
}

function cells(line) {
  const separator = line.includes("\t")
    ? "\t"
    : line.includes(";")
      ? ";"
      : line.includes(",")
        ? ","
        : /\s+/;
  const decimal = separator === ";" ? (text) => text.replace(",", ".") : (text) => text;
  return line.split(separator).map((text) => decimal(text.trim().replace(/^"(.*)"$/, "$1")));
}

function isHeading(row) {
  return (
    row.length === 3 &&
    row.slice(0, 2).every((text) => text && Number.isNaN(Number(text)) && !/^nan$/i.test(text))
  );
}

function coordinates(number, row) {
  if (row.length !== 3) {
    const found = row.length === 1 ? "1 value" : `${row.length} values`;
    throw new Refused(`Line ${number} must have three values, x1, x2, label; found ${found}.`);
  }
  return row.slice(0, 2).map((text, k) => {
    const value = text === "" ? NaN : Number(text);
    if (!Number.isFinite(value)) {
      throw new Refused(
        `Line ${number}: x${k + 1} must be a finite number; found “${text.slice(0, 20)}”.`,
      );
    }
    if (Math.abs(value) > 1e6) {
      throw new Refused(
        `Line ${number}: x${k + 1} must lie between −1,000,000 and 1,000,000; found ${text}.`,
      );
    }
    return value;
  });
}

function byNumber(a, b) {
  return Number(a) - Number(b) || (a < b ? -1 : 1);
}

function labelsAreWrong(names) {
  const first = names
    .slice(0, 4)
    .map((name) => `“${name.slice(0, 12)}”`)
    .join(", ");
  const more = names.length > 4 ? ", …" : "";
  const found = `found ${names.length}: ${first}${more}`;
  return `The labels must be of two kinds, such as 0 and 1; ${found}.`;
}

/** Both columns with mean 0 and spread 1; a column without spread is only centred. */
function standardised(numbers) {
  const m = numbers.length;
  const [means, spreads] = [
    [0, 0],
    [0, 0],
  ];
  for (const k of [0, 1]) {
    means[k] = numbers.reduce((sum, row) => sum + row[k], 0) / m;
    spreads[k] =
      Math.sqrt(numbers.reduce((sum, row) => sum + (row[k] - means[k]) ** 2, 0) / m) || 1;
  }
  return numbers.map((row) => row.map((value, k) => (value - means[k]) / spreads[k]));
}

const short = (x) => Math.round(x * 1e4) / 1e4 + 0;

// @ts-check
/** Measures of the plots: scales, ticks, which labels fit and how labels keep apart. No browser. */

/** A digit of the type that the plots use; letters are narrower on the whole. */
const CHAR_PX = 7.8;
const BROAD_PX = 12;

/** @param {string} text */
export function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + ('mwMW@%'.includes(letter) ? BROAD_PX : CHAR_PX), 0);
}

/** A text that is cut where it would not fit; the table has it whole. @param {string} text @param {number} roomPx */
export function fitted(text, roomPx) {
  return widthOf(text) <= roomPx ? text : `${text.slice(0, Math.floor(roomPx / CHAR_PX) - 1).trimEnd()}…`;
}

/**
 * Round numbers from the least to the most and a little beyond; nought is always among them.
 * @param {(number | null)[]} values
 * @param {number} [about] how many steps
 */
export function ticksFor(values, about = 4) {
  const known = values.filter((value) => value !== null);
  const least = Math.min(0, ...known);
  const most = Math.max(0, ...known);
  const step = roundStep((most - least || 1) / about, known.every(Number.isInteger));
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** @param {number} rough @param {boolean} whole whether halves make no sense */
function roundStep(rough, whole) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999) ?? 10 * power;
  return whole ? Math.max(1, step) : step;
}

/**
 * From a value to a place between two ends.
 * @param {number[]} ticks
 * @param {number} start
 * @param {number} end
 */
export function scaleOf(ticks, start, end) {
  const [least, most] = [ticks[0], ticks[ticks.length - 1]];
  return (/** @type {number} */ value) => start + ((value - least) / (most - least)) * (end - start);
}

/** Every how many labels one fits, when each has so much room. @param {string[]} labels @param {number} roomPx */
export function everyLabel(labels, roomPx) {
  const widest = Math.max(...labels.map(widthOf)) + 8;
  return Math.max(1, Math.ceil(widest / roomPx));
}

/**
 * Places of labels moved so far that none lies over another, in the order given; they stay within the ends where they fit.
 * @param {number[]} wanted
 * @param {number} apart
 * @param {number} end the furthest place
 */
export function keepApart(wanted, apart, end) {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other]);
  const placed = [...wanted];
  order.forEach((index, nth) => { if (nth) placed[index] = Math.max(placed[index], placed[order[nth - 1]] + apart); });
  order.reverse().forEach((index, nth) => { placed[index] = Math.min(placed[index], nth ? placed[order[nth - 1]] - apart : end); });
  return placed;
}

/** How strong a cell is drawn: 0 for nothing, then 1 to 4 by its part of the most. @param {number | null} value @param {number} most */
export function strengthOf(value, most) {
  return !value || most <= 0 ? 0 : Math.min(4, Math.max(1, Math.ceil((value / most) * 4)));
}

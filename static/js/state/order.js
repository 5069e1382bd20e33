// @ts-check
/** The order of the list: it waits while somebody is touching or reading it, and folds what is far away. */

/** @typedef {import('../types.js').AdviceState} AdviceState */
/** @typedef {import('../types.js').ListState} ListState */
/** @typedef {import('../types.js').Option} Option */

export const SETTLE_MS = 3000;

/**
 * Whether the order must wait: a finger is down, a row is open, or the list was touched a moment ago.
 * @param {ListState} list
 * @param {number} now
 */
export function isHeld(list, now) {
  return list.touching || list.open !== null || now - list.touchedAt < SETTLE_MS;
}

/**
 * The order of an answer.
 * @param {import('../types.js').Advice | null} advice
 * @returns {string[]}
 */
export function orderOf(advice) {
  return advice ? advice.options.map((option) => option.hospital) : [];
}

/** Whether an answer has alarms or warnings. @param {import('../types.js').Advice | null} advice */
export function hasUrgent(advice) {
  return advice?.notices.some(({ level }) => level !== 'info') ?? false;
}

/**
 * Whether a newer order, or a notice above it, waits to be shown.
 * @param {AdviceState} advice
 */
export function isOrderWaiting(advice) {
  const latest = orderOf(advice.current);
  if (hasUrgent(advice.current) && !advice.noticed) return true;
  return latest.length !== advice.order.length || latest.some((id, index) => id !== advice.order[index]);
}

/**
 * The options in the order on screen; what the shown order does not know comes last, what is gone is gone.
 * @param {AdviceState} advice
 * @returns {Option[]}
 */
export function shownOptions(advice) {
  const options = advice.current?.options ?? [];
  const byId = new Map(options.map((option) => [option.hospital, option]));
  const placed = new Set(advice.order);
  return [
    ...advice.order.flatMap((id) => byId.get(id) ?? []),
    ...options.filter((option) => !placed.has(option.hospital)),
  ];
}

/**
 * The place of each hospital that the screen shows, from 1; what is folded away has none.
 * @param {AdviceState} advice
 * @param {ListState} list
 * @param {string | null} [chosen] the destination of the ride
 * @returns {Map<string, number>}
 */
export function placesShown(advice, list, chosen = null) {
  return new Map(fold(shownOptions(advice), list, chosen).near.map((option, index) => [option.hospital, index + 1]));
}

/**
 * Splits into what is shown and what is folded away. The server says which hospitals are far while something
 * nearer would do; the open row and the destination are never folded.
 * @param {Option[]} options
 * @param {ListState} list
 * @param {string | null} [chosen]
 * @returns {{near: Option[], far: Option[]}}
 */
export function fold(options, list, chosen = null) {
  const isShown = (/** @type {Option} */ option) => !option.far || list.showAll || option.hospital === list.open || option.hospital === chosen;
  return { near: options.filter(isShown), far: options.filter((option) => !isShown(option)) };
}

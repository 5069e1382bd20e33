// @ts-check
/** Which names of towns fit on the map: the weightiest first, none over another, nor over what matters more. */

/**
 * @typedef {object} Box edges in px
 * @property {number} left
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 */
/** @typedef {{text: string, rank: number, x: number, y: number, width: number, height: number}} Name its middle and size in px */

/** Zoom of the map from which each rank is drawn. */
const SHOWN_FROM = [6, 8.5, 10, 12.5];
/** Room around a name, so that names do not read as one. */
const APART_PX = 6;
/** A name that does not fit on its place may stand this many px above or below it. */
const ASIDE_PX = [0, -26, 26];

/** Whether names of a rank are drawn at a zoom. @param {number} rank @param {number} zoom */
export function isShown(rank, zoom) {
  return zoom >= (SHOWN_FROM[rank] ?? Infinity);
}

/**
 * @param {Name[]} names in the order of their weight
 * @param {Box[]} taken what they must leave free
 * @returns {Name[]} those that fit, moved aside where that helps
 */
export function placeNames(names, taken) {
  const boxes = [...taken];
  return names.flatMap((name) => {
    const free = ASIDE_PX.map((aside) => ({ ...name, y: name.y + aside })).find((moved) => !boxes.some((box) => overlap(boxOf(moved), box)));
    if (!free) return [];
    boxes.push(boxOf(free));
    return [free];
  });
}

/** @param {Name} name @returns {Box} */
function boxOf({ x, y, width, height }) {
  return {
    left: x - width / 2 - APART_PX, right: x + width / 2 + APART_PX,
    top: y - height / 2 - APART_PX / 2, bottom: y + height / 2 + APART_PX / 2,
  };
}

/** @param {Box} one @param {Box} other */
function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// @ts-check
/** Finding a place by what the device itself knows: towns of the road network, hospitals, coordinates. */

/** @typedef {import('../types.js').Place} Place */

const MOST = 8;
const COORDINATES = /^\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*$/;
/** The Netherlands with a margin, in degrees. */
const LAT = { least: 50, most: 54 };

/**
 * The best places for a query, best first.
 * @param {string} query
 * @param {{towns: import('../types.js').Town[], hospitals: import('../types.js').Hospital[]}} known
 * @returns {Place[]}
 */
export function findKept(query, { towns, hospitals }) {
  const typed = COORDINATES.exec(query);
  if (typed) return coordinatesOf(typed);
  const wanted = plain(query);
  const found = towns.filter(([name]) => plain(name).startsWith(wanted))
    .map(([name, lat, lon]) => /** @type {Place} */ ({ name, kind: 'town', position: { lat, lon } }));
  const words = wanted.split(/\s+/).filter(Boolean);
  const sites = hospitals.filter(({ name, city }) => words.every((word) => plain(`${name} ${city}`).includes(word)))
    .map(({ name, position }) => /** @type {Place} */ ({ name, kind: 'hospital', position }));
  return [...found.slice(0, MOST / 2), ...sites.slice(0, MOST / 2)];
}

/** @param {RegExpExecArray} typed @returns {Place[]} */
function coordinatesOf([, one, other]) {
  const [first, second] = [one, other].map((text) => Number(text.replace(',', '.')));
  const [lat, lon] = first >= LAT.least && first <= LAT.most ? [first, second] : [second, first];
  if (lat < LAT.least || lat > LAT.most || Math.abs(lon) > 180) return [];
  return [{ name: `${lat.toFixed(5)}, ${lon.toFixed(5)}`, kind: 'coordinates', position: { lat, lon } }];
}

/** Without case and accents. @param {string} text */
function plain(text) {
  return text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

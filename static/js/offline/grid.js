// @ts-check
/** Drive times from the lattice that the device keeps: unpacked once, looked up at every tap. */

import { clockOf } from './clock.js';

const M_PER_DEGREE = 111_195;
const CLOSE_SHARE = 0.2;
const AT_ONCE = 4;

/**
 * @typedef {object} GridHead
 * @property {string} stamp
 * @property {string[]} ids every destination
 * @property {number[]} on the places in `ids` of those on the network
 * @property {number} cells
 * @property {number} gaps bytes
 * @property {number} south @property {number} west @property {number} lat_step @property {number} lon_step
 * @property {number} columns @property {number} spacing_m @property {number} step_s @property {number} far_step @property {number} limit_m
 * @property {ProfileHead[]} profiles
 * @property {[number, number][]} rush_hours @property {[number, number]} night_hours
 * @property {number} straight_low @property {number} straight_high @property {number} gps_kph @property {number} approach_kph
 * @property {number} detour @property {number} earth_m
 */
/**
 * @typedef {object} ProfileHead
 * @property {string} name @property {number} start_s @property {{rush: number, other: number, night: number}} factors
 * @property {[number, number]} low seconds and share below the drive time @property {[number, number]} high the same above it
 * @property {number} straight_s @property {number} straight_kph
 */
/** @typedef {{seconds: number, low_s: number, high_s: number, geodesic: boolean}} Drive */
/** @typedef {import('../wire.js').Position} Position */
/** @typedef {Awaited<ReturnType<typeof unpackGrid>>} Grid */

/**
 * Unpacks in small pieces, so that taps are answered in between.
 * @param {ArrayBuffer} packed as `pack_grid` made it
 */
export async function unpackGrid(packed) {
  const bytes = new Uint8Array(packed);
  const headBytes = new DataView(packed).getUint32(0, true);
  /** @type {GridHead} */
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headBytes)));
  const reader = { bytes, at: 4 + headBytes };
  const count = head.cells;
  const cells = running(read(reader, count));
  const north = bytes.subarray(reader.at, reader.at + count);
  const east = bytes.subarray(reader.at + count, reader.at + 2 * count);
  reader.at += 2 * count;
  const places = new Map(Array.from(cells, (cell, place) => [cell, place]));
  const neighbours = [1, head.columns, head.columns + 1].map((less) => Int32Array.from(cells, (cell) => places.get(cell - less) ?? -1));
  /** @type {Record<string, Uint16Array[]>} */
  const steps = Object.fromEntries(head.profiles.map(({ name }) => [name, []]));
  for (let hospital = 0; hospital < head.on.length; hospital += 1) {
    if (hospital % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => { setTimeout(resolve); });
    for (const { name } of head.profiles) steps[name].push(foretold(read(reader, count), neighbours));
  }
  return { head, places, north, east, steps };
}

/** @param {{bytes: Uint8Array, at: number}} reader @param {number} count @returns {Int32Array} */
function read(reader, count) {
  const { bytes } = reader;
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    let folded = bytes[reader.at++];
    if (folded === 255) folded = bytes[reader.at++] + 256 * bytes[reader.at++];
    numbers[i] = folded & 1 ? -((folded + 1) >> 1) : folded >> 1;
  }
  return numbers;
}

/** @param {Int32Array} differences */
function running(differences) {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}

/** @param {Int32Array} differences @param {Int32Array[]} neighbours to the west, south, south-west @returns {Uint16Array} */
function foretold(differences, [west, south, corner]) {
  const values = new Uint16Array(differences.length);
  for (let i = 0; i < values.length; i += 1) {
    let guess = i ? values[i - 1] : 0;
    if (west[i] >= 0 && south[i] >= 0 && corner[i] >= 0) guess = values[west[i]] + values[south[i]] - values[corner[i]];
    else if (west[i] >= 0) guess = values[west[i]];
    else if (south[i] >= 0) guess = values[south[i]];
    values[i] = guess + differences[i];
  }
  return values;
}

/**
 * Drives from a position to every destination; null when it is too far from every road.
 * @param {Grid} grid
 * @param {Map<string, Position>} destinations
 * @param {{position: Position, accuracy_m?: number, signals: boolean, at: number}} from
 * @param {import('./clock.js').Zone} zone
 * @returns {Map<string, Drive> | null}
 */
export function driveTimes(grid, destinations, from, zone) {
  const { head } = grid;
  const name = from.signals ? 'signals' : 'no_signals';
  const profile = /** @type {ProfileHead} */ (head.profiles.find((one) => one.name === name));
  const near = cellsNear(grid, from.position);
  if (!near) return null;
  const factor = profile.factors[blockOf(head, from.at, zone)];
  const gpsS = ((from.accuracy_m ?? 0) / head.gps_kph) * 3.6;
  const rows = new Map(head.on.map((place, row) => [head.ids[place], row]));
  return new Map(head.ids.flatMap((id) => {
    const position = destinations.get(id);
    if (!position) return [];
    const row = rows.get(id);
    const steps = row === undefined ? null : weighted(grid.steps[name][row], near.cells, head.far_step);
    const seconds = steps === null
      ? straightSeconds(head, profile, from.position, position)
      : (steps * head.step_s + near.awayS) * factor + profile.start_s;
    return [[id, { seconds, ...band(head, profile, seconds, steps === null, gpsS), geodesic: steps === null }]];
  }));
}

/** @param {GridHead} head @param {ProfileHead} profile @param {number} seconds @param {boolean} geodesic @param {number} gpsS */
function band(head, profile, seconds, geodesic, gpsS) {
  const [lowS, lowShare] = profile.low;
  const [highS, highShare] = profile.high;
  return {
    low_s: Math.max(0, seconds * (1 - (geodesic ? head.straight_low : lowShare)) - lowS - gpsS),
    high_s: seconds * (1 + (geodesic ? head.straight_high : highShare)) + highS + gpsS,
  };
}

/**
 * The cells around a position with their weights, the nearer the heavier; farther out when there are none.
 * @param {Grid} grid
 * @param {Position} position
 * @returns {{cells: [place: number, weight: number][], awayS: number} | null}
 */
function cellsNear({ head, places, north, east }, position) {
  const row = Math.floor((position.lat - head.south) / head.lat_step);
  const column = Math.floor((position.lon - head.west) / head.lon_step);
  const eastM = M_PER_DEGREE * Math.cos((position.lat * Math.PI) / 180);
  const rings = Math.max(1, Math.ceil(head.limit_m / head.spacing_m));
  for (let ring = 1; ring <= rings; ring += 1) {
    /** @type {[number, number][]} */
    const cells = [];
    let nearestM = Infinity;
    for (let r = row - ring; r <= row + ring; r += 1) {
      for (let c = Math.max(column - ring, 0); c <= Math.min(column + ring, head.columns - 1); c += 1) {
        const place = places.get(r * head.columns + c);
        if (place === undefined) continue;
        const lat = head.south + (r + north[place] / 255) * head.lat_step;
        const lon = head.west + (c + east[place] / 255) * head.lon_step;
        const away = Math.hypot((lat - position.lat) * M_PER_DEGREE, (lon - position.lon) * eastM);
        nearestM = Math.min(nearestM, away);
        cells.push([place, 1 / (away ** 2 + (CLOSE_SHARE * head.spacing_m) ** 2)]);
      }
    }
    if (cells.length) return { cells, awayS: ring === 1 ? 0 : ((nearestM - head.spacing_m) / head.approach_kph) * 3.6 };
  }
  return null;
}

/** @param {Uint16Array} steps @param {[number, number][]} cells @param {number} farStep @returns {number | null} null: far */
function weighted(steps, cells, farStep) {
  let sum = 0;
  let weights = 0;
  let farWeights = 0;
  for (const [place, weight] of cells) {
    if (steps[place] >= farStep) farWeights += weight;
    else {
      sum += steps[place] * weight;
      weights += weight;
    }
  }
  return weights > farWeights ? sum / weights : null;
}

/** @param {GridHead} head @param {ProfileHead} profile @param {Position} from @param {Position} to */
function straightSeconds(head, profile, from, to) {
  const radians = Math.PI / 180;
  const half = Math.sin(((to.lat - from.lat) * radians) / 2) ** 2
    + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * Math.sin(((to.lon - from.lon) * radians) / 2) ** 2;
  const metres = 2 * head.earth_m * Math.asin(Math.sqrt(half));
  return profile.straight_s + ((metres * head.detour) / profile.straight_kph) * 3.6;
}

/** Which part of the day a drive falls in. @param {GridHead} head @param {number} at @param {import('./clock.js').Zone} zone @returns {'rush' | 'other' | 'night'} */
function blockOf(head, at, zone) {
  const hour = Math.floor(clockOf(zone, at) / 3_600_000);
  if (hour >= head.night_hours[0] || hour < head.night_hours[1]) return 'night';
  const isRush = isWorkday(zone, at) && head.rush_hours.some(([start, end]) => start <= hour && hour < end);
  return isRush ? 'rush' : 'other';
}

/** @param {import('./clock.js').Zone} zone @param {number} at */
function isWorkday(zone, at) {
  // The date at local noon lies on the same day in UTC.
  const weekday = new Date(at - clockOf(zone, at) + 43_200_000).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

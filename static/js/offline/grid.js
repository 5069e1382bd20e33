// @ts-check
/** Drive times from what the device keeps: unpacked once, looked up at every tap. */

import { unpackCells } from './cells.js';
import { clockOf } from './clock.js';
import { unpackRoads } from './roads.js';

/**
 * @typedef {object} GridHead
 * @property {number} version
 * @property {string} stamp
 * @property {string[]} ids every destination
 * @property {number[]} on the places in `ids` of those on the network
 * @property {import('./cells.js').CellsHead} [cells] of a lattice
 * @property {import('./roads.js').RoadsHead} roads of a small network all, beside a lattice the motorways
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
/**
 * The seconds from a position to the destination in a row of `on`, at the middle of the day; null when it is too far from every road, or for
 * a destination that is too far from there.
 * @typedef {(profile: string, spot: import('../types.js').Whereabouts) => ((row: number) => number | null) | null} LookUp
 */
/** @typedef {{head: GridHead, lookUp: LookUp}} Grid */

const VERSION = 5;

/**
 * Unpacks in small pieces, so that taps are answered in between.
 * @param {ArrayBuffer} packed as `pack_grid` or `pack_roads` made it
 * @returns {Promise<Grid | null>} null for what an earlier version of the page kept: this one cannot read it
 */
export async function unpackGrid(packed) {
  const headBytes = new DataView(packed).getUint32(0, true);
  /** @type {GridHead} */
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, 4, headBytes)));
  if (head.version !== VERSION) return null;
  const at = 4 + headBytes;
  if (!head.cells) {
    const roads = unpackRoads(packed, at, head);
    return { head, lookUp: (profile, spot) => roads(profile, spot, head.roads.motorway_m) ?? roads(profile, spot, head.roads.limit_m) };
  }
  const { on_motorway_m: onIt, limit_m: most } = head.cells;
  const cells = await unpackCells(new Uint8Array(packed, at), head);
  const motorways = unpackRoads(packed, at + cells.length, head);
  // A motorway beside a position counts where there is nothing else.
  return { head, lookUp: (profile, spot) => motorways(profile, spot, onIt) ?? cells.lookUp(profile, spot) ?? motorways(profile, spot, most) };
}

/**
 * Drives from a position to every destination; null when it is too far from every road.
 * @param {Grid} grid
 * @param {Map<string, Position>} destinations
 * @param {{position: Position, accuracy_m?: number, heading_deg?: number, signals: boolean, at: number}} from
 * @param {import('./clock.js').Zone} zone
 * @returns {Map<string, Drive> | null}
 */
export function driveTimes(grid, destinations, from, zone) {
  const { head } = grid;
  const name = from.signals ? 'signals' : 'no_signals';
  const profile = /** @type {ProfileHead} */ (head.profiles.find((one) => one.name === name));
  const secondsTo = grid.lookUp(name, { ...from.position, heading_deg: from.heading_deg });
  if (!secondsTo) return null;
  const factor = profile.factors[blockOf(head, from.at, zone)];
  const gpsS = ((from.accuracy_m ?? 0) / head.gps_kph) * 3.6;
  const rows = new Map(head.on.map((place, row) => [head.ids[place], row]));
  return new Map(head.ids.flatMap((id) => {
    const position = destinations.get(id);
    if (!position) return [];
    const row = rows.get(id);
    const found = row === undefined ? null : secondsTo(row);
    const geodesic = found === null;
    const seconds = geodesic ? straightSeconds(head, profile, from.position, position) : found * factor + profile.start_s;
    return [[id, { seconds, ...band(head, profile, seconds, geodesic, gpsS), geodesic }]];
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

// @ts-check
/** Drive times over the roads that the device has whole: from those near a position on, as the server finds them. */

import { readRunning } from './numbers.js';

const M_PER_DEGREE = 111_195;
const NO_WAY = -1;
/** A place that is this close to an end of its road is on all roads that meet there. */
const AT_END = 1e-6;

/**
 * @typedef {object} RoadsHead
 * @property {number} nodes @property {number} roads @property {number} points @property {number} joins
 * @property {number} degree_parts @property {number} unit_ms @property {number} never
 * @property {number} limit_m @property {number} motorway_m @property {number} candidates @property {number} spread_m @property {number} parallel_m
 */
/** @typedef {{alongMs: Int32Array, units: Uint16Array}} Times */
/** @typedef {{road: number, piece: number, share: number, gap: number, rank: number}} Found the farther and the less along the course, the higher its rank */
/** @typedef {import('../types.js').Whereabouts} Whereabouts */

/**
 * As `LookUp`, with how far away a motorway may be; where there is no other road it is asked with the limit of all roads.
 * @typedef {(profile: string, spot: Whereabouts, motorwayM: number) => ReturnType<import('./grid.js').LookUp>} RoadLookUp
 */

/**
 * @param {ArrayBuffer} packed @param {number} start where the roads begin
 * @param {import('./grid.js').GridHead} head
 * @returns {RoadLookUp}
 */
export function unpackRoads(packed, start, head) {
  const about = /** @type {RoadsHead} */ (head.roads);
  const reader = { bytes: new Uint8Array(packed), at: start };
  /** @param {number} count @param {number} [parts] of the unit */
  const numbers = (count, parts = 1) => Float64Array.from(readRunning(reader, count), (number) => number / parts);
  const whole = (/** @type {number} */ count) => readRunning(reader, count);
  const lines = {
    about, first: whole(about.roads + 1), lat: numbers(about.points, about.degree_parts), lon: numbers(about.points, about.degree_parts), motorway: whole(about.roads),
  };
  const ends = { tail: whole(2 * about.roads), head: whole(2 * about.roads) };
  const joins = { row: whole(about.joins), road: whole(about.joins), share: numbers(about.joins, 1e6), legM: numbers(about.joins, 1e2) };
  /** @type {Record<string, Times>} */
  const times = {};
  for (const { name } of head.profiles) times[name] = { alongMs: whole(2 * about.roads), units: Uint16Array.from(readRunning(reader, head.on.length * about.nodes)) };
  const approachMs = (/** @type {number} */ metres) => (metres * 3600) / head.approach_kph;

  return (profile, spot, motorwayM) => {
    const near = roadsNear(lines, ends.head, spot, motorwayM);
    if (!near.length) return null;
    const { alongMs, units } = times[profile];
    /** By which nodes one gets away, and after how many milliseconds. @type {[node: number, ms: number][]} */
    const ways = [];
    /** What is reached without passing a node. @type {Map<number, number>} */
    const straight = new Map();
    for (const { road, share, gap } of near) {
      const started = approachMs(gap);
      const along = (/** @type {number} */ ahead) => alongMs[road + (ahead < 0 ? about.roads : 0)];
      for (const [way, rest] of [[road, 1 - share], [about.roads + road, share]]) {
        if (alongMs[way] === NO_WAY) continue;
        ways.push([ends.head[way], started + alongMs[way] * rest]);
        if (rest >= 1 - AT_END) ways.push([ends.tail[way], started]);
      }
      for (let join = 0; join < about.joins; join += 1) {
        const ahead = joins.share[join] - share;
        if (joins.road[join] !== road || along(ahead) === NO_WAY) continue;
        const whole = started + approachMs(joins.legM[join]) + along(ahead) * Math.abs(ahead);
        straight.set(joins.row[join], Math.min(whole, straight.get(joins.row[join]) ?? Infinity));
      }
    }
    return (row) => {
      let best = straight.get(row) ?? Infinity;
      for (const [node, ms] of ways) {
        const rest = units[row * about.nodes + node];
        if (rest !== about.never) best = Math.min(best, ms + rest * about.unit_ms);
      }
      return best === Infinity ? null : best / 1000;
    };
  };
}

/** @typedef {{about: RoadsHead, first: Int32Array, lat: Float64Array, lon: Float64Array, motorway: Int32Array}} Lines */

/** The roads that one can be on or take, best first. @param {Lines} lines @param {Int32Array} heads @param {Whereabouts} spot @param {number} motorwayM */
function roadsNear(lines, heads, spot, motorwayM) {
  const { about } = lines;
  const taken = nearest(lines, heads, spot, motorwayM).sort((one, other) => one.rank - other.rank).slice(0, about.candidates);
  const most = taken.length ? Math.min(taken[0].rank + about.spread_m, about.limit_m + about.parallel_m) : 0;
  return taken.filter(({ rank }) => rank <= most).map((one) => ({ ...one, share: shareOfRoad(lines, one) }));
}

/** @param {Lines} lines @param {Int32Array} heads @param {Whereabouts} spot @param {number} motorwayM */
function nearest({ about, first, lat, lon, motorway }, heads, spot, motorwayM) {
  const eastM = M_PER_DEGREE * Math.cos((spot.lat * Math.PI) / 180);
  /** @type {Found[]} */
  const found = [];
  for (let road = 0; road < about.roads; road += 1) {
    const [along, against] = [heads[road] >= 0, heads[about.roads + road] >= 0];
    if (!along && !against) continue;
    const most = motorway[road] ? Math.min(motorwayM, about.limit_m) : about.limit_m;
    const best = { road, piece: -1, share: 0, gap: most, rank: Infinity };
    for (let piece = first[road]; piece < first[road + 1] - 1; piece += 1) {
      const [x, y] = [(lon[piece] - spot.lon) * eastM, (lat[piece] - spot.lat) * M_PER_DEGREE];
      const [dx, dy] = [(lon[piece + 1] - lon[piece]) * eastM, (lat[piece + 1] - lat[piece]) * M_PER_DEGREE];
      const square = dx * dx + dy * dy;
      const share = square === 0 ? 0 : Math.min(Math.max(-(x * dx + y * dy) / square, 0), 1);
      const gap = Math.hypot(x + share * dx, y + share * dy);
      if (gap > most) continue;
      const rank = gap + about.parallel_m * misfit(spot.heading_deg, dx, dy, along, against);
      if (rank <= best.rank) Object.assign(best, { piece, share, gap, rank });
    }
    if (best.piece >= 0) found.push(best);
  }
  return found;
}

/**
 * How little a piece can be driven in a course: from 0 along it to 1 right against it.
 * @param {number | undefined} headingDeg @param {number} dx @param {number} dy @param {boolean} along @param {boolean} against
 */
function misfit(headingDeg, dx, dy, along, against) {
  const length = Math.hypot(dx, dy);
  if (headingDeg === undefined || length === 0) return 0;
  const course = (headingDeg * Math.PI) / 180;
  const shared = (dx * Math.sin(course) + dy * Math.cos(course)) / length;
  if (along && against) return (1 - Math.abs(shared)) / 2;
  return (1 - (along ? shared : -shared)) / 2;
}

/** How far along its road a place on one of its pieces is. @param {Lines} lines @param {Found} found */
function shareOfRoad({ first, lat, lon }, { road, piece, share }) {
  const east = Math.cos((lat[piece] * Math.PI) / 180);
  let [before, total] = [0, 0];
  for (let at = first[road]; at < first[road + 1] - 1; at += 1) {
    const length = Math.hypot(lat[at + 1] - lat[at], (lon[at + 1] - lon[at]) * east);
    total += length;
    if (at < piece) before += length;
    else if (at === piece) before += share * length;
  }
  return total > 0 ? before / total : 0;
}

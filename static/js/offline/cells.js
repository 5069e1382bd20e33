// @ts-check
/** Drive times from a lattice: one value a cell, destination and profile, weighed with the cells around a position. */

import { readNumbers, readRunning } from './numbers.js';

const M_PER_DEGREE = 111_195;
const CLOSE_SHARE = 0.2;
/** How much heavier the near cells weigh. */
const STEEPNESS = 1.5;
/** Blocks that are unpacked before taps get their turn. */
const AT_ONCE = 32;

/** @typedef {import('../wire.js').Position} Position */
/**
 * @typedef {object} CellsHead
 * @property {number} count
 * @property {number} south @property {number} west @property {number} lat_step @property {number} lon_step
 * @property {number} columns @property {number} spacing_m @property {number} parts @property {number} block
 * @property {number} step_s @property {number} far_step
 * @property {number} limit_m @property {number} on_motorway_m
 */
/** @typedef {{frame: CellsHead, places: Map<number, number>, roads: Uint16Array}} Lattice */

/**
 * @param {Uint8Array} bytes what begins with the cells @param {import('./grid.js').GridHead} head
 * @returns {Promise<{lookUp: import('./grid.js').LookUp, length: number}>} `length` in bytes
 */
export async function unpackCells(bytes, head) {
  const frame = /** @type {CellsHead} */ (head.cells);
  const { count, block } = frame;
  const reader = { bytes, at: 0 };
  const cells = readRunning(reader, count);
  const roads = Uint16Array.from({ length: count }, (_, place) => bytes[reader.at + 2 * place] + 256 * bytes[reader.at + 2 * place + 1]);
  reader.at += 2 * count;
  const places = new Map(Array.from(cells, (cell, place) => [cell, place]));
  const neighbours = [1, frame.columns, frame.columns + 1].map((less) => Int32Array.from(cells, (cell) => places.get(cell - less) ?? -1));
  /** @type {Record<string, Uint16Array[]>} */
  const steps = Object.fromEntries(head.profiles.map(({ name }) => [name, head.on.map(() => new Uint16Array(count))]));
  for (let start = 0; start < count; start += block) {
    if ((start / block) % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => { setTimeout(resolve); });
    const length = Math.min(block, count - start);
    for (let row = 0; row < head.on.length; row += 1) {
      for (const { name } of head.profiles) foretell(steps[name][row], start, readNumbers(reader, length), neighbours);
    }
  }
  const lattice = { frame, places, roads };
  return {
    length: reader.at,
    lookUp(profile, position) {
      const road = roadNear(lattice, position);
      if (!road) return null;
      const near = cellsNear(lattice, road);
      const approachS = road.awayM / head.approach_kph * 3.6;
      return (row) => {
        const found = weighted(steps[profile][row], near, frame.far_step);
        return found === null ? null : found * frame.step_s + approachS;
      };
    },
  };
}

/**
 * Fills in the values from `start` on, each from the cells to the west, south and south-west.
 * @param {Uint16Array} values @param {number} start @param {Int32Array} differences @param {Int32Array[]} neighbours
 */
function foretell(values, start, differences, [west, south, corner]) {
  for (let i = start; i < start + differences.length; i += 1) {
    let guess = i ? values[i - 1] : 0;
    if (west[i] >= 0 && south[i] >= 0 && corner[i] >= 0) guess = values[west[i]] + values[south[i]] - values[corner[i]];
    else if (west[i] >= 0) guess = values[west[i]];
    else if (south[i] >= 0) guess = values[south[i]];
    values[i] = guess + differences[i - start];
  }
}

/** Rows and columns of the lattice, from its south-west corner. @typedef {{row: number, column: number}} Spot */
/** @typedef {Spot & {awayM: number}} Road */

/**
 * The nearest part of a cell that has a road, as the place on the way there where it begins, and the metres to that place; null beyond the limit.
 * @param {Lattice} lattice
 * @param {Position} position
 * @returns {Road | null}
 */
function roadNear(lattice, position) {
  const { frame } = lattice;
  const here = { row: (position.lat - frame.south) / frame.lat_step, column: (position.lon - frame.west) / frame.lon_step };
  const partM = frame.spacing_m / frame.parts;
  const eastM = frame.lon_step * M_PER_DEGREE * Math.cos((position.lat * Math.PI) / 180);
  const mostM = partM / 2 + frame.limit_m;
  let nearest = { awayM: mostM, row: 0, column: 0 };
  // Whatever is farther out than a ring is farther away than its cells are wide.
  for (let ring = 0; (ring - 1) * frame.spacing_m < nearest.awayM; ring += 1) {
    for (const cell of ringAround(lattice, here, ring)) {
      for (const part of partsOf(lattice, cell)) {
        const awayM = Math.hypot((part.row - here.row) * frame.spacing_m, (part.column - here.column) * eastM);
        if (awayM < nearest.awayM) nearest = { awayM, ...part };
      }
    }
  }
  if (nearest.awayM === mostM) return null;
  const awayM = Math.max(0, nearest.awayM - partM / 4);
  const share = nearest.awayM > 0 ? awayM / nearest.awayM : 0;
  return { awayM, row: here.row + share * (nearest.row - here.row), column: here.column + share * (nearest.column - here.column) };
}

/** The places of the cells that lie so many cells away. @param {Lattice} lattice @param {Spot} here @param {number} ring */
function* ringAround({ frame, places }, here, ring) {
  const row = Math.floor(here.row);
  const column = Math.floor(here.column);
  for (let r = row - ring; r <= row + ring; r += 1) {
    const isEdge = Math.abs(r - row) === ring;
    for (let c = column - ring; c <= column + ring; c += isEdge ? 1 : 2 * ring) {
      const place = c >= 0 && c < frame.columns ? places.get(r * frame.columns + c) : undefined;
      if (place !== undefined) yield { place, row: r, column: c };
    }
  }
}

/** The middles of the parts of a cell that have a road. @param {Lattice} lattice @param {Spot & {place: number}} cell @returns {Spot[]} */
function partsOf({ frame: { parts }, roads }, { place, row, column }) {
  const found = [];
  for (let part = 0; part < parts * parts; part += 1) {
    if (roads[place] & (1 << part)) found.push({ row: row + (Math.floor(part / parts) + 0.5) / parts, column: column + ((part % parts) + 0.5) / parts });
  }
  return found;
}

/** The cells around a place on a road, with their weights: the nearer the heavier. @param {Lattice} lattice @param {Road} road @returns {[place: number, weight: number][]} */
function cellsNear(lattice, road) {
  const around = [0, 1].flatMap((ring) => [...ringAround(lattice, road, ring)]);
  return around.map((cell) => {
    const parts = partsOf(lattice, cell);
    const row = parts.reduce((sum, part) => sum + part.row, 0) / parts.length;
    const column = parts.reduce((sum, part) => sum + part.column, 0) / parts.length;
    return [cell.place, ((row - road.row) ** 2 + (column - road.column) ** 2 + CLOSE_SHARE ** 2) ** -STEEPNESS];
  });
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

// @ts-check
/** Drive times from a lattice: one value a cell, destination and profile, weighed with the cells around a position. */

const M_PER_DEGREE = 111_195;
const CLOSE_SHARE = 0.2;
const AT_ONCE = 4;

/** @typedef {import('../wire.js').Position} Position */
/**
 * @typedef {object} CellsHead
 * @property {number} count
 * @property {number} south @property {number} west @property {number} lat_step @property {number} lon_step
 * @property {number} columns @property {number} spacing_m @property {number} step_s @property {number} far_step @property {number} limit_m
 */
/** @param {Uint8Array} bytes @param {import('./grid.js').GridHead} head @returns {Promise<import('./grid.js').LookUp>} */
export async function unpackCells(bytes, head) {
  const frame = /** @type {CellsHead} */ (head.cells);
  const { count } = frame;
  const reader = { bytes, at: 0 };
  const cells = running(read(reader, count));
  const north = bytes.subarray(reader.at, reader.at + count);
  const east = bytes.subarray(reader.at + count, reader.at + 2 * count);
  reader.at += 2 * count;
  const places = new Map(Array.from(cells, (cell, place) => [cell, place]));
  const neighbours = [1, frame.columns, frame.columns + 1].map((less) => Int32Array.from(cells, (cell) => places.get(cell - less) ?? -1));
  /** @type {Record<string, Uint16Array[]>} */
  const steps = Object.fromEntries(head.profiles.map(({ name }) => [name, []]));
  for (let hospital = 0; hospital < head.on.length; hospital += 1) {
    if (hospital % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => { setTimeout(resolve); });
    for (const { name } of head.profiles) steps[name].push(foretold(read(reader, count), neighbours));
  }
  return (profile, position) => {
    const near = cellsNear({ frame, places, north, east }, position);
    if (!near) return null;
    const awayS = near.awayM / head.approach_kph * 3.6;
    return (row) => {
      const found = weighted(steps[profile][row], near.cells, frame.far_step);
      return found === null ? null : found * frame.step_s + awayS;
    };
  };
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
 * The cells around a position with their weights, the nearer the heavier; farther out when there are none.
 * @param {{frame: CellsHead, places: Map<number, number>, north: Uint8Array, east: Uint8Array}} lattice
 * @param {Position} position
 * @returns {{cells: [place: number, weight: number][], awayM: number} | null}
 */
function cellsNear({ frame, places, north, east }, position) {
  const row = Math.floor((position.lat - frame.south) / frame.lat_step);
  const column = Math.floor((position.lon - frame.west) / frame.lon_step);
  const eastM = M_PER_DEGREE * Math.cos((position.lat * Math.PI) / 180);
  const rings = Math.max(1, Math.ceil(frame.limit_m / frame.spacing_m));
  for (let ring = 1; ring <= rings; ring += 1) {
    /** @type {[number, number][]} */
    const cells = [];
    let nearestM = Infinity;
    for (let r = row - ring; r <= row + ring; r += 1) {
      for (let c = Math.max(column - ring, 0); c <= Math.min(column + ring, frame.columns - 1); c += 1) {
        const place = places.get(r * frame.columns + c);
        if (place === undefined) continue;
        const lat = frame.south + (r + north[place] / 255) * frame.lat_step;
        const lon = frame.west + (c + east[place] / 255) * frame.lon_step;
        const away = Math.hypot((lat - position.lat) * M_PER_DEGREE, (lon - position.lon) * eastM);
        nearestM = Math.min(nearestM, away);
        cells.push([place, 1 / (away ** 2 + (CLOSE_SHARE * frame.spacing_m) ** 2)]);
      }
    }
    if (cells.length) return { cells, awayM: ring === 1 ? 0 : nearestM - frame.spacing_m };
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

// @ts-check
/** The road network itself as base map: the server's vector tiles drawn on canvas, kept while the page lives. */

import { GridLayer } from '../vendor/leaflet.js';

/** @typedef {import('../types.js').VectorTile} VectorTile */
/** @typedef {import('../types.js').NetworkMap} NetworkMap */
/** @typedef {{roads: string[]}} Palette */

const TILE_PX = 512;
const EXTENT = 4096;
const KEPT_TILES = 400;
/** Width in px at zoom 10 for each class of road, motorway first. */
const WIDTHS = [2.1, 1.7, 1.4, 1.05, 0.75, 0.5];

/** @type {Map<string, Promise<VectorTile>>} */
const tiles = new Map();

/** Roads of the network; a tile of 512 px is the standard tile of one zoom level less. */
export class RoadLayer extends GridLayer {
  /** @param {NetworkMap} network @param {Palette} palette */
  constructor(network, palette) {
    super({ tileSize: TILE_PX, updateWhenZooming: false, keepBuffer: 1, className: 'roads' });
    this.network = network;
    this.palette = palette;
  }

  /**
   * @param {import('leaflet').Coords} coords
   * @param {(error: Error | undefined, tile: HTMLElement) => void} done
   * @returns {HTMLElement}
   */
  createTile(coords, done) {
    const canvas = document.createElement('canvas');
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = TILE_PX * ratio;
    canvas.height = TILE_PX * ratio;
    const zoom = coords.z - 1;
    const { min_zoom: least, max_zoom: most } = this.network;
    const context = canvas.getContext('2d');
    if (zoom < least || !context) {
      setTimeout(() => done(undefined, canvas));
      return canvas;
    }
    // Beyond the finest tiles an ancestor is drawn larger: vectors stay sharp.
    const steps = Math.max(0, zoom - most);
    const parent = { z: zoom - steps, x: coords.x >> steps, y: coords.y >> steps };
    const scale = (TILE_PX * ratio * 2 ** steps) / EXTENT;
    const shift = { x: (coords.x - (parent.x << steps)) * TILE_PX * ratio, y: (coords.y - (parent.y << steps)) * TILE_PX * ratio };
    getTile(this.network.id, parent).then(
      (tile) => { draw(context, tile, { scale, shift, width: ratio * 1.25 ** (coords.z - 10), palette: this.palette }); done(undefined, canvas); },
      (error) => done(error instanceof Error ? error : new Error(String(error)), canvas),
    );
    return canvas;
  }
}

/**
 * @param {string} network
 * @param {{z: number, x: number, y: number}} address
 * @returns {Promise<VectorTile>}
 */
function getTile(network, { z, x, y }) {
  const url = `/api/v1/network/tiles/${z}/${x}/${y}?v=${encodeURIComponent(network)}`;
  const known = tiles.get(url);
  if (known) return known;
  const coming = fetch(url, { credentials: 'same-origin' }).then((response) => {
    if (!response.ok) throw new Error(`tile ${z}/${x}/${y}: ${response.status}`);
    return response.json();
  });
  coming.catch(() => tiles.delete(url));
  tiles.set(url, coming);
  const oldest = tiles.keys().next();
  if (tiles.size > KEPT_TILES && !oldest.done) tiles.delete(oldest.value);
  return coming;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {VectorTile} tile
 * @param {{scale: number, shift: {x: number, y: number}, width: number, palette: Palette}} how
 */
function draw(context, tile, { scale, shift, width, palette }) {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (let road = WIDTHS.length - 1; road >= 0; road -= 1) {
    context.beginPath();
    for (const [kind, line] of tile.lines) if (kind === road) trace(context, line, scale, shift);
    context.strokeStyle = palette.roads[road];
    context.lineWidth = Math.max(0.5, WIDTHS[road] * width);
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {number[]} line @param {number} scale @param {{x: number, y: number}} shift */
function trace(context, line, scale, shift) {
  let [x, y] = line;
  context.moveTo(x * scale - shift.x, y * scale - shift.y);
  for (let index = 2; index < line.length; index += 2) {
    x += line[index];
    y += line[index + 1];
    context.lineTo(x * scale - shift.x, y * scale - shift.y);
  }
}

// @ts-check
/** Names of towns on a canvas over the roads and under the marks. */

import { DomUtil, Layer } from '../vendor/leaflet.js';
import { isShown, placeNames } from './placing.js';

/** @typedef {import('../types.js').Town} Town */
/** @typedef {{at: import('../types.js').Position, width: number, height: number, below?: number}} Obstacle sizes in px; `below`: its middle lies so far under its place */
/** @typedef {{text: string, small: string, halo: string, font: string}} Ink */

const PANE = 'towns';
const OVER_THE_ROUTE = '450';
/** Share of the map drawn on each side beyond its edge, for while it is dragged. */
const BEYOND = 0.25;
/** What lies over the map itself, in px: its buttons at the right and its legend at the left. */
const BUTTONS = { width: 76, height: 208 };
const LEGEND = { width: 156, height: 50 };
/** Size of type in px and its weight, by rank. */
const TYPE = [[17, 650], [15, 600], [14, 550], [14, 500]];

export class TownLayer extends Layer {
  /** @param {Town[]} towns @param {Ink} ink */
  constructor(towns, ink) {
    super();
    this.towns = towns;
    this.ink = ink;
    /** @type {Obstacle[]} */
    this.obstacles = [];
    this.canvas = document.createElement('canvas');
    /** @type {Map<string, number>} */
    this.widths = new Map();
  }

  /** @param {import('leaflet').Map} map */
  onAdd(map) {
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = OVER_THE_ROUTE;
    pane.style.pointerEvents = 'none';
    pane.append(this.canvas);
    this.draw();
    return this;
  }

  onRemove() {
    this.canvas.remove();
    return this;
  }

  getEvents() {
    return { moveend: this.draw, resize: this.draw, zoomstart: this.clear };
  }

  /** @param {Obstacle[]} obstacles */
  avoid(obstacles) {
    if (JSON.stringify(obstacles) === JSON.stringify(this.obstacles)) return;
    this.obstacles = obstacles;
    this.draw();
  }

  clear() {
    this.canvas.width = 0;
  }

  draw() {
    const context = this.canvas.getContext('2d');
    if (!context || !this._map) return;
    const size = this._map.getSize().multiplyBy(1 + 2 * BEYOND).round();
    const corner = this._map.containerPointToLayerPoint(this._map.getSize().multiplyBy(-BEYOND)).round();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    DomUtil.setPosition(this.canvas, corner);
    Object.assign(this.canvas, { width: size.x * ratio, height: size.y * ratio });
    Object.assign(this.canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    context.scale(ratio, ratio);
    for (const name of placeNames(this.names(context, corner, size), [...this.boxes(corner), ...this.controls()])) this.write(context, name);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('leaflet').Point} corner
   * @param {import('leaflet').Point} size
   */
  names(context, corner, size) {
    const zoom = this._map.getZoom();
    return this.towns.filter(([, , , rank]) => isShown(rank, zoom)).flatMap(([text, lat, lon, rank]) => {
      const { x, y } = this._map.latLngToLayerPoint([lat, lon]).subtract(corner);
      if (x < 0 || y < 0 || x > size.x || y > size.y) return [];
      return [{ text, rank, x, y, width: this.widthOf(context, text, rank), height: TYPE[rank][0] }];
    });
  }

  /** @param {import('leaflet').Point} corner */
  boxes(corner) {
    return this.obstacles.map(({ at, width, height, below = 0 }) => {
      const { x, y } = this._map.latLngToLayerPoint([at.lat, at.lon]).subtract(corner);
      return { left: x - width / 2, right: x + width / 2, top: y + below - height / 2, bottom: y + below + height / 2 };
    });
  }

  controls() {
    const { x: width, y: height } = this._map.getSize();
    const [left, top] = [Math.round(width * BEYOND), Math.round(height * BEYOND)];
    return [
      { left: left + width - BUTTONS.width, right: left + width, top, bottom: top + BUTTONS.height },
      { left, right: left + LEGEND.width, top, bottom: top + LEGEND.height },
    ];
  }

  /** @param {CanvasRenderingContext2D} context @param {string} text @param {number} rank */
  widthOf(context, text, rank) {
    const key = `${rank} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    context.font = this.fontOf(rank);
    const { width } = context.measureText(text);
    this.widths.set(key, width);
    return width;
  }

  /** @param {number} rank */
  fontOf(rank) {
    const [size, weight] = TYPE[rank];
    return `${weight} ${size}px ${this.ink.font}`;
  }

  /** @param {CanvasRenderingContext2D} context @param {import('./placing.js').Name} name */
  write(context, { text, rank, x, y }) {
    Object.assign(context, { font: this.fontOf(rank), textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 4 });
    context.strokeStyle = this.ink.halo;
    context.strokeText(text, x, y);
    context.fillStyle = rank < 2 ? this.ink.text : this.ink.small;
    context.fillText(text, x, y);
  }
}

// @ts-check
/** Closed and slowed roads: striped over the road, with a sign in the middle that reads in one colour too. */

import { divIcon, layerGroup, marker, polygon, polyline } from '../vendor/leaflet.js';

/** @typedef {import('../types.js').Closure} Closure */
/** @typedef {[number, number][]} Line */

const SIGN_PX = 26;
const PANE = 'closures';
const OVER_THE_ROADS = '360';

export class Closures {
  /** @param {import('leaflet').Map} map */
  constructor(map) {
    map.createPane(PANE).style.zIndex = OVER_THE_ROADS;
    this.group = layerGroup([], { pane: PANE }).addTo(map);
    this.key = '';
  }

  /** @param {Closure[]} closures @param {{closed: string, slow: string, halo: string}} colours */
  update(closures, colours) {
    const key = JSON.stringify([closures.map(({ id, factor, geometry }) => [id, factor, geometry?.coordinates.length]), colours]);
    if (key === this.key) return;
    this.key = key;
    this.group.clearLayers();
    for (const closure of closures) {
      const colour = closure.factor > 0 ? colours.slow : colours.closed;
      for (const layer of [...linesOf(closure, colour, colours.halo), sign(closure)]) this.group.addLayer(layer);
    }
  }
}

/** @param {Closure} closure @param {string} colour @param {string} halo @returns {import('leaflet').Layer[]} */
function linesOf(closure, colour, halo) {
  const outline = closure.points.map(({ lat, lon }) => /** @type {[number, number]} */ ([lat, lon]));
  const roads = closure.geometry?.coordinates ?? [];
  const lines = roads.length ? roads.map(swapped) : closure.shape === 'line' ? [outline] : [];
  return [
    ...(closure.shape === 'area' ? [polygon(outline, { pane: PANE, color: colour, weight: 2, dashArray: '6 6', fillOpacity: 0.1, interactive: false })] : []),
    ...lines.flatMap((line) => [
      polyline(line, { pane: PANE, color: halo, weight: 9, interactive: false }),
      polyline(line, { pane: PANE, color: colour, weight: 6, dashArray: '9 7', lineCap: 'butt', interactive: false }),
    ]),
  ];
}

/** @param {Closure} closure */
function sign(closure) {
  const face = document.createElement('div');
  face.className = 'closure-sign';
  face.dataset.slow = String(closure.factor > 0);
  const icon = divIcon({ className: 'closure', html: face, iconSize: [SIGN_PX, SIGN_PX] });
  return marker(middleOf(closure), { icon, pane: PANE, interactive: false, keyboard: false });
}

/** On the road where it is known, else in the middle of what was drawn. @param {Closure} closure @returns {[number, number]} */
function middleOf({ geometry, points }) {
  const longest = (geometry?.coordinates ?? []).reduce((best, line) => (line.length > best.length ? line : best), /** @type {Line} */ ([]));
  if (longest.length) return swapped(longest)[Math.floor(longest.length / 2)];
  const mean = (/** @type {'lat' | 'lon'} */ axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean('lat'), mean('lon')];
}

/** GeoJSON has the longitude first, the map the latitude. @param {Line} line @returns {Line} */
function swapped(line) {
  return line.map(([lon, lat]) => [lat, lon]);
}

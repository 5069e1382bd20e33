// @ts-check
/** The map of the dispatch centre: emergency departments by their status, rides, closed roads, reach and a route. */

import { canvas, control, divIcon, geoJSON, latLngBounds, layerGroup, Map as LeafletMap, marker, polyline } from '../vendor/leaflet.js';
import { RoadLayer } from '../map/basemap.js';
import { Closures } from '../map/closures.js';
import { TownLayer } from '../map/towns.js';
import { Vehicles } from '../map/vehicles.js';

/** @typedef {import('../types.js').Position} Position */
/** @typedef {{id: string, name: string, position: Position, status: import('../types.js').Status, word: string, own: boolean}} Site */
/** @typedef {{id: string, name: string, position: Position, urgent: boolean}} Van */

/**
 * @typedef {object} ControlPicture
 * @property {import('../types.js').NetworkMap | null} network
 * @property {boolean} dark
 * @property {Site[]} sites
 * @property {Van[]} vans
 * @property {string | null} picked a ride
 * @property {import('../types.js').Closure[]} closures
 * @property {import('../types.js').RouteFeature | null} route
 * @property {object | null} reach a GeoJSON feature
 */

const START = /** @type {[number, number]} */ ([52.37, 5.1]);
const GLYPHS = { green: '✓', orange: '▲', red: '■', calamity: '✕', grey: '○', unknown: '?' };
const SITE_PX = 28;
const VAN_PX = 30;

export class ControlMap {
  /** @param {HTMLElement} element @param {{zoomIn: string, zoomOut: string}} words @param {{onRide: (ride: string) => void, onSite: (hospital: string) => void}} handlers */
  constructor(element, words, handlers) {
    this.handlers = handlers;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = new LeafletMap(element, { zoomControl: false, attributionControl: false, renderer: canvas({ padding: 0.3 }), zoomSnap: 0.5, fadeAnimation: false, zoomAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm });
    this.map.setView(START, 9);
    control.zoom({ position: 'topright', zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(this.map);
    this.closures = new Closures(this.map);
    this.vehicles = new Vehicles(this.map);
    this.lines = layerGroup().addTo(this.map);
    /** @type {Map<string, {layer: import('leaflet').Marker, key: string}>} */
    this.marks = new Map();
    this.roads = /** @type {RoadLayer | null} */ (null);
    this.towns = /** @type {TownLayer | null} */ (null);
    this.keys = { roads: '', lines: '', fit: '' };
    this.watcher = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    this.watcher.observe(element);
  }

  /** @param {ControlPicture} picture */
  update(picture) {
    this.updateRoads(picture);
    this.updateLines(picture);
    const [closed, slow, halo] = ['closure-0', 'closure-1', 'closure-2'].map((name) => this.colour(name));
    this.closures.update(picture.closures, { closed, slow, halo });
    const shown = new Set([...picture.sites, ...picture.vans].map(({ id }) => id));
    for (const [id, { layer }] of this.marks) if (!shown.has(id)) { layer.remove(); this.marks.delete(id); }
    for (const site of picture.sites) this.put(site.id, site.position, `${site.status} ${site.own}`, () => siteFace(site), `${site.name}: ${site.word}`, 0, () => this.handlers.onSite(site.id));
    for (const van of picture.vans) this.put(van.id, van.position, `${van.name} ${van.urgent} ${van.id === picture.picked}`, () => vanFace(van, van.id === picture.picked), van.name, 1000, () => this.handlers.onRide(van.id));
    this.towns?.avoid(picture.sites.map(({ position }) => ({ at: position, width: SITE_PX, height: SITE_PX })));
    this.fit(picture);
  }

  /** Brings the own region into view, and the picked ride with its way. @param {ControlPicture} picture */
  fit({ sites, picked, vans, route }) {
    const own = sites.filter((site) => site.own);
    const key = `${own.map(({ id }) => id).join()} ${picked} ${route ? 'way' : ''}`;
    const van = vans.find(({ id }) => id === picked);
    const points = van && route ? [...route.geometry.coordinates.map(([lon, lat]) => ({ lat, lon })), van.position] : own.map(({ position }) => position);
    if (key === this.keys.fit || !points.length || (picked && !route)) return;
    this.keys.fit = key;
    this.map.fitBounds(latLngBounds(points.map(point)), { padding: [48, 48], maxZoom: 13, animate: false });
  }

  destroy() {
    this.watcher.disconnect();
    this.map.remove();
  }

  /** @param {string} id @param {Position} position @param {string} key @param {() => HTMLElement} face @param {string} title @param {number} above @param {() => void} onClick */
  put(id, position, key, face, title, above, onClick) {
    const known = this.marks.get(id);
    // A marker that is made without an icon asks for Leaflet's own picture, which is not here.
    const icon = () => divIcon({ className: 'mark', html: face(), iconSize: above ? [VAN_PX, VAN_PX] : [SITE_PX, SITE_PX] });
    const layer = known?.layer ?? marker(point(position), { icon: icon(), keyboard: false, zIndexOffset: above, title }).on('click', onClick).addTo(this.map);
    if (known && known.key !== key) layer.setIcon(icon());
    layer.setLatLng(point(position));
    this.marks.set(id, { layer, key });
  }

  /** @param {ControlPicture} picture */
  updateRoads({ network, dark }) {
    const key = `${network?.id} ${dark}`;
    if (key === this.keys.roads) return;
    this.keys.roads = key;
    this.roads?.remove();
    this.towns?.remove();
    if (!network) return;
    this.roads = new RoadLayer(network, { roads: [0, 1, 2, 3, 4, 5].map((road) => this.colour(`road-${road}`)) });
    this.roads.addTo(this.map);
    const [text, small, halo] = ['town-0', 'town-1', 'town-2'].map((name) => this.colour(name));
    this.towns = new TownLayer(network.places, { text, small, halo, font: getComputedStyle(this.map.getContainer()).fontFamily });
    this.towns.addTo(this.map);
  }

  /** @param {ControlPicture} picture */
  updateLines({ route, reach, dark }) {
    const key = JSON.stringify([route?.geometry.coordinates.length, route?.geometry.coordinates[0], reach && JSON.stringify(reach).length, dark]);
    if (key === this.keys.lines) return;
    this.keys.lines = key;
    this.lines.clearLayers();
    const [accent, halo] = [this.colour('mark-0'), this.colour('mark-1')];
    if (reach) this.lines.addLayer(geoJSON(/** @type {any} */ (reach), { style: { color: accent, weight: 2, fillOpacity: 0.12 }, interactive: false }));
    if (!route) return;
    const points = route.geometry.coordinates.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
    this.lines.addLayer(polyline(points, { color: halo, weight: 9, interactive: false })).addLayer(polyline(points, { color: accent, weight: 6, interactive: false }));
  }

  /** A colour of the style sheet in the theme of the moment. @param {string} name */
  colour(name) {
    const probe = document.createElement('i');
    this.map.getContainer().append(probe);
    probe.style.color = `var(--${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }
}

/** @param {Site} site */
function siteFace({ status, own }) {
  const element = document.createElement('div');
  element.className = 'site-face';
  element.dataset.status = status;
  element.dataset.own = String(own);
  element.append(GLYPHS[status]);
  return element;
}

/** @param {Van} van @param {boolean} picked */
function vanFace({ name, urgent }, picked) {
  const element = document.createElement('div');
  element.className = 'van-face';
  element.dataset.urgent = String(urgent);
  element.dataset.picked = String(picked);
  const label = document.createElement('span');
  label.append(name);
  element.append(label);
  return element;
}

/** @param {Position} position @returns {[number, number]} */
function point({ lat, lon }) {
  return [lat, lon];
}

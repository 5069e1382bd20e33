// @ts-check
/** The map: roads, hospitals with their rank, the ambulance with its accuracy, the route of the open row. */

import { canvas, circle, circleMarker, control, divIcon, latLngBounds, Map as LeafletMap, marker, polyline } from '../vendor/leaflet.js';
import { RoadLayer } from './basemap.js';
import { Closures } from './closures.js';
import { Marks, marksTaken } from './marks.js';
import { TownLayer } from './towns.js';
import { Vehicles } from './vehicles.js';

/** @typedef {import('../types.js').Position} Position */

/**
 * @typedef {object} Picture
 * @property {import('../types.js').NetworkMap | null} network
 * @property {boolean} dark
 * @property {Position | null} here
 * @property {number | null} accuracy_m
 * @property {Position | null} draft
 * @property {import('../types.js').Option[]} options
 * @property {Map<string, number>} places
 * @property {string | null} open
 * @property {import('../types.js').RouteFeature | null} route
 * @property {import('../types.js').Closure[]} closures
 */

/** Before anything is known: the middle of the country. */
const START = /** @type {[number, number]} */ ([52.37, 5.1]);
const NEAREST_SHOWN = 3;
/** The own position with its edge, in px. */
const OWN = { width: 26, height: 26 };
/** Room beside half a mark: its name at its sides and under it, and the buttons at the right. */
const ROOM = { paddingTopLeft: /** @type {[number, number]} */ ([56, 28]), paddingBottomRight: /** @type {[number, number]} */ ([96, 56]) };
const OWN_PANE = 'own';
const OVER_THE_MARKS = '640';
/** Room for the question whether the position is here. */
const CONFIRM_PX = 220;

export class MapView {
  /**
   * @param {HTMLElement} element
   * @param {{zoomIn: string, zoomOut: string}} words
   * @param {{onTap: (position: Position) => void, onPick: (hospital: string) => void, onRoads: (failed: boolean) => void}} handlers
   */
  constructor(element, words, handlers) {
    this.handlers = handlers;
    this.map = new LeafletMap(element, { zoomControl: false, attributionControl: false, renderer: canvas({ padding: 0.3 }), zoomSnap: 0.5, fadeAnimation: false, zoomAnimation: !calm(), markerZoomAnimation: !calm(), inertia: !calm() });
    this.map.setView(START, 9);
    control.zoom({ position: 'topright', zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(this.map);
    this.map.on('click', ({ latlng }) => handlers.onTap({ lat: latlng.lat, lon: latlng.wrap().lng }));
    this.map.createPane(OWN_PANE).style.zIndex = OVER_THE_MARKS;
    this.marks = new Marks(this.map, handlers.onPick);
    this.vehicles = new Vehicles(this.map);
    this.closures = new Closures(this.map);
    this.roads = /** @type {RoadLayer | null} */ (null);
    this.towns = /** @type {TownLayer | null} */ (null);
    this.roadsKey = '';
    this.drawn = /** @type {import('leaflet').Layer[]} */ ([]);
    this.drawnKey = '';
    this.closuresKey = '';
    this.fitKey = '';
    // A map that nobody moved by hand keeps what matters in view, also when the device is turned.
    this.moved = false;
    for (const name of /** @type {const} */ (['pointerdown', 'wheel'])) element.addEventListener(name, () => { this.moved = true; }, { passive: true });
    this.watcher = new ResizeObserver(() => {
      this.map.invalidateSize({ pan: false });
      if (!this.moved) this.fit();
    });
    this.watcher.observe(element);
  }

  /** @param {Picture} picture */
  update(picture) {
    this.picture = picture;
    this.updateRoads(picture);
    this.updateLines(picture);
    this.updateClosures(picture);
    this.marks.update(picture.options, picture.places, picture.open);
    this.towns?.avoid([...marksTaken(picture), ...(picture.here ? [{ at: picture.here, ...OWN }] : [])]);
    const key = `${picture.open} ${picture.open && picture.route ? 'route' : ''} ${picture.here && picture.options.length > 0}`;
    if (key !== this.fitKey && picture.here) {
      this.fitKey = key;
      this.fit();
    }
  }

  /** Brings the ambulance and what matters now into view. */
  fit() {
    const { picture } = this;
    if (!picture?.here) return;
    const chosen = picture.options.filter((option) => picture.open ? option.hospital === picture.open : (picture.places.get(option.hospital) ?? Infinity) <= NEAREST_SHOWN);
    const bounds = latLngBounds([point(picture.here), ...chosen.flatMap((option) => option.position ? [point(option.position)] : [])]);
    if (picture.open && picture.route) for (const [lon, lat] of picture.route.geometry.coordinates) bounds.extend([lat, lon]);
    this.moved = false;
    this.map.fitBounds(bounds, { ...ROOM, maxZoom: 14, animate: false });
  }

  destroy() {
    this.watcher.disconnect();
    this.map.remove();
  }

  /** @param {Picture} picture */
  updateRoads({ network, dark }) {
    const key = `${network?.id} ${dark}`;
    if (key === this.roadsKey) return;
    this.roadsKey = key;
    this.roads?.remove();
    this.towns?.remove();
    if (!network) return;
    this.roads = new RoadLayer(network, { roads: colours(this.map.getContainer(), 'road', 6) });
    this.roads.on('tileerror', () => this.handlers.onRoads(true));
    this.roads.on('load', () => this.handlers.onRoads(false));
    this.roads.addTo(this.map);
    const [text, small, halo] = colours(this.map.getContainer(), 'town', 3);
    this.towns = new TownLayer(network.places, { text, small, halo, font: getComputedStyle(this.map.getContainer()).fontFamily });
    this.towns.addTo(this.map);
  }

  /** @param {Picture} picture */
  updateClosures({ closures, dark }) {
    const key = JSON.stringify([closures.map(({ id, factor, geometry }) => [id, factor, geometry?.coordinates.length]), dark]);
    if (key === this.closuresKey) return;
    this.closuresKey = key;
    const [closed, slow, halo] = colours(this.map.getContainer(), 'closure', 3);
    this.closures.update(closures, { closed, slow, halo });
  }

  /** @param {Picture} picture */
  updateLines(picture) {
    const { here, accuracy_m: accuracy, draft, route, open, dark } = picture;
    const key = JSON.stringify([here, Math.round(accuracy ?? 0), draft, open, route?.geometry.coordinates.length, dark]);
    if (key === this.drawnKey) return;
    this.drawnKey = key;
    for (const layer of this.drawn) layer.remove();
    const [accent, halo] = colours(this.map.getContainer(), 'mark', 2);
    this.drawn = [
      ...(open && route ? routeLines(route, accent, halo) : []),
      ...(here && accuracy ? [circle(point(here), { radius: accuracy, color: accent, weight: 1, fillOpacity: 0.12, interactive: false })] : []),
      ...(here ? [ownPosition(here)] : []),
      ...(draft ? [circleMarker(point(draft), { radius: 14, color: accent, weight: 4, dashArray: '5 5', fillOpacity: 0.1, interactive: false })] : []),
    ];
    for (const layer of this.drawn) layer.addTo(this.map);
    if (draft) this.map.panInside(point(draft), { paddingTopLeft: [40, 40], paddingBottomRight: [80, CONFIRM_PX] });
  }
}

/** Over the hospitals: where one is must never be hidden. @param {Position} here */
function ownPosition(here) {
  const icon = divIcon({ className: 'own-position', iconSize: [OWN.width, OWN.height] });
  return marker(point(here), { icon, pane: OWN_PANE, interactive: false, keyboard: false });
}

/** @param {import('../types.js').RouteFeature} route @param {string} accent @param {string} halo */
function routeLines(route, accent, halo) {
  const points = route.geometry.coordinates.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
  return [polyline(points, { color: halo, weight: 11, opacity: 0.9, interactive: false }), polyline(points, { color: accent, weight: 7, interactive: false })];
}

/** Colours come from the style sheet: `--road-0` … in the theme of the moment. @param {Element} element @param {string} name @param {number} count */
function colours(element, name, count) {
  const style = getComputedStyle(element);
  const probe = document.createElement('i');
  element.append(probe);
  const found = Array.from({ length: count }, (_, index) => {
    probe.style.color = style.getPropertyValue(`--${name}-${index}`);
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}

/** @param {Position} position @returns {[number, number]} */
function point({ lat, lon }) {
  return [lat, lon];
}

function calm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

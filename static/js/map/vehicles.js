// @ts-check
/** The invented ambulances of the demonstration: small, grey, angular and dashed, so that none is taken for one's own. */

import { divIcon, marker } from '../vendor/leaflet.js';
import { VAN } from './van.js';

/** @typedef {import('../types.js').Ambulance} Ambulance */

const SIZE_PX = 26;
const PANE = 'vehicles';
const UNDER_THE_OWN_POSITION = '350';
const SVG = 'http://www.w3.org/2000/svg';

export class Vehicles {
  /** @param {import('leaflet').Map} map */
  constructor(map) {
    this.map = map;
    map.createPane(PANE).style.zIndex = UNDER_THE_OWN_POSITION;
    /** @type {Map<string, import('leaflet').Marker>} */
    this.shown = new Map();
  }

  /** @param {Ambulance[]} vehicles */
  update(vehicles) {
    const named = new Map(vehicles.map((vehicle) => [vehicle.name, vehicle]));
    for (const [name, layer] of this.shown) {
      if (!named.has(name)) { layer.remove(); this.shown.delete(name); }
    }
    for (const { name, position } of vehicles) {
      const point = /** @type {[number, number]} */ ([position.lat, position.lon]);
      const known = this.shown.get(name);
      if (known) known.setLatLng(point);
      else this.shown.set(name, this.put(point));
    }
  }

  /** @param {[number, number]} point */
  put(point) {
    const icon = divIcon({ className: 'vehicle', html: face(), iconSize: [SIZE_PX, SIZE_PX] });
    return marker(point, { icon, pane: PANE, interactive: false, keyboard: false }).addTo(this.map);
  }
}

function face() {
  const element = document.createElement('div');
  element.className = 'vehicle-face';
  element.setAttribute('aria-hidden', 'true');
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  const outline = document.createElementNS(SVG, 'path');
  outline.setAttribute('d', VAN);
  picture.append(outline);
  element.append(picture);
  return element;
}

// @ts-check
/** The hospitals on the map: place in the list in the colour and shape of the class; the first and the open one with their name. */

import { divIcon, marker } from '../vendor/leaflet.js';

/** @typedef {import('../types.js').Option} Option */

const SIZE_PX = 36;
/** Room for the name under a mark, of at most two lines. */
const NAME = { width: 150, height: 42, below: 44 };

export class Marks {
  /** @param {import('leaflet').Map} map @param {(hospital: string) => void} onPick */
  constructor(map, onPick) {
    this.map = map;
    this.onPick = onPick;
    /** @type {Map<string, {layer: import('leaflet').Marker, face: HTMLElement, key: string}>} */
    this.shown = new Map();
  }

  /** @param {Option[]} options @param {Map<string, number>} places @param {string | null} open */
  update(options, places, open) {
    const wanted = new Set(options.filter((option) => option.position).map((option) => option.hospital));
    for (const [id, { layer }] of this.shown) {
      if (!wanted.has(id)) { layer.remove(); this.shown.delete(id); }
    }
    for (const option of options) if (option.position) this.put(option, places.get(option.hospital), option.hospital === open);
  }

  /** @param {Option} option @param {number | undefined} place @param {boolean} open */
  put(option, place, open) {
    const key = `${place} ${option.class} ${open}`;
    const known = this.shown.get(option.hospital);
    if (known?.key === key || !option.position) return;
    const face = known?.face ?? document.createElement('div');
    dress(face, option, place, open);
    const layer = known?.layer ?? this.add(option, option.position, face);
    layer.setZIndexOffset(open ? 10_000 : 2000 - (place ?? 99) * 20);
    this.shown.set(option.hospital, { layer, face, key });
  }

  /** @param {Option} option @param {import('../types.js').Position} at @param {HTMLElement} face */
  add({ hospital, name }, at, face) {
    const icon = divIcon({ className: 'mark', html: face, iconSize: [SIZE_PX, SIZE_PX] });
    // The list offers the same to keyboard and screen reader; ninety more stops on the way would not help.
    return marker([at.lat, at.lon], { icon, keyboard: false, title: name }).on('click', () => this.onPick(hospital)).addTo(this.map);
  }
}

/**
 * The room that the marks take and that names of towns leave to them, in px.
 * @param {{options: Option[], places: Map<string, number>, open: string | null}} picture
 * @returns {import('./towns.js').Obstacle[]}
 */
export function marksTaken({ options, places, open }) {
  return options.flatMap(({ hospital, position: at }) => {
    const place = places.get(hospital);
    if (!at || place === undefined) return [];
    return [{ at, width: SIZE_PX, height: SIZE_PX }, ...(hospital === open || place === 1 ? [{ at, ...NAME }] : [])];
  });
}

/** @param {HTMLElement} face @param {Option} option @param {number | undefined} place @param {boolean} open */
function dress(face, option, place, open) {
  face.className = 'mark-face';
  Object.assign(face.dataset, { class: option.class, open: String(open), far: String(place === undefined) });
  const name = document.createElement('span');
  name.className = 'mark-name';
  name.append(option.name);
  face.replaceChildren(String(place ?? ''), ...(open || place === 1 ? [name] : []));
}

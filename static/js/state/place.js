// @ts-check
/** Where the ambulance is: from the device, or set by hand; the device's jitter is kept out of the advice. */

/** @typedef {import('../types.js').PlaceState} PlaceState */
/** @typedef {import('../types.js').Position} Position */

const MOVED_M = 40;
const EARTH_RADIUS_M = 6_371_000;

/** @returns {PlaceState} */
export function nowhere() {
  return { gps: 'off', fix: null, used: null, manual: null, draft: null };
}

/**
 * The position that the advice is asked for, if there is one.
 * @param {PlaceState} place
 * @returns {import('../types.js').Whereabouts | null}
 */
export function positionOf(place) {
  return place.manual?.position ?? place.used;
}

/**
 * Takes a fix; the position in use follows only when the ambulance has really moved.
 * @param {PlaceState} place
 * @param {import('../types.js').Fix} fix
 * @returns {PlaceState}
 */
export function withFix(place, fix) {
  const moved = !place.used || distance(place.used, fix) > Math.max(MOVED_M, fix.accuracy_m / 2);
  const { lat, lon, heading_deg } = fix;
  return { ...place, gps: 'ok', fix, used: moved ? { lat, lon, accuracy_m: Math.round(fix.accuracy_m), heading_deg } : place.used };
}

/**
 * Metres between two positions, good enough for a few hundred kilometres.
 * @param {Position} a
 * @param {Position} b
 */
export function distance(a, b) {
  const radians = Math.PI / 180;
  const x = (b.lon - a.lon) * radians * Math.cos(((a.lat + b.lat) / 2) * radians);
  const y = (b.lat - a.lat) * radians;
  return Math.hypot(x, y) * EARTH_RADIUS_M;
}

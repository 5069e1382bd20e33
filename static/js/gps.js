// @ts-check
/** The device's own position, with a clear answer when it is refused or not to be had. */

/** A device that stands still tells no course, or one that means nothing. */
const MOVING_MPS = 3;

/**
 * Follows the device until it is stopped.
 * @param {import('./types.js').Dispatch} dispatch
 */
export function followDevice(dispatch) {
  if (!('geolocation' in navigator)) {
    dispatch({ type: 'gps', gps: 'unavailable' });
    return;
  }
  dispatch({ type: 'gps', gps: 'waiting' });
  navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => dispatch({
      type: 'fix',
      fix: { lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy, heading_deg: headingOf(coords), at: timestamp },
    }),
    (error) => dispatch({ type: 'gps', gps: error.code === error.PERMISSION_DENIED ? 'refused' : 'unavailable' }),
    { enableHighAccuracy: true, maximumAge: 5000, timeout: 20_000 },
  );
}

/** The course in whole degrees from north, where it is known. @param {GeolocationCoordinates} coords */
function headingOf({ heading, speed }) {
  return heading !== null && heading >= 0 && (speed ?? 0) >= MOVING_MPS ? Math.round(heading) : undefined;
}

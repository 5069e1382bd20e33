// @ts-check
/** The device's own position, with a clear answer when it is refused or not to be had. */

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
      type: 'fix', fix: { lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy, at: timestamp },
    }),
    (error) => dispatch({ type: 'gps', gps: error.code === error.PERMISSION_DENIED ? 'refused' : 'unavailable' }),
    { enableHighAccuracy: true, maximumAge: 5000, timeout: 20_000 },
  );
}

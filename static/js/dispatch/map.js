// @ts-check
/** The map with what it shows: which ride and its way, the reach of a hospital or of the region, the closed roads. */

import { getRoute, listClosures } from '../api.js';
import { dayClock } from '../format.js';
import { Icon } from '../icons.js';
import { isDark } from '../keep.js';
import { regionShown, statusOf } from '../state/region.js';
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { getReach } from './calls.js';
import { ControlMap } from './map_view.js';
import { rideTitle, sortRides } from './ride_words.js';
import { clockOf } from './state.js';

/** @typedef {import('./view.js').ControlView} ControlView */

const REACH_MIN = 45;
const CLOSURES_MS = 30_000;
const SILENCE_MS = 10_000;
const REGION = '*';
/** @type {import('../types.js').Ambulance[]} */
const NONE = [];

/** @param {{view: ControlView}} props */
export function MapPane({ view }) {
  const { control, dispatch, t, shared, language } = view;
  const { hospitals, board, room, picked, network, theme } = control;
  const element = useRef(/** @type {HTMLDivElement | null} */ (null));
  const map = useRef(/** @type {ControlMap | null} */ (null));
  const [reachOf, setReachOf] = useState('');
  const mka = regionShown(hospitals, control.filters.mka, control.me?.region);
  const closures = useClosures();
  const route = useRoute(room?.rides.find(({ id }) => id === picked) ?? null);
  const own = hospitals.filter((hospital) => hospital.mka === mka && hospital.departments.SEH !== 'no').map(({ id }) => id);
  const [reach, reachState] = useReach(reachOf === REGION ? own : reachOf ? [reachOf] : []);
  useEffect(() => {
    if (!element.current) return undefined;
    const shown = new ControlMap(element.current, { zoomIn: shared('map.zoomin'), zoomOut: shared('map.zoomout') }, { onRide: (ride) => dispatch({ type: 'pick', ride }), onSite: setReachOf });
    map.current = shown;
    return () => shown.destroy();
  }, [language]);
  const sites = useMemo(() => {
    const told = new Map(board?.hospitals.map((hospital) => [hospital.id, hospital]));
    return hospitals.flatMap((hospital) => {
      const status = statusOf(hospital, told.get(hospital.id), 'SEH');
      return status ? [{ id: hospital.id, name: hospital.name, position: hospital.position, status, word: shared(`status.${status}`), own: hospital.mka === mka }] : [];
    });
  }, [hospitals, board, mka, language]);
  // What is old is not drawn: a vehicle that stands still because nothing is heard would tell a lie.
  const vehicles = control.now - control.link.heardAt > SILENCE_MS ? NONE : control.vehicles;
  const vans = useMemo(() => vansOf(room?.rides ?? [], vehicles), [room?.rides, vehicles]);
  const dark = isDark(theme);
  useEffect(() => { map.current?.update({ network, dark, sites, vans, picked, closures, route, reach }); }, [network, dark, sites, vans, picked, closures, route, reach, language]);
  useEffect(() => { map.current?.vehicles.update(vehicles.filter(({ name }) => !vans.some((van) => van.name === name))); }, [vehicles, vans, language]);
  return html`<section class="map-pane control-map" aria-label=${shared('map')}>
      <div class="map" ref=${element} role="application" aria-label=${t('map.label')}></div>
      ${network && html`<p class="attribution">${network.attribution}</p>`}</section>
    <section class="pane map-side" aria-labelledby="map-title"><div class="pane-head"><h2 id="map-title">${t('map.shown')}</h2></div>
      <div class="map-choices">
        <label class="labelled">${t('map.reach', { minutes: REACH_MIN })}<select class="small-field" value=${reachOf} onChange=${(/** @type {any} */ event) => setReachOf(event.target.value)}>
          <option value="">${t('map.noreach')}</option><option value=${REGION}>${t('map.region', { mka })}</option>
          ${sites.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select></label>
        <p class="hint" role="status">${reachState === 'busy' ? t('matrix.loading') : reachState === 'failed' ? t('failed') : ''}</p>
        <h3>${t('map.closures')} <small>${closures.length}</small></h3>
        <ul>${closures.map((closure) => html`<li key=${closure.id}><${Icon} name="warning" /> ${closure.note || t('map.closed')}${closure.until ? ` · ${t('detail.until', { time: dayClock(closure.until, clockOf(control), language) })}` : ''}</li>`)}</ul>
        <h3>${t('rides')}</h3>
      </div>
      <ul class="scroller reviews" aria-label=${t('rides')}>${sortRides(room?.rides ?? []).map((ride) => html`<li key=${ride.id}><button type="button" class="review-row map-ride" aria-pressed=${ride.id === picked} onClick=${() => dispatch({ type: 'pick', ride: ride.id === picked ? null : ride.id })}>
        <b>${ride.by}</b><span>${ride.hospital ? view.names.get(ride.hospital) : t('ride.nochoice')}</span><span>${ride.needs_another ? html`<${Icon} name="warning" />` : ''}${rideTitle(ride, view)}</span></button></li>`)}</ul>
    </section>`;
}

/**
 * The rides as they stand on the map: an ambulance that tells all along where it is, stands there.
 * @param {import('./types.js').OverseenRide[]} rides @param {import('../types.js').Ambulance[]} vehicles
 */
function vansOf(rides, vehicles) {
  const live = new Map(vehicles.map(({ name, position }) => [name, position]));
  return rides.flatMap(({ id, by, position, needs_another: urgent }) => {
    const at = live.get(by) ?? position;
    return at ? [{ id, name: by, position: at, urgent }] : [];
  });
}

/** The closed roads, asked for again and again while the map is open. */
function useClosures() {
  const [closures, setClosures] = useState(/** @type {import('../types.js').Closure[]} */ ([]));
  useEffect(() => {
    const ask = () => listClosures().then(({ closures: found }) => setClosures(found.filter(({ running }) => running)), () => {});
    ask();
    const again = setInterval(ask, CLOSURES_MS);
    return () => clearInterval(again);
  }, []);
  return closures;
}

/** The way of a ride to its destination. @param {import('./types.js').OverseenRide | null} ride */
function useRoute(ride) {
  const [route, setRoute] = useState(/** @type {import('../types.js').RouteFeature | null} */ (null));
  const key = ride?.position && ride.hospital ? `${ride.hospital} ${ride.position.lat} ${ride.position.lon}` : '';
  useEffect(() => {
    setRoute(null);
    if (!ride?.position || !ride.hospital) return undefined;
    let wanted = true;
    getRoute(ride.position, ride.hospital, ride.patient?.signals ?? true).then((found) => { if (wanted) setRoute(found); }, () => {});
    return () => { wanted = false; };
  }, [key]);
  return route;
}

/** @param {string[]} hospitals @returns {[object | null, 'idle' | 'busy' | 'failed']} */
function useReach(hospitals) {
  const [reach, setReach] = useState(/** @type {object | null} */ (null));
  const [state, setState] = useState(/** @type {'idle' | 'busy' | 'failed'} */ ('idle'));
  useEffect(() => {
    setReach(null);
    setState(hospitals.length ? 'busy' : 'idle');
    if (!hospitals.length) return undefined;
    let wanted = true;
    getReach(hospitals, REACH_MIN).then((found) => { if (wanted) { setReach(found); setState('idle'); } }, () => { if (wanted) setState('failed'); });
    return () => { wanted = false; };
  }, [hospitals.join()]);
  return [reach, state];
}

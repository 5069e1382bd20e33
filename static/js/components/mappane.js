// @ts-check
/** The map with what one can do on it: set the position, go back to the device's, bring everything into view. */

import { coordinates } from '../format.js';
import { Icon } from '../icons.js';
import { isDark } from '../keep.js';
import { isSilent } from '../state.js';
import { placesShown, shownOptions } from '../state/order.js';
import { positionOf } from '../state/place.js';
import { lookedAt, shownRide } from '../state/ride.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @type {import('../types.js').Ambulance[]} */
const NONE = [];
const IDLE_MS = 2500;
const BEHIND_MS = 600;

/** @param {{view: import('./context.js').View}} props */
export function MapPane({ view }) {
  const { state, dispatch, t } = view;
  const element = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [map, setMap] = useState(/** @type {import('../map/view.js').MapView | null} */ (null));
  const [roadsFailed, setRoadsFailed] = useState(false);
  const deviceDark = useDeviceDark();
  const wanted = useWanted(state);
  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    /** @type {import('../map/view.js').MapView | null} */
    let shown = null;
    // The map is a third of all code: a phone shows its list before it fetches that.
    import('../map/view.js').then(({ MapView }) => {
      if (gone || !element.current) return;
      shown = new MapView(element.current, { zoomIn: t('map.zoomin'), zoomOut: t('map.zoomout') }, {
        onTap: (position) => dispatch({ type: 'draft', position }),
        onPick: (hospital) => dispatch({ type: 'open', hospital, now: Date.now() }),
        onRoads: setRoadsFailed,
      });
      setMap(shown);
    }, () => setRoadsFailed(true));
    return () => { gone = true; setMap(null); shown?.destroy(); };
  }, [state.language, wanted]);
  const inSight = state.tab === 'map' || isBesideList();
  useEffect(() => {
    if (!map) return undefined;
    if (inSight) { map.update(pictureOf(state)); return undefined; }
    // Behind the list there is time, and of several changes the last one counts.
    const later = setTimeout(() => map.update(pictureOf(state)), BEHIND_MS);
    return () => clearTimeout(later);
  }, [map, inSight, state.advice, state.place, state.ride, state.closures, state.list.open, state.list.showAll, state.route, state.network, state.theme, state.language, deviceDark]);
  // What is old is not drawn: a vehicle that stands still because nothing is heard would tell a lie.
  const vehicles = isSilent(state) ? NONE : state.vehicles;
  useEffect(() => { map?.vehicles.update(vehicles); }, [map, vehicles]);
  const { draft, manual } = state.place;
  return html`<section class="map-pane" aria-label=${t('map')}>
    <div class="map" ref=${element} role="application" aria-label=${t('map.label')}></div>
    <div class="map-tools">
      <button type="button" class="map-button" aria-label=${t('map.fit')} title=${t('map.fit')} onClick=${() => map?.fit()}><${Icon} name="target" /></button>
    </div>
    <div class="map-notes">
      ${roadsFailed && html`<p class="map-note" role="status">${t('map.failed')}</p>`}
      ${[...new Set(state.closures.filter(({ running }) => running).map(({ factor }) => factor > 0))].map((slow) => html`<p class="map-note legend" key=${slow}><span class="closure-sign" data-slow=${slow}></span>${t(slow ? 'map.slow' : 'map.closed')}</p>`)}
      ${vehicles.length > 0 && html`<p class="map-note legend"><span class="vehicle-face"><${Icon} name="van" /></span>${t('map.demo')}</p>`}
    </div>
    ${draft && html`<div class="map-confirm" role="group" aria-label=${t('map.confirm')}>
      <span><b>${t('map.confirm')}</b><small>${coordinates(draft)}</small></span>
      <button type="button" class="button" onClick=${() => dispatch({ type: 'draft', position: null })}>${t('app.cancel')}</button>
      <button type="button" class="button primary" onClick=${() => dispatch({ type: 'manual', position: draft, name: coordinates(draft) })}>${t('map.confirm.yes')}</button>
    </div>`}
    ${!draft && manual && html`<div class="map-confirm"><button type="button" class="button" onClick=${() => dispatch({ type: 'use-gps' })}><${Icon} name="target" />${t('map.gps')}</button></div>`}
    ${state.network && html`<p class="attribution">${state.network.attribution}</p>`}
  </section>`;
}

/** @param {import('../types.js').State} state @returns {import('../map/view.js').Picture} */
function pictureOf(state) {
  const { place, list, route } = state;
  return {
    network: state.network, dark: isDark(state.theme), here: positionOf(place), draft: place.draft, open: lookedAt(state),
    accuracy_m: place.manual ? null : place.fix?.accuracy_m ?? null,
    options: shownOptions(state.advice), places: placesShown(state.advice, list, shownRide(state.ride)?.hospital), route: route && route.hospital === lookedAt(state) ? route.feature : null,
    closures: state.closures.filter(({ running }) => running),
  };
}

/** Whether the map is needed: beside the list at once, behind it when it is turned to, or once there is an answer and time. @param {import('../types.js').State} state */
function useWanted({ tab, advice }) {
  const [wanted, setWanted] = useState(isBesideList);
  const answered = advice.current !== null;
  useEffect(() => { if (tab === 'map') setWanted(true); }, [tab]);
  useEffect(() => {
    if (!answered || wanted) return undefined;
    const timer = setTimeout(() => setWanted(true), IDLE_MS);
    return () => clearTimeout(timer);
  }, [answered]);
  return wanted;
}

function isBesideList() {
  return matchMedia('(min-width: 700px)').matches;
}

/** Whether the device itself is dark, followed while it changes. */
function useDeviceDark() {
  const [dark, setDark] = useState(() => isDark('auto'));
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return dark;
}

// @ts-check
/** Saying where the ambulance is: a place, a hospital, coordinates, the map, or the device itself again. */

import { findPlaces } from '../api.js';
import { findKept } from '../state/places.js';
import { html, useEffect, useState } from '../vendor/preact.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {{state: 'idle' | 'none' | 'failed'} | {state: 'found', places: import('../types.js').Place[]}} Search */

const CALM_MS = 250;

/** @param {{view: View}} props */
export function PositionPanel({ view }) {
  const { state, dispatch, t } = view;
  return html`<section class="panel" aria-label=${t('position.title')}>
    <div class="panel-head"><h2>${t('position.title')}</h2>
      <button type="button" class="button" onClick=${() => dispatch({ type: 'panel', panel: null })}>${t('picker.done')}</button></div>
    <${PlaceSearch} view=${view} />
    <div class="panel-actions">
      ${(state.place.manual || state.place.gps === 'ok') && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'use-gps' })}>${t('position.usegps')}</button>`}
      <button type="button" class="button only-phone" onClick=${() => { dispatch({ type: 'panel', panel: null }); dispatch({ type: 'tab', tab: 'map' }); }}>${t('position.onmap')}</button>
    </div>
  </section>`;
}

/** @param {{view: View}} props */
export function PlaceSearch({ view: { state, dispatch, t } }) {
  const [query, setQuery] = useState('');
  const [search, setSearch] = useState(/** @type {Search} */ ({ state: 'idle' }));
  const asked = query.trim();
  useEffect(() => {
    if (asked.length < 2) { setSearch({ state: 'idle' }); return undefined; }
    const stop = new AbortController();
    const timer = setTimeout(() => findPlaces(asked, stop.signal).then(
      (places) => setSearch(places.length ? { state: 'found', places } : { state: 'none' }),
      () => {
        if (stop.signal.aborted) return;
        const kept = findKept(asked, { towns: state.network?.places ?? [], hospitals: state.hospitals });
        setSearch(kept.length ? { state: 'found', places: kept } : { state: 'failed' });
      },
    ), CALM_MS);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [asked]);
  const places = search.state === 'found' ? search.places : [];
  const choose = (/** @type {import('../types.js').Place} */ { name, position }) => dispatch({ type: 'manual', name, position });
  return html`<form class="place-search" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); if (places[0]) choose(places[0]); }}>
    <input type="search" class="field" value=${query} aria-label=${t('position.search')} placeholder=${t('position.search')} autocomplete="off"
      onInput=${(/** @type {Event} */ event) => setQuery(/** @type {HTMLInputElement} */ (event.target).value)} />
    <div role="status">
      ${search.state === 'idle' && html`<p class="hint">${t('position.hint')}</p>`}
      ${search.state === 'none' && html`<p class="hint">${t('position.none', { query: asked })}</p>`}
      ${search.state === 'failed' && html`<p class="hint">${t('position.failed')}</p>`}
    </div>
    <ul class="picker-list">${places.map((place) => html`<li key=${place.name}><button type="button" class="pick" onClick=${() => choose(place)}>
      ${place.name} <small>${t(`position.kind.${place.kind}`)}</small></button></li>`)}</ul>
  </form>`;
}

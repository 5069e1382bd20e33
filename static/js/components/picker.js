// @ts-check
/** Choosing a hospital for a fact about the patient: nearest first, a few letters narrow it down. */

import { positionOf, distance } from '../state/place.js';
import { html, useState } from '../vendor/preact.js';
import { hospitalName } from './context.js';
import { Choice } from './controls.js';

/** @typedef {import('./context.js').View} View */

const RELATIONS = /** @type {const} */ (['related', 'unrelated', 'doubt', 'none']);

/** Where the patient is under treatment. @param {{view: View}} props */
export function RelationPanel({ view }) {
  const { state, dispatch, t } = view;
  const known = Object.entries(state.facts.relation);
  return html`<section class="panel" aria-label=${t('relation.title')}>
    ${known.map(([id, relation]) => html`<${Choice} key=${id} name=${`relation-${id}`} titled=${true} value=${relation}
      label=${t('relation.of', { name: hospitalName(view, id) })} options=${relationOptions(view)}
      onChoose=${(/** @type {any} */ value) => dispatch({ type: 'relation', hospital: id, relation: value })} />`)}
    <${HospitalPicker} view=${view} title=${t('relation.title')} chosen=${known.map(([id]) => id)} onPick=${(/** @type {string} */ hospital) => {
      dispatch({ type: 'relation', hospital, relation: 'related' });
      dispatch({ type: 'panel', panel: null });
    }} />
  </section>`;
}

/** @param {View} view */
export function relationOptions({ t }) {
  return RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }));
}

/** The hospital whose clinic or GP post the patient is in. @param {{view: View}} props */
export function InsidePanel({ view }) {
  const { state, dispatch, t } = view;
  return html`<section class="panel" aria-label=${t('inside.title')}>
    <${HospitalPicker} view=${view} title=${t('inside.title')} chosen=${state.facts.inside ? [state.facts.inside] : []} onPick=${(/** @type {string} */ inside) => {
      dispatch({ type: 'facts', change: { inside } });
      dispatch({ type: 'panel', panel: null });
    }} />
  </section>`;
}

/** The hospital that accepted the GP's patient. @param {{view: View}} props */
export function GpPanel({ view }) {
  const { state, dispatch, t } = view;
  const accepted = Object.keys(state.facts.gpAccepted).filter((id) => state.facts.gpAccepted[id]);
  return html`<section class="panel" aria-label=${t('gp.title')}>
    <${HospitalPicker} view=${view} title=${t('gp.title')} chosen=${accepted} onPick=${(/** @type {string} */ hospital) => {
      dispatch({ type: 'gp-accepted', hospital, accepted: accepted.includes(hospital) ? null : true });
      dispatch({ type: 'panel', panel: null });
    }} />
  </section>`;
}

/** @param {{view: View, title: string, chosen: string[], onPick: (id: string) => void}} props */
function HospitalPicker({ view, title, chosen, onPick }) {
  const { state, dispatch, t } = view;
  const [query, setQuery] = useState('');
  const found = matching(nearestFirst(state), query);
  return html`<div class="picker">
    <div class="panel-head"><h2>${title}</h2>
      <button type="button" class="button" onClick=${() => dispatch({ type: 'panel', panel: null })}>${t('picker.done')}</button></div>
    <input type="search" class="field" value=${query} placeholder=${t('picker.search')} aria-label=${t('picker.search')} autocomplete="off"
      onInput=${(/** @type {Event} */ event) => setQuery(/** @type {HTMLInputElement} */ (event.target).value)} />
    <ul class="picker-list">
      ${found.map(({ id, name, city }) => html`<li key=${id}><button type="button" class="pick" aria-pressed=${chosen.includes(id)} onClick=${() => onPick(id)}>
        ${name}${city && !name.includes(city) && html` <small>${city}</small>`}</button></li>`)}
    </ul>
    ${!found.length && query && html`<p class="hint">${t('picker.empty', { query })}</p>`}
  </div>`;
}

/**
 * @param {import('../types.js').State} state
 * @returns {{id: string, name: string, city?: string}[]}
 */
function nearestFirst(state) {
  const here = positionOf(state.place);
  if (!state.hospitals.length) return (state.advice.current?.options ?? []).map(({ hospital, name, city }) => ({ id: hospital, name, city }));
  if (!here) return state.hospitals;
  return [...state.hospitals].sort((a, b) => distance(here, a.position) - distance(here, b.position));
}

/**
 * @template {{name: string, city?: string}} T
 * @param {T[]} hospitals
 * @param {string} query
 */
function matching(hospitals, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return hospitals.filter(({ name, city }) => words.every((word) => `${name} ${city ?? ''}`.toLowerCase().includes(word)));
}

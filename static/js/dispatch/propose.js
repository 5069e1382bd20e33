// @ts-check
/** Proposing a destination: the first click opens where the ride could go now, the second proposes it. */

import { CallFailed } from '../api.js';
import { clock } from '../format.js';
import { said } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { html, useState } from '../vendor/preact.js';
import { getRideOptions, propose } from './calls.js';
import { problemWords } from './trouble.js';

/** @typedef {import('./types.js').OverseenRide} OverseenRide */
/** @typedef {import('./view.js').Words} Words */
/** @typedef {import('./view.js').ControlDispatch} ControlDispatch */

const SHOWN_AT_FIRST = 6;

/** @param {string} ride @param {ControlDispatch} dispatch */
export async function openProposing(ride, dispatch) {
  dispatch({ type: 'propose', ride });
  try {
    dispatch({ type: 'options', ride, options: await getRideOptions(ride) });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    dispatch({ type: 'options-failed', ride, problem: error.problem });
  }
}

/** @param {string} ride @param {string} hospital @param {ControlDispatch} dispatch @param {import('./act.js').Act} act */
export async function proposeTo(ride, hospital, dispatch, act) {
  const done = await act(`propose ${ride}`, () => propose(ride, hospital));
  if (done) dispatch({ type: 'propose', ride: null });
}

/** @param {{words: Words, ride: OverseenRide, proposing: NonNullable<import('./state.js').Control['proposing']>, dispatch: ControlDispatch, act: import('./act.js').Act}} props */
export function Propose({ words, ride, proposing, dispatch, act }) {
  const { t, shared, language } = words;
  const [all, setAll] = useState(false);
  const { options, problem } = proposing;
  const others = options?.filter(({ hospital }) => hospital !== ride.hospital) ?? [];
  const shown = all ? others : others.slice(0, SHOWN_AT_FIRST);
  return html`<div class="propose" role="group" aria-label=${t('propose.to', { name: ride.by })}>
    ${problem && html`<p class="trouble-line" role="alert">${problemWords(problem, words)}</p>`}
    ${!options && !problem && html`<p class="hint" role="status">${t('propose.busy')}</p>`}
    <ol>${shown.map((option) => html`<li key=${option.hospital}>
      <button type="button" class="option" onClick=${() => proposeTo(ride.id, option.hospital, dispatch, act)}>
        <b>${Math.max(1, Math.round(option.eta_s / 60))}<small> min</small></b><span>${clock(option.arrival, language)}</span><span class="option-name">${option.name}</span>
        <span class="chip" data-class=${option.class}><${Icon} name=${OUTCOME_ICON[option.class]} />${shared(`class.${option.class}`)}</span>
        <span class="option-why">${said(language, option.headline, option.headline_en)}</span><span>${option.inbound ? t('propose.inbound', { count: option.inbound }) : ''}</span>
      </button></li>`)}</ol>
    ${others.length > shown.length && html`<button type="button" class="small-button" onClick=${() => setAll(true)}>${t('propose.all', { count: others.length })}</button>`}
  </div>`;
}

/** What became of the last proposal. @param {{words: Words, ride: OverseenRide, names: Map<string, string>}} props */
export function ProposalState({ words: { t, language }, ride, names }) {
  const last = ride.proposals.at(-1);
  if (!last) return html`<span role="status"></span>`;
  const state = last.accepted === null ? 'waiting' : last.accepted ? 'accepted' : 'declined';
  const tone = { waiting: 'info', accepted: undefined, declined: 'warning' }[state];
  return html`<span class="proposal" role="status" data-level=${tone} data-tone=${state === 'accepted' ? 'green' : undefined}>
    <${Icon} name=${state === 'accepted' ? 'check' : state === 'declined' ? 'cross' : 'phone'} />${t(`proposal.${state}`, { name: names.get(last.hospital) ?? last.hospital, time: clock(last.at, language) })}</span>`;
}

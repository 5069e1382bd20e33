// @ts-check
/** All open rides: when they arrive, what was advised and chosen, what the rules say now, and what changed since. */

import { html, useMemo } from '../vendor/preact.js';
import { RideRow } from './ride_row.js';
import { needsAttention, sortRides } from './ride_words.js';
import { clockOf } from './state.js';
import { troubleAt } from './trouble.js';
import { wordsOf } from './view.js';

const MINUTE_MS = 60_000;

/** @param {{view: import('./view.js').ControlView, onAdvice?: (advice: string) => void}} props `onAdvice`: the past, in which nothing can be proposed */
export function Rides({ view, onAdvice }) {
  const { control, dispatch, act, t, names, language } = view;
  const { room, filters, picked, proposing } = control;
  const minute = Math.floor(clockOf(control) / MINUTE_MS);
  const sorted = useMemo(() => sortRides(room?.rides ?? []), [room?.rides]);
  const shown = useMemo(() => (filters.attention ? sorted.filter((ride) => needsAttention(ride) || ride.id === picked) : sorted), [sorted, filters.attention, picked]);
  // What happens on the board alone leaves the rides as they are.
  const rows = useMemo(() => shown.map((ride) => html`<${RideRow} key=${ride.id} words=${wordsOf(language)} ride=${ride} minute=${minute} names=${names} picked=${picked === ride.id}
    proposing=${proposing?.ride === ride.id ? proposing : null} problem=${troubleAt(control, `propose ${ride.id}`)} dispatch=${dispatch} act=${act} onAdvice=${onAdvice} />`),
  [shown, minute, names, picked, proposing, control.failed, language, onAdvice]);
  const urgent = sorted.filter(({ needs_another: needs }) => needs).length;
  return html`<section class="pane rides-pane" aria-labelledby="rides-title">
    <div class="pane-head"><h2 id="rides-title" tabindex="-1">${t('rides')} ${room && html`<small>${t('rides.count', { count: sorted.length })}${urgent ? ` · ${t('rides.urgent', { count: urgent })}` : ''}</small>`}</h2>
      <button type="button" class="small-button" aria-pressed=${filters.attention} onClick=${() => dispatch({ type: 'filters', change: { attention: !filters.attention } })}>${t('rides.attention')}</button></div>
    ${!room && html`<p class="hint">${t('matrix.loading')}</p>`}
    ${room && !shown.length && html`<p class="hint">${t(sorted.length ? 'rides.calm' : 'rides.none')}</p>`}
    <ul class="rides scroller" aria-labelledby="rides-title">${rows}</ul>
  </section>`;
}

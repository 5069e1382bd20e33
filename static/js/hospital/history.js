// @ts-check
/** The own stops of the past month: when, how long, why, by whom, and what had been tried. */

import { StatusWord } from '../components/departments.js';
import { dayClock } from '../format.js';
import { html } from '../vendor/preact.js';
import { clockOf } from './ending.js';
import { reasonWords, Tried } from './running.js';

/** @param {{view: import('./page.js').DeskView}} props */
export function History({ view }) {
  const { desk, t, shared } = view;
  const now = clockOf(desk);
  const stops = desk.stops?.filter((stop) => !stop.void && Date.parse(stop.ended_at ?? stop.until) <= now);
  return html`<section class="history" aria-labelledby="history-title">
    <h2 id="history-title">${t('history')} <small>${t('history.period')}</small></h2>
    ${!stops && html`<p class="hint">${t('loading')}</p>`}
    ${stops && !stops.length && html`<p class="hint">${t('history.none')}</p>`}
    <ul class="past-stops">${stops?.map((stop) => {
      const end = Date.parse(stop.ended_at ?? stop.until);
      const minutes = Math.round((end - Date.parse(stop.since)) / 60_000);
      return html`<li key=${stop.id} class="past-stop"><p><b>${stop.department}</b> <${StatusWord} t=${shared} status=${stop.status} />
          <span>${dayClock(stop.since, now, desk.language)} – ${dayClock(end, now, desk.language)}</span> <span class="hint">${t('history.minutes', { minutes })}</span>
          ${stop.norm_min !== null && minutes > stop.norm_min && html`<span class="over">${t('over', { norm: stop.norm_min })}</span>`}</p>
        <p class="hint">${[reasonWords(desk, stop.department, stop.reason), t('by', { name: stop.by }), stop.note].filter(Boolean).join(' · ')}</p>
        <${Tried} view=${view} past=${stop} /></li>`;
    })}</ul>
  </section>`;
}

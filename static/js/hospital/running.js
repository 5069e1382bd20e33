// @ts-check
/** A stop that runs: how long it still takes, in large figures; longer with one click; who declared it and what was tried. */

import { clock, dayClock } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { extendStop } from '../api.js';
import { clockOf } from './ending.js';
import { send, STEP_MS } from './send.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

const SECOND_MS = 1000;
export const CLICK_MS = 2 * STEP_MS;

/** @param {{view: DeskView, code: DepartmentCode, stop: string, department: import('../types.js').DepartmentView}} props */
export function Running({ view, code, stop, department }) {
  const { desk, t, shared } = view;
  const { since, until, note, status } = department;
  const now = clockOf(desk);
  const past = desk.stops?.find(({ id }) => id === stop);
  const rules = desk.protocol?.departments[code];
  const norm = rules?.norm_min[status];
  // A stop that was lifted by a confirmed lapse runs on until the hospital removes it.
  const hasLapsed = department.effective === 'green';
  const isOver = norm && since && until && Date.parse(until) - Date.parse(since) > norm * 60_000;
  const when = (/** @type {string} */ moment) => dayClock(moment, now, desk.language);
  const parts = [since && t('since', { time: when(since) }), until && t('until', { time: when(until) }), past && t('by', { name: past.by }), reasonWords(desk, code, department.reason), note];
  return html`<div class="running" data-status=${status}>
    ${until && html`<p class="countdown"><span class="unseen">${t('countdown', { department: code })}</span><span class="countdown-figures" role="timer" aria-label=${t('left', { minutes: Math.max(0, Math.ceil((Date.parse(until) - now) / 60_000)) })}>${figures(Date.parse(until) - now)}</span></p>`}
    <p class="hint">${parts.filter(Boolean).join(' · ')}</p>
    ${hasLapsed && html`<p class="over" role="alert"><${Icon} name="warning" /><b>${t('lapsed', { department: code })}</b></p>
      <ul class="bullets">${desk.protocol?.lapse_duties.map((duty) => html`<li key=${duty.text}>${said(desk.language, duty.text, duty.text_en)}</li>`)}</ul>`}
    ${isOver && html`<p class="over"><${Icon} name="warning" />${t('over', { norm })}</p>`}
    ${department.planned && html`<p class="hint">${t('planned.stop')}</p>`}
    ${past && html`<${Tried} view=${view} past=${past} />`}
    ${until && !hasLapsed && html`<${ExtendAtOnce} view=${view} code=${code} stop=${stop} until=${until} status=${shared(`status.${status}`)} />`}
  </div>`;
}

/** @param {{view: DeskView, code: DepartmentCode, stop: string, until: string, status: string}} props */
export function ExtendAtOnce({ view, code, stop, until, status }) {
  const { desk, t } = view;
  const later = Date.parse(until) + CLICK_MS;
  const time = dayClock(later, clockOf(desk), desk.language);
  const press = () => send(view, () => extendStop(stop, new Date(later).toISOString()), () => t('done.extended', { department: code, time }));
  return html`<button type="button" class="button wide extend-once" disabled=${desk.busy} aria-label=${t('extend.once.of', { department: code, status, minutes: CLICK_MS / 60_000, time })} onClick=${press}>${t('extend.once', { minutes: CLICK_MS / 60_000, time })}</button>`;
}

/** The measures that were worked through before, and what was done since. @param {{view: DeskView, past: import('./types.js').PastStop}} props */
export function Tried({ view: { desk, t }, past }) {
  const measures = new Map(desk.protocol?.departments[past.department]?.checklist.map((measure) => [measure.code, said(desk.language, measure.text, measure.text_en)]));
  const now = clockOf(desk);
  return html`<details class="fold"><summary>${t('tried', { count: past.checklist.length })}${past.peers_called ? ` · ${t('peers.yes')}` : ''}</summary>
    <ol class="acts-done">${past.acts.map((act) => html`<li key=${act.act + act.at}>${t('act', { time: dayClock(act.at, now, desk.language), what: t(/** @type {any} */ (`act.${act.act}`)), name: act.by })}${act.until ? ` (${t('until', { time: clock(act.until, desk.language) })})` : ''}${act.why ? `: ${act.why}` : ''}</li>`)}</ol>
    <ul class="bullets">${past.checklist.map((code) => html`<li key=${code}>${measures.get(code) ?? code}</li>`)}</ul></details>`;
}

/** A reason of the menu in the language of the page. @param {import('./state.js').Desk} desk @param {DepartmentCode} code @param {string | null | undefined} reason */
export function reasonWords({ protocol, language }, code, reason) {
  const rules = protocol?.departments[code];
  const index = reason ? rules?.reasons.indexOf(reason) ?? -1 : -1;
  return reason && said(language, reason, rules?.reasons_en[index]);
}

/** `1:04:09`, `9:05`; never less than nothing. @param {number} ms */
function figures(ms) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A stop that was told by another source cannot be ended here. @param {{view: DeskView, code: DepartmentCode, department: import('../types.js').DepartmentView}} props */
export function Told({ view: { desk, t }, code, department: { since, until, reason, note } }) {
  const when = (/** @type {string} */ moment) => dayClock(moment, clockOf(desk), desk.language);
  const parts = [since && t('since', { time: when(since) }), until && t('until', { time: when(until) }), reasonWords(desk, code, reason), note].filter(Boolean);
  return parts.length ? html`<p class="hint">${parts.join(' · ')}</p>` : null;
}

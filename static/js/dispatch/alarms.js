// @ts-check
/** What must not be missed: each alarm with its own place, who took it and when, and what is to be done about it. */

import { age, clock, dayClock } from '../format.js';
import { said } from '../i18n.js';
import { Icon, LEVEL_ICON } from '../icons.js';
import { html } from '../vendor/preact.js';
import { acknowledgeAlarm, confirmLapse } from './calls.js';
import { alarmsOf, clockOf, openAlarms } from './state.js';
import { still } from './still.js';
import { Trouble, troubleAt } from './trouble.js';
import { wordsOf } from './view.js';

/** @typedef {import('./types.js').Alarm} Alarm */
/** @typedef {import('./view.js').Words} Words */

/** @param {{view: import('./view.js').ControlView, audible: boolean}} props */
export function Alarms({ view, audible }) {
  const { control, dispatch, act, names, t } = view;
  const alarms = alarmsOf(control);
  const elsewhere = (control.room?.alarms.length ?? 0) - alarms.length;
  const open = openAlarms(control);
  const canTake = control.me?.role === 'dispatcher';
  const minute = Math.floor(clockOf(control) / 60_000);
  return html`<section class="pane alarms-pane" aria-labelledby="alarms-title">
    <div class="pane-head"><h2 id="alarms-title" tabindex="-1">${t('alarms')} ${open.length > 0 && html`<small class="tight" data-level=${open.some(({ level }) => level === 'alarm') ? 'alarm' : 'warning'}>${open.length}</small>`}</h2>
      <button type="button" class="small-button" aria-pressed=${control.sound} onClick=${() => dispatch({ type: 'settings', sound: !control.sound })}><${Icon} name=${control.sound ? 'siren' : 'cross'} />${t('alarms.sound')}</button></div>
    ${control.sound && !audible && html`<p class="hint silent"><${Icon} name="warning" />${t('alarms.silent')}</p>`}
    ${(elsewhere > 0 || control.filters.everywhere) && html`<p class="elsewhere"><button type="button" class="small-button" aria-pressed=${control.filters.everywhere}
      onClick=${() => dispatch({ type: 'filters', change: { everywhere: !control.filters.everywhere } })}>${control.filters.everywhere ? t('alarms.everywhere') : t('alarms.elsewhere', { count: elsewhere })}</button></p>`}
    <p class="unseen" role="status">${t('alarms.open', { count: open.length })}</p>
    ${control.room && !alarms.length && html`<p class="hint">${t('alarms.none')}</p>`}
    <ul class="alarms scroller" aria-labelledby="alarms-title">${alarms.map((alarm) => html`<${AlarmRow} key=${alarm.id} words=${wordsOf(view.language)} alarm=${alarm} names=${names} minute=${minute} canTake=${canTake}
      problem=${troubleAt(control, alarm.id)} dispatch=${dispatch} act=${act} />`)}</ul>
  </section>`;
}

const AlarmRow = still((/** @type {{words: Words, alarm: Alarm, names: Map<string, string>, minute: number, canTake: boolean, problem: import('../types.js').Problem | null, dispatch: import('./view.js').ControlDispatch, act: import('./act.js').Act}} */ props) => {
  const { words, alarm, names, minute, canTake, problem, dispatch, act } = props;
  const { t, language } = words;
  const { acknowledged: taken, lapse } = alarm;
  const sentence = said(language, alarm.text, alarm.text_en);
  const since = alarm.since ? Math.max(0, minute * 60 - Date.parse(alarm.since) / 1000) : null;
  return html`<li class="alarm" data-level=${alarm.level} data-taken=${taken !== null} data-code=${alarm.code}>
    <p class="alarm-text"><${Icon} name=${LEVEL_ICON[alarm.level]} /><span>${sentence}</span></p>
    <p class="alarm-when">${alarm.since && html`<span>${t('detail.since', { time: dayClock(alarm.since, minute * 60_000, language) })}${since !== null && since >= 60 ? ` (${age(since, language)})` : ''}</span>`}${alarm.section && /^\d/.test(alarm.section) ? html`<span>§${alarm.section}</span>` : ''}</p>
    ${lapse && html`<${Lapse} words=${words} lapse=${lapse} names=${names} />`}
    ${taken && html`<p class="alarm-taken"><${Icon} name="check" />${t('alarm.taken', { name: taken.by, time: clock(taken.at, language) })}</p>`}
    <div class="alarm-acts">
      ${!taken && canTake && html`<button type="button" class="small-button primary" onClick=${() => act(alarm.id, () => acknowledgeAlarm(alarm.id))}>${t('alarm.take')}<span class="unseen">: ${sentence}</span></button>`}
      ${lapse && !lapse.confirmed && canTake && html`<button type="button" class="small-button danger" onClick=${() => act(alarm.id, () => confirmLapse(lapse.mka, lapse.department))}>${t('alarm.confirm', { department: lapse.department })}</button>`}
      ${alarm.ride && html`<button type="button" class="small-button" onClick=${() => dispatch({ type: 'pick', ride: alarm.ride })}>${t('alarm.ride')}</button>`}
    </div>
    <${Trouble} words=${words} problem=${problem} />
  </li>`;
});

/** Whom to phone, and which stops are still to be removed. @param {{words: Words, lapse: import('./types.js').LapseWork, names: Map<string, string>}} props */
function Lapse({ words: { t }, lapse, names }) {
  return html`<div class="lapse"><p>${t(lapse.confirmed ? 'lapse.standing' : 'lapse.phone')}</p>
    <ul>${lapse.phone.map(({ hospital, phone }) => html`<li key=${hospital}><b>${names.get(hospital) ?? hospital}</b> ${phone ? html`<a href=${`tel:${phone}`}>${phone}</a>` : t('lapse.lpz')}</li>`)}</ul></div>`;
}

// @ts-check
/** The banner of the last minutes of a stop: longer with one click, or seen and quiet. */

import { clock } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { endings } from './ending.js';
import { ExtendAtOnce } from './running.js';

/** @param {{view: import('./page.js').DeskView}} props */
export function EndingAlarm({ view }) {
  const { desk, dispatch, t, shared } = view;
  const duty = desk.protocol?.extend_duty;
  return html`<div role="alert" class="ending-alarms">${endings(desk).map(({ id, code, stop, status, until, leftMs, seen }) => html`<section key=${id} class="ending" data-seen=${seen} aria-label=${t('ending.of', { department: code })}>
    <p><${Icon} name="alarm" /><b>${t('ending', { department: code, status: shared(`status.${status}`), time: clock(until, desk.language) })}</b></p>
    <p aria-hidden="true" class="ending-left">${t('left', { minutes: Math.ceil(leftMs / 60_000) })}</p>
    ${duty && html`<p class="ending-duty">${said(desk.language, duty.text, duty.text_en)}</p>`}
    <div class="acts"><${ExtendAtOnce} view=${view} code=${code} stop=${stop} until=${until} status=${shared(`status.${status}`)} />
      ${!seen && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'seen', id })}>${t('ending.seen')}</button>`}</div></section>`)}</div>`;
}

// @ts-check
/** The ambulances on their way here: when, how urgent, what is suspected; those that come no more are struck through. */

import { clock } from '../format.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { html } from '../vendor/preact.js';
import { calledOff, clockOf } from './ending.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('./types.js').InboundRide} InboundRide */
/** @typedef {import('./types.js').InboundPatient} InboundPatient */

const SOON_MIN = 5;

/** @param {{view: DeskView, audible: boolean}} props */
export function Inbound({ view, audible }) {
  const { desk, dispatch, t } = view;
  const rides = [...(desk.inbound?.rides ?? [])].sort((one, other) => (one.expected_at ?? '~').localeCompare(other.expected_at ?? '~') || one.id.localeCompare(other.id));
  const gone = calledOff(desk);
  return html`<section class="inbound" aria-labelledby="inbound-title">
    <div class="region-head"><h2 id="inbound-title">${t('inbound')} ${rides.length > 0 && html`<small>${rides.length}</small>`}</h2>
      <button type="button" class="button" aria-pressed=${desk.sound} onClick=${() => dispatch({ type: 'settings', sound: !desk.sound })}><${Icon} name=${desk.sound ? 'siren' : 'cross'} />${t('sound')} <small aria-hidden="true">${t(desk.sound ? 'sound.on' : 'sound.off')}</small></button></div>
    ${desk.sound && !audible && html`<p class="hint silent"><${Icon} name="warning" />${t('sound.silent')}</p>`}
    <p class="unseen" role="status">${t('inbound.count', { count: rides.length })}</p>
    ${!rides.length && !gone.length && html`<p class="hint">${t(desk.inbound ? 'inbound.none' : 'loading')}</p>`}
    <ul class="arrivals" aria-labelledby="inbound-title">${rides.map((ride) => html`<${Arrival} key=${ride.id} view=${view} ride=${ride} />`)}
      ${gone.map((ride) => html`<li key=${ride.id} class="arrival called-off"><s><span class="arrival-when">${ride.expected_at ? html`<b>${clock(ride.expected_at, desk.language)}</b>` : '–'}</span>
        <span class="arrival-what"><b>${patientWords(view, ride.patient)}</b></span></s><span class="arrival-state"><b>${t('inbound.off', { time: clock(ride.cancelled_at, desk.language) })}</b></span></li>`)}</ul>
  </section>`;
}

/** @param {{view: DeskView, ride: InboundRide}} props */
function Arrival({ view, ride }) {
  const { desk, t, shared } = view;
  const left = ride.expected_at ? Math.round((Date.parse(ride.expected_at) - clockOf(desk)) / 60_000) : null;
  const urgent = ride.patient?.abcd === 'unstable';
  return html`<li class="arrival" data-urgent=${urgent} data-soon=${left !== null && left <= SOON_MIN}>
    <span class="arrival-when">${ride.expected_at ? html`<b>${clock(ride.expected_at, desk.language)}</b>` : html`<b>–</b>`}<small>${left === null ? t('inbound.unknown') : left > 0 ? t('inbound.in', { minutes: left }) : t('inbound.now')}</small></span>
    <span class="arrival-what"><b>${patientWords(view, ride.patient)}</b><small>${[ride.patient && t(ride.patient.signals ? 'inbound.signals' : 'inbound.nosignals'), ride.patient && shared(/** @type {any} */ (`origin.${ride.patient.origin}`)), ride.by].filter(Boolean).join(' · ')}</small></span>
    <span class="arrival-state">${ride.class && html`<span class="chip" data-class=${ride.class}><${Icon} name=${OUTCOME_ICON[ride.class]} />${shared(`class.${ride.class}`)}</span>`}
      <small>${ride.departed_at ? t('inbound.departed', { time: clock(ride.departed_at, desk.language) }) : t('inbound.announced', { time: clock(ride.announced_at, desk.language) })}</small></span></li>`;
}

/** Urgency and suspicion in a few words; never an identity. @param {DeskView} view @param {InboundPatient | null} patient */
function patientWords({ t, shared }, patient) {
  if (!patient) return t('inbound.nopatient');
  const letters = patient.letters.length ? ` (${patient.letters.join('')})` : '';
  const abcd = patient.abcd === 'unknown' ? t('inbound.abcd.unknown') : `${shared(`abcd.${patient.abcd}`)}${letters}`;
  return [shared(/** @type {any} */ (`suspicion.${patient.suspicion}`)), abcd].join(' · ');
}

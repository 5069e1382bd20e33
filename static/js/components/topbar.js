// @ts-check
/** What must always be in sight: connection, age of the status, position, edition, road network. */

import { age } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { isSilent } from '../state.js';
import { noFacts } from '../state/facts.js';
import { isOver, shownRide } from '../state/ride.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('./context.js').View} View */

/** @param {{view: View}} props */
export function TopBar({ view }) {
  const { state, dispatch, t } = view;
  const toggle = (/** @type {'position' | 'menu'} */ panel) => dispatch({ type: 'panel', panel: state.panel === panel ? null : panel });
  const ride = shownRide(state.ride);
  // While a ride runs its patient stays: the bar of the ride ends it.
  const dirty = (ride === null || isOver(ride)) && JSON.stringify(state.facts) !== JSON.stringify(noFacts());
  return html`<div class="topbar">
    <h1 class="brand">${t('app.name')}</h1>
    <div class="live"><${Link} view=${view} /><${StatusAge} view=${view} /></div>
    <button type="button" class="bar-button gps" aria-expanded=${state.panel === 'position'} onClick=${() => toggle('position')}
      aria-label=${`${gpsWord(view)}. ${t('gps.change')}`} data-state=${state.place.manual ? 'manual' : state.place.gps}>
      <${Icon} name="pin" /><span>${gpsWord(view)}</span>
    </button>
    ${dirty && html`<${PatientButton} icon="newPerson" label=${t('facts.new')} onTap=${() => dispatch({ type: 'new-patient' })} />`}
    ${!dirty && state.cleared && html`<${PatientButton} icon="undo" label=${t('facts.undo')} onTap=${() => dispatch({ type: 'restore-patient' })} />`}
    <span class="unseen" role="status">${state.cleared && t('facts.cleared')}</span>
    <button type="button" class="bar-button" aria-label=${t('menu.open')} aria-expanded=${state.panel === 'menu'} onClick=${() => toggle('menu')}>
      <${Icon} name="menu" /></button>
  </div>`;
}

/** @param {{icon: import('../icons.js').IconName, label: string, onTap: () => void}} props */
function PatientButton({ icon, label, onTap }) {
  return html`<button type="button" class="bar-button new" data-icon=${icon} aria-label=${label} title=${label} onClick=${onTap}><${Icon} name=${icon} /><span>${label}</span></button>`;
}

/** @param {{view: View}} props */
function Link({ view: { state, t } }) {
  const lost = isSilent(state);
  const phase = lost ? 'lost' : state.link.phase === 'open' ? 'open' : 'connecting';
  return html`<span class="link" data-phase=${phase}><i class="dot" aria-hidden="true"></i><span>${t(`link.${phase}`)}</span></span>`;
}

/** @param {{view: View}} props */
function StatusAge({ view: { state, language, t } }) {
  const { current, receivedAt } = state.advice;
  if (!current) return null;
  const known = current.freshness?.age_s;
  if (current.freshness && (known === null || known === undefined)) return html`<span class="status-age" data-stale="true">${t('status.none')}</span>`;
  const seconds = (known ?? 0) + (state.now - receivedAt) / 1000;
  const stale = current.freshness?.stale ?? false;
  return html`<span class="status-age" data-stale=${stale} title=${t('status.age.long', { age: age(seconds, language) })}>
    ${t(stale ? 'status.stale' : 'status.age', { age: age(seconds, language) })}</span>`;
}

/** @param {View} view */
function gpsWord({ state: { place }, t }) {
  if (place.manual) return place.manual.name;
  if (place.gps === 'ok' && place.fix) return t('gps.accuracy', { metres: Math.round(place.fix.accuracy_m) });
  return t(place.gps === 'refused' ? 'gps.refused' : place.gps === 'unavailable' ? 'gps.unavailable' : 'gps.waiting');
}

/** Edition and road network; the built-in network and the demonstration say what they are. @param {{view: View}} props */
export function Strip({ view: { state, language, t } }) {
  const advice = state.advice.current;
  const schematic = advice ? advice.network.schematic : state.network?.schematic ?? false;
  const label = advice && said(language, advice.edition_label ?? advice.edition, advice.edition_label_en);
  return html`<div class="strip" data-warning=${schematic}>
    ${schematic && html`<span class="strip-network"><${Icon} name="warning" /><span class="wide-only">${t('network.schematic')}</span><span class="only-phone">${t('network.schematic.short')}</span></span>`}
    ${label && html`<span class="strip-edition"><span class="wide-only">${label}</span><span class="only-phone">${t('edition', { label: advice?.edition ?? label })}</span></span>`}
  </div>`;
}

// @ts-check
/** The patient's facts: always in view, one tap each, no submit button. */

import { Icon } from '../icons.js';
import { LETTERS, withLetter } from '../state/facts.js';
import { html } from '../vendor/preact.js';
import { hospitalName } from './context.js';
import { Choice, Switch, Tick } from './controls.js';

/** @typedef {import('./context.js').View} View */

/** @type {import('../types.js').Suspicion[]} */
const SUSPICIONS = ['general', 'stemi', 'stroke', 'severe_trauma', 'raaa', 'obstetric', 'cardiac', 'ccu', 'burns', 'child'];
/** @type {import('../types.js').Origin[]} */
const ORIGINS = ['112', 'gp', 'internal', 'self', 'transfer'];

/** @param {{view: View}} props */
export function FactsZone({ view }) {
  const { state, dispatch, t } = view;
  const { facts } = state;
  const change = (/** @type {import('../types.js').FactChange} */ part) => dispatch({ type: 'facts', change: part });
  return html`<section class="facts" aria-label=${t('facts')}>
    <div class="facts-row threatened" data-scrolls=${facts.abcd === 'unstable'}>
      <${Choice} name="abcd" label=${t('abcd')} value=${facts.abcd} onChoose=${(/** @type {any} */ abcd) => change({ abcd })}
        options=${[
          { value: 'stable', caption: 'ABCD', label: bare(t('abcd.stable')), spoken: t('abcd.stable') },
          { value: 'unstable', caption: 'ABCD', label: bare(t('abcd.unstable')), spoken: t('abcd.unstable'), tone: 'red' },
        ]} />
      <${Switch} label=${t('signals')} state=${t(facts.signals ? 'signals.on' : 'signals.off')} on=${facts.signals}
        icon=${html`<${Icon} name="siren" />`} onToggle=${(/** @type {boolean} */ signals) => change({ signals })} />
      ${facts.abcd === 'unstable' && html`<${Threat} view=${view} />`}
    </div>
    <${Choice} name="suspicion" shape="chips" label=${t('suspicion')} value=${facts.suspicion}
      onChoose=${(/** @type {any} */ suspicion) => change({ suspicion })}
      options=${SUSPICIONS.map((value) => ({ value, label: t(`suspicion.${value}`) }))} />
    <div class="facts-row">
      <${Choice} name="origin" shape="segments scrolls" label=${t('origin')} value=${facts.origin}
        onChoose=${(/** @type {any} */ origin) => change({ origin })}
        options=${ORIGINS.map((value) => ({ value, label: t(`origin.${value}`) }))} />
      <${PanelButton} view=${view} panel="relation" active=${Object.keys(facts.relation).length > 0}>${t('relation')}<//>
    </div>
    <${Particulars} view=${view} />
  </section>`;
}

/** What is threatened, and whether the shock room is needed: asked of an unstable patient alone. @param {{view: View}} props */
function Threat({ view: { state: { facts }, dispatch, t } }) {
  const change = (/** @type {import('../types.js').FactChange} */ part) => dispatch({ type: 'facts', change: part });
  return html`<div class="threat" role="group" aria-label=${t('letters')}>
    ${LETTERS.map((letter) => html`<${Tick} key=${letter} label=${letter} spoken=${t(`letters.${letter}`)} tone="red" on=${facts.letters.includes(letter)}
      onToggle=${(/** @type {boolean} */ on) => change({ letters: withLetter(facts.letters, letter, on) })} />`)}
    <${Tick} label=${t('shockroom.not')} on=${!facts.shockroom} onToggle=${(/** @type {boolean} */ on) => change({ shockroom: !on })} />
  </div>`;
}

/** What was told about single hospitals; a tap changes it. @param {{view: View}} props */
function Particulars({ view }) {
  const { state, t } = view;
  const { facts } = state;
  const relations = Object.entries(facts.relation);
  const accepted = Object.keys(facts.gpAccepted).filter((id) => facts.gpAccepted[id]);
  if (!relations.length && facts.origin !== 'internal' && facts.origin !== 'gp') return null;
  return html`<div class="particulars" role="group" aria-label=${t('facts.more')}>
    ${relations.map(([id, relation]) => html`<${PanelButton} key=${id} view=${view} panel="relation" active=${true}>
      <small>${t('relation.in', { relation: t(`relation.${relation}`) })}</small><span>${hospitalName(view, id)}</span><//>`)}
    ${facts.origin === 'internal' && html`<${PanelButton} view=${view} panel="inside" active=${facts.inside !== null}>
      <small>${t('inside.in')}</small><span>${facts.inside ? hospitalName(view, facts.inside) : t('picker.choose')}</span><//>`}
    ${facts.origin === 'gp' && html`<${PanelButton} view=${view} panel="gp" active=${accepted.length > 0}>
      <small>${t('gp.in')}</small><span>${accepted.length ? accepted.map((id) => hospitalName(view, id)).join(', ') : t('picker.choose')}</span><//>`}
  </div>`;
}

/** @param {{view: View, panel: import('../types.js').Panel, active: boolean, children?: unknown}} props */
function PanelButton({ view, panel, active, children }) {
  const open = view.state.panel === panel;
  return html`<button type="button" class="fact-button" data-active=${active}
    aria-expanded=${open} onClick=${() => view.dispatch({ type: 'panel', panel: open ? null : panel })}>${children}</button>`;
}

/** The word without the caption above it: `ABCD stabiel` → `Stabiel`. @param {string} phrase */
function bare(phrase) {
  const word = phrase.replace(/^ABCD /, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

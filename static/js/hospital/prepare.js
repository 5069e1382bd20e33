// @ts-check
/** What comes before a stop: the measures that can prevent it, what is left of the region, whom to phone, the duties. */

import { Choice } from '../components/controls.js';
import { StatusWord } from '../components/departments.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html, useEffect, useState } from '../vendor/preact.js';
import { prepareStop } from './calls.js';
import { problemAt } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('./types.js').Preparation} Preparation */

/**
 * Asks what is to be known and done, and again when the region changes.
 * @param {DeskView} view @param {string} code @param {string} status
 * @returns {{asked: Preparation | null, failed: boolean}}
 */
export function usePreparation({ desk }, code, status) {
  const [found, setFound] = useState(/** @type {{asked: Preparation | null, failed: boolean}} */ ({ asked: null, failed: false }));
  useEffect(() => {
    let wanted = true;
    prepareStop(code, status).then(
      (asked) => { if (wanted) setFound({ asked, failed: false }); },
      () => { if (wanted) setFound((before) => ({ ...before, failed: true })); },
    );
    return () => { wanted = false; };
  }, [code, status, desk.board?.seq]);
  return found;
}

/** @param {{view: DeskView, asked: Preparation | null, failed: boolean}} props */
export function Capacity({ view: { desk, t, shared }, asked, failed }) {
  if (!asked) return html`<p class="hint" role="status">${t(failed ? 'prepare.failed' : 'loading')}</p>`;
  const { language } = desk;
  return html`<section class="prepare" aria-label=${t('prepare')}>
    <h4>${t('prepare')} <small>${asked.mka}</small></h4>
    <p class="capacity" data-level=${asked.left === 0 ? 'alarm' : asked.left === 1 ? 'warning' : undefined}><b>${said(language, asked.text, asked.text_en)}</b></p>
    ${!asked.complete && html`<p class="hint">${t('prepare.incomplete')}</p>`}
    ${failed && html`<p class="hint">${t('prepare.old')}</p>`}
    <ul class="capacity-list">${asked.region.map(({ hospital, name, status }) => html`<li key=${hospital} data-own=${hospital === desk.me?.hospital}><span>${name}</span><${StatusWord} t=${shared} status=${status} /></li>`)}</ul>
    ${asked.last && html`<div class="last-box" role="note" data-level="alarm"><p><${Icon} name="alarm" /> <b>${t('prepare.last', { department: asked.department })}</b></p>
      <p>${t('prepare.last.phone')}</p><${PhoneList} entries=${asked.colleagues} t=${t} /></div>`}
    <details class="fold"><summary>${t('prepare.duties')}</summary><ul class="bullets">${asked.duties.map((duty) => html`<li key=${duty.code}>${said(language, duty.text, duty.text_en)}</li>`)}</ul></details>
  </section>`;
}

/** Scarce care: whether the others were phoned before. @param {{view: DeskView, asked: Preparation, called: 'yes' | 'no' | null, onChoose: (called: 'yes' | 'no') => void}} props */
export function Peers({ view: { desk, t }, asked, called, onChoose }) {
  if (!asked.peers.length) return null;
  return html`<section class="prepare peers" aria-label=${t('peers')}><h4>${t('peers')}</h4><p>${t('peers.why')}</p>
    <${PhoneList} entries=${asked.peers} t=${t} />
    <${Choice} name=${`peers-${asked.department}`} label=${t('peers.called')} titled=${true} value=${called} onChoose=${onChoose}
      options=${[{ value: 'yes', label: t('peers.yes') }, { value: 'no', label: t('peers.no') }]} />
    <p class="problem-text" role="alert">${problemAt(desk.problem, 'peers_called')}</p></section>`;
}

/** @param {{entries: import('./types.js').PhoneEntry[], t: DeskView['t']}} props */
function PhoneList({ entries, t }) {
  if (!entries.length) return html`<p class="hint">${t('phone.none')}</p>`;
  return html`<ul class="phones">${entries.map(({ hospital, name, phone }) => html`<li key=${hospital}><span>${name}</span>
    ${phone ? html`<a class="button" href=${`tel:${phone}`}><${Icon} name="phone" />${phone}</a>` : html`<span class="hint">${t('phone.lpz')}</span>`}</li>`)}</ul>`;
}

/** The measures of annex 1 by what they are for; each is ticked by itself. @param {{view: DeskView, measures: import('../types.js').ProtocolDepartment['checklist'], done: Set<string>, onChange: (done: Set<string>) => void}} props */
export function Checklist({ view: { desk, t }, measures, done, onChange }) {
  if (!measures.length) return null;
  const areas = [...new Set(measures.map(({ area }) => area))];
  const toggle = (/** @type {string} */ code, /** @type {boolean} */ on) => onChange(new Set(on ? [...done, code] : [...done].filter((each) => each !== code)));
  return html`<fieldset class="checklist"><legend>${t('checklist')}</legend>
    <p class="hint">${t('checklist.hint')}</p>
    ${areas.map((area, index) => {
      const own = measures.filter((measure) => measure.area === area);
      return html`<details key=${area} class="fold" open=${index === 0}><summary>${t(/** @type {any} */ (`area.${area}`))} <small>${t('checklist.count', { done: own.filter(({ code }) => done.has(code)).length, total: own.length })}</small></summary>
        ${own.map((measure) => html`<label key=${measure.code} class="measure"><input type="checkbox" checked=${done.has(measure.code)}
          onChange=${(/** @type {any} */ event) => toggle(measure.code, event.target.checked)} /><span>${said(desk.language, measure.text, measure.text_en)}</span></label>`)}</details>`;
    })}
    ${done.size < measures.length && html`<p class="checklist-open" data-level="warning"><${Icon} name="warning" />${t('checklist.open', { done: done.size, total: measures.length })}</p>`}
  </fieldset>`;
}

// @ts-check
/** The hospital's own six departments, one card each. */

import { DEPARTMENTS, StatusWord } from '../components/departments.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { GeneralProblem } from './fields.js';
import { DeclareForm, EndForm, ExtendForm } from './forms.js';
import { Running, Told } from './running.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

/** @param {{view: DeskView, hospital: string, name: string}} props */
export function OwnDepartments({ view, hospital, name }) {
  const { desk, t } = view;
  const registered = desk.hospitals.find(({ id }) => id === hospital);
  const board = desk.board?.hospitals.find(({ id }) => id === hospital);
  const present = DEPARTMENTS.filter((code) => registered?.departments[code] !== 'no');
  return html`<section class="own" aria-labelledby="own-title">
    <h2 id="own-title">${t('own.title', { name })}</h2>
    <div role="status">${desk.done && html`<p class="done"><${Icon} name="check" />${desk.done}</p>`}</div>
    ${!desk.form && html`<${GeneralProblem} view=${view} shown=${[]} />`}
    ${!desk.board && html`<p class="hint">${t('loading')}</p>`}
    <ul class="cards">${present.map((code) => html`<li key=${code} class="department" data-open=${desk.form?.department === code}>
      <${Department} view=${view} hospital=${hospital} code=${code} department=${board?.departments[code]} /></li>`)}</ul>
  </section>`;
}

/** @param {{view: DeskView, hospital: string, code: DepartmentCode, department: import('../types.js').DepartmentView | undefined}} props */
function Department({ view, hospital, code, department }) {
  const { desk, dispatch, t, shared } = view;
  const status = department?.effective ?? department?.status ?? 'unknown';
  const running = department?.stop_id ?? null;
  const act = desk.form?.department === code ? desk.form.act : null;
  const button = (/** @type {'declare' | 'extend' | 'end'} */ name, /** @type {string} */ tone) => html`<button type="button" class=${`button ${tone}`}
    aria-expanded=${act === name} aria-label=${t(`${name}.of`, { department: code })}
    onClick=${() => dispatch({ type: 'form', form: act === name ? null : { department: code, act: name } })}>${t(name)}</button>`;
  return html`<div class="department-head">
      <h3>${code} <small>${shared(`department.${code}`)}</small></h3>
      <${StatusWord} t=${shared} status=${status} />
      ${!running && html`<div class="acts">${button('declare', '')}</div>`}
    </div>
    ${department && running && html`<${Running} view=${view} code=${code} stop=${running} department=${department} />`}
    ${department && !running && status !== 'green' && html`<${Told} view=${view} code=${code} department=${department} />`}
    ${running && html`<div class="acts">${button('extend', '')}${button('end', 'primary')}</div>`}
    ${act === 'declare' && !running && html`<${DeclareForm} view=${view} hospital=${hospital} code=${code} />`}
    ${act === 'extend' && running && department && html`<${ExtendForm} view=${view} code=${code} stop=${running} department=${department} />`}
    ${act === 'end' && running && html`<${EndForm} view=${view} code=${code} stop=${running} />`}`;
}

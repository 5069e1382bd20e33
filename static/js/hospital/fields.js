// @ts-check
/** The fields that the forms of the hospital's page have in common, and what the server objects to, at the field it objects to. */

import { dayClock, fromLocalInput, toLocalInput } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { clockOf } from './ending.js';
import { STEP_MS } from './send.js';
import { problemAt } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

/** The menu of reasons of one department. @param {{view: DeskView, code: DepartmentCode, id: string, value: string, onChange: (value: string) => void}} props */
export function ReasonField({ view: { desk, t }, code, id, value, onChange }) {
  const rules = desk.protocol?.departments[code];
  return html`<label class="labelled">${t('form.reason')}
      <select class="field" value=${value} aria-invalid=${problemAt(desk.problem, 'reason') !== ''} aria-describedby=${id} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
        <option value="">${t('form.reason.choose')}</option>
        ${rules?.reasons.map((reason, index) => html`<option key=${reason} value=${reason}>${said(desk.language, reason, rules.reasons_en[index])}</option>`)}
      </select></label>
    <${FieldProblem} problem=${desk.problem} field="reason" id=${id} />`;
}

/** @param {{view: DeskView, id: string, value: string, onChange: (value: string) => void}} props */
export function NoteField({ view: { desk, t }, id, value, onChange }) {
  return html`<label class="labelled">${t('form.note')}
      <input class="field" value=${value} maxlength="500" aria-describedby=${id} onInput=${(/** @type {any} */ event) => onChange(event.target.value)} /></label>
    <p class="hint" id=${id}>${t('form.note.hint')}</p>
    <${FieldProblem} problem=${desk.problem} field="note" />`;
}

/** @param {{view: DeskView, code: string, value: string, onChange: (value: string) => void, hint: string}} props */
export function UntilField({ view: { desk, t }, code, value, onChange, hint }) {
  const step = (/** @type {number} */ by) => onChange(toLocalInput(fromLocalInput(value) + by));
  return html`<div class="until"><label class="labelled">${t('form.until')}
      <input class="field" type="datetime-local" value=${value} aria-invalid=${problemAt(desk.problem, 'until') !== ''} aria-describedby=${`until-problem-${code}`}
        onInput=${(/** @type {any} */ event) => onChange(event.target.value)} /></label>
    <button type="button" class="button" onClick=${() => step(-STEP_MS)}>−15 min</button>
    <button type="button" class="button" onClick=${() => step(STEP_MS)}>+15 min</button></div>
    ${hint && html`<p class="hint">${hint}</p>`}
    <${FieldProblem} problem=${desk.problem} field="until" id=${`until-problem-${code}`} />`;
}

/** @param {{problem: import('../types.js').Problem | null, field: string, id?: string}} props */
export function FieldProblem({ problem, field, id }) {
  return html`<p class="problem-text" role="alert" id=${id}>${problemAt(problem, field)}</p>`;
}

/** What is wrong beyond the fields of the form, and what to do about it. @param {{view: DeskView, shown: string[]}} props */
export function GeneralProblem({ view: { desk, t }, shown }) {
  const { problem, language } = desk;
  if (!problem) return html`<div role="alert"></div>`;
  const others = problem.errors?.filter(({ field }) => !shown.includes(field)) ?? [];
  if (problem.errors?.length && !others.length) return null;
  const words = problem.status === 0 ? t('failed.offline') : said(language, problem.detail ?? problem.title, problem.detail_en ?? problem.title_en);
  return html`<div class="trouble" role="alert"><p><${Icon} name="warning" /> <b>${t('failed')}.</b> ${words}</p>
    ${others.map(({ field, message }) => html`<p key=${field}>${field}: ${message}</p>`)}
    ${problem.hint && html`<p>${said(language, problem.hint, problem.hint_en)}</p>`}</div>`;
}

/** @param {{view: DeskView, label: string, cancel?: string}} props */
export function Buttons({ view: { desk, dispatch, t, shared }, label, cancel }) {
  return html`<div class="acts">
    <button type="button" class="button" onClick=${() => dispatch({ type: 'form', form: null })}>${cancel ?? shared('app.cancel')}</button>
    <button type="submit" class="button primary" disabled=${desk.busy}>${desk.busy ? t('form.busy') : label}</button></div>`;
}

/** @param {string} local */
export function toWire(local) {
  const moment = fromLocalInput(local);
  return Number.isNaN(moment) ? local : new Date(moment).toISOString();
}

/** @param {DeskView} view @param {string} local */
export function spoken({ desk }, local) {
  const moment = fromLocalInput(local);
  return Number.isNaN(moment) ? '…' : dayClock(moment, clockOf(desk), desk.language);
}

// @ts-check
/** Declaring, extending and ending a stop; what the server objects to stands at the field it objects to. */

import { CallFailed, declareStop, endStop, extendStop } from '../api.js';
import { Choice } from '../components/controls.js';
import { dayClock, fromLocalInput, toLocalInput } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html, useState } from '../vendor/preact.js';
import { problemAt } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Status} Status */

const MINUTE_MS = 60_000;
const STEP_MS = 15 * MINUTE_MS;
const DEFAULT_MIN = 60;

/** @param {{view: DeskView, hospital: string, code: DepartmentCode}} props */
export function DeclareForm({ view, hospital, code }) {
  const { desk, dispatch, t, shared } = view;
  const rules = desk.protocol?.departments[code];
  const statuses = rules?.statuses ?? [];
  const [status, setStatus] = useState(/** @type {Status} */ (statuses.includes('red') ? 'red' : statuses[0] ?? 'red'));
  const [reason, setReason] = useState('');
  const [chosenUntil, setUntil] = useState('');
  const [note, setNote] = useState('');
  const norm = rules?.norm_min[status] ?? null;
  const until = chosenUntil || toLocalInput(desk.now + (norm ?? DEFAULT_MIN) * MINUTE_MS);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const missing = missingFields(view, { reason, until });
    if (missing.length) { dispatch({ type: 'failed', problem: { title: t('failed'), status: 0, errors: missing } }); return; }
    const stop = { hospital, department: code, status, reason, until: toWire(until), note: note.trim() };
    send(view, () => declareStop(stop), () => t('done.declared', { department: code, status: shared(`status.${status}`), time: spoken(view, until) }));
  };
  return html`<form class="act-form" onSubmit=${submit} novalidate aria-label=${t('declare.of', { department: code })}>
    ${statuses.length > 1 && html`<${Choice} name=${`status-${code}`} titled=${true} label=${t('form.status')} value=${status} onChoose=${(/** @type {any} */ value) => setStatus(value)}
      options=${statuses.map((value) => ({ value, label: shared(`status.${value}`) }))} />`}
    <${FieldProblem} problem=${desk.problem} field="status" />
    <label class="labelled">${t('form.reason')}
      <select class="field" value=${reason} aria-invalid=${problemAt(desk.problem, 'reason') !== ''} aria-describedby=${`reason-problem-${code}`}
        onChange=${(/** @type {any} */ event) => setReason(event.target.value)}>
        <option value="">${t('form.reason.choose')}</option>
        ${rules?.reasons.map((value) => html`<option key=${value} value=${value}>${value}</option>`)}
      </select></label>
    <${FieldProblem} problem=${desk.problem} field="reason" id=${`reason-problem-${code}`} />
    <${UntilField} view=${view} code=${code} value=${until} onChange=${setUntil} hint=${`${norm ? t('form.until.norm', { norm }) : t('form.until.nonorm')} · ${t('until', { time: spoken(view, until) })}`} />
    <label class="labelled">${t('form.note')}
      <input class="field" value=${note} maxlength="500" aria-describedby=${`note-hint-${code}`} onInput=${(/** @type {any} */ event) => setNote(event.target.value)} /></label>
    <p class="hint" id=${`note-hint-${code}`}>${t('form.note.hint')}</p>
    <${FieldProblem} problem=${desk.problem} field="note" />
    <${GeneralProblem} view=${view} shown=${['status', 'reason', 'until', 'note']} />
    <${Buttons} view=${view} label=${t('form.submit')} />
  </form>`;
}

/** @param {{view: DeskView, code: DepartmentCode, stop: string, department: import('../types.js').DepartmentView}} props */
export function ExtendForm({ view, code, stop, department }) {
  const { desk, t } = view;
  const from = Math.max(desk.now, department.until ? Date.parse(department.until) : 0);
  const [chosen, setUntil] = useState('');
  const until = chosen || toLocalInput(from + 2 * STEP_MS);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send(view, () => extendStop(stop, toWire(until)), () => t('done.extended', { department: code, time: spoken(view, until) }));
  };
  return html`<form class="act-form" onSubmit=${submit} novalidate aria-label=${t('extend.of', { department: code })}>
    <${UntilField} view=${view} code=${code} value=${until} onChange=${setUntil} hint=${t('until', { time: spoken(view, until) })} />
    <${GeneralProblem} view=${view} shown=${['until']} />
    <${Buttons} view=${view} label=${t('form.extend')} />
  </form>`;
}

/** Ending asks once more: ambulances may come again at once. @param {{view: DeskView, code: DepartmentCode, stop: string}} props */
export function EndForm({ view, code, stop }) {
  const { t } = view;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send(view, () => endStop(stop), () => t('done.ended', { department: code }));
  };
  return html`<form class="act-form" onSubmit=${submit} aria-label=${t('end.of', { department: code })}>
    <p><b>${t('end.confirm', { department: code })}</b></p>
    <${GeneralProblem} view=${view} shown=${[]} />
    <${Buttons} view=${view} label=${t('end.yes')} cancel=${t('end.no')} />
  </form>`;
}

/** @param {{view: DeskView, code: string, value: string, onChange: (value: string) => void, hint: string}} props */
function UntilField({ view: { desk, t }, code, value, onChange, hint }) {
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
function FieldProblem({ problem, field, id }) {
  return html`<p class="problem-text" role="alert" id=${id}>${problemAt(problem, field)}</p>`;
}

/** What is wrong beyond the fields of the form, and what to do about it. @param {{view: DeskView, shown: string[]}} props */
function GeneralProblem({ view: { desk, t }, shown }) {
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
function Buttons({ view: { desk, dispatch, t, shared }, label, cancel }) {
  return html`<div class="acts">
    <button type="button" class="button" onClick=${() => dispatch({ type: 'form', form: null })}>${cancel ?? shared('app.cancel')}</button>
    <button type="submit" class="button primary" disabled=${desk.busy}>${desk.busy ? t('form.busy') : label}</button></div>`;
}

/** @param {DeskView} view @param {{reason: string, until: string}} given */
function missingFields({ t }, { reason, until }) {
  return [
    ...(reason ? [] : [{ field: 'reason', message: t('form.missing.reason') }]),
    ...(Number.isNaN(fromLocalInput(until)) ? [{ field: 'until', message: t('form.missing.until') }] : []),
  ];
}

/** @param {DeskView} view @param {() => Promise<unknown>} act @param {() => string} words */
async function send({ dispatch }, act, words) {
  dispatch({ type: 'busy' });
  try {
    await act();
    dispatch({ type: 'done', text: words() });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (error.problem.status === 401) dispatch({ type: 'expired' });
    dispatch({ type: 'failed', problem: error.problem });
  }
}

/** @param {string} local */
function toWire(local) {
  const moment = fromLocalInput(local);
  return Number.isNaN(moment) ? local : new Date(moment).toISOString();
}

/** @param {DeskView} view @param {string} local */
function spoken({ desk }, local) {
  const moment = fromLocalInput(local);
  return Number.isNaN(moment) ? '…' : dayClock(moment, desk.now, desk.language);
}

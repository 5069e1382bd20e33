// @ts-check
/** Long stops that are announced ahead: the list, a new one, and withdrawing one. */

import { DEPARTMENTS } from '../components/departments.js';
import { dayClock, fromLocalInput, toLocalInput } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html, useState } from '../vendor/preact.js';
import { planStop, withdrawPlan } from './calls.js';
import { clockOf } from './ending.js';
import { Buttons, FieldProblem, GeneralProblem, NoteField, ReasonField, toWire } from './fields.js';
import { reasonWords } from './running.js';
import { send } from './send.js';
import { problemAt } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

const HOUR_MS = 3_600_000;

/** @param {{view: DeskView, hospital: string}} props */
export function Plans({ view, hospital }) {
  const { desk, dispatch, t } = view;
  const open = desk.form?.act === 'plan';
  const when = (/** @type {string} */ moment) => dayClock(moment, clockOf(desk), desk.language);
  return html`<section class="plans" aria-labelledby="plans-title">
    <div class="region-head"><h2 id="plans-title">${t('plans')}</h2>
      <button type="button" class="button" aria-expanded=${open} onClick=${() => dispatch({ type: 'form', form: open ? null : { department: null, act: 'plan' } })}>${t('plan.new')}</button></div>
    ${desk.plans && !desk.plans.length && !open && html`<p class="hint">${t('plans.none')}</p>`}
    <ul class="cards">${desk.plans?.map((plan) => html`<li key=${plan.id} class="department"><div class="department-head"><h3>${plan.department} <small>${reasonWords(desk, plan.department, plan.reason)}</small></h3>
        <div class="acts"><button type="button" class="button" disabled=${desk.busy} aria-label=${t('plan.withdraw.of', { department: plan.department, time: when(plan.from) })} onClick=${() => send(view, () => withdrawPlan(plan.id), () => t('done.withdrawn', { department: plan.department }))}>${t('plan.withdraw')}</button></div></div>
      <p>${t('plan.when', { from: when(plan.from), until: when(plan.until) })}</p>
      <p class="hint">${[t('plan.by', { name: plan.by, time: when(plan.announced_at) }), plan.note].filter(Boolean).join(' · ')}</p>
      ${plan.late && html`<p class="over"><${Icon} name="warning" />${t('plan.late', { hours: desk.protocol?.planned_notice_h ?? 24 })}</p>`}</li>`)}</ul>
    ${open && html`<${PlanForm} view=${view} hospital=${hospital} />`}
  </section>`;
}

/** @param {{view: DeskView, hospital: string}} props */
function PlanForm({ view, hospital }) {
  const { desk, dispatch, t, shared } = view;
  const registered = desk.hospitals.find(({ id }) => id === hospital);
  const codes = DEPARTMENTS.filter((code) => registered?.departments[code] !== 'no');
  const notice = desk.protocol?.planned_notice_h ?? 24;
  const earliest = Math.ceil((clockOf(desk) + notice * HOUR_MS) / HOUR_MS) * HOUR_MS;
  const [code, setCode] = useState(/** @type {DepartmentCode} */ (codes[0] ?? 'SEH'));
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(toLocalInput(earliest));
  const [until, setUntil] = useState(toLocalInput(earliest + 4 * HOUR_MS));
  const [note, setNote] = useState('');
  const begin = fromLocalInput(from);
  const soon = !Number.isNaN(begin) && begin - clockOf(desk) < notice * HOUR_MS;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!reason) { dispatch({ type: 'failed', problem: { title: t('failed'), status: 0, errors: [{ field: 'reason', message: t('form.missing.reason') }] } }); return; }
    send(view, () => planStop({ hospital, department: code, reason, from: toWire(from), until: toWire(until), note: note.trim() }), () => t('done.planned', { department: code, time: dayClock(begin, clockOf(desk), desk.language) }));
  };
  const moment = (/** @type {'from' | 'until'} */ field, /** @type {string} */ value, /** @type {(value: string) => void} */ onChange) => html`<label class="labelled">${t(`plan.${field}`)}
    <input class="field" type="datetime-local" value=${value} aria-invalid=${problemAt(desk.problem, field) !== ''} aria-describedby=${`plan-${field}`} onInput=${(/** @type {any} */ event) => onChange(event.target.value)} /></label>
    <${FieldProblem} problem=${desk.problem} field=${field} id=${`plan-${field}`} />`;
  return html`<form class="act-form" onSubmit=${submit} novalidate aria-label=${t('plan.new')}>
    <ul class="bullets">${desk.protocol?.plan_duties.map((duty) => html`<li key=${duty.text}>${said(desk.language, duty.text, duty.text_en)}</li>`)}</ul>
    <label class="labelled">${t('plan.department')}<select class="field" aria-label=${t('plan.department')} value=${code} onChange=${(/** @type {any} */ event) => { setCode(event.target.value); setReason(''); }}>
      ${codes.map((each) => html`<option key=${each} value=${each}>${each} — ${shared(`department.${each}`)}</option>`)}</select></label>
    <${ReasonField} view=${view} code=${code} id="plan-reason" value=${reason} onChange=${setReason} />
    ${moment('from', from, setFrom)}
    ${soon && html`<p class="over" role="status"><${Icon} name="warning" />${t('plan.late', { hours: notice })}</p>`}
    ${moment('until', until, setUntil)}
    <${NoteField} view=${view} id="plan-note" value=${note} onChange=${setNote} />
    <${GeneralProblem} view=${view} shown=${['reason', 'from', 'until', 'note']} />
    <${Buttons} view=${view} label=${t('plan.submit')} />
  </form>`;
}

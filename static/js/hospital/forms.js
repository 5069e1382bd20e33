// @ts-check
/** Declaring, extending and ending a stop, by the procedure of the protocol. */

import { declareStop, endStop, extendStop } from '../api.js';
import { Choice } from '../components/controls.js';
import { fromLocalInput, toLocalInput } from '../format.js';
import { said } from '../i18n.js';
import { html, useState } from '../vendor/preact.js';
import { clockOf } from './ending.js';
import { Buttons, FieldProblem, GeneralProblem, NoteField, ReasonField, spoken, toWire, UntilField } from './fields.js';
import { Capacity, Checklist, Peers, usePreparation } from './prepare.js';
import { send, STEP_MS } from './send.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Status} Status */

const MINUTE_MS = 60_000;
const DEFAULT_MIN = 60;

/** @param {{view: DeskView, hospital: string, code: DepartmentCode}} props */
export function DeclareForm({ view, hospital, code }) {
  const { desk, dispatch, t, shared } = view;
  const rules = desk.protocol?.departments[code];
  const statuses = rules?.statuses ?? [];
  const [chosen, setStatus] = useState(/** @type {Status | null} */ (null));
  const status = chosen ?? (statuses.includes('red') ? 'red' : statuses[0] ?? 'red');
  const [reason, setReason] = useState('');
  const [chosenUntil, setUntil] = useState('');
  const [note, setNote] = useState('');
  const [done, setDone] = useState(/** @type {Set<string>} */ (new Set()));
  const [called, setCalled] = useState(/** @type {'yes' | 'no' | null} */ (null));
  const { asked, failed } = usePreparation(view, code, status);
  const norm = rules?.norm_min[status] ?? null;
  const until = chosenUntil || toLocalInput(clockOf(desk) + (norm ?? DEFAULT_MIN) * MINUTE_MS);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const missing = missingFields(view, { reason, until, peers: asked?.peers.length ? called : 'no' });
    if (missing.length) { dispatch({ type: 'failed', problem: { title: t('failed'), status: 0, errors: missing } }); return; }
    const checklist = rules?.checklist.filter((measure) => done.has(measure.code)).map((measure) => measure.code) ?? [];
    const stop = { hospital, department: code, status, reason, until: toWire(until), note: note.trim(), checklist, peers_called: called === 'yes' };
    send(view, () => declareStop(stop), () => t('done.declared', { department: code, status: shared(`status.${status}`), time: spoken(view, until) }));
  };
  return html`<form class="act-form" onSubmit=${submit} novalidate aria-label=${t('declare.of', { department: code })}>
    ${statuses.length > 1 && html`<${Choice} name=${`status-${code}`} titled=${true} label=${t('form.status')} value=${status} onChoose=${(/** @type {any} */ value) => setStatus(value)}
      options=${statuses.map((value) => ({ value, label: shared(`status.${value}`) }))} />`}
    <${FieldProblem} problem=${desk.problem} field="status" />
    <${Capacity} view=${view} asked=${asked} failed=${failed} />
    ${asked && html`<${Peers} view=${view} asked=${asked} called=${called} onChoose=${setCalled} />`}
    <${Checklist} view=${view} measures=${rules?.checklist ?? []} done=${done} onChange=${setDone} />
    <${ReasonField} view=${view} code=${code} id=${`reason-problem-${code}`} value=${reason} onChange=${setReason} />
    <${UntilField} view=${view} code=${code} value=${until} onChange=${setUntil} hint=${`${norm ? t('form.until.norm', { norm }) : t('form.until.nonorm')} · ${t('until', { time: spoken(view, until) })}`} />
    <${NoteField} view=${view} id=${`note-hint-${code}`} value=${note} onChange=${setNote} />
    <${GeneralProblem} view=${view} shown=${['status', 'reason', 'until', 'note', 'peers_called']} />
    <${Buttons} view=${view} label=${t('form.submit')} />
  </form>`;
}

/** @param {{view: DeskView, code: DepartmentCode, stop: string, department: import('../types.js').DepartmentView}} props */
export function ExtendForm({ view, code, stop, department }) {
  const { desk, t } = view;
  const from = Math.max(clockOf(desk), department.until ? Date.parse(department.until) : 0);
  const [chosen, setUntil] = useState('');
  const { asked, failed } = usePreparation(view, code, department.status);
  const until = chosen || toLocalInput(from + 2 * STEP_MS);
  const duty = desk.protocol?.extend_duty;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send(view, () => extendStop(stop, toWire(until)), () => t('done.extended', { department: code, time: spoken(view, until) }));
  };
  return html`<form class="act-form" onSubmit=${submit} novalidate aria-label=${t('extend.of', { department: code })}>
    ${duty && html`<p class="hint">${said(desk.language, duty.text, duty.text_en)}</p>`}
    <${Capacity} view=${view} asked=${asked} failed=${failed} />
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

/** @param {DeskView} view @param {{reason: string, until: string, peers: 'yes' | 'no' | null}} given */
function missingFields({ t }, { reason, until, peers }) {
  return [
    ...(peers === null ? [{ field: 'peers_called', message: t('peers.missing') }] : []),
    ...(reason ? [] : [{ field: 'reason', message: t('form.missing.reason') }]),
    ...(Number.isNaN(fromLocalInput(until)) ? [{ field: 'until', message: t('form.missing.until') }] : []),
  ];
}

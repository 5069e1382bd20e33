// @ts-check
/** The six departments of one hospital: what they are now, and what they will be when the ambulance arrives. */

import { age, dayClock } from '../format.js';
import { Icon, STATUS_ICON } from '../icons.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('./context.js').View} View */

/** @type {import('../types.js').DepartmentCode[]} */
export const DEPARTMENTS = ['SEH', 'SR', 'CTT', 'EHLH', 'CCU', 'PCI'];

/** @param {{view: View, option: import('../types.js').Option}} props */
export function Departments({ view, option }) {
  const { t } = view;
  return html`<table class="departments">
    <thead><tr><th scope="col"><span class="unseen">${t('detail.departments')}</span></th><th scope="col">${t('detail.now')}</th><th scope="col">${t('detail.arrival')}</th></tr></thead>
    <tbody>${DEPARTMENTS.map((code) => html`<${DepartmentRow} key=${code} view=${view} code=${code} hospital=${option.hospital} department=${option.departments[code]} />`)}</tbody>
  </table>`;
}

/** @param {{view: View, code: import('../types.js').DepartmentCode, hospital: string, department: import('../types.js').DepartmentView | undefined}} props */
function DepartmentRow({ view, code, hospital, department }) {
  const { state, language, t } = view;
  const has = state.hospitals.find(({ id }) => id === hospital)?.departments[code];
  const name = html`<th scope="row"><b>${code}</b><small>${t(`department.${code}`)}</small></th>`;
  if (has === 'no') return html`<tr>${name}<td colspan="2" class="absent">${t('status.absent')}</td></tr>`;
  const now = department?.effective ?? department?.status ?? 'unknown';
  const asides = [
    department?.until && now !== 'green' && t('detail.until', { time: dayClock(department.until, state.now, language) }),
    department?.reason,
    now === 'unknown' && typeof department?.age_s === 'number' && t('detail.age', { age: age(department.age_s, language) }),
  ].filter(Boolean);
  return html`<tr>${name}
    <td><${StatusWord} t=${t} status=${now} />${asides.map((aside) => html`<small key=${aside}>${aside}</small>`)}</td>
    <td><${StatusWord} t=${t} status=${department?.at_arrival ?? now} /></td></tr>`;
}

/**
 * A status as icon and word in its colour.
 * @param {{t: View['t'], status: import('../types.js').Status}} props
 */
export function StatusWord({ t, status }) {
  return html`<span class="status" data-status=${status}><${Icon} name=${STATUS_ICON[status]} />${t(`status.${status}`)}</span>`;
}

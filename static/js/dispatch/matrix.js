// @ts-check
/** The status matrix: every hospital with its six departments; the cell that is looked at tells everything below. */

import { StatusWord } from '../components/departments.js';
import { dayClock } from '../format.js';
import { heardOf } from '../heard.js';
import { countRegion, isStopped, regionShown, statusOf } from '../state/region.js';
import { html, useMemo, useRef, useState } from '../vendor/preact.js';
import { MatrixFilters, RegionChoice } from './filters.js';
import { shownHospitals } from './order.js';
import { clockOf } from './state.js';
import { still } from './still.js';
import { wordsOf } from './view.js';

/** @typedef {import('./view.js').ControlView} ControlView */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Hospital} Hospital */
/** @typedef {import('../types.js').BoardHospital} BoardHospital */
/** @typedef {{hospital: string, code: DepartmentCode}} Place */

const MINUTE_MS = 60_000;
/** How far a key goes: rows, columns. @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-8, 0], PageDown: [8, 0], Home: [0, -9], End: [0, 9] };

/** @param {{view: ControlView}} props */
export function Matrix({ view }) {
  const { control, t, shared } = view;
  const { board, hospitals, filters, me } = control;
  const told = useMemo(() => new Map(board?.hospitals.map((hospital) => [hospital.id, hospital])), [board?.hospitals]);
  const mka = useMemo(() => regionShown(hospitals, filters.mka, me?.region), [hospitals, filters.mka, me]);
  // Which hospitals stand here depends on the board only when those with a stop are asked for.
  const rows = useMemo(() => shownHospitals(hospitals, mka, filters, told), [hospitals, mka, filters, filters.stops ? told : null]);
  const [looked, setLooked] = useState(/** @type {Place | null} */ (null));
  const table = useRef(/** @type {HTMLTableElement | null} */ (null));
  const clock = clockOf(control);
  const minute = Math.floor(clock / MINUTE_MS);
  const codes = filters.departments;
  const at = looked && rows.some(({ id }) => id === looked.hospital) && codes.includes(looked.code) ? looked : rows[0] ? { hospital: rows[0].id, code: codes[0] } : null;
  const look = (/** @type {Event} */ event) => {
    const place = placeOf(event.target);
    if (place && (place.hospital !== looked?.hospital || place.code !== looked.code)) setLooked(place);
  };
  const step = (/** @type {KeyboardEvent} */ event) => {
    const place = placeOf(event.target);
    const [down, right] = STEPS[event.key] ?? [0, 0];
    if (!place || !(down || right)) return;
    event.preventDefault();
    const row = clamp(rows.findIndex(({ id }) => id === place.hospital) + down, rows.length);
    const column = clamp(codes.indexOf(place.code) + right, codes.length);
    /** @type {HTMLElement | null | undefined} */ (table.current?.querySelector(`[data-hospital="${rows[row].id}"][data-code="${codes[column]}"]`))?.focus();
  };
  const tens = Math.floor(clock / 10_000);
  const body = useMemo(() => rows.map((hospital, index) => html`<${Row} key=${hospital.id} words=${wordsOf(view.language)} hospital=${hospital} told=${told.get(hospital.id)} codes=${codes}
        minute=${minute} heard=${heardOf(told.get(hospital.id), codes, board, tens * 10_000, view.language)} own=${hospital.mka === mka} first=${hospital.mka !== mka && rows[index - 1]?.mka === mka} at=${at?.hospital === hospital.id ? at.code : null} />`),
  [rows, told, codes, minute, tens, board?.feeds, at?.hospital, at?.code, mka, view.language]);
  return html`<section class="pane matrix-pane" aria-labelledby="matrix-title">
    <div class="pane-head"><h2 id="matrix-title" class="unseen">${t('matrix')}</h2><${RegionChoice} view=${view} mka=${mka} /><${RegionLine} view=${view} mka=${mka} told=${told} code="SEH" /></div>
    <${MatrixFilters} view=${view} />
    ${!rows.length && html`<p class="hint">${t(hospitals.length && board ? 'matrix.none' : 'matrix.loading')}</p>`}
    ${rows.length > 0 && html`<div class="scroller"><table class="matrix" role="grid" aria-labelledby="matrix-title" ref=${table} onFocusIn=${look} onMouseOver=${look} onKeyDown=${step}>
      <thead><tr><th scope="col">${t('matrix.hospital')}</th>
        ${codes.map((code) => html`<th scope="col" key=${code}><abbr title=${shared(`department.${code}`)}>${code}</abbr><${Count} view=${view} mka=${mka} told=${told} code=${code} /></th>`)}
        <th scope="col">${t('matrix.heard')}</th></tr></thead>
      <tbody>${body}</tbody>
    </table></div>`}
    ${at && html`<${Detail} view=${view} at=${at} told=${told} minute=${minute} />`}
  </section>`;
}

/** How a region stands in one kind of department, in one line. @param {{view: ControlView, mka: string, told: Map<string, BoardHospital>, code: DepartmentCode}} props */
function RegionLine({ view: { control, t }, mka, told, code }) {
  const count = useMemo(() => countRegion(control.hospitals, told, mka, code), [control.hospitals, told, mka, code]);
  if (!count.total || !told.size) return null;
  const more = [count.closed && t('region.closed', { count: count.closed }), count.unknown && t('region.unknown', { count: count.unknown })].filter(Boolean);
  return html`<p class="region-line">${t('region.line', { code, red: count.red, total: count.total, orange: count.orange, open: count.green })}${more.map((part) => `, ${part}`)}</p>`;
}

/** The same in little, above its column. @param {{view: ControlView, mka: string, told: Map<string, BoardHospital>, code: DepartmentCode}} props */
function Count({ view: { control, t }, mka, told, code }) {
  const { total, green } = useMemo(() => countRegion(control.hospitals, told, mka, code), [control.hospitals, told, mka, code]);
  const region = control.board?.regions.find((each) => each.mka === mka && each.department === code);
  const alert = region?.kind === 'met' ? 'alarm' : region?.one_away ? 'warning' : undefined;
  return html`<small data-level=${alert} class=${alert ? 'tight' : ''}>${t('matrix.open', { open: green, total })}</small>`;
}

const Row = still((/** @type {{words: import('./view.js').Words, hospital: Hospital, told: BoardHospital | undefined, codes: DepartmentCode[], minute: number, heard: string, own: boolean, first: boolean, at: DepartmentCode | null}} */ props) => {
  const { words: { t, shared }, hospital, told, codes, minute, heard, own, first, at } = props;
  return html`<tr data-own=${own} data-first=${first}><th scope="row">${hospital.name}</th>
    ${codes.map((code) => {
      const status = statusOf(hospital, told, code);
      const left = minutesLeft(told?.departments[code]?.until, minute);
      return html`<td key=${code} role="gridcell" tabindex=${at === code ? 0 : -1} data-hospital=${hospital.id} data-code=${code} data-status=${status}>
        ${status === null ? html`<span class="absent">–<span class="unseen">${shared('status.absent')}</span></span>` : html`<${StatusWord} t=${shared} status=${status} />`}
        ${isStopped(status) && left !== null && html`<small>${t('left', { minutes: left })}</small>`}</td>`;
    })}
    <td class="heard">${heard}</td></tr>`;
});

/** Everything about the cell that is looked at. @param {{view: ControlView, at: Place, told: Map<string, BoardHospital>, minute: number}} props */
function Detail({ view: { control, names, t, shared, language }, at, told, minute }) {
  const hospital = control.hospitals.find(({ id }) => id === at.hospital);
  const department = told.get(at.hospital)?.departments[at.code];
  const status = hospital ? statusOf(hospital, told.get(at.hospital), at.code) : null;
  const clock = (/** @type {string} */ moment) => dayClock(moment, clockOf(control), language);
  const left = minutesLeft(department?.until, minute);
  const parts = department && status !== null ? [
    department.status !== status && t('detail.shown', { status: shared(`status.${department.status}`) }),
    department.since && t('detail.since', { time: clock(department.since) }),
    department.until && t('detail.until', { time: clock(department.until) }),
    left !== null && isStopped(status) && t('left', { minutes: left }),
    department.reason && t('detail.reason', { reason: department.reason }), department.note,
    t('detail.source', { source: heardOf(told.get(at.hospital), [at.code], control.board, clockOf(control), language) }),
  ].filter(Boolean) : [];
  return html`<p class="cell-detail" role="status"><b>${names.get(at.hospital)}, ${at.code}</b>
    ${status === null ? shared('status.absent') : html`<${StatusWord} t=${shared} status=${status} />`} <span>${parts.join(' · ')}</span></p>`;
}

/** @param {string | null | undefined} until @param {number} minute */
function minutesLeft(until, minute) {
  return until ? Math.max(0, Math.ceil(Date.parse(until) / MINUTE_MS - minute)) : null;
}

/** @param {EventTarget | null} target @returns {Place | null} */
function placeOf(target) {
  const cell = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('[data-code]')) : null;
  return cell?.dataset.hospital ? { hospital: cell.dataset.hospital, code: /** @type {DepartmentCode} */ (cell.dataset.code) } : null;
}

/** @param {number} index @param {number} count */
function clamp(index, count) {
  return Math.max(0, Math.min(count - 1, index));
}


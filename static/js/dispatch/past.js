// @ts-check
/** Looking back: any moment of the last ninety days, and an old advice beside what the rules say today. */

import { CallFailed } from '../api.js';
import { clock, dayClock, fromLocalInput, toLocalInput } from '../format.js';
import { html, useEffect, useState } from '../vendor/preact.js';
import { AdviceTable } from './advice_table.js';
import { getAdvice, judgeAgain, lookBack, replay } from './calls.js';
import { Matrix } from './matrix.js';
import { Rides } from './rides.js';
import { clockOf } from './state.js';
import { problemWords } from './trouble.js';

/** @typedef {import('./view.js').ControlView} ControlView */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').Advice} Advice */

const MINUTE_MS = 60_000;
const STEPS_MIN = [-60, -10, -1, 1, 10, 60];
/** The clock of the server is known to a second. */
const SLACK_MS = 1000;
const BACK_MIN = 90 * 24 * 60;

/** @param {{view: ControlView}} props */
export function LookBack({ view }) {
  const { control, t } = view;
  const latest = Math.ceil(clockOf(control) / MINUTE_MS);
  const [minute, setMinute] = useState(latest - 60);
  const [past, setPast] = useState(/** @type {import('./types.js').Past | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [opened, setOpened] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    let wanted = true;
    // Somebody who steps on does not wait for every moment in between.
    const waiting = setTimeout(() => lookBack(momentOf(minute, clockOf(control))).then(
      (found) => { if (wanted) { setPast(found); setProblem(null); } },
      (error) => { if (wanted) setProblem(problemOf(error)); },
    ), 150);
    return () => { wanted = false; clearTimeout(waiting); };
  }, [minute]);
  const go = (/** @type {number} */ to) => { if (!Number.isNaN(to)) setMinute(Math.max(latest - BACK_MIN + 1, Math.min(latest, to))); };
  const then = past && { ...view, control: { ...control, board: past.board, now: Date.parse(past.at), skew: 0, picked: null, proposing: null, room: { rides: past.rides, alarms: [], as_of: past.at, epoch: '' } } };
  return html`<section class="pane when" aria-labelledby="past-title">
    <div class="pane-head"><h2 id="past-title">${t('past')} <small>${t('past.hint')}</small></h2><span class="when-steps">
      ${STEPS_MIN.slice(0, 3).map((step) => html`<${Step} key=${step} view=${view} step=${step} onStep=${() => go(minute + step)} />`)}
      <input class="small-field" type="datetime-local" aria-label=${t('past.moment')} value=${toLocalInput(minute * MINUTE_MS)} onChange=${(/** @type {any} */ event) => go(Math.floor(fromLocalInput(event.target.value) / MINUTE_MS))} />
      ${STEPS_MIN.slice(3).map((step) => html`<${Step} key=${step} view=${view} step=${step} onStep=${() => go(minute + step)} />`)}</span></div>
    <div role="alert">${problem && html`<p class="trouble-line">${problemWords(problem, view)}</p>`}</div>
  </section>
  ${then ? html`<${Matrix} view=${then} /><${Rides} view=${then} onAdvice=${setOpened} />` : html`<p class="hint pane matrix-pane">${t('matrix.loading')}</p>`}
  <section class="pane past-advice" aria-labelledby="past-advice-title"><div class="pane-head"><h2 id="past-advice-title">${t(opened ? 'past.beside' : 'past.advices')}</h2>
      ${opened && html`<button type="button" class="small-button" onClick=${() => setOpened(null)}>${t('past.list')}</button>`}</div>
    ${opened ? html`<${Beside} key=${opened} view=${view} advice=${opened} />` : html`<${Advices} view=${view} past=${past} onOpen=${setOpened} />`}</section>`;
}

/** @param {{view: ControlView, step: number, onStep: () => void}} props */
function Step({ view: { t }, step, onStep }) {
  const size = Math.abs(step);
  const words = size < 60 ? t('past.minutes', { count: size }) : t('past.hour');
  return html`<button type="button" class="small-button" aria-label=${t(step < 0 ? 'past.earlier' : 'past.later', { step: words })} onClick=${onStep}>${step < 0 ? '−' : '+'}${words}</button>`;
}

/** The advices of the half hour before. @param {{view: ControlView, past: import('./types.js').Past | null, onOpen: (advice: string) => void}} props */
function Advices({ view: { t, names, language }, past, onOpen }) {
  if (past && !past.advices.length) return html`<p class="hint">${t('past.noadvices')}</p>`;
  return html`<ul class="scroller reviews" aria-labelledby="past-advice-title">${past?.advices.map(({ id, at, by, first }) => html`<li key=${id}><button type="button" class="review-row advice-row" onClick=${() => onOpen(id)}>
    <b>${clock(at, language)}</b><span>${by}</span><span>${first ? names.get(first) ?? first : '–'}</span></button></li>`)}</ul>`;
}

/** An advice as it was given, worked out again, and by the rules of today. @param {{view: ControlView, advice: string}} props */
function Beside({ view, advice }) {
  const { control, t, language } = view;
  const [given, setGiven] = useState(/** @type {Advice | null} */ (null));
  const [today, setToday] = useState(/** @type {Advice | null} */ (null));
  const [again, setAgain] = useState(/** @type {'same' | Problem | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  useEffect(() => {
    const fail = (/** @type {unknown} */ error) => setProblem(problemOf(error));
    getAdvice(advice).then(setGiven, fail);
    judgeAgain(advice).then(setToday, fail);
    replay(advice).then(() => setAgain('same'), (error) => setAgain(problemOf(error)));
  }, [advice]);
  const differ = given && today ? given.options.filter((option) => today.options.find(({ hospital }) => hospital === option.hospital)?.class !== option.class).length : 0;
  return html`<div class="scroller review-body">
    ${problem && html`<p class="trouble-line" role="alert">${problemWords(problem, view)}</p>`}
    <p role="status">${given && t('past.given', { time: dayClock(given.as_of, clockOf(control), language) })} ${again === 'same' ? t('past.same') : again ? problemWords(again, view) : ''}</p>
    ${given && today && html`<p><b>${differ ? t('past.differ', { count: differ }) : t('past.nodiffer')}</b></p>`}
    <div class="beside"><div><h3>${t('past.then')}</h3>${given && html`<${AdviceTable} words=${view} advice=${given} others=${today} />`}</div>
      <div><h3>${t('past.today')}</h3>${today && html`<${AdviceTable} words=${view} advice=${today} others=${given} />`}</div></div></div>`;
}

/** The minute as a moment; one that is not over yet is now, and when that is only the server knows. @param {number} minute @param {number} clock */
function momentOf(minute, clock) {
  const at = minute * MINUTE_MS;
  return at > clock - SLACK_MS ? null : new Date(at).toISOString();
}

/** @param {unknown} error @returns {Problem} */
function problemOf(error) {
  if (!(error instanceof CallFailed)) throw error;
  return error.problem;
}

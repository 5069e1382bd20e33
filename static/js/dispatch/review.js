// @ts-check
/** The review: rides that did not go to the first hospital of their advice and consultations; agree, discuss, note. */

import { CallFailed } from '../api.js';
import { dayClock, fromLocalInput, toLocalInput } from '../format.js';
import { html, useEffect, useState } from '../vendor/preact.js';
import { AdviceTable } from './advice_table.js';
import { getAdvice, listReviews, review, reviewsTable } from './calls.js';
import { clockOf } from './state.js';
import { problemWords, Trouble, troubleAt } from './trouble.js';

/** @typedef {import('./view.js').ControlView} ControlView */
/** @typedef {import('./types.js').ReviewItem} ReviewItem */
/** @typedef {import('./types.js').ReviewFilters} ReviewFilters */

const DAY_MS = 86_400_000;

/** @param {{view: ControlView}} props */
export function Review({ view }) {
  const { control, t, language } = view;
  const [filters, setFilters] = useState(/** @returns {ReviewFilters} */ () => ({ from: toLocalInput(clockOf(control) - 7 * DAY_MS), until: '', kind: '', state: 'open' }));
  const [found, setFound] = useState(/** @type {import('./types.js').ReviewQueue | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import('../types.js').Problem | null} */ (null));
  const [opened, setOpened] = useState(/** @type {string | null} */ (null));
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let wanted = true;
    listReviews(query(filters)).then((queue) => { if (wanted) { setFound(queue); setProblem(null); } }, (error) => {
      if (!(error instanceof CallFailed)) throw error;
      if (wanted) setProblem(error.problem);
    });
    return () => { wanted = false; };
  }, [filters, asked]);
  const items = found?.items ?? [];
  const item = items.find(({ id }) => id === opened);
  return html`<section class="pane" aria-labelledby="review-title">
    <div class="pane-head"><h2 id="review-title">${t('review')} ${found && html`<small>${t('review.count', { count: items.length })}${found.more ? ` · ${t('review.more')}` : ''}</small>`}</h2>
      <a class="small-button" href=${reviewsTable(query(filters))} download>${t('review.csv')}</a></div>
    <${ReviewFilterRow} view=${view} filters=${filters} onChange=${(/** @type {Partial<ReviewFilters>} */ change) => setFilters({ ...filters, ...change })} />
    <div role="alert">${problem && html`<p class="trouble-line">${problemWords(problem, view)}</p>`}</div>
    ${found && !items.length && html`<p class="hint">${t('review.none')}</p>`}
    ${!found && !problem && html`<p class="hint">${t('matrix.loading')}</p>`}
    <ul class="reviews scroller" aria-labelledby="review-title">${items.map((each) => html`<li key=${each.id}><button type="button" class="review-row" aria-pressed=${each.id === opened} onClick=${() => setOpened(each.id)}>
      <b>${dayClock(each.opened_at ?? '', clockOf(control), language)}</b><span>${each.by}</span><span>${each.kinds.map((kind) => t(`kind.${kind}`)).join(' · ')}</span>
      <span>${t('review.instead', { first: nameOf(view, each.first), chosen: nameOf(view, each.hospital) })}</span><span class="review-state" data-state=${each.state}>${t(`verdict.${each.state}`)}</span></button></li>`)}</ul>
  </section>
  <section class="pane" aria-labelledby="reviewed-title">
    <div class="pane-head"><h2 id="reviewed-title">${item ? t('review.of', { name: item.by }) : t('review.choose')}</h2></div>
    ${item && html`<${Opened} key=${item.id} view=${view} item=${item} onDone=${() => setAsked(asked + 1)} />`}
  </section>`;
}

/** @param {{view: ControlView, filters: ReviewFilters, onChange: (change: Partial<ReviewFilters>) => void}} props */
function ReviewFilterRow({ view: { t }, filters, onChange }) {
  const given = (/** @type {keyof ReviewFilters} */ name) => (/** @type {any} */ event) => onChange({ [name]: event.target.value });
  return html`<div class="filters" role="group" aria-label=${t('filters')}>
    <label class="inline">${t('review.from')} <input class="small-field" type="datetime-local" value=${filters.from} onChange=${given('from')} /></label>
    <label class="inline">${t('review.until')} <input class="small-field" type="datetime-local" value=${filters.until} onChange=${given('until')} /></label>
    <select class="small-field" aria-label=${t('review.kind')} value=${filters.kind} onChange=${given('kind')}><option value="">${t('review.all')}</option>
      ${/** @type {const} */ (['deviation', 'consult']).map((kind) => html`<option key=${kind} value=${kind}>${t(`kind.${kind}`)}</option>`)}</select>
    <select class="small-field" aria-label=${t('review.state')} value=${filters.state} onChange=${given('state')}><option value="">${t('review.any')}</option>
      ${/** @type {const} */ (['open', 'agree', 'discuss']).map((state) => html`<option key=${state} value=${state}>${t(`verdict.${state}`)}</option>`)}</select></div>`;
}

/** One ride with the advice as the crew saw it. @param {{view: ControlView, item: ReviewItem, onDone: () => void}} props */
function Opened({ view, item, onDone }) {
  const { control, act, t, shared, language } = view;
  const [note, setNote] = useState('');
  const [advice, setAdvice] = useState(/** @type {import('../types.js').Advice | null} */ (null));
  const [gone, setGone] = useState(false);
  useEffect(() => { getAdvice(item.advice).then(setAdvice, () => setGone(true)); }, [item.advice]);
  const at = `review ${item.id}`;
  const send = async (/** @type {'agree' | 'discuss'} */ verdict) => {
    if (!(await act(at, () => review(item.id, verdict, note.trim())))) return;
    setNote('');
    onDone();
  };
  const facts = [
    item.hospital && t('review.chosen', { name: nameOf(view, item.hospital), rank: item.rank ?? '–', class: item.class ? shared(`class.${item.class}`) : '–' }),
    item.reason && t('detail.reason', { reason: item.reason }),
    ...Object.entries(item.consults).map(([hospital, outcome]) => t(`review.consult.${outcome}`, { name: nameOf(view, hospital) })),
    ...item.refused.map(({ hospital, reason }) => t('ride.refused', { name: nameOf(view, hospital), reason })),
  ].filter(Boolean);
  return html`<div class="scroller review-body">
    <ul class="facts-list">${facts.map((fact) => html`<li key=${fact}>${fact}</li>`)}</ul>
    ${item.reviews.map((each) => html`<p key=${each.at} class="written"><b>${t(`verdict.${each.verdict}`)}</b> ${each.by}, ${dayClock(each.at, clockOf(control), language)}${each.note ? `: ${each.note}` : ''}</p>`)}
    <form class="review-form" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label class="labelled">${t('review.note')}<input class="small-field" value=${note} maxlength="500" onInput=${(/** @type {any} */ event) => setNote(event.target.value)} /></label>
      <button type="button" class="small-button primary" onClick=${() => send('agree')}>${t('verdict.agree')}</button>
      <button type="button" class="small-button" onClick=${() => send('discuss')}>${t('verdict.discuss')}</button></form>
    <${Trouble} words=${view} problem=${troubleAt(control, at)} />
    <h3>${t('review.saw')}</h3>
    ${gone && html`<p class="hint">${t('advice.gone')}</p>`}
    ${!advice && !gone && html`<p class="hint">${t('matrix.loading')}</p>`}
    ${advice && html`<${AdviceTable} words=${view} advice=${advice} chosen=${item.hospital} />`}
  </div>`;
}

/** @param {ControlView} view @param {string | null} id */
function nameOf({ names }, id) {
  return id ? names.get(id) ?? id : '–';
}

/** @param {ReviewFilters} filters */
function query({ from, until, kind, state }) {
  const moments = { from: fromLocalInput(from), until: fromLocalInput(until) };
  const given = Object.entries(moments).filter(([, moment]) => !Number.isNaN(moment)).map(([name, moment]) => [name, new Date(moment).toISOString()]);
  return new URLSearchParams([...given, ...Object.entries({ kind, state }).filter(([, value]) => value)]).toString();
}

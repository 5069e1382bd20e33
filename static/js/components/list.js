// @ts-check
/** The ranked list; it does not jump while somebody touches or reads it. */

import { clock } from '../format.js';
import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { fold, isOrderWaiting, shownOptions } from '../state/order.js';
import { positionOf } from '../state/place.js';
import { shownRide } from '../state/ride.js';
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { hospitalName } from './context.js';
import { Notices, Remarks } from './notices.js';
import { PlaceSearch } from './position.js';
import { Face, Row, shownByFace } from './row.js';

/** @typedef {import('./context.js').View} View */

const FIRST_ROWS = 10;
/** No row with the gap below it takes less room. */
const ROW_LEAST_PX = 88;
const MORE_ROWS = 15;
const LATE_MS = 120;
const NEXT_MS = 30;
const SCROLLED_PX = 240;

/** @param {{view: View}} props */
export function RankedList({ view }) {
  const { state, dispatch, t } = view;
  const { touch, isBelow, inSight } = useTouch(dispatch);
  const options = shownOptions(state.advice);
  const chosen = shownRide(state.ride)?.hospital ?? null;
  const { near, far } = fold(options, state.list, chosen);
  // What the crew itself brought about is read from the top; so is the list once a hospital is chosen.
  useEffect(() => touch.current?.scrollTo({ top: 0 }), [chosen, state.advice.turn]);
  const label = t('list');
  const unreachable = state.advice.current?.unreachable ?? [];
  const isCalm = state.list.open === null && !state.list.touching && !isBelow.current;
  const count = useCount(state.advice, isCalm ? inSight.current : near.length, near.length);
  // Once a second only ages change; the rows stay as they are until something about them does.
  const before = useRef(/** @type {import('preact').VNode[]} */ ([]));
  const rowOf = useRows();
  const rows = useMemo(() => {
    const fresh = near.slice(0, count).map((option, index) => rowOf(view, option, index + 1));
    const known = new Set(fresh.map(({ key }) => key));
    before.current = count < near.length ? [...fresh, ...before.current.filter(({ key }) => !known.has(key))] : fresh;
    return before.current;
  }, [count, state.advice, state.list, state.facts, state.hospitals, state.route, state.language, state.ride, state.me]);
  // What stands below the rows comes when they are all there: it must not move away under a finger.
  const isWhole = rows.length >= near.length;
  return html`<section class="list-pane" id="list" tabindex="-1" aria-label=${label} aria-busy=${state.advice.waiting} ref=${touch}>
    <h2 class="unseen">${label}</h2>
    <${Trouble} view=${view} />
    <${Notices} view=${view} />
    <ol class="rows" role="list" aria-label=${label}>${rows}</ol>
    ${isWhole && far.length === 0 && html`<${Unreachable} view=${view} hospitals=${unreachable} />`}
    ${isWhole && far.length > 0 && html`<button type="button" class="button wide" onClick=${() => dispatch({ type: 'show-all', on: true })}>
      ${t(unreachable.length ? 'list.far.unreachable' : 'list.far', { count: far.length, unreachable: unreachable.length })}</button>`}
    ${state.list.showAll && html`<button type="button" class="button wide" onClick=${() => dispatch({ type: 'show-all', on: false })}>${t('list.near')}</button>`}
    <${Remarks} view=${view} />
    <${Spoken} view=${view} />
    ${isOrderWaiting(state.advice) && html`<button type="button" class="new-order" onClick=${() => dispatch({ type: 'apply-order' })}><${Icon} name="list" />${t('list.new')}</button>`}
  </section>`;
}

/** Makes rows, and gives the same face again as long as it shows the same: what is the same is not looked through again. */
function useRows() {
  const known = useRef(/** @type {Map<string, {shows: string, face: import('preact').VNode}>} */ (new Map()));
  return (/** @type {View} */ view, /** @type {import('../types.js').Option} */ option, /** @type {number} */ place) => {
    const shows = shownByFace(view, option);
    const made = known.current.get(option.hospital);
    const face = made?.shows === shows ? made.face : html`<${Face} view=${view} option=${option} />`;
    known.current.set(option.hospital, { shows, face });
    return html`<${Row} key=${option.hospital} view=${view} option=${option} place=${place} face=${face} />`;
  };
}

/**
 * How many rows are made anew: those in sight at once, the others bit by bit, so that a slow phone answers in between.
 * @param {import('../types.js').AdviceState} advice
 * @param {number} first so many at once
 * @param {number} total
 */
function useCount({ current, order }, first, total) {
  const [made, setMade] = useState(/** @type {{current: unknown, order: unknown, count: number}} */ ({ current: null, order: null, count: 0 }));
  const known = made.current === current && made.order === order ? made.count : 0;
  const count = Math.max(known, first);
  useEffect(() => {
    if (count >= total) return undefined;
    const timer = setTimeout(() => setMade({ current, order, count: count + MORE_ROWS }), known === 0 ? LATE_MS : NEXT_MS);
    return () => clearTimeout(timer);
  }, [current, order, count, total]);
  return count;
}

/** Why there is no list, or not the one that was asked for, and what to do. @param {{view: View}} props */
function Trouble({ view }) {
  const { state, t } = view;
  const { advice, place } = state;
  if (!positionOf(place)) {
    const key = place.gps === 'refused' ? 'list.noposition.refused' : place.gps === 'unavailable' ? 'list.noposition.unavailable' : 'list.noposition.waiting';
    return html`<div class="trouble"><h2><${Icon} name="pin" />${t('list.noposition')}</h2><p>${t(key)}</p><${PlaceSearch} view=${view} /><${ToMap} view=${view} /></div>`;
  }
  if (advice.problem) return html`<${AdviceProblem} view=${view} problem=${advice.problem} />`;
  if (!advice.current) return html`<div class="trouble" role="status"><p class="loading">${t('list.loading')}</p><div class="skeleton"></div><div class="skeleton"></div><div class="skeleton"></div></div>`;
  if (!advice.current.options.length) return html`<div class="trouble"><p>${t('list.empty')}</p></div>`;
  return null;
}

/** On a phone the map is not in sight. @param {{view: View}} props */
function ToMap({ view: { dispatch, t } }) {
  return html`<button type="button" class="button only-phone" onClick=${() => dispatch({ type: 'tab', tab: 'map' })}><${Icon} name="map" />${t('position.onmap')}</button>`;
}

/** @param {{view: View, problem: import('../types.js').Problem}} props */
function AdviceProblem({ view, problem }) {
  const { state, language, t } = view;
  const off = problem.type?.endsWith(':off-network') ?? false;
  return html`<div class="trouble" role="alert">
    <h2><${Icon} name="warning" />${t('list.problem')}</h2>
    <p>${said(language, problem.title, problem.title_en)}. ${said(language, problem.detail ?? '', problem.detail_en)}</p>
    ${problem.errors?.length && html`<ul>${problem.errors.map(({ field, message }) => html`<li key=${field}>${field}: ${message}</li>`)}</ul>`}
    ${off && html`<p>${t('list.offnetwork')}</p><${PlaceSearch} view=${view} /><${ToMap} view=${view} />`}
    ${state.advice.current && html`<p><b>${t('list.problem.old', { time: clock(state.advice.current.as_of, language) })}</b></p>`}
  </div>`;
}

/** What no road of this network leads to: nothing is known of the way, but it is there. @param {{view: View, hospitals: string[]}} props */
function Unreachable({ view, hospitals }) {
  if (!hospitals.length) return null;
  return html`<section class="unreachable" aria-label=${view.t('list.unreachable')}><h3><${Icon} name="question" />${view.t('list.unreachable')}</h3>
    <ul>${hospitals.map((id) => html`<li key=${id}>${hospitalName(view, id)}</li>`)}</ul></section>`;
}

/** Tells a screen reader the top of a changed order, and only when it changed. @param {{view: View}} props */
function Spoken({ view: { state, t } }) {
  const top = shownOptions(state.advice).slice(0, 3).map((option, index) => `${index + 1} ${option.name}, ${t(`class.${option.class}`)}`).join('; ');
  return html`<p class="unseen" role="status">${top && t('list.changed', { rows: top })}</p>`;
}

/**
 * Follows fingers and scrolling on the list; returns the ref for its element, one that tells whether it is scrolled down, and one
 * with the number of rows from the top that may be in sight.
 * @param {import('../types.js').Dispatch} dispatch
 */
function useTouch(dispatch) {
  const touch = useRef(/** @type {HTMLElement | null} */ (null));
  const isBelow = useRef(false);
  const inSight = useRef(FIRST_ROWS);
  useEffect(() => {
    const list = touch.current;
    if (!list) return undefined;
    const tell = (/** @type {boolean} */ down) => () => dispatch({ type: 'touch', down, now: Date.now() });
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal };
    for (const name of ['touchstart', 'mousedown']) list.addEventListener(name, tell(true), options);
    for (const name of ['touchend', 'touchcancel', 'mouseup']) window.addEventListener(name, tell(false), options);
    // Asked while drawing, it would have the list laid out each time.
    const look = () => {
      isBelow.current = list.scrollTop >= SCROLLED_PX;
      inSight.current = Math.ceil((list.scrollTop + list.clientHeight) / ROW_LEAST_PX);
    };
    list.addEventListener('scroll', look, options);
    const sizing = new ResizeObserver(look);
    sizing.observe(list);
    return () => { listening.abort(); sizing.disconnect(); };
  }, [dispatch]);
  return { touch, isBelow, inSight };
}

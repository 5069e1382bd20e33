// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fold, isOrderWaiting, shownOptions } from '../../static/js/state/order.js';
import { initialState, reduce } from '../../static/js/state.js';
import { advice, NOW, option, played } from './world.js';

const ids = (/** @type {import('../../static/js/types.js').State} */ state) => shownOptions(state.advice).map(({ hospital }) => hospital);

test('first answer is shown in its own order', () => {
  const state = played([{ type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null }]);

  assert.deepEqual(ids(state), ['near', 'far']);
});

test('change from outside reorders a list that nobody touches', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 60_000, ask: null },
  ]);

  assert.deepEqual(ids(state), ['far', 'near']);
});

test('order waits while a finger is down', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'touch', down: true, now: NOW },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 60_000, ask: null },
  ]);

  assert.deepEqual(ids(state), ['near', 'far']);
  assert.equal(isOrderWaiting(state.advice), true);
});

test('order waits while a row is open, but the row itself is up to date', () => {
  const newer = advice(['far', 'near']);
  newer.options[1].class = 'divert';
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'open', hospital: 'near', now: NOW },
    { type: 'advice', advice: newer, now: NOW + 60_000, ask: null },
  ]);

  assert.equal(shownOptions(state.advice)[0].class, 'divert');
});

test('order waits just under three seconds after the last touch', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'touch', down: true, now: NOW },
    { type: 'touch', down: false, now: NOW },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 1000, ask: null },
    { type: 'tick', now: NOW + 2999 },
  ]);

  assert.deepEqual(ids(state), ['near', 'far']);
});

test('waiting order is applied three seconds after the last touch', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'touch', down: true, now: NOW },
    { type: 'touch', down: false, now: NOW },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 1000, ask: null },
    { type: 'tick', now: NOW + 3000 },
  ]);

  assert.deepEqual(ids(state), ['far', 'near']);
});

test('tap on a toggle reorders at once, also right after a touch', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'touch', down: true, now: NOW },
    { type: 'touch', down: false, now: NOW },
    { type: 'facts', change: { abcd: 'unstable' } },
    { type: 'asked', ask: 1 },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 100, ask: 1 },
  ]);

  assert.deepEqual(ids(state), ['far', 'near']);
});

test('outcome told inside the open row does not move that row', () => {
  const state = played([
    { type: 'asked', ask: 1 },
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: 1 },
    { type: 'open', hospital: 'near', now: NOW },
    { type: 'consult', hospital: 'near', outcome: 'refused' },
    { type: 'asked', ask: 2 },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 100, ask: 2 },
  ]);

  assert.deepEqual(ids(state), ['near', 'far']);
});

test('tap on the bar applies the waiting order', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'open', hospital: 'near', now: NOW },
    { type: 'advice', advice: advice(['far', 'near']), now: NOW + 60_000, ask: null },
    { type: 'apply-order' },
  ]);

  assert.deepEqual(ids(state), ['far', 'near']);
});

test('hospital that appears while the order waits comes last', () => {
  const state = played([
    { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: null },
    { type: 'open', hospital: 'near', now: NOW },
    { type: 'advice', advice: advice(['new', 'near', 'far']), now: NOW + 60_000, ask: null },
  ]);

  assert.deepEqual(ids(state), ['near', 'far', 'new']);
});

test('answer to an older question is dropped', () => {
  const state = played([
    { type: 'asked', ask: 1 }, { type: 'asked', ask: 2 },
    { type: 'advice', advice: advice(['new']), now: NOW, ask: 2 },
    { type: 'advice', advice: advice(['old']), now: NOW, ask: 1 },
  ]);

  assert.deepEqual(ids(state), ['new']);
});

const list = { open: null, touching: false, touchedAt: 0, showAll: false };

test('what the server calls far is folded', () => {
  const { near, far } = fold([option('near', {}), option('far', { far: true })], list);

  assert.deepEqual([near.map(({ hospital }) => hospital), far.map(({ hospital }) => hospital)], [['near'], ['far']]);
});

test('open row is never folded', () => {
  const { near } = fold([option('near', {}), option('far', { far: true })], { ...list, open: 'far' });

  assert.equal(near.length, 2);
});

test('everything is shown on request', () => {
  const { far } = fold([option('near', {}), option('far', { far: true })], { ...list, showAll: true });

  assert.equal(far.length, 0);
});

test('state stays the same object when nothing happened to it', () => {
  const state = initialState(NOW);

  assert.equal(reduce(state, { type: 'touch', down: false, now: NOW }).list, state.list);
});

test('list is read from the top when the crew brought another order, not when the world did', () => {
  const first = played([{ type: 'asked', ask: 1 }, { type: 'advice', advice: advice(['near']), now: NOW, ask: 1 }]);
  const own = reduce(reduce(reduce(first, { type: 'facts', change: { abcd: 'unstable' } }), { type: 'asked', ask: 2 }), { type: 'advice', advice: advice(['far']), now: NOW, ask: 2 });
  const world = reduce(first, { type: 'advice', advice: advice(['far']), now: NOW, ask: null });

  assert.equal(own.advice.turn, first.advice.turn + 1);
  assert.equal(world.advice.turn, first.advice.turn);
});

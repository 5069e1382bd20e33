// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isMute, isSilent, needsSnapshot, requestOf } from '../../static/js/state.js';
import { reviveFacts, withLetter } from '../../static/js/state/facts.js';
import { questionOf } from '../../static/js/state/question.js';
import { advice, board, NOW, played } from './world.js';

const HERE = { lat: 52.37, lon: 4.89, accuracy_m: 8, at: NOW };

test('question by another course is about the same patient', () => {
  const [north, south] = [0, 180].map((heading_deg) => played([{ type: 'fix', fix: { ...HERE, heading_deg } }]));

  assert.notDeepEqual(requestOf(north), requestOf(south));
  assert.equal(questionOf(north), questionOf(south));
});

test('nothing is asked while the position is unknown', () => {
  assert.equal(requestOf(played([])), null);
});

test('question holds only what was told', () => {
  assert.deepEqual(requestOf(played([{ type: 'fix', fix: HERE }])), {
    position: { lat: 52.37, lon: 4.89 }, accuracy_m: 8, abcd: 'unknown', suspicion: 'general', origin: '112', signals: true,
  });
});

test('doubt about a relation is told as doubt', () => {
  const state = played([{ type: 'fix', fix: HERE }, { type: 'relation', hospital: 'h', relation: 'doubt' }]);

  assert.deepEqual(requestOf(state)?.relation, { h: { active: 'doubt', related: 'doubt' } });
});

test('known with another complaint is active but not related', () => {
  const state = played([{ type: 'fix', fix: HERE }, { type: 'relation', hospital: 'h', relation: 'unrelated' }]);

  assert.deepEqual(requestOf(state)?.relation, { h: { active: 'yes', related: 'no' } });
});

test('relation that is taken back is not asked any more', () => {
  const state = played([
    { type: 'fix', fix: HERE }, { type: 'relation', hospital: 'h', relation: 'related' }, { type: 'relation', hospital: 'h', relation: 'none' },
  ]);

  assert.equal(requestOf(state)?.relation, undefined);
});

test('letters and shock room are told of an unstable patient alone', () => {
  const threat = /** @type {const} */ ({ type: 'facts', change: { letters: withLetter(withLetter([], 'C', true), 'A', true), shockroom: false } });
  const of = (/** @type {'stable' | 'unstable'} */ abcd) => requestOf(played([{ type: 'fix', fix: HERE }, threat, { type: 'facts', change: { abcd } }]));

  assert.deepEqual([of('unstable')?.letters, of('unstable')?.shockroom], [['A', 'C'], false]);
  assert.deepEqual([of('stable')?.letters, of('stable')?.shockroom], [undefined, undefined]);
});

test('unstable patient goes to the shock room unless that is denied', () => {
  assert.equal(requestOf(played([{ type: 'fix', fix: HERE }, { type: 'facts', change: { abcd: 'unstable' } }]))?.shockroom, undefined);
});

test('hospital of the clinic counts only for a patient from inside', () => {
  const state = played([{ type: 'fix', fix: HERE }, { type: 'facts', change: { origin: 'internal', inside: 'h' } }, { type: 'facts', change: { origin: '112' } }]);

  assert.equal(requestOf(state)?.inside, undefined);
});

test('choosing the clinic as origin asks at once in which hospital', () => {
  assert.equal(played([{ type: 'facts', change: { origin: 'internal' } }]).panel, 'inside');
});

test('jitter of the device does not ask again', () => {
  const state = played([{ type: 'fix', fix: HERE }, { type: 'fix', fix: { ...HERE, lat: 52.3701 } }]);

  assert.equal(requestOf(state)?.position.lat, 52.37);
});

test('real movement asks again', () => {
  const state = played([{ type: 'fix', fix: HERE }, { type: 'fix', fix: { ...HERE, lat: 52.375 } }]);

  assert.equal(requestOf(state)?.position.lat, 52.375);
});

test('position set by hand wins over the device until it is given back', () => {
  const manual = /** @type {const} */ ({ type: 'manual', position: { lat: 52.5, lon: 5 }, name: 'Purmerend' });

  assert.equal(requestOf(played([{ type: 'fix', fix: HERE }, manual]))?.position.lat, 52.5);
  assert.equal(requestOf(played([{ type: 'fix', fix: HERE }, manual, { type: 'use-gps' }]))?.position.lat, 52.37);
});

test('new patient wipes every fact and can be undone', () => {
  const told = played([{ type: 'facts', change: { abcd: 'unstable' } }, { type: 'new-patient' }]);
  const undone = played([{ type: 'facts', change: { abcd: 'unstable' } }, { type: 'new-patient' }, { type: 'restore-patient' }]);

  assert.deepEqual([told.facts.abcd, undone.facts.abcd], ['unknown', 'unstable']);
});

test('expired session keeps the facts of the patient', () => {
  const state = played([{ type: 'facts', change: { suspicion: 'stemi' } }, { type: 'session-expired' }]);

  assert.deepEqual([state.session, state.facts.suspicion], ['expired', 'stemi']);
});

test('problem keeps the last advice in sight', () => {
  const state = played([
    { type: 'asked', ask: 1 }, { type: 'advice', advice: advice(['h']), now: NOW, ask: 1 },
    { type: 'asked', ask: 2 }, { type: 'advice-problem', problem: { title: 'off', status: 422 }, ask: 2 },
  ]);

  assert.equal(state.advice.current?.options.length, 1);
  assert.equal(state.advice.problem?.status, 422);
});

test('line is silent after more than ten seconds without a word', () => {
  const heard = /** @type {const} */ ({ type: 'heard', now: NOW });

  assert.equal(isSilent(played([heard, { type: 'tick', now: NOW + 10_000 }])), false);
  assert.equal(isSilent(played([heard, { type: 'tick', now: NOW + 10_001 }])), true);
});

test('change that follows on the board is applied to the hospital it names', () => {
  const state = played([
    { type: 'board', board: board({ hospitals: [{ id: 'a', departments: {} }, { id: 'b', departments: {} }] }), now: NOW },
    { type: 'board-delta', delta: { from_seq: 7, seq: 9, epoch: 'one', hospitals: [{ id: 'b', departments: { SEH: { status: 'red' } } }] }, now: NOW },
  ]);

  assert.equal(state.board?.hospitals[1].departments.SEH?.status, 'red');
  assert.equal(state.board?.seq, 9);
});

const beat = { epoch: 'one', seq: 7, now: '2026-02-02T13:00:00Z' };
const known = played([{ type: 'board', board: board({}), now: NOW }]);

test('gap in the numbers needs a snapshot', () => {
  assert.equal(needsSnapshot(known, { type: 'board-delta', delta: { from_seq: 8, seq: 9, epoch: 'one', hospitals: [] }, now: NOW }), true);
});

test('heartbeat of the same board needs none', () => {
  assert.equal(needsSnapshot(known, { type: 'heard', now: NOW, beat }), false);
});

test('heartbeat with a later number needs a snapshot', () => {
  assert.equal(needsSnapshot(known, { type: 'heard', now: NOW, beat: { ...beat, seq: 8 } }), true);
});

test('heartbeat of another life of the server needs a snapshot', () => {
  assert.equal(needsSnapshot(known, { type: 'heard', now: NOW, beat: { ...beat, epoch: 'two' } }), true);
});

test('facts that were kept come back, nonsense does not', () => {
  const facts = reviveFacts({ abcd: 'unstable', suspicion: 'nonsense', relation: { h: 'doubt', i: 3 }, signals: 'no', letters: ['X', 'B'], shockroom: false });

  assert.deepEqual([facts.abcd, facts.suspicion, facts.relation, facts.signals], ['unstable', 'general', { h: 'doubt' }, true]);
  assert.deepEqual([facts.letters, facts.shockroom], [['B'], false]);
});

const van = /** @type {const} */ ({ name: 'demo-01', position: { lat: 52.3, lon: 4.9 }, heading_deg: 90, phase: 'transport' });
const me = { name: 'n', role: 'nurse', hospital: null, region: null, demo: true, version: '1', csrf: 'c' };

test('invented ambulances are taken over in the demonstration', () => {
  const state = played([{ type: 'me', me }, { type: 'ambulances', told: { demo: true, ambulances: [van] } }]);

  assert.deepEqual(state.vehicles, [van]);
});

test('invented ambulances are never shown outside the demonstration', () => {
  /** @type {import('../../static/js/types.js').Action} */
  const told = { type: 'ambulances', told: { demo: true, ambulances: [van] } };

  assert.deepEqual(played([{ type: 'me', me: { ...me, demo: false } }, told]).vehicles, []);
  assert.deepEqual(played([told]).vehicles, []);
});

test('ambulances that are not marked as invented are not shown', () => {
  assert.deepEqual(played([{ type: 'me', me }, { type: 'ambulances', told: { demo: false, ambulances: [van] } }]).vehicles, []);
});

test('line that opens makes nothing that was heard before new', () => {
  const later = NOW + 15_000;
  const state = played([{ type: 'board', board: board({}), now: NOW }, { type: 'link', phase: 'open', now: later }, { type: 'tick', now: later + 500 }]);

  assert.deepEqual([isSilent(state), isMute(state)], [true, false]);
});

test('line that says nothing after it opened is mended', () => {
  const state = played([{ type: 'link', phase: 'open', now: NOW + 15_000 }, { type: 'tick', now: NOW + 26_000 }]);

  assert.equal(isMute(state), true);
});

test('snapshot on a new line is news', () => {
  const later = NOW + 15_000;
  const state = played([{ type: 'link', phase: 'open', now: later }, { type: 'board', board: board({}), now: later + 300 }, { type: 'tick', now: later + 500 }]);

  assert.equal(isSilent(state), false);
});

test('clock of the server is learned from what it tells', () => {
  const told = played([{ type: 'heard', now: NOW, beat: { epoch: 'one', seq: 7, now: '2026-02-02T13:02:00Z' } }, { type: 'board-delta', delta: { from_seq: 1, seq: 2, hospitals: [] }, now: NOW }]);

  assert.equal(told.link.skew, 120_000);
});

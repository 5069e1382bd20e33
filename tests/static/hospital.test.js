// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { calledOff, endings, soundings } from '../../static/js/hospital/ending.js';
import { initialDesk, reduceDesk } from '../../static/js/hospital/state.js';
import { toneDue } from '../../static/js/sound.js';

const NOW = Date.parse('2026-03-10T14:00:00Z');
const at = (/** @type {number} */ minutes) => new Date(NOW + minutes * 60_000).toISOString();
const ME = { name: 'a', role: 'hospital', hospital: 'a', region: null, demo: false, version: '', csrf: '' };
const RIDE = { id: 'r1', step: /** @type {const} */ ('announced'), by: 'wagen', announced_at: at(-1), departed_at: null, expected_at: at(9), class: null, patient: null };

/** A desk whose SEH has a stop that ends in so many minutes. @param {number} minutes @param {Record<string, unknown>} [part] @returns {import('../../static/js/hospital/state.js').Desk} */
function desk(minutes, part = {}) {
  const board = { seq: 1, as_of: at(0), hospitals: [
    { id: 'a', departments: { SEH: { status: 'red', stop_id: 's1', until: at(minutes) } } }, { id: 'b', departments: { SEH: { status: 'red', stop_id: 's2', until: at(1) } } },
  ] };
  return /** @type {any} */ ({ ...initialDesk(NOW, { language: 'nl', theme: 'auto' }), me: ME, board, protocol: { warning_before_end_min: 10, departments: {} }, ...part });
}

test('only the own stops are told, from ten minutes before their end until it', () => {
  assert.deepEqual([11, 10, 1, 0].map((minutes) => endings(desk(minutes)).map(({ stop }) => stop)), [[], ['s1'], ['s1'], []]);
});

test('the time that is left goes by the clock of the server', () => {
  assert.equal(endings(desk(12, { skew: 3 * 60_000 }))[0]?.leftMs, 9 * 60_000);
});

test('what was seen is quiet, until the stop gets another end', () => {
  const seen = reduceDesk(desk(8), { type: 'seen', id: endings(desk(8))[0]?.id ?? '' });

  assert.deepEqual(soundings(seen).map(({ acknowledged }) => acknowledged !== null), [true]);
  assert.deepEqual(soundings(desk(9, { seen: seen.seen })).map(({ acknowledged }) => acknowledged), [null]);
});

test('an end that nears is heard again as long as nobody saw it', () => {
  const open = soundings(desk(8));

  assert.deepEqual([toneDue([], open, 0), toneDue(open, open, 10_000), toneDue(open, open, 30_000)], ['alarm', null, 'alarm']);
});

test('an announcement is heard once, and so is one that comes no more', () => {
  const quiet = desk(60);
  const coming = reduceDesk(quiet, { type: 'inbound', inbound: { hospital: 'a', inbound: 1, rides: [RIDE], cancelled: [] } });
  const off = reduceDesk(coming, { type: 'inbound', inbound: { hospital: 'a', inbound: 0, rides: [], cancelled: [{ id: 'r1', by: 'wagen', expected_at: at(9), cancelled_at: at(0), patient: null }] } });

  assert.equal(toneDue(soundings(quiet), soundings(coming), 0), 'warning');
  assert.equal(toneDue(soundings(coming), soundings(coming), 90_000), null);
  assert.equal(toneDue(soundings(coming), soundings(off), 0), 'info');
});

test('who comes no more leaves the list after ten minutes', () => {
  const cancelled = [{ id: 'r1', by: 'wagen', expected_at: null, cancelled_at: at(-9), patient: null }];
  const shown = desk(60, { inbound: { hospital: 'a', inbound: 0, rides: [], cancelled } });

  assert.equal(calledOff(shown).length, 1);
  assert.equal(calledOff({ ...shown, now: NOW + 60_000 }).length, 0);
});

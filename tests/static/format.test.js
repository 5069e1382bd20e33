// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { age, band, clock, dayClock, fromLocalInput, kilometres, minutes, toLocalInput } from '../../static/js/format.js';
import { NOW, option } from './world.js';

test('clock shows Dutch time', () => {
  assert.equal(clock('2026-02-02T13:00:00Z', 'nl'), '14:00');
});

test('another day is named', () => {
  assert.match(dayClock('2026-02-03T13:00:00Z', NOW, 'nl'), /^di 3 feb\.? 14:00$/);
});

test('nobody arrives in no time', () => {
  assert.equal(minutes(10), 1);
});

test('minutes are rounded to the nearest', () => {
  assert.deepEqual([minutes(569), minutes(570)], [9, 10]);
});

test('band is half its width', () => {
  assert.equal(band(option('h', { eta_low_s: 480, eta_high_s: 720 })), 2);
});

test('band without width is not shown', () => {
  assert.equal(band(option('h', { eta_low_s: 600, eta_high_s: 600 })), null);
});

test('age goes from seconds to minutes to hours', () => {
  assert.deepEqual([age(59, 'nl'), age(60, 'nl'), age(7200, 'nl'), age(7200, 'en')], ['59 s', '1 min', '2 u', '2 h']);
});

test('kilometres have a comma in Dutch and a point in English', () => {
  assert.deepEqual([kilometres(4230, 'nl'), kilometres(4230, 'en')], ['4,2', '4.2']);
});

test('local input and moment are each other’s inverse, in winter and in summer', () => {
  for (const value of ['2026-02-02T14:30', '2026-07-02T14:30']) assert.equal(toLocalInput(fromLocalInput(value)), value);
});

test('summer time is two hours ahead', () => {
  assert.equal(fromLocalInput('2026-07-02T14:30'), Date.parse('2026-07-02T12:30:00Z'));
});

test('hour that does not exist becomes the moment the clock skips', () => {
  assert.equal(fromLocalInput('2026-03-29T02:30'), Date.parse('2026-03-29T01:30:00Z'));
});

test('nonsense is no moment', () => {
  assert.ok(Number.isNaN(fromLocalInput('')));
});

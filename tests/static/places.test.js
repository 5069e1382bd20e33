// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findKept } from '../../static/js/state/places.js';
import { isSilent, loudness } from '../../static/js/state/silence.js';
import { NOW, played } from './world.js';

/** @type {import('../../static/js/types.js').Town[]} */
const towns = [['Purmerend', 52.5, 4.95, 0], ['Échten', 52.8, 6.4, 2]];
/** @type {any} */
const hospitals = [{ name: 'Dijklander, Purmerend', city: 'Purmerend', position: { lat: 52.51, lon: 4.97 } }, { name: 'Far', city: 'Den Helder', position: { lat: 52.9, lon: 4.8 } }];
const names = (/** @type {string} */ query) => findKept(query, { towns, hospitals }).map(({ name, kind }) => `${name} ${kind}`);

test('towns and hospitals are found without a server, towns first', () => {
  assert.deepEqual(names('purm'), ['Purmerend town', 'Dijklander, Purmerend hospital']);
});

test('accents and capitals do not matter', () => {
  assert.deepEqual(names('ECHTEN'), ['Échten town']);
});

test('words of name and city may stand in any order', () => {
  assert.deepEqual(names('helder far'), ['Far hospital']);
});

test('coordinates are read in both orders, with point or comma', () => {
  assert.deepEqual(findKept('52,5; 4,9', { towns, hospitals })[0].position, { lat: 52.5, lon: 4.9 });
  assert.deepEqual(findKept('4.9 52.5', { towns, hospitals })[0].position, { lat: 52.5, lon: 4.9 });
});

test('coordinates far from here are no place', () => {
  assert.deepEqual(names('10.0, 20.0'), []);
});

const after = (/** @type {number} */ minutes) => played([{ type: 'heard', now: NOW }, { type: 'tick', now: NOW + minutes * 60_000 }]);

test('silence gets louder after one, five and fifteen minutes', () => {
  assert.deepEqual([0.5, 1, 4.9, 5, 14.9, 15].map((minutes) => loudness(after(minutes))), [0, 1, 1, 2, 2, 3]);
});

test('word from the server ends the silence', () => {
  assert.equal(isSilent(after(20)), true);
  assert.equal(isSilent(played([{ type: 'tick', now: NOW + 60_000 }, { type: 'heard', now: NOW + 60_000 }])), false);
});

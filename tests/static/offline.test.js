// The device's own parts: the clock, the tables, the order, the lattice; no browser, no server.
import assert from 'node:assert/strict';
import test from 'node:test';

import { othersInbound } from '../../static/js/offline/advice.js';
import { clockOf, clockText, momentOn } from '../../static/js/offline/clock.js';
import { driveTimes, unpackGrid } from '../../static/js/offline/grid.js';
import { farOnes, rank } from '../../static/js/offline/rank.js';
import { openTables } from '../../static/js/offline/tables.js';

const HOUR = 3_600_000;
const SPRING = Date.parse('2026-03-29T01:00:00Z');
const AUTUMN = Date.parse('2026-10-25T01:00:00Z');
/** @type {[number, number][]} */
const ZONE = [[0, HOUR], [SPRING, 2 * HOUR], [AUTUMN, HOUR]];
const WEEK = ['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'];
const at = (/** @type {string} */ text) => Date.parse(text);

test('the clock follows summer time', () => {
  assert.equal(clockOf(ZONE, SPRING - 1) / HOUR, 2 - 1 / HOUR);
  assert.equal(clockOf(ZONE, SPRING) / HOUR, 3);
});

test('a time that the clock shows twice is the first of the two', () => {
  assert.equal(momentOn(ZONE, at('2026-10-25T12:00:00Z'), 0, 2.5 * HOUR), at('2026-10-25T00:30:00Z'));
});

test('a time that the clock skips is counted by the clock before the change', () => {
  assert.equal(momentOn(ZONE, at('2026-03-29T12:00:00Z'), 0, 2.5 * HOUR), at('2026-03-29T01:30:00Z'));
});

test('closing time of the day before', () => {
  assert.equal(momentOn(ZONE, at('2026-06-02T08:00:00Z'), -1, 22 * HOUR), at('2026-06-01T20:00:00Z'));
});

test('a moment of another day comes with its day', () => {
  const moment = at('2026-06-02T20:05:09Z');
  assert.equal(clockText(ZONE, moment, at('2026-06-02T08:00:00Z'), WEEK, false), '22:05');
  assert.equal(clockText(ZONE, moment, at('2026-06-01T08:00:00Z'), WEEK, true), 'di 2-6 22:05:09');
});

/** @param {Partial<import('../../static/js/offline/package.js').RulesDocument>} some */
const rulesOf = (some) => /** @type {import('../../static/js/offline/package.js').RulesDocument} */ ({ zone: ZONE, nodes: [], roots: [], leaves: [], questions: [], ...some });
const factsOf = (/** @type {object} */ some) => /** @type {import('../../static/js/offline/package.js').Facts} */ ({ t: {}, ...some });

test('a table leads from facts and moments to a leaf', () => {
  const { find } = openTables(rulesOf({
    questions: [['site.facilities.PCI', ['yes', 'no', 'unknown']], [['at', 'arrival', 0], ['at', 'since', 1200]]],
    nodes: [0, 4, -2, -3, 1, -4, -1], roots: [0], leaves: ['in time', 'lacking', 'unsure', 'late'],
  }));
  const arriving = (/** @type {number} */ arrival) => factsOf({ site: { facilities: { PCI: 'yes' } }, t: { arrival, since: 0 } });
  assert.equal(find(0, arriving(1_200_000)), 'in time');
  assert.equal(find(0, arriving(1_200_001)), 'late');
  assert.equal(find(0, factsOf({ site: { facilities: { PCI: 'no' } } })), 'lacking');
});

test('what is not on record is unknown, never a yes', () => {
  const { find } = openTables(rulesOf({
    questions: [['site.facilities.PCI', ['yes', 'no', 'unknown']]], nodes: [0, -1, -2, -3], roots: [0], leaves: ['yes', 'no', 'unknown'],
  }));
  assert.equal(find(0, factsOf({ site: { facilities: {} } })), 'unknown');
});

/** @param {string} hospital @param {number} driveTimeS @param {any} [more] @returns {any} */
const option = (hospital, driveTimeS, { outcome = 'welcome', inbound = 0, known = false, ...order } = {}) => ({
  verdict: { hospital, outcome, order: { life_threat: false, facility_unknown: false, preferred: false, tie_s: 60, far_s: 3600, ...order } },
  name: hospital, driveTimeS, inbound, known,
});
const OUTCOMES = /** @type {any} */ (['welcome', 'welcome_exception', 'consult', 'divert', 'unsuitable', 'closed']);
const names = (/** @type {any[]} */ options, abcd = 'stable') => rank(options, /** @type {any} */ ({ abcd }), OUTCOMES).map(({ name }) => name).join(' ');

test('class goes before minutes', () => {
  assert.equal(names([option('b', 100, { outcome: 'divert' }), option('a', 900), option('c', 500, { outcome: 'consult' })]), 'a c b');
});

test('nearly equal times are put in order by relation and by who is coming', () => {
  assert.equal(names([option('a', 600, { inbound: 2 }), option('b', 630), option('c', 659, { known: true }), option('d', 660)]), 'c b a d');
});

test('for a threatened life the drive alone counts', () => {
  assert.equal(names([option('a', 630), option('b', 600, { outcome: 'welcome_exception' }), option('c', 620, { known: true })], 'unstable'), 'b c a');
});

test('a far welcome stands behind a near call and folds away', () => {
  const ranked = rank([option('far', 4000), option('near', 600, { outcome: 'consult' })], /** @type {any} */ ({ abcd: 'stable' }), OUTCOMES);
  assert.deepEqual(ranked.map(({ name }) => name), ['near', 'far']);
  assert.deepEqual(farOnes(ranked), [false, true]);
});

test('an ambulance under way is not counted at its own hospital, unless the hospital counts it later', () => {
  const board = /** @type {any} */ ({ hospitals: [{ id: 'near', inbound: 2 }, { id: 'far', inbound: 1 }, { id: 'other', inbound: 1 }, { id: 'none', inbound: 0 }] });
  const drives = /** @type {any} */ (new Map([['near', { seconds: 600 }], ['far', { seconds: 2400 }], ['other', { seconds: 600 }], ['none', { seconds: 60 }]]));
  const underWay = { departed_at: null, announced_at: '2026-01-14T11:00:00Z' };
  assert.deepEqual(othersInbound(board, drives, { en_route: { near: underWay, far: underWay, none: underWay } }), { near: 1, far: 1, other: 1, none: 0 });
  assert.deepEqual(othersInbound(board, drives, {}), { near: 2, far: 1, other: 1, none: 0 });
});

/**
 * Two cells beside each other, 20 and 30 steps from one hospital, each with a road in the part north-east of its middle; a motorway two cells
 * to the east, 250 s away at its northern end, to which it takes 10 s more for each of its two halves; another hospital is off the network.
 */
async function smallGrid(version = 5) {
  const profile = { name: 'signals', start_s: 40, factors: { rush: 2, other: 1, night: 1 }, low: [10, 0.1], high: [20, 0.2], straight_s: 300, straight_kph: 100 };
  const head = new TextEncoder().encode(JSON.stringify({
    version, ids: ['on', 'off'], on: [0], profiles: [profile],
    cells: {
      count: 2, south: 52, west: 5, lat_step: 0.01, lon_step: 0.0146, columns: 10, spacing_m: 1112, parts: 4, block: 2, step_s: 5, far_step: 901,
      limit_m: 3000, on_motorway_m: 15,
    },
    roads: {
      nodes: 2, roads: 1, points: 2, joins: 0, degree_parts: 1000, unit_ms: 250, never: 65535, limit_m: 3000, motorway_m: 50, candidates: 1,
      spread_m: 0, parallel_m: 30,
    },
    rush_hours: [[7, 9]], night_hours: [23, 6], straight_low: 0.3, straight_high: 0.6, gps_kph: 30,
    approach_kph: 30, detour: 1.3, earth_m: 6_371_000,
  }));
  const length = [head.length & 255, head.length >> 8, 0, 0];
  return unpackGrid(new Uint8Array([...length, ...head, 0, 2, ...PART, ...PART, 40, 20, ...MOTORWAY]).buffer);
}
/** The bits of the parts: third row and column from the south-west. */
const PART = [0, 4];
/** A number below 8,192 as two bytes: twice the number, in groups of seven bits. @param {number} number */
const two = (number) => [((2 * number) & 127) | 128, (2 * number) >> 7];
/** Points from 52.000 to 52.010 north at 5.036 east; one way, from node 1 to node 0, in 20 s; 1,000 and 1,080 units of 250 ms away. */
const MOTORWAY = [
  0, 4, ...[192, 172, 6], 20, ...two(5036), 0, 2, 2, 3, 0, 1,
  ...[192, 184, 2], ...[193, 184, 2], ...two(1000), ...two(80),
];
const PLACES = new Map([['on', { lat: 52, lon: 5 }], ['off', { lat: 52.5, lon: 5 }]]);
const NOON = at('2026-01-14T11:00:00Z');
const ask = async (/** @type {object} */ how = {}) => driveTimes(/** @type {any} */ (await smallGrid()), PLACES, { position: { lat: 52.00625, lon: 5.009125 }, signals: true, at: NOON, ...how }, ZONE);

test('a drive is weighed from the cells around', async () => {
  const { seconds, geodesic } = /** @type {any} */ ((await ask())?.get('on'));
  assert.ok(seconds > 140 && seconds < 142, String(seconds));
  assert.equal(geodesic, false);
});

test('the way to the road is added, and the road is what counts', async () => {
  const onRoad = (await ask())?.get('on')?.seconds ?? 0;
  const away = (await ask({ position: { lat: 52.00625 - 0.009, lon: 5.009125 } }))?.get('on')?.seconds ?? 0;
  // 1,001 m at 30 km/h, but for a quarter of a part.
  assert.ok(Math.abs(away - onRoad - (1001 - 69.5) * 0.12) < 3, String(away - onRoad));
});

test('on a motorway the way along it counts, beside it the streets', async () => {
  const from = async (/** @type {number} */ lon) => (await ask({ position: { lat: 52.005, lon } }))?.get('on')?.seconds ?? 0;
  assert.equal(Math.round(await from(5.036)), 40 + 250 + 10);
  assert.ok(Math.abs(await from(5.036 - 0.001) - (40 + 30 * 5 + 60)) < 30, String(await from(5.036 - 0.001)));
});

test('where there is nothing but a motorway it counts from afar', async () => {
  const far = (await ask({ position: { lat: 52.01, lon: 5.036 + 0.04 } }))?.get('on')?.seconds ?? 0;
  assert.equal(Math.round(far), Math.round(40 + 250 + 0.04 * 111_195 * Math.cos((52.01 * Math.PI) / 180) * 0.12));
});

test('what an earlier version of the page kept is not read', async () => {
  assert.equal(await smallGrid(4), null);
});

test('rush hour lengthens the roads, not the start', async () => {
  const noon = (await ask())?.get('on')?.seconds ?? 0;
  const rush = (await ask({ at: at('2026-01-14T07:00:00Z') }))?.get('on')?.seconds ?? 0;
  assert.equal(Math.round(rush), Math.round((noon - 40) * 2 + 40));
});

test('what is off the network is estimated and says so', async () => {
  assert.equal((await ask())?.get('off')?.geodesic, true);
});

test('too far from every road there is no answer', async () => {
  assert.equal(await ask({ position: { lat: 53, lon: 5 } }), null);
});

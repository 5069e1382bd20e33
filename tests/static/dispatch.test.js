// @ts-check
/** The dispatch centre's page without a browser: order, counting, what is told, tones and what is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { revive } from '../../static/js/dispatch/keep.js';
import { heardOf } from '../../static/js/heard.js';
import { NO_FILTERS, shownHospitals } from '../../static/js/dispatch/order.js';
import { changedAlike, inboundOf, needsAttention, sortRides } from '../../static/js/dispatch/ride_words.js';
import { AGAIN_MS, toneDue } from '../../static/js/sound.js';
import { countRegion, regionShown } from '../../static/js/state/region.js';
import { alarmsOf, initialControl, reduceControl, withDelta, withRoom } from '../../static/js/dispatch/state.js';

const NOW = Date.parse('2026-03-10T14:00:00Z');

/** @param {string} id @param {Partial<import('../../static/js/types.js').Hospital>} [part] @returns {import('../../static/js/types.js').Hospital} */
function hospital(id, part = {}) {
  return { id, name: id, city: '', position: { lat: 52, lon: 5 }, mka: 'Hier', subregion: '', roaz: '', protocol: '', departments: { SEH: 'yes' }, ...part };
}

/** @param {string} id @param {import('../../static/js/types.js').Status} status @returns {import('../../static/js/types.js').BoardHospital} */
function told(id, status) {
  return { id, departments: { SEH: { status, effective: status, source: 'lpz', reported_at: '2026-03-10T13:59:30Z' } } };
}

/** @param {string} id @param {Partial<import('../../static/js/dispatch/types.js').OverseenRide>} [part] @returns {import('../../static/js/dispatch/types.js').OverseenRide} */
function ride(id, part = {}) {
  return {
    id, step: 'departed', hospital: 'a', opened_at: '2026-03-10T13:50:00Z', chosen_at: null, announced_at: null, departed_at: '2026-03-10T13:55:00Z', expected_at: null, arrived_at: null,
    closed_at: null, advice: 'x', rank: 1, class: 'welcome', reason: '', class_at_departure: null, refused: [], proposals: [], by: id, patient: null, advised: null, class_now: 'welcome',
    headline_now: null, headline_now_en: null, expected_now: '2026-03-10T14:10:00Z', moved_s: null, changed: [], needs_another: false, best: null, position: null, ...part,
  };
}

/** @param {string} id @param {Partial<import('../../static/js/dispatch/types.js').Alarm>} [part] @returns {import('../../static/js/dispatch/types.js').Alarm} */
function alarm(id, part = {}) {
  return { id, code: 'stop_ending', level: 'warning', section: '', text: '', text_en: '', since: null, hospital: null, department: null, mka: '', ride: null, lapse: null, acknowledged: null, ...part };
}

/** @param {Partial<import('../../static/js/dispatch/types.js').RoomTold>} part @returns {import('../../static/js/dispatch/types.js').RoomTold} */
function room(part) {
  return { seq: 1, epoch: 'one', as_of: '', whole: true, rides: [], gone: [], alarms: [], ...part };
}

const FOUR = [
  hospital('far', { mka: 'Daar', position: { lat: 52, lon: 6.5 } }), hospital('near', { mka: 'Daar', position: { lat: 52, lon: 5.3 } }),
  hospital('one'), hospital('two', { departments: { SEH: 'no' } }),
];
const board = new Map([told('one', 'red'), told('near', 'green'), told('far', 'green')].map((each) => [each.id, each]));
const names = (/** @type {{id: string}[]} */ list) => list.map(({ id }) => id);

test('own region comes first, its neighbours by distance, and what is far not at all', () => {
  assert.deepEqual(names(shownHospitals(FOUR, 'Hier', NO_FILTERS, board)), ['one', 'two', 'near']);
});

test('the whole country is shown on request', () => {
  assert.deepEqual(names(shownHospitals(FOUR, 'Hier', { ...NO_FILTERS, scope: 'all' }, board)), ['one', 'two', 'near', 'far']);
});

test('only hospitals with a stop are left when they are asked for', () => {
  assert.deepEqual(names(shownHospitals(FOUR, 'Hier', { ...NO_FILTERS, stops: true }, board)), ['one']);
});

test('a name finds its hospital', () => {
  assert.deepEqual(names(shownHospitals(FOUR, 'Hier', { ...NO_FILTERS, query: 'NEA' }, board)), ['near']);
});

test('the region is as chosen, else one’s own, else that of the regional protocol', () => {
  const hospitals = [hospital('a', { mka: 'A' }), hospital('b', { mka: 'B' }), hospital('c', { mka: 'C', protocol: 'nhfl' })];

  assert.deepEqual([regionShown(hospitals, 'B', 'A'), regionShown(hospitals, '', 'A'), regionShown(hospitals, 'gone', null)], ['B', 'A', 'C']);
});

test('a region is counted by what its departments are now, without those that it does not have', () => {
  assert.deepEqual(countRegion([...FOUR, hospital('silent')], board, 'Hier', 'SEH'), { total: 2, green: 0, orange: 0, red: 1, closed: 0, unknown: 1 });
});

test('who stands by what it said is as old as when it was last heard', () => {
  const full = /** @type {any} */ ({ feeds: [{ source: 'lpz', heard_at: '2026-03-10T13:59:48Z' }] });

  assert.equal(heardOf(told('one', 'red'), ['SEH', 'CTT'], full, NOW, 'nl'), 'lpz 10 s');
  assert.equal(heardOf(told('one', 'red'), ['SEH'], null, NOW, 'nl'), 'lpz 30 s');
  assert.equal(heardOf(undefined, ['SEH'], full, NOW, 'nl'), '–');
});

test('rides without a destination come first, then by arrival, who is there last', () => {
  const rides = [ride('there', { step: 'arrived' }), ride('late', { expected_now: '2026-03-10T14:30:00Z' }), ride('soon'), ride('lost', { needs_another: true, expected_now: '2026-03-10T15:00:00Z' })];

  assert.deepEqual(names(sortRides(rides)), ['lost', 'soon', 'late', 'there']);
});

test('a ride as advised of which nothing changed needs no attention', () => {
  assert.deepEqual([ride('a'), ride('b', { rank: 2 }), ride('c', { moved_s: 120 }), ride('d', { changed: [{ department: 'SEH', was: 'green', is: 'red' }] })].map(needsAttention), [false, true, true, true]);
});

test('departments that changed alike are told together, in the order in which they came', () => {
  const changed = [{ department: 'SEH', was: 'green', is: 'unknown' }, { department: 'SR', was: 'red', is: 'unknown' }, { department: 'CCU', was: 'green', is: 'unknown' }];

  assert.deepEqual(changedAlike(/** @type {import('../../static/js/dispatch/types.js').OverseenRide['changed']} */ (changed)).map(({ departments }) => departments), [['SEH', 'CCU'], ['SR']]);
  assert.deepEqual(changedAlike([]), []);
});

test('arrivals of the next hour stand by hospital, and two that meet at the door are a queue', () => {
  const at = (/** @type {number} */ minutes) => new Date(NOW + minutes * 60_000).toISOString();
  const rides = [
    ride('r1', { expected_now: at(30) }), ride('r2', { expected_now: at(38) }), ride('r3', { expected_now: at(61) }), ride('r4', { hospital: 'b', expected_now: at(5) }),
    ride('r5', { hospital: 'b', expected_now: at(20) }), ride('r6', { step: 'arrived' }),
  ];

  const found = inboundOf(rides, NOW, 60).map(({ hospital: id, arrivals, queue }) => [id, arrivals.map(({ minutes }) => minutes), queue]);

  assert.deepEqual(found, [['b', [5, 20], false], ['a', [30, 38], true]]);
});

test('what changed of the rides takes its place, the others stay the same objects', () => {
  const before = withRoom(null, room({ rides: [ride('a'), ride('b'), ride('c')] }));
  const after = withRoom(before, room({ whole: false, rides: [ride('b', { rank: 3 }), ride('d')], gone: ['c'] }));

  assert.deepEqual(after && names(after.rides), ['a', 'b', 'd']);
  assert.equal(after?.rides[0], before?.rides[0]);
  assert.equal(after?.rides[1].rank, 3);
});

test('a change without a beginning, or of another life of the server, changes nothing', () => {
  const before = withRoom(null, room({ rides: [ride('a')] }));

  assert.equal(withRoom(null, room({ whole: false, rides: [ride('a')] })), null);
  assert.equal(withRoom(before, room({ whole: false, epoch: 'two' })), before);
});

test('a change of the board brings what stands beside the hospitals', () => {
  const start = /** @type {any} */ ({ seq: 1, epoch: 'one', as_of: '', hospitals: [told('one', 'green')], regions: [], feeds: [], freshness: { stale: false } });
  const delta = /** @type {any} */ ({ from_seq: 1, seq: 2, epoch: 'one', hospitals: [told('one', 'red')], regions: [{ mka: 'Hier' }], feeds: [], freshness: { stale: true } });

  const after = withDelta(start, delta);

  assert.deepEqual([after?.regions.length, after?.freshness.stale, after?.hospitals[0].departments.SEH?.status], [1, true, 'red']);
  assert.equal(withDelta(start, { ...delta, from_seq: 5 }), null);
});

test('a new alarm sounds by its level, the gravest first; what was taken is silent', () => {
  const [old, taken, warned, grave] = [alarm('old'), alarm('taken', { level: 'alarm', acknowledged: { by: 'x', at: '' } }), alarm('new'), alarm('grave', { level: 'alarm' })];

  assert.equal(toneDue([old], [old], 0), null);
  assert.equal(toneDue([old], [old, taken], 0), null);
  assert.equal(toneDue([old], [old, warned], 0), 'warning');
  assert.equal(toneDue([old], [warned, grave], 0), 'alarm');
});

test('a grave alarm sounds again until somebody takes it, a lesser one does not', () => {
  const [warned, grave] = [alarm('w'), alarm('g', { level: 'alarm' })];

  assert.deepEqual([toneDue([grave], [grave], AGAIN_MS - 1), toneDue([grave], [grave], AGAIN_MS), toneDue([warned], [warned], AGAIN_MS)], [null, 'alarm', null]);
});

test('alarms are those of the region that is looked at, of rides, and of nobody; all on request', () => {
  const alarms = [alarm('here', { mka: 'Hier' }), alarm('there', { mka: 'Daar' }), alarm('ride', { mka: 'Daar', ride: 'r' }), alarm('feed')];
  const looked = { room: { rides: [], alarms, as_of: '', epoch: '' }, hospitals: FOUR, me: null, filters: { ...NO_FILTERS, mka: 'Hier' } };

  assert.deepEqual(names(alarmsOf(looked)), ['here', 'ride', 'feed']);
  assert.equal(alarmsOf({ ...looked, filters: { ...looked.filters, everywhere: true } }).length, 4);
});

test('filters come back as they were kept', () => {
  const filters = { ...NO_FILTERS, mka: 'Daar', stops: true, departments: /** @type {any} */ (['SEH', 'PCI']), query: 'x' };

  assert.deepEqual(revive(JSON.parse(JSON.stringify({ filters, sound: false, keys: false, view: 'past' }))), { filters, sound: false, keys: false, view: 'past' });
});

test('whatever was left behind gives something usable', () => {
  for (const rubbish of [null, 5, [], { filters: 7 }, { filters: { departments: ['X'], scope: 'moon', mka: 3, query: {} }, view: 'nowhere' }]) {
    assert.deepEqual(revive(rubbish), { filters: NO_FILTERS, sound: true, keys: true, view: 'overview' });
  }
});

test('options that come too late for another ride are dropped', () => {
  const asked = reduceControl(initialControl(NOW, { language: 'nl', theme: 'auto' }), { type: 'propose', ride: 'a' });

  assert.equal(reduceControl(asked, { type: 'options', ride: 'b', options: [] }).proposing?.options, null);
  assert.deepEqual(reduceControl(asked, { type: 'options', ride: 'a', options: [] }).proposing?.options, []);
});

// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { requestOf } from '../../static/js/state.js';
import { alternativeTo } from '../../static/js/state/breakthrough.js';
import { choose, heldPress, HOLD_MS, madeAt, nextVerb, press, shownRide, waitingPresses } from '../../static/js/state/ride.js';
import { advice, NOW, played } from './world.js';

/** @typedef {import('../../static/js/types.js').Action} Action */
/** @typedef {import('../../static/js/types.js').Press['verb']} Verb */

const HERE = { lat: 52.37, lon: 4.89, accuracy_m: 8, at: NOW };
const LOCAL = 'local:k1';

/** @returns {Action[]} */
const chosen = (hospital = 'near') => [
  { type: 'fix', fix: HERE }, { type: 'asked', ask: 1 }, { type: 'advice', advice: advice(['near', 'far']), now: NOW, ask: 1 },
  ...choose({ ride: null, body: { hospital, advice: 'a', reason: '' }, keys: ['k1', 'k2'], now: NOW }).map((each) => /** @type {Action} */ ({ type: 'press', press: each })),
];
/** @param {Verb} verb @param {number} [after] @returns {Action} */
const pressed = (verb, after = 0) => ({ type: 'press', press: press(verb, LOCAL, {}, { key: `${verb}${after}`, now: NOW + after }) });

/** @param {string} id @param {Partial<import('../../static/js/types.js').Ride>} part @returns {import('../../static/js/types.js').Ride} */
function told(id, part) {
  const ride = shownRide(played(chosen()).ride);
  assert.ok(ride);
  return { ...ride, id, ...part };
}

test('choice opens a ride and is shown before the server knows of it', () => {
  const { ride } = played(chosen());

  assert.deepEqual([shownRide(ride)?.step, shownRide(ride)?.hospital], ['chosen', 'near']);
  assert.deepEqual(ride.presses.map(({ verb }) => verb), ['open', 'choose']);
});

test('presses that follow an opening take over the id that the server gave', () => {
  const { ride } = played([...chosen(), pressed('announce'), { type: 'press-done', press: played(chosen()).ride.presses[0], ride: told('r1', { step: 'open', hospital: null }) }]);

  assert.deepEqual(ride.presses.map((each) => [each.verb, each.ride]), [['choose', 'r1'], ['announce', 'r1']]);
  assert.equal(shownRide(ride)?.step, 'announced');
});

test('answer to a press that comes after the news of a proposal does not hide it', () => {
  const [open, choose] = played(chosen()).ride.presses;
  const opened = told('r1', { step: 'open', hospital: null });
  const proposal = { id: 'p1', hospital: 'far', by: 'dispatcher', at: '2030-01-01T00:00:00Z', accepted: null };
  const { ride } = played([
    ...chosen(),
    { type: 'press-done', press: open, ride: opened },
    { type: 'ride', ride: told('r1', { proposals: [proposal] }) },
    { type: 'press-done', press: { ...choose, ride: 'r1' }, ride: told('r1', {}) },
  ]);

  assert.deepEqual([ride.current?.proposals.length, ride.presses], [1, []]);
});

test('press on a ride that got its id a moment ago goes to that ride', () => {
  const opened = /** @type {Action} */ ({ type: 'press-done', press: played(chosen()).ride.presses[0], ride: told('r1', {}) });

  assert.equal(played([...chosen(), opened, pressed('announce')]).ride.presses.at(-1)?.ride, 'r1');
});

test('each step offers the one that follows', () => {
  const verbs = /** @type {Verb[]} */ (['announce', 'depart', 'arrive', 'handover']);
  const offered = verbs.map((_, done) => nextVerb(/** @type {any} */ (shownRide(played([...chosen(), ...verbs.slice(0, done).map((verb) => pressed(verb))]).ride))));

  assert.deepEqual(offered, verbs);
});

test('other destination under way must be announced anew', () => {
  const { ride } = played([...chosen(), pressed('announce'), pressed('depart'), { type: 'press', press: press('choose', LOCAL, { hospital: 'far' }, { key: 'k9', now: NOW }) }]);
  const shown = shownRide(ride);

  assert.ok(shown);
  assert.deepEqual([shown.step, shown.hospital, nextVerb(shown)], ['departed', 'far', 'announce']);
});

test('step that the server cannot take back waits on the device for a moment', () => {
  const { ride } = played([...chosen(), pressed('announce'), pressed('depart'), pressed('arrive')]);

  assert.equal(heldPress(ride, NOW + HOLD_MS - 1)?.verb, 'arrive');
  assert.equal(heldPress(ride, NOW + HOLD_MS), null);
});

test('step that is on its way is not taken for one that is held, also while the clock of the page lags', () => {
  const { ride } = played([...chosen(), pressed('announce'), pressed('depart', 500), pressed('arrive', 600)]);

  assert.equal(heldPress(ride, NOW)?.verb, 'arrive');
});

test('announcement and departure wait for nothing', () => {
  assert.equal(heldPress(played([...chosen(), pressed('announce'), pressed('depart')]).ride, NOW), null);
});

test('step that was held is gone when it is taken back', () => {
  const { ride } = played([...chosen(), pressed('announce'), pressed('depart'), pressed('arrive'), { type: 'ride-undo', key: 'arrive0' }]);

  assert.equal(shownRide(ride)?.step, 'departed');
});

test('next step sends the held one on its way', () => {
  const { ride } = played([...chosen(), pressed('announce'), pressed('depart'), pressed('arrive'), pressed('handover', 1000)]);

  assert.equal(ride.presses.find(({ verb }) => verb === 'arrive')?.due, NOW + 1000);
});

test('choice can be undone until the hospital was told', () => {
  assert.ok(played(chosen()).ride.undo);
  assert.equal(played([...chosen(), pressed('announce')]).ride.undo, null);
  assert.equal(played([...chosen(), { type: 'tick', now: NOW + 15_001 }]).ride.undo, null);
});

test('refused press takes those after it along and says why', () => {
  const state = played([...chosen(), pressed('announce')]);
  const { ride } = played([...chosen(), pressed('announce'), { type: 'press-refused', press: state.ride.presses[1], problem: { title: 'no', status: 409 }, ride: null }]);

  assert.deepEqual([ride.presses, ride.current, ride.problem?.status], [[], null, 409]);
});

test('older message does not undo a newer answer', () => {
  const newer = told('r1', { step: 'announced', announced_at: '2026-02-02T13:05:00Z' });
  const older = told('r1', { step: 'chosen' });
  const { ride } = played([{ type: 'ride-kept', ride: newer, presses: [] }, { type: 'ride', ride: older }]);

  assert.equal(ride.current?.step, 'announced');
});

test('ride of another crew is nobody’s business', () => {
  assert.equal(played([{ type: 'ride', ride: told('r2', {}) }]).ride.current, null);
});

test('what is not sent after two seconds waits for a connection', () => {
  const { ride } = played(chosen());

  assert.equal(waitingPresses(ride, NOW + 2000).length, 0);
  assert.equal(waitingPresses(ride, NOW + 2001).length, 2);
});

test('hospital that was told of the ambulance stands in the question', () => {
  const at = new Date(NOW).toISOString();

  assert.equal(requestOf(played(chosen()))?.en_route, undefined);
  assert.deepEqual(requestOf(played([...chosen(), pressed('announce')]))?.en_route, { near: { departed_at: null, announced_at: at } });
});

const red = { ...advice(['far', 'near']) };
red.options = red.options.map((each) => (each.hospital === 'near' ? { ...each, class: /** @type {const} */ ('divert'), departments: { SEH: { status: /** @type {const} */ ('red') } } } : { ...each, eta_s: 840 }));
const green = advice(['near', 'far']);
green.options[0].departments = { SEH: { status: 'green' } };

/** @param {string} hospital */
const before = (hospital) => [...chosen(hospital), /** @type {Action} */ ({ type: 'advice', advice: green, now: NOW, ask: null })];

test('another status of the destination breaks through', () => {
  const { ride } = played([...before('near'), { type: 'advice', advice: red, now: NOW, ask: null }]);

  assert.deepEqual([ride.breakthrough?.now, ride.breakthrough?.changes], ['divert', [{ department: 'SEH', was: 'green', now: 'red' }]]);
});

test('another status of another hospital does not', () => {
  assert.equal(played([...before('far'), { type: 'advice', advice: red, now: NOW, ask: null }]).ride.breakthrough, null);
});

test('nothing breaks through once the patient is there', () => {
  const arrived = [pressed('announce'), pressed('depart'), pressed('arrive')];

  assert.equal(played([...before('near'), ...arrived, { type: 'advice', advice: red, now: NOW, ask: null }]).ride.breakthrough, null);
});

test('other facts of the patient break nothing through', () => {
  const other = { ...green, options: green.options.map((each) => ({ ...each, class: /** @type {const} */ ('unsuitable') })) };
  const { ride } = played([...before('near'), { type: 'facts', change: { suspicion: 'stemi' } }, { type: 'asked', ask: 2 }, { type: 'advice', advice: other, now: NOW, ask: 2 }]);

  assert.equal(ride.breakthrough, null);
});

test('another answer to the same question breaks through, also when it was asked again', () => {
  const { ride } = played([...before('near'), { type: 'asked', ask: 2 }, { type: 'advice', advice: red, now: NOW, ask: 2 }]);

  assert.equal(ride.breakthrough?.now, 'divert');
});

test('alternative tells what it costs against the destination', () => {
  const state = played([...before('near'), { type: 'advice', advice: red, now: NOW, ask: null }]);

  assert.deepEqual([alternativeTo(state, 'near')?.option.hospital, alternativeTo(state, 'near')?.extra_s], ['far', 240]);
});

test('warning that appears waits with the order, so that no row moves under the finger', () => {
  const warned = { ...green, notices: [{ code: 'n', level: /** @type {const} */ ('warning'), text: 'w' }] };
  const touched = played([...before('near'), { type: 'touch', down: true, now: NOW }, { type: 'advice', advice: warned, now: NOW, ask: null }]);

  assert.equal(touched.advice.noticed, false);
});

test('statuses that grow too old without a connection break nothing through', () => {
  const old = { ...red, offline: true, options: red.options.map((each) => ({ ...each, class: /** @type {const} */ ('consult'), departments: { SEH: { status: /** @type {const} */ ('unknown') } } })) };

  assert.equal(played([...before('near'), { type: 'advice', advice: old, now: NOW, ask: null }]).ride.breakthrough, null);
});

test('hospital far away is the alternative only when nothing nearer may receive', () => {
  const options = [{ ...red.options[0], far: true }, { ...red.options[0], hospital: 'call', class: /** @type {const} */ ('consult') }, red.options[1]];
  const state = played([...before('near'), { type: 'advice', advice: { ...red, options }, now: NOW, ask: null }]);

  assert.equal(alternativeTo(state, 'near')?.option.hospital, 'call');
});

test('press that is told at once, or after the moment it is held, needs no time', () => {
  const held = press('arrive', 'r1', {}, { key: 'k', now: NOW });

  assert.equal(madeAt(held, { ride: null, skew: 0, now: NOW + HOLD_MS + 1000 }), undefined);
});

test('press that is told late says when it was by the clock of the server', () => {
  const late = press('arrive', 'r1', {}, { key: 'k', now: NOW });

  assert.equal(madeAt(late, { ride: null, skew: -90_000, now: NOW + 600_000 }), '2026-02-02T12:58:30.000Z');
});

test('late press is never told to be before the step that it follows', () => {
  const late = press('arrive', 'r1', {}, { key: 'k', now: NOW });
  const ride = told('r1', { departed_at: '2026-02-02T13:00:04.250Z', late: [{ press: 'consult', happened_at: '2026-02-02T13:00:05.000Z', heard_at: '2026-02-02T13:09:00Z' }] });

  assert.equal(madeAt(late, { ride, skew: 0, now: NOW + 600_000 }), '2026-02-02T13:00:05.000Z');
});

test('late step that is told after a proposal is news', () => {
  const known = told('r1', { step: 'departed', proposals: [{ id: 'p', hospital: 'far', at: '2026-02-02T13:30:00Z', by: 'd', accepted: null }], late: [{ press: 'depart', happened_at: '2026-02-02T13:05:00Z', heard_at: '2026-02-02T13:40:00Z' }] });
  const older = { ...known, step: /** @type {const} */ ('announced'), late: [] };
  const state = played([{ type: 'ride-kept', ride: known, presses: [] }, { type: 'ride', ride: older }]);

  assert.equal(state.ride.current?.step, 'departed');
});

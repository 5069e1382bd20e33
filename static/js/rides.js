// @ts-check
/** Carries rides out: sends each press once and in its order, tells positions, keeps the screen awake, remembers all that. */

import { askAdvice, CallFailed, getRide, pressButton, tellPosition } from './api.js';
import { keepAwake } from './awake.js';
import { forgetRide, keepRide, recallRide } from './keep.js';
import { dequeue, enqueue, amendQueued, queued } from './offline/kept.js';
import { distance } from './state/place.js';
import { isDriving, isLocal, isOver, madeAt, shownRide } from './state/ride.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Press} Press */
/** @typedef {import('./types.js').Ride} Ride */

const RETRY_MS = 4000;
const TELL_MS = 15_000;
const TELL_ANYWAY_MS = 60_000;
const MOVED_M = 100;
/** The crew saw the order of the device, which nobody else has: the journal says why it may differ. */
const OFFLINE_REASON = 'Gekozen zonder verbinding';

/** @param {Store} store */
export function rideAlong(store) {
  const { dispatch, get } = store;
  let sending = false;
  let notBefore = 0;

  async function pump() {
    const [press] = get().ride.presses;
    const now = Date.now();
    if (sending || !press || press.due > now || notBefore > now || get().session !== 'open') return;
    sending = true;
    try {
      dispatch({ type: 'press-done', press, ride: await send(press, get()) });
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      await failed(press, error.problem);
    } finally {
      sending = false;
    }
    pump();
  }

  /** @param {Press} press @param {import('./types.js').Problem} problem */
  async function failed(press, problem) {
    if (problem.status === 401) dispatch({ type: 'session-expired' });
    else if (problem.status === 0 || problem.status === 429 || problem.status >= 500) notBefore = Date.now() + RETRY_MS;
    else dispatch({ type: 'press-refused', press, problem, ride: isLocal(press.ride) ? null : await getRide(press.ride).catch(() => null) });
  }

  const remember = rememberer();
  const tell = positionTeller();
  store.subscribe((state, before, action) => {
    if (state.ride !== before.ride) remember(state.ride, before.ride);
    const cameBack = (action.type === 'link' && action.phase === 'open') || (state.session === 'open' && before.session !== 'open');
    if (cameBack) notBefore = 0;
    if (cameBack) refresh(store);
    if (state.ride.presses.length) pump();
    const [driving, wasDriving] = [isDriving(shownRide(state.ride)), isDriving(shownRide(before.ride))];
    if (driving !== wasDriving) keepAwake(driving);
    if (action.type === 'fix' || action.type === 'tick') tell(state);
  });
  restore(store);
}

/** @param {Press} press @param {State} state @returns {Promise<Ride>} */
async function send(press, { ride: { current }, link: { skew } }) {
  const [path, body] = [pathOf(press), await told(press)];
  const at = madeAt(press, { ride: current?.id === press.ride ? current : null, skew, now: Date.now() });
  if (!at) return pressButton(path, body, press.key);
  return pressButton(path, { ...body, at }, press.key).catch((error) => {
    // A clock that was set meanwhile must not cost the press.
    if (!(error instanceof CallFailed) || !error.problem.errors?.some(({ field }) => field === 'at')) throw error;
    return pressButton(path, body, press.key);
  });
}

/** @param {Press} press */
function pathOf({ verb, ride, body }) {
  if (verb === 'open') return 'rides';
  return verb === 'accept' || verb === 'decline' ? `proposals/${encodeURIComponent(body.proposal ?? '')}/${verb}` : `rides/${encodeURIComponent(ride)}/${verb}`;
}

/** @param {Press} press @returns {Promise<object>} */
async function told({ verb, body }) {
  switch (verb) {
    case 'open': return { advice: body.advice || (await adviceFor(body)) };
    case 'choose': return { hospital: body.hospital, reason: body.reason || (body.advice ? '' : OFFLINE_REASON), ...(body.advice ? { advice: body.advice } : {}) };
    case 'cancel': return { reason: body.reason ?? '' };
    case 'refused': return { reason: body.reason };
    case 'consult': return { hospital: body.hospital, outcome: body.outcome };
    default: return {};
  }
}

/** The server's own advice for what the device answered by itself. @param {import('./types.js').PressBody} body */
async function adviceFor({ request }) {
  if (!request) throw new CallFailed({ title: 'no question', status: 422 });
  return (await askAdvice(request)).id;
}

/** What the server knows of the ride may have changed while nobody listened. @param {Store} store */
function refresh({ get, dispatch }) {
  const { current, presses } = get().ride;
  if (!current || isLocal(current.id) || presses.length || get().session !== 'open') return;
  getRide(current.id).then((ride) => dispatch({ type: 'ride', ride }), (error) => {
    const isGone = error instanceof CallFailed && [403, 404].includes(error.problem.status);
    if (isGone && !get().ride.presses.length) dispatch({ type: 'ride-close' });
  });
}

/** @param {Store} store */
async function restore(store) {
  const presses = (await queued()).map(({ number, entry }) => { numbers.set(entry.key, Promise.resolve(number)); return /** @type {Press} */ (entry); });
  const ride = recallRide();
  if (ride || presses.length) store.dispatch({ type: 'ride-kept', ride, presses });
  refresh(store);
}

/** The numbers of the presses in the queue of the device. @type {Map<string, Promise<number | null>>} */
const numbers = new Map();

/** Keeps the queue and the ride on the device as they are in the state. */
function rememberer() {
  return (/** @type {State['ride']} */ ride, /** @type {State['ride']} */ before) => {
    if (ride.current !== before.current) {
      if (ride.current && !isLocal(ride.current.id) && !isOver(ride.current)) keepRide(ride.current);
      else forgetRide();
    }
    if (ride.presses === before.presses) return;
    const [now, then] = [byKey(ride.presses), byKey(before.presses)];
    for (const [key, press] of now) {
      const number = numbers.get(key);
      if (!number) numbers.set(key, enqueue(press));
      else if (then.get(key) !== press) number.then((known) => known !== null && amendQueued(known, press));
    }
    for (const key of then.keys()) {
      if (now.has(key)) continue;
      numbers.get(key)?.then((known) => known !== null && dequeue(known));
      numbers.delete(key);
    }
  };
}

/** @param {Press[]} presses */
function byKey(presses) {
  return new Map(presses.map((press) => [press.key, press]));
}

/** Tells where the ambulance is while it drives to a hospital: now and then, and never later than it was. */
function positionTeller() {
  let told = { lat: 0, lon: 0, at: 0 };
  return (/** @type {State} */ state) => {
    const { fix } = state.place;
    const ride = shownRide(state.ride);
    if (!fix || !ride || !isDriving(ride) || isLocal(ride.id) || state.session !== 'open' || state.place.manual) return;
    const since = Date.now() - told.at;
    if (since < TELL_MS || (since < TELL_ANYWAY_MS && distance(told, fix) < MOVED_M)) return;
    told = { lat: fix.lat, lon: fix.lon, at: Date.now() };
    tellPosition(ride.id, fix).catch(() => {});
  };
}

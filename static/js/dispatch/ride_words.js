// @ts-check
/** Open rides in order, and in words. No browser, no clock. */

/** @typedef {import('./types.js').OverseenRide} OverseenRide */

/**
 * Those without a destination that receives them first, then by arrival; who is at the door comes last.
 * @param {OverseenRide[]} rides
 */
export function sortRides(rides) {
  const place = (/** @type {OverseenRide} */ ride) => (ride.needs_another ? 0 : ride.step === 'arrived' ? 2 : 1);
  const arrival = (/** @type {OverseenRide} */ ride) => ride.expected_now ?? ride.expected_at ?? ride.opened_at ?? '';
  return [...rides].sort((one, other) => place(one) - place(other) || compare(arrival(one), arrival(other)) || compare(one.id, other.id));
}

/** Whether there is something to look at: another destination is needed, it was not the first choice, or something changed. @param {OverseenRide} ride */
export function needsAttention(ride) {
  return ride.needs_another || ride.changed.length > 0 || ride.moved_s !== null || ride.proposals.some(({ accepted }) => accepted === null) || (ride.rank ?? 1) > 1;
}

/**
 * What changed of a destination's departments, those that changed alike together.
 * @param {OverseenRide['changed']} changed
 */
export function changedAlike(changed) {
  /** @type {Map<string, {departments: string[], was: OverseenRide['changed'][number]['was'], is: OverseenRide['changed'][number]['is']}>} */
  const found = new Map();
  for (const { department, was, is } of changed) {
    const alike = found.get(`${was} ${is}`);
    if (alike) alike.departments.push(department);
    else found.set(`${was} ${is}`, { departments: [department], was, is });
  }
  return [...found.values()];
}

/** The patient in a few words; never an identity. @param {OverseenRide} ride @param {import('./view.js').Words} words */
export function rideTitle({ patient }, { shared }) {
  if (!patient) return '';
  const abcd = patient.abcd === 'unstable' ? `${shared('abcd.unstable')}${patient.letters.length ? ` (${patient.letters.join('')})` : ''}` : '';
  return [shared(/** @type {import('../i18n.js').Key} */ (`suspicion.${patient.suspicion}`)), abcd].filter(Boolean).join(' · ');
}

/**
 * Where the ambulances of the next hour arrive, by hospital: those with most first, each with its minutes.
 * @param {OverseenRide[]} rides
 * @param {number} clock ms
 * @param {number} within minutes
 */
export function inboundOf(rides, clock, within) {
  /** @type {Map<string, {ride: OverseenRide, minutes: number}[]>} */
  const found = new Map();
  for (const ride of rides) {
    const at = ride.expected_now ?? ride.expected_at;
    if (!ride.hospital || !at || !['chosen', 'announced', 'departed'].includes(ride.step)) continue;
    const minutes = Math.max(0, Math.round((Date.parse(at) - clock) / 60_000));
    if (minutes > within) continue;
    found.set(ride.hospital, [...(found.get(ride.hospital) ?? []), { ride, minutes }]);
  }
  for (const arrivals of found.values()) arrivals.sort((one, other) => one.minutes - other.minutes);
  return [...found].map(([hospital, arrivals]) => ({ hospital, arrivals, queue: isQueue(arrivals) }))
    .sort((one, other) => other.arrivals.length - one.arrivals.length || one.arrivals[0].minutes - other.arrivals[0].minutes || compare(one.hospital, other.hospital));
}

/** Two that arrive within so many minutes of each other find each other at the door. */
export const QUEUE_MIN = 10;

/** @param {{minutes: number}[]} arrivals in order of time */
function isQueue(arrivals) {
  return arrivals.some(({ minutes }, index) => index > 0 && minutes - arrivals[index - 1].minutes <= QUEUE_MIN);
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

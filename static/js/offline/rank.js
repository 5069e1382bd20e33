// @ts-check
/** The order of the hospitals: class first, then minutes, then ties; the same order as the server's. */

/** @typedef {{verdict: import('./package.js').OfflineVerdict, name: string, driveTimeS: number, inbound: number, known: boolean}} Ranked */

const DESTINATIONS = ['welcome', 'welcome_exception', 'consult'];

/**
 * @template {Ranked} T
 * @param {T[]} options
 * @param {import('./package.js').OfflinePatient} patient
 * @param {import('../wire.js').Outcome[]} outcomes in order
 * @returns {T[]}
 */
export function rank(options, patient, outcomes) {
  const lifeThreat = patient.abcd === 'unstable' || options.some(({ verdict }) => verdict.order.life_threat);
  const place = (/** @type {T} */ { verdict: { outcome, order }, driveTimeS }) => {
    const refers = !DESTINATIONS.includes(outcome);
    return [
      refers, outcome === 'consult' && order.facility_unknown, !refers && driveTimeS > order.far_s,
      outcomes.indexOf(lifeThreat && outcome === 'welcome_exception' ? 'welcome' : outcome), !(order.preferred || lifeThreat),
    ].map(Number);
  };
  const placed = options.map((option) => ({ option, at: place(option) }));
  placed.sort((one, other) => inOrder(one.at, other.at) || byTime(one.option, other.option));
  if (lifeThreat) return placed.map(({ option }) => option);
  /** @type {T[][]} */
  const groups = [];
  placed.forEach(({ option, at }, index) => {
    if (index && !inOrder(placed[index - 1].at, at)) groups[groups.length - 1].push(option);
    else groups.push([option]);
  });
  return groups.flatMap(withinTies);
}

/**
 * Which of the ranked options a screen may fold away: far, while something nearer would do.
 * @param {Ranked[]} ranked
 * @returns {boolean[]}
 */
export function farOnes(ranked) {
  const isFar = (/** @type {Ranked} */ { verdict, driveTimeS }) => driveTimeS > verdict.order.far_s;
  const near = ranked.some((option) => DESTINATIONS.includes(option.verdict.outcome) && !isFar(option));
  return ranked.map((option) => near && isFar(option));
}

/** @template {Ranked} T @param {T[]} members of one class, by drive time @returns {T[]} */
function withinTies(members) {
  /** @type {T[]} */
  const ordered = [];
  let rest = members;
  while (rest.length) {
    const [fastest] = rest;
    const limitS = fastest.driveTimeS + fastest.verdict.order.tie_s;
    const group = rest.filter((one) => one === fastest || one.driveTimeS < limitS);
    ordered.push(...[...group].sort((one, other) => Number(other.known) - Number(one.known) || one.inbound - other.inbound || byTime(one, other)));
    rest = rest.slice(group.length);
  }
  return ordered;
}

/** @param {Ranked} one @param {Ranked} other */
function byTime(one, other) {
  return compare(one.driveTimeS, other.driveTimeS) || compare(one.name, other.name) || compare(one.verdict.hospital, other.verdict.hospital);
}

/** @param {number[]} one @param {number[]} other */
function inOrder(one, other) {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : one[at] - other[at];
}

/** @param {string | number} one @param {string | number} other */
function compare(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

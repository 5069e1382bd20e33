// @ts-check
/** The facts of one patient: harmless defaults, changes, and the question that they make for the server. */

/** @typedef {import('../types.js').Facts} Facts */
/** @typedef {import('../types.js').Relation} Relation */

/** The server takes no larger figure; a position this poor says so on the screen. */
const ACCURACY_MOST_M = 10_000;

/** @returns {Facts} */
export function noFacts() {
  return {
    abcd: 'unknown', letters: [], shockroom: true, suspicion: 'general', origin: '112', inside: null, relation: {}, signals: true, consult: {}, gpAccepted: {},
  };
}

/** @type {import('../types.js').Letter[]} */
export const LETTERS = ['A', 'B', 'C', 'D'];

/**
 * Adds a letter or takes it away; they stay in their order.
 * @param {import('../types.js').Letter[]} letters
 * @param {import('../types.js').Letter} letter
 * @param {boolean} on
 */
export function withLetter(letters, letter, on) {
  return LETTERS.filter((each) => (each === letter ? on : letters.includes(each)));
}

/**
 * Sets one key, or removes it when the value says nothing.
 * @template T
 * @param {Record<string, T>} record
 * @param {string} key
 * @param {T | null} value
 * @returns {Record<string, T>}
 */
export function withKey(record, key, value) {
  const { [key]: _dropped, ...rest } = record;
  return value === null ? rest : { ...rest, [key]: value };
}

/** @type {Record<Exclude<Relation, 'none'>, {active: import('../types.js').Answer, related: import('../types.js').Answer}>} */
const RELATION_ON_WIRE = {
  related: { active: 'yes', related: 'yes' },
  unrelated: { active: 'yes', related: 'no' },
  doubt: { active: 'doubt', related: 'doubt' },
};

/**
 * The question for the server; what says nothing is left out.
 * @param {Facts} facts
 * @param {import('../types.js').Whereabouts} position
 * @returns {import('../types.js').AdviceRequest}
 */
export function toRequest(facts, position) {
  /** @type {import('../types.js').AdviceRequest} */
  const request = {
    position: { lat: position.lat, lon: position.lon },
    abcd: facts.abcd, suspicion: facts.suspicion, origin: facts.origin, signals: facts.signals,
  };
  if (position.accuracy_m !== undefined) request.accuracy_m = Math.min(position.accuracy_m, ACCURACY_MOST_M);
  // Which carriageway of a motorway it is makes minutes.
  if (position.heading_deg !== undefined) request.heading_deg = position.heading_deg;
  if (facts.origin === 'internal' && facts.inside) request.inside = facts.inside;
  if (facts.abcd === 'unstable') {
    if (facts.letters.length) request.letters = facts.letters;
    if (!facts.shockroom) request.shockroom = false;
  }
  const relations = Object.entries(facts.relation).flatMap(([hospital, relation]) =>
    relation === 'none' ? [] : [/** @type {const} */ ([hospital, RELATION_ON_WIRE[relation]])]);
  if (relations.length) request.relation = Object.fromEntries(relations);
  if (Object.keys(facts.consult).length) request.consult = facts.consult;
  if (facts.origin === 'gp' && Object.keys(facts.gpAccepted).length) request.gp_accepted = facts.gpAccepted;
  return request;
}

const CHOICES = {
  abcd: ['stable', 'unstable', 'unknown'],
  suspicion: ['general', 'stemi', 'stroke', 'severe_trauma', 'raaa', 'obstetric', 'cardiac', 'ccu', 'burns', 'child'],
  origin: ['112', 'gp', 'internal', 'self', 'transfer'],
};

/**
 * Facts as they were kept, with anything that is not understood left at its default.
 * @param {unknown} kept
 * @returns {Facts}
 */
export function reviveFacts(kept) {
  const facts = noFacts();
  if (!kept || typeof kept !== 'object') return facts;
  const source = /** @type {Record<string, any>} */ (kept);
  for (const key of /** @type {const} */ (['abcd', 'suspicion', 'origin'])) {
    if (CHOICES[key].includes(source[key])) Object.assign(facts, { [key]: source[key] });
  }
  for (const key of /** @type {const} */ (['signals', 'shockroom'])) if (typeof source[key] === 'boolean') facts[key] = source[key];
  if (Array.isArray(source.letters)) facts.letters = LETTERS.filter((letter) => source.letters.includes(letter));
  if (typeof source.inside === 'string') facts.inside = source.inside;
  facts.relation = pick(source.relation, ['related', 'unrelated', 'doubt']);
  facts.consult = pick(source.consult, ['accepted', 'refused']);
  facts.gpAccepted = pick(source.gpAccepted, [true, false]);
  return facts;
}

/**
 * @param {unknown} record
 * @param {unknown[]} allowed
 * @returns {Record<string, any>}
 */
function pick(record, allowed) {
  if (!record || typeof record !== 'object') return {};
  return Object.fromEntries(Object.entries(record).filter(([, value]) => allowed.includes(value)));
}

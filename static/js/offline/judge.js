// @ts-check
/**
 * Weighs what the tables say about a hospital into one verdict, in the same steps as the server (`decide`). What a rule
 * says, when, and which class stands for several comes from the tables; only the steps are here.
 */

import { DEPARTMENTS } from './question.js';
import { carefullest, weigh } from './weigh.js';

/** @typedef {import('../wire.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../wire.js').Outcome} Outcome */
/** @typedef {import('../wire.js').Status} Status */
/** @typedef {import('./package.js').EditionTables} EditionTables */
/** @typedef {import('./package.js').Facts} Facts */
/** @typedef {import('./package.js').Needed} Needed */
/** @typedef {import('./package.js').OfflineArrival} OfflineArrival */
/** @typedef {import('./package.js').OfflineSite} OfflineSite */
/** @typedef {import('./package.js').Spoken} Spoken */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./weigh.js').Case} Case */
/** @typedef {import('./weigh.js').Finding} Finding */

/**
 * @param {Question} question
 * @param {OfflineSite} site
 * @param {OfflineArrival} arrival
 * @returns {import('./package.js').OfflineVerdict}
 */
export function judge(question, site, arrival) {
  const edition = question.editionOf(site);
  const facts = question.factsOf(site);
  /** @type {Needed} */
  const needed = question.tables.find(edition.tables.needs, facts);
  facts.needs = needsFacts(needed);
  const held = { question, edition, facts, needed };
  const found = overBand(held, arrival);
  const preferred = isPreferred(held, arrival);
  const reasons = preferred ? [...found.reasons, question.speak(question.rules.preferred[edition.prefers[question.patient.suspicion][0]], facts)] : found.reasons;
  const call = callOf(found);
  return {
    hospital: site.id, outcome: found.outcome, reasons, edition, call,
    atArrival: settled(held, arrival.expected),
    duties: dutiesOf(question, found.outcome, reasons, call, facts.here.departed_at !== null),
    judgement: unique(reasons.flatMap(({ said }) => said.judgement[found.outcome] ?? [])),
    order: {
      life_threat: needed.triage.includes('life_threat'), facility_unknown: needed.unknown.length > 0, preferred,
      tie_s: edition.tie_s, far_s: edition.far_s,
    },
  };
}

/**
 * The status of each department at a moment, without its doubts.
 * @param {{question: Question, edition: EditionTables, facts: Facts}} held
 * @param {number} moment
 * @returns {Record<DepartmentCode, Status>}
 */
export function settled({ question, edition, facts }, moment) {
  facts.t.arrival = moment;
  return /** @type {Record<DepartmentCode, Status>} */ (Object.fromEntries(DEPARTMENTS.map((department) => {
    question.look(facts, department, edition);
    return [department, question.tables.find(edition.tables.settled[department], facts)];
  })));
}

/** @param {Needed} needed */
function needsFacts(needed) {
  const having = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, true]));
  return {
    ...having(needed.triage), departments: having(needed.departments), counted: having(needed.counted), missing: having(needed.missing),
    unknown: needed.unknown.length ? having(needed.unknown) : null, separate_entrance: needed.separate_entrance,
  };
}

/** @param {Case} held @param {OfflineArrival} arrival @returns {Finding} */
function overBand(held, arrival) {
  const early = weigh(held, arrival.early);
  if (arrival.late === arrival.early || (!held.facts.here.en_route && !changesWithin(held, arrival))) return early;
  return across(held, arrival, early, weigh(held, arrival.late));
}

/** @param {Case} held @param {OfflineArrival} arrival */
function changesWithin({ question, edition, facts, needed }, arrival) {
  Object.assign(facts.t, { early: arrival.early, late: arrival.late });
  return needed.counted.some((department) => {
    question.turn(facts, department);
    return question.tables.find(edition.tables.changes[department], facts);
  });
}

/** @param {Case} held @param {OfflineArrival} arrival @param {Finding} early @param {Finding} late @returns {Finding} */
function across(held, arrival, early, late) {
  const merged = [...early.reasons, ...late.reasons.filter((reason) => !early.reasons.some((other) => isSame(reason, other)))];
  if (early.outcome === late.outcome) return { outcome: early.outcome, reasons: merged };
  const outcome = carefullest(held.question, [early.outcome, late.outcome]);
  const note = { ...boundaryWithin(held, arrival), effect: outcome, classes: /** @type {[Outcome, Outcome]} */ ([early.outcome, late.outcome]) };
  return { outcome, reasons: [note, ...merged] };
}

/**
 * What is said about the first boundary within the band.
 * @param {Case} held
 * @param {OfflineArrival} arrival
 * @returns {Spoken}
 */
function boundaryWithin({ question, edition, facts, needed }, arrival) {
  const { tables, rules } = question;
  Object.assign(facts.t, { early: arrival.early, late: arrival.late });
  /** @type {{at: number, spoken: Spoken} | null} */
  let first = null;
  for (const department of facts.site.opening ? [...needed.counted, /** @type {const} */ ('')] : needed.counted) {
    if (department) question.turn(facts, department);
    const [number, term] = tables.find(edition.tables.boundary[department], facts);
    if (term === null) continue;
    const at = tables.momentOf(term, facts);
    if (!first || at < first.at) first = { at, spoken: question.speak(number, facts) };
  }
  return first?.spoken ?? question.speak(rules.no_boundary, facts);
}

/** Whether the hospital comes first within its class: known to have what the suspicion prefers (PD-3). */
function isPreferred(/** @type {Case} */ { question, edition, facts, needed }, /** @type {OfflineArrival} */ arrival) {
  const prefers = edition.prefers[question.patient.suspicion];
  if (!prefers || needed.triage.includes('life_threat') || facts.site.facilities[prefers[0]] !== 'yes') return false;
  const limitMin = prefers[1];
  return limitMin === null || (question.patient.abcd === 'stable' && arrival.expected - question.now <= limitMin * 60_000);
}

/** @param {Finding} finding */
function callOf({ outcome, reasons }) {
  if (reasons.some(({ said }) => said.rule === 'AMB-35')) return 'mma';
  return reasons[0].said.contact[outcome === 'consult' ? 0 : 1];
}

/** @param {Question} question @param {Outcome} outcome @param {Spoken[]} reasons @param {string | null} call @param {boolean} departed */
function dutiesOf({ rules: { duties } }, outcome, reasons, call, departed) {
  const own = reasons.flatMap(({ said }) => said.duties[outcome] ?? []);
  return unique([...duties.first[outcome][call ?? ''], ...own, ...(departed ? [] : duties.last[outcome])]);
}

/** The same words about the same moments, by whichever way the tables came to them. */
function isSame(/** @type {Spoken} */ one, /** @type {Spoken} */ other) {
  const same = one.number === other.number || (one.said.rule === other.said.rule && one.said.department === other.said.department
    && one.said.text[0] === other.said.text[0]);
  return same && one.effect === other.effect && one.moments.every((moment, at) => moment === other.moments[at]);
}

/** @template T @param {T[]} list @returns {T[]} */
function unique(list) {
  return [...new Set(list)];
}

// @ts-check
/** An advice worked out on the device, in the form in which the server gives one. */

import { settled } from './judge.js';
import { farOnes } from './rank.js';
import { writer } from './text.js';
import { judgeAll } from './verdicts.js';

/** @typedef {import('../wire.js').Advice} Advice */
/** @typedef {import('../wire.js').AdviceRequest} AdviceRequest */
/** @typedef {import('../wire.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../wire.js').Option} Option */
/** @typedef {import('./grid.js').Drive} Drive */
/** @typedef {import('./package.js').OfflinePicture} OfflinePicture */

const INBOUND_WITHIN_S = 1800;
const NOT_ABLE = ['unsuitable', 'closed'];
const NOTICE = {
  code: 'offline', level: /** @type {const} */ ('warning'), section: '',
  text: 'Zonder verbinding berekend: de stand van toen, de regels van nu, rijtijden uit een raster.',
  text_en: 'Worked out without a connection: the statuses of then, the rules of now, drive times from a lattice.',
};

/**
 * @param {object} kept
 * @param {import('./package.js').RulesDocument} kept.rules
 * @param {import('./tables.js').Tables} kept.tables
 * @param {import('./device.js').Hospitals} kept.hospitals
 * @param {import('../wire.js').Board} board the last one heard
 * @param {OfflinePicture} picture made of it
 * @param {Map<string, Drive>} drives
 * @param {AdviceRequest} request
 * @param {number} now ms
 * @returns {Advice}
 */
export function adviceOf({ rules, tables, hospitals }, board, picture, drives, request, now) {
  const patient = patientOf(request);
  const arrivals = Object.fromEntries([...drives].map(([id, drive]) => [id, {
    early: now + drive.low_s * 1000, expected: now + drive.seconds * 1000, late: now + drive.high_s * 1000,
  }]));
  const { question, ranked } = judgeAll(rules, tables, patient, picture, arrivals, othersInbound(board, drives, request), now);
  const far = farOnes(ranked);
  const able = ranked.filter(({ verdict }) => !NOT_ABLE.includes(verdict.outcome)).map(({ driveTimeS }) => driveTimeS);
  const nearestS = able.length ? Math.min(...able) : null;
  const leading = ranked[0]?.verdict.edition ?? rules.editions[0];
  return {
    id: `offline-${now}`, as_of: new Date(now).toISOString(), seq: board.seq, epoch: board.epoch,
    edition: leading.id, edition_label: leading.label, edition_label_en: leading.label_en,
    network: hospitals.network, position: request.position, notices: [NOTICE], unreachable: [], offline: true,
    freshness: freshnessOf(board, leading.freshness_s, now),
    options: ranked.map(({ site, verdict, inbound: coming }, at) => optionOf(
      { question, verdict, site, drive: /** @type {Drive} */ (drives.get(site.id)) },
      { rank: at + 1, far: far[at], inbound: coming, nearestS }, now,
    )),
  };
}

/**
 * Who is on the way to each hospital: an ambulance that is under way itself does not stand in its own way.
 * @param {Pick<import('../wire.js').Board, 'hospitals'>} board
 * @param {Map<string, Drive>} drives
 * @param {Pick<AdviceRequest, 'en_route'>} request
 * @returns {Record<string, number>}
 */
export function othersInbound({ hospitals }, drives, { en_route: underWay = {} }) {
  const isOwn = (/** @type {string} */ id) => Boolean(underWay[id]) && (drives.get(id)?.seconds ?? Infinity) <= INBOUND_WITHIN_S;
  return Object.fromEntries(hospitals.map(({ id, inbound }) => [id, inbound ? inbound - Number(isOwn(id)) : 0]));
}

/**
 * @param {object} known
 * @param {import('./question.js').Question} known.question
 * @param {import('./package.js').OfflineVerdict} known.verdict
 * @param {import('./package.js').OfflineSite} known.site
 * @param {Drive} known.drive
 * @param {{rank: number, far: boolean, inbound: number, nearestS: number | null}} place
 * @param {number} now
 * @returns {Option}
 */
function optionOf({ question, verdict, site, drive }, { rank, far, inbound, nearestS }, now) {
  const { rules } = question;
  const { headline, sentence } = writer(rules, site, now);
  const both = (/** @type {'duties' | 'judgement'} */ kind, /** @type {string} */ code) => ({ text: rules.words.nl[kind][code], text_en: rules.words.en[kind][code] });
  return {
    rank, hospital: site.id, name: site.name, city: site.city, position: site.position, class: verdict.outcome,
    headline: headline(verdict, 0), headline_en: headline(verdict, 1),
    eta_s: Math.round(drive.seconds), eta_low_s: Math.round(drive.low_s), eta_high_s: Math.round(drive.high_s),
    eta_source: drive.geodesic ? 'geodesic' : 'network', arrival: new Date(now + drive.seconds * 1000).toISOString(), distance_m: null,
    detour_s: nearestS === null ? null : Math.max(0, Math.round(drive.seconds - nearestS)),
    departments: departmentsOf(question, verdict, site, now),
    rules: verdict.reasons.map((reason) => ({ id: reason.said.rule, section: reason.said.section, text: sentence(reason, 0), text_en: sentence(reason, 1) })),
    call: callOf(question, verdict, site), inbound, far, edition: verdict.edition.id,
    duties: verdict.duties.map((code) => both('duties', code)), judgement: verdict.judgement.map((code) => both('judgement', code)),
  };
}

/**
 * @param {import('./question.js').Question} question
 * @param {import('./package.js').OfflineVerdict} verdict
 * @param {import('./package.js').OfflineSite} site
 * @param {number} now
 * @returns {Option['departments']}
 */
function departmentsOf(question, { atArrival, edition }, site, now) {
  const facts = question.factsOf(site);
  const statuses = settled({ question, edition, facts }, now);
  const text = (/** @type {number | null | undefined} */ at) => (at === null || at === undefined ? null : new Date(at).toISOString());
  return Object.fromEntries(Object.entries(statuses).filter(([department]) => site.facilities[department] !== 'no').map(([department, status]) => {
    const state = facts.others[/** @type {DepartmentCode} */ (department)];
    const reported = state?.reported_at ?? null;
    return [department, {
      status, at_arrival: atArrival[/** @type {DepartmentCode} */ (department)], since: text(state?.since), until: text(state?.until),
      reason: state?.reason ?? null, source: state?.source ?? '',
      age_s: state?.manual ? 0 : reported && Math.max(0, Math.floor((now - reported) / 1000)),
    }];
  }));
}

/**
 * @param {import('./question.js').Question} question
 * @param {import('./package.js').OfflineVerdict} verdict
 * @param {import('./package.js').OfflineSite} site
 * @returns {Option['call']}
 */
function callOf({ rules }, { call, reasons }, site) {
  if (call === null) return null;
  const ofRegion = call === 'mka' || call === 'mma';
  const role = call === 'department' ? reasons[0].said.department ?? '' : call;
  return {
    who: rules.words.nl.contacts[call], who_en: rules.words.en.contacts[call],
    phone: (ofRegion ? site.mka_phones : site.phones)[role] ?? null,
  };
}

/** @param {AdviceRequest} request @returns {import('./package.js').OfflinePatient} */
function patientOf(request) {
  return {
    abcd: request.abcd, suspicion: request.suspicion, origin: request.origin, shockroom: request.shockroom ?? true, inside: request.inside ?? null,
    relation: request.relation ?? {}, consult: request.consult ?? {}, gp_accepted: request.gp_accepted ?? {},
    en_route: Object.fromEntries(Object.entries(request.en_route ?? {}).map(([id, { departed_at, announced_at }]) => [id, {
      departed_at: departed_at ? Date.parse(departed_at) : null, announced_at: announced_at ? Date.parse(announced_at) : null,
    }])),
  };
}

/** @param {import('../wire.js').Board} board @param {number} limitS @param {number} now */
function freshnessOf(board, limitS, now) {
  const then = board.freshness;
  if (!then || then.age_s === null) return { age_s: null, stale: true, source: '' };
  const age_s = then.age_s + Math.max(0, (now - Date.parse(board.as_of)) / 1000);
  return { age_s: Math.floor(age_s), stale: age_s > limitS, source: then.source };
}

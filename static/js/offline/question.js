// @ts-check
/** One patient on one board at one moment: what the tables are asked, with what hospitals share worked out once. */

import { regionState } from './region.js';

/** @typedef {import('../wire.js').DepartmentCode} DepartmentCode */
/** @typedef {import('./package.js').Facts} Facts */
/** @typedef {import('./package.js').OfflineSite} OfflineSite */
/** @typedef {import('./package.js').OfflineState} OfflineState */
/** @typedef {import('./package.js').Spoken} Spoken */

/** @type {DepartmentCode[]} */
export const DEPARTMENTS = ['SEH', 'SR', 'CTT', 'EHLH', 'CCU', 'PCI'];

/** No edition speaks about a hospital at this moment. */
export class NoEdition extends Error {}

/**
 * @param {import('./package.js').RulesDocument} rules
 * @param {import('./tables.js').Tables} tables
 * @param {import('./package.js').OfflinePatient} patient
 * @param {import('./package.js').OfflinePicture} picture
 * @param {number} now ms
 */
export function ask(rules, tables, patient, picture, now) {
  /** @type {Map<string, import('./region.js').RegionState>} */
  const regions = new Map();
  /** @type {Map<string, import('./package.js').EditionTables>} */
  const editions = new Map();

  const question = {
    rules, tables, patient, picture, now,

    /** @param {OfflineSite} site */
    editionOf(site) {
      let edition = editions.get(site.protocol);
      if (!edition) {
        const place = (rules.speaking[site.protocol] ?? []).findLast(([from]) => from <= now)?.[1];
        if (place === undefined || place === null) throw new NoEdition(site.protocol);
        edition = rules.editions[place];
        editions.set(site.protocol, edition);
      }
      return edition;
    },

    /**
     * The facts about a hospital; what depends on a department is filled in by `look`.
     * @param {OfflineSite} site
     * @returns {Facts}
     */
    factsOf(site) {
      const { [site.id]: enRoute } = patient.en_route;
      return {
        patient,
        here: {
          inside: patient.inside === site.id, relation: patient.relation[site.id] ?? NO_RELATION,
          gp_accepted: patient.gp_accepted[site.id] ?? null, consulted: patient.consult[site.id] ?? null,
          en_route: enRoute !== undefined, departed_at: enRoute?.departed_at ?? null, announced_at: enRoute?.announced_at ?? null,
        },
        site, state: null, others: picture.states[site.id] ?? NO_STATES, needs: {}, reading: {}, lapse: null, shown: '', draft: null,
        t: {
          now, arrival: now, early: now, late: now, departed: enRoute?.departed_at ?? NaN, announced: enRoute?.announced_at ?? NaN,
          opens: site.opening?.opens ?? NaN, closes: site.opening?.closes ?? NaN,
        },
      };
    },

    /**
     * Turns to a department of the hospital: what was declared for it.
     * @param {Facts} facts
     * @param {DepartmentCode} department
     */
    turn(facts, department) {
      const state = facts.others[department] ?? null;
      const { t } = facts;
      facts.state = state;
      t.since = state?.since ?? NaN;
      t.until = state?.until ?? NaN;
      t.from = state?.planned_from ?? NaN;
      t.to = state?.planned_until ?? NaN;
      t.heard = state?.reported_at ?? NaN;
    },

    /**
     * Turns to a department and looks at what it shows, and at its region.
     * @param {Facts} facts
     * @param {DepartmentCode} department
     * @param {import('./package.js').EditionTables} edition
     */
    look(facts, department, edition) {
      question.turn(facts, department);
      facts.shown = tables.find(edition.tables.shown[department], facts);
      const region = question.regionOf(facts.site.mka, department);
      facts.lapse = { kind: region.kind, confirmed_at: region.confirmed_at, subregion_stopped: region.stopped.has(facts.site.subregion) };
      facts.t.confirmed = region.confirmed_at ?? NaN;
    },

    /** @param {string} mka @param {DepartmentCode} department */
    regionOf(mka, department) {
      const key = `${department}/${mka}`;
      let region = regions.get(key);
      if (!region) {
        region = regionState(question, mka, department);
        regions.set(key, region);
      }
      return region;
    },

    /**
     * How a hospital counts for rule 3.1.
     * @param {OfflineSite} site
     * @param {DepartmentCode} department
     * @param {number | null} confirmed_at
     * @returns {string}
     */
    partOf(site, department, confirmed_at) {
      const facts = question.factsOf(site);
      question.turn(facts, department);
      facts.lapse = { kind: 'none', confirmed_at, subregion_stopped: false };
      facts.t.confirmed = confirmed_at ?? NaN;
      return tables.find(question.editionOf(site).tables.part[department], facts) ?? '';
    },

    /**
     * What is said, with the moments that it names.
     * @param {number} number
     * @param {Facts} facts
     * @returns {Spoken}
     */
    speak(number, facts) {
      const said = rules.said[number];
      return { number, said, effect: said.effect, moments: said.terms.map((term) => tables.momentOf(term, facts)) };
    },
  };
  return question;
}

/** @typedef {ReturnType<typeof ask>} Question */

const NO_RELATION = { active: 'no', related: 'no' };
const NO_STATES = {};

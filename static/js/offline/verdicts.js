// @ts-check
/** All hospitals of a picture judged and put in order. */

import { judge } from './judge.js';
import { ask } from './question.js';
import { rank } from './rank.js';

/**
 * @param {import('./package.js').RulesDocument} rules
 * @param {import('./tables.js').Tables} tables
 * @param {import('./package.js').OfflinePatient} patient
 * @param {import('./package.js').OfflinePicture} picture
 * @param {Record<string, import('./package.js').OfflineArrival>} arrivals of the hospitals that can be reached
 * @param {Record<string, number>} inbound
 * @param {number} now
 */
export function judgeAll(rules, tables, patient, picture, arrivals, inbound, now) {
  const question = ask(rules, tables, patient, picture, now);
  const options = Object.entries(arrivals).map(([hospital, arrival]) => {
    const site = /** @type {import('./package.js').OfflineSite} */ (picture.sites.get(hospital));
    return {
      site, verdict: judge(question, site, arrival), name: site.name, driveTimeS: (arrival.expected - now) / 1000,
      inbound: inbound[hospital] ?? 0, known: patient.relation[hospital]?.active === 'yes',
    };
  });
  return { question, ranked: rank(options, patient, rules.outcomes) };
}

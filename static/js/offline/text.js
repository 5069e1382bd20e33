// @ts-check
/** What was said in words: the sentences of the tables with their open places filled in. */

import { clockText } from './clock.js';

/** @typedef {import('./package.js').RulesDocument} RulesDocument */
/** @typedef {import('./package.js').OfflineVerdict} OfflineVerdict */
/** @typedef {import('./package.js').OfflineSite} OfflineSite */
/** @typedef {import('./package.js').Spoken} Spoken */
/** @typedef {0 | 1} Tongue Dutch or English */

const OPEN = /\{(\d+)?([a-z]*)\}/g;
const LEADS_HERE = ['welcome', 'welcome_exception', 'consult'];

/**
 * @param {RulesDocument} rules
 * @param {OfflineSite} site
 * @param {number} now
 */
export function writer(rules, site, now) {
  const words = [rules.words.nl, rules.words.en];
  /** @param {string} text @param {Spoken} spoken @param {Tongue} tongue */
  const fill = (text, spoken, tongue) => text.replace(OPEN, (_, number, how) => {
    if (number !== undefined) return clockText(rules.zone, spoken.moments[number], how.includes('d') ? now : null, words[tongue].weekdays, how.includes('x'));
    if (how === 'first' || how === 'then') return words[tongue].outcomes[spoken.classes?.[how === 'first' ? 0 : 1] ?? 'consult'];
    return how === 'mka' ? site.mka : site.subregion;
  });
  return {
    /** @param {Spoken} spoken @param {Tongue} tongue */
    sentence: (spoken, tongue) => fill(spoken.said.text[tongue], spoken, tongue),

    /**
     * One line for the row: what decided, and which other needed departments are open.
     * @param {OfflineVerdict} verdict
     * @param {Tongue} tongue
     */
    headline({ outcome, reasons }, tongue) {
      const [deciding] = reasons;
      const isOpen = deciding.said.rule === 'COL-1';
      const names = LEADS_HERE.includes(outcome)
        ? reasons.filter(({ said }) => said.rule === 'COL-1').map(({ said }) => said.department)
          .filter((name) => isOpen || (name !== 'SEH' && name !== deciding.said.department))
        : [];
      const row = names.length ? rules.rows[names.join('+')]?.[tongue] ?? '' : '';
      if (isOpen) return row;
      const line = fill(deciding.said.headline?.[tongue] ?? '', deciding, tongue);
      return row ? `${line} ${row}` : line;
    },
  };
}

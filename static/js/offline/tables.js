// @ts-check
/** Looks things up in the decision tables; knows nothing of what they are about. */

import { clockOf, momentOn } from './clock.js';

/** @typedef {import('./package.js').RulesDocument} RulesDocument */
/** @typedef {import('./package.js').Facts} Facts */
/** @typedef {import('./package.js').Term} Term */

/**
 * @param {RulesDocument} rules
 */
export function openTables(rules) {
  const { nodes, roots, leaves, zone } = rules;
  const answers = rules.questions.map((question) => (typeof question[0] === 'string'
    ? chooser(/** @type {import('./package.js').FactQuestion} */ (question))
    : comparer(/** @type {import('./package.js').Comparison} */ (question), rules.zone)));
  return {
    /**
     * @param {number} root
     * @param {Facts} facts
     * @returns {any} the leaf that the facts lead to
     */
    find(root, facts) {
      let place = root < 0 ? root : roots[root];
      while (place >= 0) place = nodes[place + 1 + answers[nodes[place]](facts)];
      return leaves[-1 - place];
    },
    /** @param {Term} term @param {Facts} facts */
    momentOf: (term, facts) => momentOf(term, facts, zone),
  };
}

/** @typedef {ReturnType<typeof openTables>} Tables */

/**
 * @param {import('./package.js').FactQuestion} question
 * @returns {(facts: Facts) => number}
 */
function chooser([name, options]) {
  const keys = name.split('.');
  /** @param {any} facts */
  const valueOf = (facts) => {
    let value = facts;
    for (const key of keys) value = value?.[key];
    return value;
  };
  if (options.length === 2 && options[0] === false) return (facts) => (isThere(valueOf(facts)) ? 1 : 0);
  const places = new Map(options.map((option, place) => [option, place]));
  const unsaid = places.get(null) ?? places.get('unknown') ?? 0;
  return (facts) => places.get(valueOf(facts) ?? null) ?? unsaid;
}

/** A fact holds when it is true, or when there is a moment or a record. */
function isThere(/** @type {unknown} */ value) {
  return value !== undefined && value !== null && value !== false;
}

/**
 * @param {import('./package.js').Comparison} comparison
 * @param {import('./clock.js').Zone} zone
 * @returns {(facts: Facts) => number}
 */
function comparer([first, second], zone) {
  return (facts) => (momentOf(first, facts, zone) <= momentOf(second, facts, zone) ? 1 : 0);
}

/**
 * @param {Term} term
 * @param {Facts} facts
 * @param {import('./clock.js').Zone} zone
 * @returns {number}
 */
function momentOf([kind, name, added], { t }, zone) {
  switch (kind) {
    case 'at': return t[name] + added * 1000;
    case 'clock': return clockOf(zone, t[name]);
    case 'time': return t[name];
    default: {
      const [moment, time] = name.split('/');
      return momentOn(zone, t[moment], added, t[time]);
    }
  }
}

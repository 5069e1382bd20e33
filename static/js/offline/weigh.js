// @ts-check
/** Weighs what the tables say about a hospital at one moment of arrival, under every reading of its statuses. */

/** @typedef {import('../wire.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../wire.js').Outcome} Outcome */
/** @typedef {import('../wire.js').Status} Status */
/** @typedef {import('./package.js').EditionTables} EditionTables */
/** @typedef {import('./package.js').Facts} Facts */
/** @typedef {import('./package.js').Needed} Needed */
/** @typedef {import('./package.js').Spoken} Spoken */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {{outcome: Outcome, reasons: Spoken[]}} Finding */
/** @typedef {{readings: Status[], notes: Spoken[]}} Standing */
/** @typedef {{question: Question, edition: EditionTables, facts: Facts, needed: Needed}} Case */

const RECEIVED = ['welcome', 'welcome_exception'];

/**
 * How a department will stand at an arrival.
 * @param {Case} held
 * @param {DepartmentCode} department
 * @param {number} arrival
 * @returns {Standing}
 */
function stand({ question, edition, facts }, department, arrival) {
  const { tables } = question;
  question.look(facts, department, edition);
  facts.t.arrival = arrival;
  const [readings, numbers] = tables.find(edition.tables.stand[department], facts);
  const notes = numbers.map((/** @type {number} */ number) => question.speak(number, facts));
  if (department !== 'SEH' || !facts.site.opening) return { readings, notes };
  facts.draft = { first: readings[0], single: readings.length === 1 };
  const [kind, status, number] = tables.find(edition.tables.hours, facts);
  if (kind === 'only') return { readings: [status], notes };
  if (kind === 'keep') return { readings, notes };
  return { readings: readings.includes(status) ? readings : [...readings, status], notes: [...notes, question.speak(number, facts)] };
}

/** @param {Case} held @param {number} arrival @returns {Finding} */
export function weigh(held, arrival) {
  const { question, needed: { counted } } = held;
  const standings = counted.map((department) => stand(held, department, arrival));
  const notes = standings.flatMap((standing) => standing.notes);
  const combinations = product(standings.map((standing) => standing.readings));
  const findings = combinations.map((statuses) => read(held, Object.fromEntries(counted.map((department, at) => [department, statuses[at]])), arrival));
  const outcomes = findings.map((finding) => finding.outcome);
  const outcome = carefullest(question, outcomes);
  if (outcome === outcomes[0]) return withNotes(question, findings[0], notes);
  if (outcome !== 'consult') return withNotes(question, /** @type {Finding} */ (findings.find((one) => one.outcome === outcome)), notes);
  const doubt = decisive(standings, combinations, outcomes);
  return { outcome, reasons: [variant(question, doubt, 0), ...notes.filter((note) => note !== doubt), ...findings[0].reasons] };
}

/**
 * The note of the department whose doubt changes the answer, the first that does. What is the matter with the data has
 * no headline and never decides.
 * @param {Standing[]} standings
 * @param {Status[][]} combinations
 * @param {Outcome[]} outcomes
 */
function decisive(standings, combinations, outcomes) {
  const [first] = combinations;
  const changer = standings.find((_, place) => combinations.some((statuses, at) => outcomes[at] !== outcomes[0]
    && statuses.every((status, other) => other === place || status === first[other])));
  const { notes } = /** @type {Standing} */ (changer ?? standings.find((standing) => standing.readings.length > 1));
  return /** @type {Spoken} */ (notes.find((note) => note.said.headline !== null));
}

/**
 * Puts what lifted a stop before the welcome that follows from it, and all other notes behind.
 * @param {Question} question
 * @param {Finding} finding
 * @param {Spoken[]} notes
 * @returns {Finding}
 */
function withNotes(question, { outcome, reasons }, notes) {
  if (outcome !== 'welcome') return { outcome, reasons: [...reasons, ...notes] };
  const lifts = (/** @type {Spoken} */ note) => question.rules.variants[note.number][1] !== null;
  return { outcome, reasons: [...notes.filter(lifts).map((note) => variant(question, note, 1)), ...reasons, ...notes.filter((note) => !lifts(note))] };
}

/** @param {Question} question @param {Spoken} note @param {0 | 1} which as the reason for a call, or for a welcome */
function variant({ rules }, note, which) {
  const number = /** @type {number} */ (rules.variants[note.number][which]);
  return { ...note, number, said: rules.said[number], effect: rules.said[number].effect };
}

/**
 * Asks all rules under one reading of the statuses.
 * @param {Case} held
 * @param {Partial<Record<DepartmentCode, Status>>} reading
 * @param {number} arrival
 * @returns {Finding}
 */
function read(held, reading, arrival) {
  const { question, edition, facts, needed } = held;
  const { rules } = edition.tables;
  facts.reading = reading;
  facts.t.arrival = arrival;
  question.turn(facts, 'SEH');
  const spoken = listen(question, rules.site.SEH, facts);
  const beside = listen(question, rules.beside.SEH, facts);
  const perDepartment = needed.departments.map((department) => {
    question.turn(facts, department);
    const colour = listen(question, rules.colour[department], facts);
    return [...colour, ...listen(question, stoppedRules(rules, department, reading[department]), facts)];
  });
  let decided = spoken.find((one) => one.effect !== null);
  if (!decided || decided.effect === 'welcome_exception') {
    const heaviest = heaviestOf(question, beside, perDepartment);
    if (!decided || heaviest.effect === 'welcome') decided = heaviest;
  }
  const isIdle = (/** @type {Spoken} */ one) => one.said.rule === 'RED-3' && one.effect === null && RECEIVED.includes(decided.effect ?? '');
  const rest = [...spoken, ...beside, ...perDepartment.flat()].filter((one) => one !== decided && !isIdle(one));
  return { outcome: decided.effect ?? 'consult', reasons: [decided, ...rest] };
}

/** @param {EditionTables['tables']['rules']} rules @param {DepartmentCode} department @param {Status | undefined} status */
function stoppedRules(rules, department, status) {
  if (department === 'SEH') return status === 'red' || status === 'orange' ? rules.stopped_seh.SEH : [];
  return status === 'red' ? rules.stopped_department[department] : [];
}

/** @param {Question} question @param {number[]} roots one table a rule @param {Facts} facts @returns {Spoken[]} */
function listen(question, roots, facts) {
  const heard = [];
  for (const root of roots) {
    const number = question.tables.find(root, facts);
    if (number !== null) heard.push(question.speak(number, facts));
  }
  return heard;
}

/**
 * What weighs most: of each department the first with an effect, of the rest all; of equals the first, but one that says
 * more than "open". The classes stand in order of weight.
 * @param {Question} question
 * @param {Spoken[]} beside
 * @param {Spoken[][]} perDepartment
 */
function heaviestOf({ rules }, beside, perDepartment) {
  const voices = [...beside.filter((one) => one.effect !== null), ...perDepartment.flatMap((spoken) => spoken.find((one) => one.effect !== null) ?? [])];
  const weight = (/** @type {Spoken} */ one) => rules.outcomes.indexOf(one.effect ?? 'consult') * 2 + Number(one.said.rule !== 'COL-1');
  return voices.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

/** @param {Question} question @param {Outcome[]} outcomes the likeliest reading first */
export function carefullest({ rules }, outcomes) {
  const others = rules.outcomes.filter((outcome) => outcome !== outcomes[0] && outcomes.includes(outcome));
  return rules.carefullest[outcomes[0]][others.join('+')];
}

/** @template T @param {T[][]} lists @returns {T[][]} every way to take one of each, the last varying first */
function product(lists) {
  return lists.reduce((rows, list) => rows.flatMap((row) => list.map((one) => [...row, one])), /** @type {T[][]} */ ([[]]));
}

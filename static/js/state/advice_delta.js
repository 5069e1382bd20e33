// @ts-check
/** What differs between two answers to a watched question, laid over the first of them. */

/** @typedef {import('../types.js').Advice} Advice */
/** @typedef {import('../types.js').Option} Option */

/**
 * The answer after a change, or null when the change is not one of this answer and the whole must be asked for.
 * @param {Advice | null} advice
 * @param {import('../types.js').AdviceDelta} delta
 * @returns {Advice | null}
 */
export function applyAdviceDelta(advice, delta) {
  if (!advice || advice.version !== delta.from_version) return null;
  const { from_version: _, order, options, ...said } = delta;
  const known = new Map(advice.options.map((option) => [option.hospital, option]));
  return { ...advice, ...said, options: order.map((hospital) => laidOver(known.get(hospital), options[hospital])) };
}

/**
 * @param {Option | undefined} option
 * @param {Partial<Option> | undefined} fields
 * @returns {Option}
 */
function laidOver(option, fields) {
  if (!option || !fields) return /** @type {Option} */ (option ?? fields);
  const departments = { ...option.departments };
  for (const [name, shown] of /** @type {[import('../types.js').DepartmentCode, object][]} */ (Object.entries(fields.departments ?? {}))) {
    departments[name] = { ...departments[name], .../** @type {import('../types.js').DepartmentView} */ (shown) };
  }
  return { ...option, ...fields, departments };
}

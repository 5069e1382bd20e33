// @ts-check
/** Rule 3.1: how the hospitals of a meldkamer region stand together, counted and looked up. */

/** @typedef {import('./package.js').OfflineSite} OfflineSite */
/** @typedef {{kind: string, confirmed_at: number | null, stopped: Set<string>}} RegionState */

/**
 * @param {import('./question.js').Question} question
 * @param {string} mka
 * @param {import('../wire.js').DepartmentCode} department
 * @returns {RegionState}
 */
export function regionState(question, mka, department) {
  const { picture, rules } = question;
  const confirmed = picture.lapses
    .filter((lapse) => lapse.mka === mka && lapse.department === department && lapse.confirmed_at <= question.now)
    .map((lapse) => lapse.confirmed_at);
  const confirmed_at = confirmed.length ? Math.max(...confirmed) : null;
  const members = mka ? [...picture.sites.values()].filter((site) => site.mka === mka) : [];
  if (!members.length) return { kind: 'no_data', confirmed_at, stopped: new Set() };
  /** @type {Record<string, OfflineSite[]>} */
  const parts = { open: [], stopped: [], excluded: [], unknown: [] };
  for (const site of members) parts[question.partOf(site, department, confirmed_at)]?.push(site);
  const complete = picture.complete.has(mka);
  const pending = parts.open.length > 0 && parts.open.every((site) => picture.pending.has(`${site.id}/${department}`));
  const key = [
    some(parts.open), several(parts.stopped), some(parts.excluded), some(parts.unknown), Math.min(members.length, 2), Number(complete), Number(pending),
  ].join('');
  return { kind: rules.region_kinds[key] ?? 'none', confirmed_at, stopped: stoppedSubregions(parts, complete, rules) };
}

/**
 * @param {Record<string, OfflineSite[]>} parts
 * @param {boolean} complete
 * @param {import('./package.js').RulesDocument} rules
 */
function stoppedSubregions(parts, complete, rules) {
  const names = new Set(parts.stopped.map((site) => site.subregion).filter(Boolean));
  const others = new Set([...parts.open, ...parts.unknown].map((site) => site.subregion));
  return new Set([...names].filter((name) => {
    const count = several(parts.stopped.filter((site) => site.subregion === name));
    return rules.stopped_subregion[`${count}${Number(others.has(name))}${Number(complete)}`];
  }));
}

const some = (/** @type {unknown[]} */ list) => Math.min(list.length, 1);
const several = (/** @type {unknown[]} */ list) => Math.min(list.length, 2);

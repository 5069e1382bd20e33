// @ts-check
/** The last board heard, as the rules look at it. */

/** @typedef {import('../wire.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../wire.js').DepartmentView} DepartmentView */
/** @typedef {import('./package.js').OfflineState} OfflineState */

/**
 * @param {import('../wire.js').Board} board
 * @param {Map<string, import('./package.js').OfflineSite>} sites
 * @param {string[]} complete regions of which every hospital is known
 * @returns {import('./package.js').OfflinePicture}
 */
export function pictureOf(board, sites, complete) {
  return {
    sites,
    states: Object.fromEntries(board.hospitals.map(({ id, departments }) => [id, Object.fromEntries(
      Object.entries(departments).map(([department, view]) => [department, stateOf(view)]),
    )])),
    lapses: (board.regions ?? []).flatMap(({ mka, department, confirmed_at }) => (confirmed_at
      ? [{ mka, department, confirmed_at: Date.parse(confirmed_at) }] : [])),
    complete: new Set(complete), pending: new Set(),
  };
}

/** @param {DepartmentView} view @returns {OfflineState} */
function stateOf(view) {
  const at = (/** @type {string | null | undefined} */ text) => (text ? Date.parse(text) : null);
  return {
    status: view.status, since: at(view.since), until: at(view.until), reason: view.reason ?? null, planned: view.planned ?? false,
    planned_from: at(view.planned_from), planned_until: at(view.planned_until), reported_at: at(view.reported_at), manual: view.manual ?? false,
    source: view.source ?? '',
  };
}

// @ts-check
/** The package on the device: kept up to date while there is a connection, asked when there is none. */

import { adviceOf } from './advice.js';
import { driveTimes, unpackGrid } from './grid.js';
import { keepValue, recallKept } from './kept.js';
import { pictureOf } from './picture.js';
import { openTables } from './tables.js';

/** @typedef {import('../wire.js').Board} Board */
/** @typedef {import('./package.js').OfflineSite} OfflineSite */
/** @typedef {{sites: OfflineSite[], complete: string[], network: import('../wire.js').Advice['network']}} Hospitals */
/** @typedef {{id: string, content: any}} KeptPart */
/** @typedef {NonNullable<Awaited<ReturnType<typeof open>>>} Opened */

const NAMES = /** @type {const} */ (['rules', 'hospitals', 'grid']);
const ROOT = '/api/v1/package';
const SILENT_MS = 20_000;

export function openDevice() {
  /** @type {Promise<Opened | null> | null} */
  let opening = null;
  /** @type {{board: Board, picture: import('./package.js').OfflinePicture} | null} */
  let pictured = null;

  const opened = () => {
    opening ??= recallParts().then((parts) => parts && open(parts));
    return opening;
  };

  return {
    /** Fetches the parts that are new; to be called while there is a connection. Gives whether the device has all of them. */
    async refresh() {
      const overview = await bring(ROOT).then((answer) => answer?.json()).catch(() => null);
      if (!overview || NAMES.some((name) => !overview.parts[name])) return (await opened()) !== null;
      let isNew = false;
      for (const name of NAMES) {
        const { id } = overview.parts[name];
        /** @type {KeptPart | null} */
        const kept = await recallKept('package', name);
        if (kept?.id === id) continue;
        const content = await fetchPart(name, id);
        if (content === null) return (await opened()) !== null;
        await keepValue('package', name, { id, content });
        isNew = true;
      }
      if (isNew) opening = null;
      return (await opened()) !== null;
    },

    /**
     * Answers a question from what is kept; null when the package is not there or the position is far from every road.
     * @param {import('../wire.js').AdviceRequest} request
     * @param {Board} board the last one heard
     * @param {number} now ms
     * @returns {Promise<import('../wire.js').Advice | null>}
     */
    async advise(request, board, now) {
      const kept = await opened();
      if (!kept) return null;
      if (pictured?.board !== board) pictured = { board, picture: pictureOf(board, kept.sites, kept.hospitals.complete) };
      const drives = driveTimes(kept.grid, kept.positions, { ...request, at: now }, kept.rules.zone);
      return drives && adviceOf(kept, board, pictured.picture, drives, request, now);
    },
  };
}

/** @typedef {ReturnType<typeof openDevice>} Device */

/** @param {[import('./package.js').RulesDocument, Hospitals, ArrayBuffer]} parts */
async function open([rules, hospitals, packed]) {
  const grid = await unpackGrid(packed);
  return grid && {
    rules, hospitals, tables: openTables(rules), grid,
    sites: new Map(hospitals.sites.map((site) => [site.id, site])),
    positions: new Map(hospitals.sites.map((site) => [site.id, site.position])),
  };
}

/** @returns {Promise<any>} the three parts, or null when one is missing */
async function recallParts() {
  const parts = await Promise.all(NAMES.map((name) => recallKept('package', name)));
  return parts.every(Boolean) ? parts.map(({ content }) => content) : null;
}

/** @param {typeof NAMES[number]} name @param {string} id @returns {Promise<any>} null when it does not come */
async function fetchPart(name, id) {
  const answer = await bring(`${ROOT}/${name}/${id}`).catch(() => null);
  return answer && (name === 'grid' ? answer.arrayBuffer() : answer.json()).catch(() => null);
}

/** A slow line may take its time; one that falls silent is given up. @param {string} path @returns {Promise<Response | null>} null when it is refused */
async function bring(path) {
  const giveUp = new AbortController();
  let waiting = setTimeout(() => giveUp.abort(), SILENT_MS);
  const heard = new TransformStream({
    transform(chunk, onward) {
      clearTimeout(waiting);
      waiting = setTimeout(() => giveUp.abort(), SILENT_MS);
      onward.enqueue(chunk);
    },
    flush() { clearTimeout(waiting); },
  });
  const answer = await fetch(path, { credentials: 'same-origin', signal: giveUp.signal });
  return answer.ok && answer.body ? new Response(answer.body.pipeThrough(heard)) : null;
}

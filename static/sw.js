// @ts-check
/** Keeps the shell of the pages and the map for a start without a network; never advice, never the board, never anybody's data. */

const worker = /** @type {import('./js/types.js').ShellWorker} */ (/** @type {unknown} */ (self));
worker.importScripts('/static/shell.js');

const { version, files } = worker.SHELL;
const CACHE = `uitwijk-shell-${version}`;
const PAGES = /** @type {Record<string, string>} */ ({ '/': '/static/index.html', '/login': '/static/login.html', '/hospital': '/static/hospital.html' });
const PATIENCE_MS = 3000;
/** The roads: they change with the network alone, and its id is part of the address of each tile. */
const MAP_CACHE = 'uitwijk-map';
const TILES = '/api/v1/network/tiles/';
const TILES_MOST = 600;
/** What the map and the search need beside the tiles. */
const SURROUNDINGS = ['/api/v1/network/map', '/api/v1/hospitals'];

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE)
    .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
    .then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith('uitwijk-') && ![CACHE, MAP_CACHE].includes(name)).map((name) => caches.delete(name))))
    .then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname in PAGES) event.respondWith(page(request, PAGES[url.pathname]));
  else if (files.includes(url.pathname)) event.respondWith(part(request));
  else if (url.pathname.startsWith(TILES)) event.respondWith(tile(request));
  else if (SURROUNDINGS.includes(url.pathname)) event.respondWith(surroundings(request));
});

/**
 * A page comes from the server, which knows who may see it; from the cache only when the server does not answer.
 * @param {Request} request
 * @param {string} kept
 */
async function page(request, kept) {
  const cached = () => caches.match(kept, { cacheName: CACHE });
  const fresh = fetch(request);
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); }).then(cached);
  const answer = await Promise.race([fresh.catch(cached), late]);
  return answer ?? fresh;
}

/**
 * The parts of one version belong together: all from the cache, or from the server while there is none.
 * @param {Request} request
 */
async function part(request) {
  return (await caches.match(request, { cacheName: CACHE, ignoreSearch: true })) ?? fetch(request);
}

/**
 * A tile that is kept never changes: from the cache, else from the server.
 * @param {Request} request
 */
async function tile(request) {
  const cache = await caches.open(MAP_CACHE);
  const known = await cache.match(request);
  if (known) return known;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone()).then(() => thin(cache)).catch(() => {});
  return fresh;
}

/**
 * Makes room: the tiles that were fetched first go first.
 * @param {Cache} cache
 */
async function thin(cache) {
  const tiles = (await cache.keys()).filter(({ url }) => url.includes(TILES));
  await Promise.all(tiles.slice(0, Math.max(0, tiles.length - TILES_MOST)).map((old) => cache.delete(old)));
}

/**
 * From the server, which may know better; from the cache when it does not answer.
 * @param {Request} request
 */
async function surroundings(request) {
  const cache = await caches.open(MAP_CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request.url, fresh.clone()).catch(() => {});
    return fresh;
  } catch (error) {
    const known = await cache.match(request.url);
    if (known) return known;
    throw error;
  }
}

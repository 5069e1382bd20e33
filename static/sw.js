// @ts-check
/** Keeps the shell of the pages for a start without a network; never advice, never the board, never anybody's data. */

const worker = /** @type {import('./js/types.js').ShellWorker} */ (/** @type {unknown} */ (self));
worker.importScripts('/static/shell.js');

const { version, files } = worker.SHELL;
const CACHE = `uitwijk-shell-${version}`;
const PAGES = /** @type {Record<string, string>} */ ({ '/': '/static/index.html', '/login': '/static/login.html', '/hospital': '/static/hospital.html' });
const PATIENCE_MS = 3000;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE)
    .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
    .then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith('uitwijk-') && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname in PAGES) event.respondWith(page(request, PAGES[url.pathname]));
  else if (files.includes(url.pathname)) event.respondWith(part(request));
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

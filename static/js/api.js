// @ts-check
/** Calls to the server over HTTP: JSON in and out, every failure as one kind of error. */

/** @typedef {import('./types.js').Problem} Problem */

const PATIENCE_MS = 8000;

/** A call that did not succeed; status 0 means that no answer came at all. */
export class CallFailed extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

let csrf = '';

/** @returns {Promise<import('./types.js').Me>} */
export async function whoAmI() {
  const me = await call('GET', '/api/v1/me');
  csrf = me.csrf;
  return me;
}

/**
 * @param {string} username
 * @param {string} password
 * @param {string} [code] of the second factor, when one was asked
 * @returns {Promise<{role: string, name: string}>}
 */
export function logIn(username, password, code) {
  return call('POST', '/api/v1/session', code ? { username, password, code } : { username, password });
}

/** @param {string} code @returns {Promise<{role: string, name: string}>} */
export function pairDevice(code) {
  return call('POST', '/api/v1/session/pair', { code });
}

/** @returns {Promise<import('./types.js').Ways>} */
export function getWays() {
  return call('GET', '/api/v1/session/ways');
}

/** @returns {Promise<import('./types.js').Device[]>} */
export function listDevices() {
  return call('GET', '/api/v1/devices');
}

/** @param {string} crew @param {string} device @returns {Promise<import('./types.js').IssuedCode>} */
export function issueCode(crew, device) {
  return call('POST', '/api/v1/devices', { crew, device });
}

/** @param {string} id @returns {Promise<void>} */
export function endDevice(id) {
  return call('DELETE', `/api/v1/devices/${encodeURIComponent(id)}`);
}

/** @returns {Promise<void>} */
export function logOut() {
  return call('DELETE', '/api/v1/session');
}

/** @returns {Promise<import('./types.js').Hospital[]>} */
export async function listHospitals() {
  const answer = await call('GET', '/api/v1/hospitals');
  return Array.isArray(answer) ? answer : answer.hospitals;
}

/** @returns {Promise<import('./types.js').NetworkMap>} */
export function getNetworkMap() {
  return call('GET', '/api/v1/network/map');
}

/** @param {string} [hospital] another than the own one @returns {Promise<import('./types.js').Protocol>} */
export function getProtocol(hospital) {
  return call('GET', `/api/v1/protocol${hospital ? `?hospital=${encodeURIComponent(hospital)}` : ''}`);
}

/**
 * @param {string} query
 * @param {AbortSignal} signal
 * @returns {Promise<import('./types.js').Place[]>}
 */
export async function findPlaces(query, signal) {
  const answer = await call('GET', `/api/v1/places?q=${encodeURIComponent(query)}`, undefined, signal);
  return Array.isArray(answer) ? answer : answer.places;
}

/**
 * @param {import('./types.js').Whereabouts} from
 * @param {string} hospital
 * @param {boolean} signals
 * @returns {Promise<import('./types.js').RouteFeature>}
 */
export function getRoute(from, hospital, signals) {
  const heading = from.heading_deg !== undefined ? `&heading_deg=${from.heading_deg}` : '';
  return call('GET', `/api/v1/network/route?from=${from.lat},${from.lon}${heading}&hospital=${encodeURIComponent(hospital)}&signals=${signals}`);
}

/**
 * @param {{hospital: string, department: string, status: string, reason: string, until: string, note?: string, checklist?: string[], peers_called?: boolean}} stop
 * @returns {Promise<import('./types.js').Stop>}
 */
export function declareStop(stop) {
  return call('POST', '/api/v1/stops', stop);
}

/** @param {string} id @param {string} until @returns {Promise<import('./types.js').Stop>} */
export function extendStop(id, until) {
  return call('POST', `/api/v1/stops/${encodeURIComponent(id)}/extend`, { until });
}

/** @param {string} id @returns {Promise<import('./types.js').Stop>} */
export function endStop(id) {
  return call('POST', `/api/v1/stops/${encodeURIComponent(id)}/end`, {});
}

/** @param {import('./types.js').AdviceRequest} request @returns {Promise<import('./types.js').Advice>} */
export function askAdvice(request) {
  return call('POST', '/api/v1/advice', request);
}

/** @param {string} id @returns {Promise<import('./types.js').Ride>} */
export function getRide(id) {
  return call('GET', `/api/v1/rides/${encodeURIComponent(id)}`);
}

/**
 * Presses a button of a ride: the same key again changes nothing.
 * @param {string} path under `/api/v1/`
 * @param {unknown} body
 * @param {string} key
 * @returns {Promise<import('./types.js').Ride>}
 */
export function pressButton(path, body, key) {
  return call('POST', `/api/v1/${path}`, body, undefined, { 'Idempotency-Key': key });
}

/** @param {string} id @param {import('./types.js').Position} position @returns {Promise<void>} */
export function tellPosition(id, { lat, lon }) {
  return call('POST', `/api/v1/rides/${encodeURIComponent(id)}/position`, { lat, lon });
}

/** @returns {Promise<{closures: import('./types.js').Closure[]}>} */
export function listClosures() {
  return call('GET', '/api/v1/closures');
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {AbortSignal} [signal]
 * @param {Record<string, string>} [extra] headers
 * @param {number} [patienceMs]
 * @returns {Promise<any>}
 */
export async function call(method, path, body, signal, extra, patienceMs = PATIENCE_MS) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json', ...extra };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  const patience = AbortSignal.timeout(patienceMs);
  const response = await fetch(path, {
    method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: 'same-origin', cache: 'no-store',
    signal: signal ? either(signal, patience) : patience,
  }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new CallFailed({ title: 'no answer', status: 0 });
  });
  if (!response.ok) throw new CallFailed(await problemOf(response));
  return response.status === 204 ? undefined : response.json();
}

/** @param {Response} response @returns {Promise<Problem>} */
async function problemOf(response) {
  const fallback = { title: response.statusText || `HTTP ${response.status}`, status: response.status };
  return response.json().then((body) => ({ ...fallback, ...body }), () => fallback);
}

/** @param {AbortSignal} first @param {AbortSignal} second */
function either(first, second) {
  const both = new AbortController();
  for (const signal of [first, second]) signal.addEventListener('abort', () => both.abort(signal.reason), { once: true });
  return both.signal;
}

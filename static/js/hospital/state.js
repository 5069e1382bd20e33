// @ts-check
/** The state of the hospital's and the GP's page and how it changes. No browser, no clock, no network. */

import { applyDelta } from '../state/board.js';

/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {'declare' | 'extend' | 'end' | 'plan'} Act */

/**
 * @typedef {object} Desk
 * @property {number} now ms by the clock of the device
 * @property {number} skew ms that the server's clock is ahead of it
 * @property {import('../types.js').Language} language
 * @property {import('../types.js').Theme} theme
 * @property {import('../types.js').Me | null} me
 * @property {boolean} expired
 * @property {import('../types.js').LinkState} link
 * @property {Board | null} board
 * @property {import('../types.js').Hospital[]} hospitals
 * @property {import('../types.js').Protocol | null} protocol
 * @property {import('./types.js').Inbound | null} inbound
 * @property {import('./types.js').PastStop[] | null} stops of the past month
 * @property {import('./types.js').Plan[] | null} plans
 * @property {{department: DepartmentCode | null, act: Act} | null} form
 * @property {boolean} busy
 * @property {Problem | null} problem
 * @property {string} done
 * @property {boolean} everywhere
 * @property {string} mka the region that is looked at; empty for the own one
 * @property {boolean} sound
 * @property {string[]} seen ends of stops that somebody took note of
 */

/**
 * @typedef {{type: 'tick', now: number} | {type: 'me', me: import('../types.js').Me} | {type: 'expired'}
 *   | {type: 'link', phase: import('../types.js').LinkState['phase'], now: number} | {type: 'heard', now: number}
 *   | {type: 'board', board: Board, now: number} | {type: 'delta', delta: import('../types.js').BoardDelta, now: number}
 *   | {type: 'hospitals', hospitals: import('../types.js').Hospital[]} | {type: 'protocol', protocol: import('../types.js').Protocol}
 *   | {type: 'form', form: Desk['form']} | {type: 'busy'} | {type: 'failed', problem: Problem} | {type: 'done', text: string}
 *   | {type: 'inbound', inbound: import('./types.js').Inbound} | {type: 'stops', stops: import('./types.js').PastStop[]}
 *   | {type: 'plans', plans: import('./types.js').Plan[]} | {type: 'seen', id: string} | {type: 'mka', mka: string}
 *   | {type: 'everywhere', on: boolean} | {type: 'settings', language?: Desk['language'], theme?: Desk['theme'], sound?: boolean}} DeskAction
 */

/**
 * @param {number} now
 * @param {Pick<Desk, 'language' | 'theme'> & Partial<Pick<Desk, 'sound' | 'seen' | 'mka'>>} settings
 * @returns {Desk}
 */
export function initialDesk(now, settings) {
  return {
    now, skew: 0, me: null, expired: false, link: { phase: 'connecting', heardAt: now, openedAt: 0 }, board: null, hospitals: [],
    protocol: null, inbound: null, stops: null, plans: null, form: null, busy: false, problem: null, done: '', everywhere: false, mka: '', sound: true, seen: [], ...settings,
  };
}

/** @param {Desk} desk @param {DeskAction} action @returns {Desk} */
export function reduceDesk(desk, action) {
  switch (action.type) {
    case 'tick': return { ...desk, now: action.now };
    case 'me': return { ...desk, me: action.me, expired: false };
    case 'expired': return { ...desk, expired: true };
    case 'link': return { ...desk, link: { ...desk.link, phase: action.phase, openedAt: action.phase === 'open' ? action.now : desk.link.openedAt } };
    case 'heard': return heard(desk, action.now);
    case 'board': return { ...heard(desk, action.now), ...skewed(action.board, action.now), board: action.board };
    case 'delta': return { ...heard(desk, action.now), ...skewed(action.delta, action.now), board: applyDelta(desk.board, action.delta) ?? desk.board };
    case 'hospitals': return { ...desk, hospitals: action.hospitals };
    case 'protocol': return { ...desk, protocol: action.protocol };
    case 'form': return { ...desk, form: action.form, problem: null, done: '' };
    case 'busy': return { ...desk, busy: true, problem: null };
    case 'failed': return { ...desk, busy: false, problem: action.problem };
    case 'done': return { ...desk, busy: false, problem: null, form: null, done: action.text };
    case 'inbound': return { ...desk, inbound: action.inbound };
    case 'stops': return { ...desk, stops: action.stops };
    case 'plans': return { ...desk, plans: action.plans };
    case 'seen': return { ...desk, seen: [...desk.seen.filter((id) => id !== action.id), action.id] };
    case 'mka': return { ...desk, mka: action.mka };
    case 'everywhere': return { ...desk, everywhere: action.on };
    case 'settings': return { ...desk, language: action.language ?? desk.language, theme: action.theme ?? desk.theme, sound: action.sound ?? desk.sound };
  }
}

/** @param {Desk} desk @param {number} now @returns {Desk} */
function heard(desk, now) {
  return { ...desk, link: { ...desk.link, heardAt: now } };
}

/** How far the clocks are apart; what the way takes counts with it, and is little. @param {{as_of?: string}} told @param {number} now */
function skewed({ as_of: at }, now) {
  return at ? { skew: Math.round((Date.parse(at) - now) / 1000) * 1000 } : {};
}

/**
 * The hospitals of a region, in the registry's order; all of them on request.
 * @param {Desk} desk
 * @param {string} mka
 */
export function regionOf(desk, mka) {
  return desk.everywhere || !mka ? desk.hospitals : desk.hospitals.filter((hospital) => hospital.mka === mka);
}

/** @param {Desk} desk */
export function homeRegion({ hospitals, me }) {
  return hospitals.find(({ id }) => id === me?.hospital)?.mka || me?.region || '';
}

/**
 * The message at one field of a form, if the server named it.
 * @param {Problem | null} problem
 * @param {string} field
 */
export function problemAt(problem, field) {
  return problem?.errors?.filter((error) => error.field === field).map((error) => error.message).join(' ') ?? '';
}

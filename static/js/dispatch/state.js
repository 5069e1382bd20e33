// @ts-check
/** The state of the dispatch centre's page and how it changes. No browser, no clock, no network. */

import { applyDelta } from '../state/board.js';
import { regionShown } from '../state/region.js';
import { NO_FILTERS } from './order.js';

/** @typedef {import('./types.js').FullBoard} FullBoard */
/** @typedef {import('./types.js').FullDelta} FullDelta */
/** @typedef {import('./types.js').OverseenRide} OverseenRide */
/** @typedef {import('./types.js').RoomTold} RoomTold */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {'overview' | 'map' | 'review' | 'past'} ViewName */

/** In the order of their keys. @type {ViewName[]} */
export const VIEWS = ['overview', 'map', 'review', 'past'];

/**
 * @typedef {object} Room
 * @property {OverseenRide[]} rides
 * @property {import('./types.js').Alarm[]} alarms
 * @property {string} as_of
 * @property {string} epoch
 */

/**
 * @typedef {object} Control
 * @property {number} now ms by the clock of the device
 * @property {number} skew ms that the server's clock is ahead of it
 * @property {import('../types.js').Language} language
 * @property {import('../types.js').Theme} theme
 * @property {import('../types.js').Me | null} me
 * @property {boolean} expired
 * @property {import('../types.js').LinkState} link
 * @property {FullBoard | null} board
 * @property {Room | null} room
 * @property {import('../types.js').Hospital[]} hospitals
 * @property {import('../types.js').NetworkMap | null} network
 * @property {import('../types.js').Ambulance[]} vehicles invented ones; empty outside the demonstration
 * @property {ViewName} view
 * @property {import('./types.js').Filters} filters
 * @property {boolean} sound
 * @property {boolean} keys whether single keys are shortcuts
 * @property {{ride: string, options: import('./types.js').RideOption[] | null, problem: Problem | null} | null} proposing
 * @property {string | null} picked the ride that is pointed out
 * @property {string | null} busy what is being sent
 * @property {{at: string, problem: Problem} | null} failed what could not be done, and why
 */

/**
 * @typedef {{type: 'tick', now: number} | {type: 'me', me: import('../types.js').Me} | {type: 'expired'}
 *   | {type: 'link', phase: import('../types.js').LinkState['phase'], now: number} | {type: 'heard', now: number}
 *   | {type: 'board', board: FullBoard, now: number} | {type: 'delta', delta: FullDelta, now: number}
 *   | {type: 'room', told: RoomTold} | {type: 'hospitals', hospitals: import('../types.js').Hospital[]}
 *   | {type: 'vehicles', vehicles: import('../types.js').Ambulance[]} | {type: 'network', network: import('../types.js').NetworkMap}
 *   | {type: 'view', view: ViewName} | {type: 'filters', change: Partial<Control['filters']>}
 *   | {type: 'propose', ride: string | null} | {type: 'options', ride: string, options: import('./types.js').RideOption[]}
 *   | {type: 'options-failed', ride: string, problem: Problem} | {type: 'pick', ride: string | null}
 *   | {type: 'busy', at: string} | {type: 'failed', at: string, problem: Problem} | {type: 'done'}
 *   | {type: 'settings', language?: Control['language'], theme?: Control['theme'], sound?: boolean, keys?: boolean}} ControlAction
 */

/**
 * @param {number} now
 * @param {Pick<Control, 'language' | 'theme'> & Partial<Pick<Control, 'filters' | 'sound' | 'keys' | 'view'>>} settings
 * @returns {Control}
 */
export function initialControl(now, settings) {
  return {
    now, skew: 0, me: null, expired: false, link: { phase: 'connecting', heardAt: now, openedAt: 0 }, board: null, room: null, hospitals: [], network: null, vehicles: [],
    view: 'overview', filters: NO_FILTERS, sound: true, keys: true, proposing: null, picked: null, busy: null, failed: null, ...settings,
  };
}

/** @param {Control} control @param {ControlAction} action @returns {Control} */
export function reduceControl(control, action) {
  switch (action.type) {
    case 'tick': return { ...control, now: action.now };
    case 'me': return { ...control, me: action.me, expired: false };
    case 'expired': return { ...control, expired: true };
    case 'link': return { ...control, link: { ...control.link, phase: action.phase, openedAt: action.phase === 'open' ? action.now : control.link.openedAt } };
    case 'heard': return heard(control, action.now);
    case 'board': return { ...heard(control, action.now), ...skewed(action.board, action.now), board: action.board };
    case 'delta': return { ...heard(control, action.now), ...skewed(action.delta, action.now), board: withDelta(control.board, action.delta) ?? control.board };
    case 'room': return { ...control, room: withRoom(control.room, action.told) };
    case 'hospitals': return { ...control, hospitals: action.hospitals };
    case 'network': return { ...control, network: action.network };
    case 'vehicles': return { ...control, vehicles: action.vehicles };
    case 'view': return { ...control, view: action.view, failed: null };
    case 'filters': return { ...control, filters: { ...control.filters, ...action.change } };
    case 'propose': return { ...control, proposing: action.ride === null ? null : { ride: action.ride, options: null, problem: null }, picked: action.ride ?? control.picked };
    case 'options': return control.proposing?.ride === action.ride ? { ...control, proposing: { ride: action.ride, options: action.options, problem: null } } : control;
    case 'options-failed': return control.proposing?.ride === action.ride ? { ...control, proposing: { ...control.proposing, problem: action.problem } } : control;
    case 'pick': return { ...control, picked: action.ride };
    case 'busy': return { ...control, busy: action.at, failed: null };
    case 'failed': return { ...control, busy: null, failed: { at: action.at, problem: action.problem } };
    case 'done': return { ...control, busy: null, failed: null };
    case 'settings': return withSettings(control, action);
  }
}

/** The board after a change, with what stands beside the hospitals; null when it does not fit. @param {FullBoard | null} board @param {FullDelta} delta @returns {FullBoard | null} */
export function withDelta(board, delta) {
  const after = applyDelta(board, delta);
  return after && { ...after, regions: delta.regions, feeds: delta.feeds, freshness: delta.freshness };
}

/**
 * The open rides after what was told; rides that did not change stay the same objects, so that they need no new paint.
 * @param {Room | null} room
 * @param {RoomTold} told
 * @returns {Room | null}
 */
export function withRoom(room, told) {
  if (!told.whole && (!room || room.epoch !== told.epoch)) return room;
  const changed = new Map(told.rides.map((ride) => [ride.id, ride]));
  const gone = new Set(told.gone);
  const kept = told.whole ? [] : (room?.rides ?? []).filter(({ id }) => !gone.has(id)).map((ride) => changed.get(ride.id) ?? ride);
  const known = new Set(kept.map(({ id }) => id));
  const before = new Map((room?.alarms ?? []).map((alarm) => [alarm.id, alarm]));
  return {
    epoch: told.epoch,
    as_of: told.as_of,
    rides: [...kept, ...told.rides.filter(({ id }) => !known.has(id))],
    alarms: told.alarms.map((alarm) => { const old = before.get(alarm.id); return old && JSON.stringify(old) === JSON.stringify(alarm) ? old : alarm; }),
  };
}

/** The moment by the clock of the server, ms. @param {Control} control */
export function clockOf({ now, skew }) {
  return now + skew;
}

/** The alarms of the region that is looked at, of every ride, and of no region at all. @param {Pick<Control, 'room' | 'hospitals' | 'filters' | 'me'>} control */
export function alarmsOf({ room, hospitals, filters, me }) {
  const mka = filters.everywhere ? '' : regionShown(hospitals, filters.mka, me?.region);
  return room?.alarms.filter((alarm) => !mka || !alarm.mka || alarm.mka === mka || alarm.ride) ?? [];
}

/** Alarms that nobody took upon himself. @param {Control} control */
export function openAlarms(control) {
  return alarmsOf(control).filter(({ acknowledged }) => !acknowledged);
}

/** How far the clocks are apart; what the way takes counts with it, and is little. @param {{as_of?: string}} told @param {number} now */
function skewed({ as_of: at }, now) {
  return at ? { skew: Math.round((Date.parse(at) - now) / 1000) * 1000 } : {};
}

/** @param {Control} control @param {Extract<ControlAction, {type: 'settings'}>} change @returns {Control} */
function withSettings(control, { language, theme, sound, keys }) {
  return { ...control, language: language ?? control.language, theme: theme ?? control.theme, sound: sound ?? control.sound, keys: keys ?? control.keys };
}

/** @param {Control} control @param {number} now @returns {Control} */
function heard(control, now) {
  return { ...control, link: { ...control.link, heardAt: now } };
}

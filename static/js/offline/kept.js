// @ts-check
/**
 * What the device keeps for a time without a connection, in IndexedDB.
 *
 * Three stores: `package` (the parts of the offline package, by their name), `board` (the last board heard, under
 * `last`) and `queue` (what the crew did without a connection, in the order in which it was done). Nothing in it
 * names a patient. A device that keeps nothing (private window, full disk) works on: reading then gives null or an
 * empty list, writing gives false, and no call ever fails.
 */

import { openDB } from '../vendor/idb.js';

const NAME = 'uitwijk';
const VERSION = 1;

/** @typedef {'package' | 'board' | 'queue'} StoreName */

/** @type {ReturnType<typeof openDB> | null} */
let opened = null;

function database() {
  opened ??= openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('package');
      db.createObjectStore('board');
      db.createObjectStore('queue', { autoIncrement: true });
    },
    /** Another tab waits for a newer form of the stores: give way. */
    blocking() { letGo(); },
    /** The browser closed it by itself: open anew at the next use. */
    terminated() { opened = null; },
  });
  opened.catch(() => { opened = null; });
  return opened;
}

function letGo() {
  opened?.then((db) => db.close(), () => {});
  opened = null;
}

/**
 * What is kept under a name; null when there is nothing.
 * @param {StoreName} store
 * @param {IDBValidKey} key
 * @returns {Promise<any>}
 */
export function recallKept(store, key) {
  return database().then((db) => db.get(store, key)).then((value) => value ?? null, () => null);
}

/**
 * Keeps a value under a name, in the place of what was there.
 * @param {'package' | 'board'} store
 * @param {string} key
 * @param {unknown} value anything that can be cloned: objects, typed arrays, blobs
 * @returns {Promise<boolean>} whether the device really keeps it
 */
export function keepValue(store, key, value) {
  return database().then((db) => db.put(store, value, key)).then(() => true, () => false);
}

/**
 * Puts something at the end of the queue; it survives a reload and a restart of the device.
 * @param {unknown} entry
 * @returns {Promise<number | null>} its number, that rises with each entry; null when the device keeps nothing
 */
export function enqueue(entry) {
  return database().then((db) => db.add('queue', entry)).then(Number, () => null);
}

/**
 * Everything in the queue, oldest first, each with its number.
 * @returns {Promise<{number: number, entry: any}[]>}
 */
export async function queued() {
  try {
    const db = await database();
    const reading = db.transaction('queue');
    const [numbers, entries] = await Promise.all([reading.store.getAllKeys(), reading.store.getAll(), reading.done]);
    return entries.map((entry, index) => ({ number: Number(numbers[index]), entry }));
  } catch {
    return [];
  }
}

/**
 * Writes an entry of the queue anew, for instance when a try to send it failed; an entry that is gone stays gone.
 * @param {number} number
 * @param {unknown} entry
 * @returns {Promise<boolean>}
 */
export async function amendQueued(number, entry) {
  try {
    const db = await database();
    const writing = db.transaction('queue', 'readwrite');
    const there = (await writing.store.getKey(number)) !== undefined;
    if (there) await writing.store.put(entry, number);
    await writing.done;
    return there;
  } catch {
    return false;
  }
}

/**
 * Takes an entry out of the queue, once it was sent or is no longer wanted.
 * @param {number} number
 * @returns {Promise<boolean>}
 */
export function dequeue(number) {
  return database().then((db) => db.delete('queue', number)).then(() => true, () => false);
}

/**
 * Forgets everything in a store, for a log-out.
 * @param {StoreName} store
 * @returns {Promise<boolean>}
 */
export function forgetKept(store) {
  return database().then((db) => db.clear(store)).then(() => true, () => false);
}

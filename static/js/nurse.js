// @ts-check
/** Starts the nurse's page. */

import { readySound, soundOut } from './alarm.js';
import { App } from './components/app.js';
import { followClosures } from './closures.js';
import { followDevice } from './gps.js';
import { dress, recall } from './keep.js';
import { linkUp } from './link.js';
import { rideAlong } from './rides.js';
import { createStore } from './store.js';
import { html, render } from './vendor/preact.js';

const TICK_MS = 1000;

const store = createStore(recall());
dress(store.get().theme, store.get().language);
window.addEventListener('error', () => store.dispatch({ type: 'broken' }));
window.addEventListener('unhandledrejection', () => store.dispatch({ type: 'broken' }));
const line = linkUp(store);
// A GP asks no advice but may see how the hospitals are doing.
store.subscribe(({ me }) => { if (me?.role === 'gp') location.replace('/hospital'); });
rideAlong(store);
soundOut(store);
followClosures(store);
// What takes longest goes first: the screen is made while the answer is on its way.
line.start();

// Each step is a task of its own, so that a slow phone answers in between.
await pause();
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
render(html`<${App} store=${store} line=${line} />`, root);
await pause();
followDevice(store.dispatch);
readySound();
setInterval(() => store.dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});

function pause() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

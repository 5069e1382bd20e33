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
const line = linkUp(store);
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
render(html`<${App} store=${store} line=${line} />`, root);

// A GP asks no advice but may see how the hospitals are doing.
store.subscribe(({ me }) => { if (me?.role === 'gp') location.replace('/hospital'); });
window.addEventListener('error', () => store.dispatch({ type: 'broken' }));
window.addEventListener('unhandledrejection', () => store.dispatch({ type: 'broken' }));
setInterval(() => store.dispatch({ type: 'tick', now: Date.now() }), TICK_MS);

rideAlong(store);
readySound();
soundOut(store);
line.start();
followDevice(store.dispatch);
followClosures(store);
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});

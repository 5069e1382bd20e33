// @ts-check
/** What the hospital's and the GP's page have in common: the top, the silence, the log-in after a session. */

import { logOut } from '../api.js';
import { Choice } from '../components/controls.js';
import { LoginForm } from '../components/login.js';
import { age, clock } from '../format.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { clockOf } from './ending.js';

const SILENCE_MS = 10_000;

/** @typedef {import('./page.js').DeskView} DeskView */

/** @param {{view: DeskView, line: {close(): void}, name: string | undefined}} props */
export function Header({ view, line, name }) {
  const { desk, dispatch, shared } = view;
  const open = desk.link.phase === 'open' && desk.now - desk.link.heardAt <= SILENCE_MS;
  const leave = async () => {
    line.close();
    await logOut().catch(() => {});
    location.assign('/login');
  };
  return html`<header class="desk-head">
    <h1>${shared('app.name')}${name && html`<span> ${name}</span>`}</h1>
    <p class="link" data-phase=${open ? 'open' : 'connecting'}><i class="dot" aria-hidden="true"></i>${shared(open ? 'link.open' : 'link.connecting')}</p>
    <${Age} view=${view} />
    <${Choice} name="theme" label=${shared('menu.theme')} value=${desk.theme} onChoose=${(/** @type {any} */ theme) => dispatch({ type: 'settings', theme })}
      options=${[{ value: 'dark', label: shared('menu.theme.dark') }, { value: 'light', label: shared('menu.theme.light') }, { value: 'auto', label: shared('menu.theme.auto') }]} />
    <${Choice} name="language" label=${shared('menu.language')} value=${desk.language} onChoose=${(/** @type {any} */ language) => dispatch({ type: 'settings', language })}
      options=${[{ value: 'nl', label: 'NL', spoken: 'Nederlands' }, { value: 'en', label: 'EN', spoken: 'English' }]} />
    <button type="button" class="button" onClick=${leave}>${shared('menu.logout')}</button>
  </header>`;
}

/** How long ago the feed that the board rests on was heard. @param {{view: DeskView}} props */
function Age({ view: { desk, shared } }) {
  const feed = desk.board?.feeds?.find(({ source }) => source === desk.board?.freshness?.source);
  if (!desk.board) return null;
  if (!feed) return html`<p class="fresh" data-level="warning"><${Icon} name="warning" />${shared('status.none')}</p>`;
  const words = age(Math.max(0, (clockOf(desk) - Date.parse(feed.heard_at)) / 1000), desk.language);
  return desk.board.freshness?.stale ? html`<p class="fresh" data-level="alarm"><${Icon} name="alarm" />${shared('status.stale', { age: words })}</p>`
    : html`<p class="fresh">${shared('status.age', { age: words })}</p>`;
}

/** @param {{view: DeskView}} props */
export function Lost({ view: { desk, shared } }) {
  const silent = desk.now - desk.link.heardAt > SILENCE_MS && !desk.expired;
  const since = desk.board ? shared('link.lost.since', { time: clock(desk.link.heardAt, desk.language) }) : shared('link.lost.never');
  return html`<div role="alert">${silent && html`<p class="banner" data-level="alarm"><${Icon} name="alarm" /><b>${since}</b></p>`}</div>`;
}

/** @param {{view: DeskView, line: {start(): void}}} props */
export function Expired({ view: { desk, shared }, line }) {
  return desk.expired && html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${shared('login.expired')}</h2>
    <${LoginForm} language=${desk.language} onDone=${() => line.start()} /></section></div>`;
}

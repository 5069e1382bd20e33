// @ts-check
/** The top of the dispatch centre's page: who, whether it is live, how old the status is, and the settings. */

import { logOut } from '../api.js';
import { age } from '../format.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { clockOf, openAlarms, VIEWS } from './state.js';

/** @typedef {import('./view.js').ControlView} ControlView */

const SILENCE_MS = 10_000;

/** @param {{view: ControlView, line: {close(): void}}} props */
export function Header({ view, line }) {
  const { control, shared, t } = view;
  const open = control.link.phase === 'open' && control.now - control.link.heardAt <= SILENCE_MS;
  const leave = async () => {
    line.close();
    await logOut().catch(() => {});
    location.assign('/login');
  };
  return html`<header class="control-head">
    <h1>${shared('app.name')} <span>${t('title')}${control.me?.region ? ` · ${control.me.region}` : ''}</span></h1>
    <${Tabs} view=${view} />
    <p class="link" data-phase=${open ? 'open' : 'lost'}><i class="dot" aria-hidden="true"></i>${shared(open ? 'link.open' : 'link.connecting')}</p>
    <${Age} view=${view} />
    ${control.me?.demo && html`<p class="demo">${t('demo')}</p>`}
    ${control.me?.role === 'mma' && html`<a class="small-button" href="/quality">${shared('menu.quality')}</a>`}
    <${Settings} view=${view} onLeave=${leave} />
  </header>`;
}

/** @param {{view: ControlView}} props */
function Tabs({ view: { control, dispatch, t } }) {
  const open = openAlarms(control).length;
  return html`<nav class="tabs" aria-label=${t('tabs')}>${VIEWS.map((name, index) => html`<button type="button" key=${name} class="small-button" aria-current=${control.view === name ? 'page' : undefined}
    aria-keyshortcuts=${control.keys ? String(index + 1) : undefined} onClick=${() => dispatch({ type: 'view', view: name })}>${t(`view.${name}`)}${name === 'overview' && open > 0 && control.view !== name ? html` <small class="tight" data-level="alarm">${open}</small>` : ''}</button>`)}</nav>`;
}

/** How long ago the feed that is silent for longest was heard. @param {{view: ControlView}} props */
function Age({ view: { control, shared, language } }) {
  const { board } = control;
  if (!board) return null;
  const feed = board.feeds.find(({ source }) => source === board.freshness.source);
  if (!feed) return html`<p class="fresh" data-level="warning"><${Icon} name="warning" />${shared('status.none')}</p>`;
  const words = age(Math.max(0, (clockOf(control) - Date.parse(feed.heard_at)) / 1000), language);
  return board.freshness.stale ? html`<p class="fresh" data-level="alarm"><${Icon} name="alarm" />${shared('status.stale', { age: words })}</p>`
    : html`<p class="fresh">${shared('status.age', { age: words })} · ${feed.source}</p>`;
}

/** @param {{view: ControlView, onLeave: () => void}} props */
function Settings({ view: { control, dispatch, shared, t }, onLeave }) {
  return html`<details class="settings"><summary class="small-button">${shared('menu.open')}</summary><div class="settings-body">
    ${control.me && html`<p>${shared('menu.who', { name: control.me.name })}</p>`}
    ${control.me?.demo && html`<p class="hint">${shared('app.demo')}</p>`}
    <select class="small-field" aria-label=${shared('menu.theme')} value=${control.theme} onChange=${(/** @type {any} */ event) => dispatch({ type: 'settings', theme: event.target.value })}>
      <option value="auto">${shared('menu.theme.auto')}</option><option value="dark">${shared('menu.theme.dark')}</option><option value="light">${shared('menu.theme.light')}</option></select>
    <select class="small-field" aria-label=${shared('menu.language')} value=${control.language} onChange=${(/** @type {any} */ event) => dispatch({ type: 'settings', language: event.target.value })}>
      <option value="nl" lang="nl">Nederlands</option><option value="en" lang="en">English</option></select>
    <button type="button" class="small-button" aria-pressed=${control.keys} onClick=${() => dispatch({ type: 'settings', keys: !control.keys })}>${t('keys')}</button>
    <p class="hint">${t('keys.hint')}</p>
    <a class="small-button" href="/pair">${t('devices')}</a>
    <button type="button" class="small-button" onClick=${onLeave}>${shared('menu.logout')}</button>
  </div></details>`;
}

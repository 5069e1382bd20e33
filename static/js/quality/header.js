// @ts-check
/** The top of the quality page: its parts, the ways to other pages, and the settings. */

import { logOut } from '../api.js';
import { html } from '../vendor/preact.js';
import { addressOf, VIEWS } from './choices.js';

/** @typedef {import('./view.js').QualityView} QualityView */

/** @param {{view: QualityView}} props */
export function Header({ view }) {
  const { quality, dispatch, t, shared } = view;
  return html`<header class="control-head">
    <h1>${shared('app.name')} <span>${t('title')}</span></h1>
    <${Tabs} view=${view} />
    ${quality.me?.role === 'mma' && html`<a class="small-button" href="/dispatch">${t('to.dispatch')}</a>`}
    ${quality.me?.role === 'admin' && html`<a class="small-button" href="/">${t('to.advice')}</a>`}
    ${quality.me?.demo && html`<p class="demo">${shared('app.demo')}</p>`}
    <span class="head-acts"><button type="button" class="small-button" onClick=${() => dispatch({ type: 'again' })}>${t('again')}</button>
      <button type="button" class="small-button" onClick=${() => window.print()}>${t('print')}</button></span>
    <${Settings} view=${view} />
  </header>`;
}

/** Links, so that a part can be opened beside another. @param {{view: QualityView}} props */
function Tabs({ view: { quality, dispatch, t } }) {
  return html`<nav class="tabs" aria-label=${t('views')}>${VIEWS.map((name) => html`<a key=${name} class="small-button" href=${addressOf({ ...quality.choices, view: name })} aria-current=${quality.choices.view === name ? 'page' : undefined}
    onClick=${(/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dispatch({ type: 'choose', change: { view: name } });
    }}>${t(`view.${name}`)}</a>`)}</nav>`;
}

/** @param {{view: QualityView}} props */
function Settings({ view: { quality, dispatch, shared } }) {
  const leave = () => logOut().catch(() => {}).then(() => location.assign('/login'));
  return html`<details class="settings"><summary class="small-button">${shared('menu.open')}</summary><div class="settings-body">
    ${quality.me && html`<p>${shared('menu.who', { name: quality.me.name })}</p>`}
    <select class="small-field" aria-label=${shared('menu.theme')} value=${quality.theme} onChange=${(/** @type {any} */ event) => dispatch({ type: 'settings', theme: event.target.value })}>
      <option value="auto">${shared('menu.theme.auto')}</option><option value="dark">${shared('menu.theme.dark')}</option><option value="light">${shared('menu.theme.light')}</option></select>
    <select class="small-field" aria-label=${shared('menu.language')} value=${quality.language} onChange=${(/** @type {any} */ event) => dispatch({ type: 'settings', language: event.target.value })}>
      <option value="nl" lang="nl">Nederlands</option><option value="en" lang="en">English</option></select>
    <button type="button" class="small-button" onClick=${leave}>${shared('menu.logout')}</button>
  </div></details>`;
}

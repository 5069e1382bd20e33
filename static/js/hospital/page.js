// @ts-check
/** The hospital's page: its own departments, what can be done with them, and the region around it. */

import { logOut } from '../api.js';
import { Choice } from '../components/controls.js';
import { LoginForm } from '../components/login.js';
import { clock } from '../format.js';
import { hospitalText, text } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { OwnDepartments } from './own.js';
import { Region } from './region.js';

const SILENCE_MS = 10_000;

/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {(action: import('./state.js').DeskAction) => void} DeskDispatch */
/** @typedef {{desk: Desk, dispatch: DeskDispatch, t: (key: import('../i18n.js').HospitalKey, values?: import('../i18n.js').Values) => string, shared: (key: import('../i18n.js').Key, values?: import('../i18n.js').Values) => string}} DeskView */

/** @param {{desk: Desk, dispatch: DeskDispatch, line: {start(): void, close(): void}}} props */
export function HospitalPage({ desk, dispatch, line }) {
  /** @type {DeskView} */
  const view = {
    desk, dispatch,
    t: (key, values) => hospitalText(desk.language, key, values),
    shared: (key, values) => text(desk.language, key, values),
  };
  const own = desk.hospitals.find(({ id }) => id === desk.me?.hospital);
  return html`<div class="desk" inert=${desk.expired}>
    <${Header} view=${view} line=${line} name=${own?.name} />
    <${Lost} view=${view} />
    <main class="desk-main">
      ${desk.me && !desk.me.hospital && html`<p class="card">${view.t('none')}</p>`}
      ${desk.me?.hospital && html`<${OwnDepartments} view=${view} hospital=${desk.me.hospital} name=${own?.name ?? desk.me.hospital} />`}
      <${Region} view=${view} />
    </main>
  </div>
  ${desk.expired && html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${view.shared('login.expired')}</h2>
    <${LoginForm} language=${desk.language} onDone=${() => line.start()} /></section></div>`}`;
}

/** @param {{view: DeskView, line: {close(): void}, name: string | undefined}} props */
function Header({ view: { desk, dispatch, shared }, line, name }) {
  const open = desk.link.phase === 'open' && desk.now - desk.link.heardAt <= SILENCE_MS;
  const leave = async () => {
    line.close();
    await logOut().catch(() => {});
    location.assign('/login');
  };
  return html`<header class="desk-head">
    <h1>${shared('app.name')}${name && html`<span> ${name}</span>`}</h1>
    <p class="link" data-phase=${open ? 'open' : 'connecting'}><i class="dot" aria-hidden="true"></i>${shared(open ? 'link.open' : 'link.connecting')}</p>
    <${Choice} name="theme" label=${shared('menu.theme')} value=${desk.theme} onChoose=${(/** @type {any} */ theme) => dispatch({ type: 'settings', theme })}
      options=${[{ value: 'dark', label: shared('menu.theme.dark') }, { value: 'light', label: shared('menu.theme.light') }, { value: 'auto', label: shared('menu.theme.auto') }]} />
    <${Choice} name="language" label=${shared('menu.language')} value=${desk.language} onChoose=${(/** @type {any} */ language) => dispatch({ type: 'settings', language })}
      options=${[{ value: 'nl', label: 'NL', spoken: 'Nederlands' }, { value: 'en', label: 'EN', spoken: 'English' }]} />
    <button type="button" class="button" onClick=${leave}>${shared('menu.logout')}</button>
  </header>`;
}

/** @param {{view: DeskView}} props */
function Lost({ view: { desk, shared } }) {
  const silent = desk.now - desk.link.heardAt > SILENCE_MS && !desk.expired;
  const since = desk.board ? shared('link.lost.since', { time: clock(desk.link.heardAt, desk.language) }) : shared('link.lost.never');
  return html`<div role="alert">${silent && html`<p class="banner" data-level="alarm"><${Icon} name="alarm" /><b>${since}</b></p>`}</div>`;
}

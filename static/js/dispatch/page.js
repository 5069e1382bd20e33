// @ts-check
/** The dispatch centre's page: what stands on top, and the view that is chosen. */

import { LoginForm } from '../components/login.js';
import { clock } from '../format.js';
import { Icon } from '../icons.js';
import { html, useMemo } from '../vendor/preact.js';
import { Alarms } from './alarms.js';
import { Header } from './header.js';
import { Inbound } from './inbound.js';
import { MapPane } from './map.js';
import { Matrix } from './matrix.js';
import { LookBack } from './past.js';
import { Review } from './review.js';
import { Rides } from './rides.js';
import { wordsOf } from './view.js';

const SILENCE_MS = 10_000;

/** @param {{control: import('./state.js').Control, dispatch: import('./view.js').ControlDispatch, act: import('./act.js').Act, line: {start(): void, close(): void}, audible: boolean}} props */
export function ControlPage({ control, dispatch, act, line, audible }) {
  const names = useMemo(() => new Map(control.hospitals.map(({ id, name }) => [id, name])), [control.hospitals]);
  /** @type {import('./view.js').ControlView} */
  const view = { ...wordsOf(control.language), control, dispatch, act, names };
  return html`<div class="control" inert=${control.expired}>
    <${Header} view=${view} line=${line} />
    <${Lost} view=${view} />
    <main class="control-main" data-view=${control.view}>
      ${control.view === 'overview' && html`<${Overview} view=${view} audible=${audible} />`}
      ${control.view === 'past' && html`<${LookBack} view=${view} />`}
      ${control.view === 'map' && html`<${MapPane} view=${view} />`}
      ${control.view === 'review' && html`<${Review} view=${view} />`}
    </main>
  </div>
  ${control.expired && html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${view.shared('login.expired')}</h2>
    <${LoginForm} language=${control.language} onDone=${() => line.start()} /></section></div>`}`;
}

/** @param {{view: import('./view.js').ControlView, audible: boolean}} props */
function Overview({ view, audible }) {
  return html`<${Matrix} view=${view} /><${Rides} view=${view} />
    <div class="aside"><${Alarms} view=${view} audible=${audible} /><${Inbound} view=${view} /></div>`;
}

/** @param {{view: import('./view.js').ControlView}} props */
function Lost({ view: { control, shared, t, language } }) {
  const silent = control.now - control.link.heardAt > SILENCE_MS && !control.expired;
  const since = control.board ? shared('link.lost.since', { time: clock(control.link.heardAt, language) }) : shared('link.lost.never');
  return html`<div role="alert">${silent && html`<p class="banner" data-level="alarm"><${Icon} name="alarm" /><span><b>${since}</b><small>${t('lost.hint')}</small></span></p>`}</div>`;
}

// @ts-check
/** The nurse's page as a whole: patient facts, ranked list, map. */

import { Icon } from '../icons.js';
import { isSilent } from '../state.js';
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { Banners } from './banner.js';
import { viewOf } from './context.js';
import { FactsZone } from './facts.js';
import { RankedList } from './list.js';
import { ExpiredSession } from './login.js';
import { MapPane } from './mappane.js';
import { Menu } from './menu.js';
import { GpPanel, InsidePanel, RelationPanel } from './picker.js';
import { PositionPanel } from './position.js';
import { RideArea } from './ridebar.js';
import { Strip, TopBar } from './topbar.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Tab} Tab */

const SETTLE_MS = 120;

/** @param {{store: import('../store.js').Store, line: {start(): void, close(): void}}} props */
export function App({ store, line }) {
  const [state, setState] = useState(store.get);
  useEffect(() => {
    // What happened since this was drawn first is not lost.
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  const view = useMemo(() => viewOf(state, store.dispatch), [state]);
  const expired = state.session === 'expired';
  // Nothing of it changes with the board or the clock.
  const facts = useMemo(() => html`<${FactsZone} view=${view} />`, [state.facts, state.language, state.panel, state.hospitals, state.advice.current === null]);
  const tabs = useMemo(() => html`<${Tabs} view=${view} />`, [state.tab, state.language]);
  return html`
    <a class="skip" href="#list">${view.t('app.skip')}</a>
    <div class="page" inert=${expired} data-tab=${state.tab} data-old=${isSilent(state)}>
      <header class="top"><${TopBar} view=${view} /><${Strip} view=${view} /></header>
      <main class="work">
        ${facts}
        <${Panel} view=${view} line=${line} />
        <${Panes} view=${view} />
      </main>
      <${Banners} view=${view} />
      <${RideArea} view=${view} />
      ${tabs}
    </div>
    ${expired && html`<${ExpiredSession} view=${view} onDone=${() => line.start()} />`}`;
}

/** @param {{view: View, line: {close(): void}}} props */
function Panel({ view, line }) {
  const { panel } = view.state;
  if (!panel) return null;
  return html`<div class="panel-place">
    ${panel === 'menu' && html`<${Menu} view=${view} line=${line} />`}
    ${panel === 'position' && html`<${PositionPanel} view=${view} />`}
    ${panel === 'relation' && html`<${RelationPanel} view=${view} />`}
    ${panel === 'inside' && html`<${InsidePanel} view=${view} />`}
    ${panel === 'gp' && html`<${GpPanel} view=${view} />`}
  </div>`;
}

/** List and map: beside each other, or one swipe apart. @param {{view: View}} props */
function Panes({ view }) {
  const { state: { tab }, dispatch } = view;
  const panes = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const element = panes.current;
    if (element) element.scrollTo({ left: tab === 'map' ? element.scrollWidth : 0 });
  }, [tab]);
  const settling = useRef(0);
  const settle = () => {
    const element = panes.current;
    if (!element || element.scrollWidth <= element.clientWidth) return;
    const settled = element.scrollLeft / (element.scrollWidth - element.clientWidth);
    if (settled < 0.02 && tab !== 'list') dispatch({ type: 'tab', tab: 'list' });
    if (settled > 0.98 && tab !== 'map') dispatch({ type: 'tab', tab: 'map' });
  };
  // Not every browser tells when scrolling ends.
  const follow = () => {
    clearTimeout(settling.current);
    settling.current = window.setTimeout(settle, SETTLE_MS);
    // Beside the screen the map is not drawn (see the style sheet).
    if (panes.current) panes.current.dataset.turning = String(panes.current.scrollLeft > 0);
  };
  return html`<div class="panes" ref=${panes} onScroll=${follow}>
    <${RankedList} view=${view} /><${MapPane} view=${view} /></div>`;
}

/** @param {{view: View}} props */
function Tabs({ view: { state, dispatch, t } }) {
  const tab = (/** @type {Tab} */ name) => html`<button type="button" class="tab" aria-pressed=${state.tab === name} onClick=${() => dispatch({ type: 'tab', tab: name })}>
    <${Icon} name=${name} />${t(`${name}.tab`)}</button>`;
  return html`<nav class="tabs">${tab('list')}${tab('map')}</nav>`;
}

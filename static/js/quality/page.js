// @ts-check
/** The quality page: what stands on top, and the part that is chosen. */

import { LoginForm } from '../components/login.js';
import { html } from '../vendor/preact.js';
import { Trouble } from './asked.js';
import { Header } from './header.js';
import { IndicatorsView } from './indicators.js';
import { ListsView } from './lists.js';
import { QuarterView } from './quarter.js';
import { viewOf } from './view.js';

const PARTS = { quarter: QuarterView, indicators: IndicatorsView, lists: ListsView };

/** @param {{quality: import('./types.js').Quality, dispatch: import('./view.js').QualityDispatch, onLogin: () => void}} props */
export function QualityPage({ quality, dispatch, onLogin }) {
  const view = viewOf(quality, dispatch);
  return html`<div class="control quality" data-view=${quality.choices.view} inert=${quality.expired}>
    <${Header} view=${view} />
    <main class="quality-main">
      <div role="alert">${quality.unmet && html`<${Trouble} problem=${quality.unmet} view=${view} />`}</div>
      <${PARTS[quality.choices.view]} view=${view} />
    </main>
  </div>
  ${quality.expired && html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${view.shared('login.expired')}</h2><p>${view.t('expired.hint')}</p>
    <${LoginForm} language=${quality.language} onDone=${onLogin} /></section></div>`}`;
}

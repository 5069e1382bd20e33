// @ts-check
/** What stands around an answer: that it is fetched, that it failed, that it is not for this account. */

import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('./view.js').QualityView} QualityView */

const FORBIDDEN = 403;

/** @param {{view: QualityView, children: any}} props */
export function Answered({ view, children }) {
  const { quality, dispatch, t } = view;
  const { phase, answer, problem } = quality.answers[quality.choices.view];
  return html`<p class="waiting" role="status">${phase === 'loading' && t('loading')}</p>
    <div role="alert">${phase === 'failed' && problem && html`<${Trouble} problem=${problem} view=${view}>
      ${problem.status !== FORBIDDEN && html`<button type="button" class="small-button" onClick=${() => dispatch({ type: 'again' })}>${t('failed.again')}</button>`}<//>`}</div>
    ${answer !== null && html`<div class="answer" aria-busy=${phase === 'loading'}>${children}</div>`}`;
}

/** @param {{problem: import('../types.js').Problem, view: QualityView, children?: any}} props */
export function Trouble({ problem, view, children }) {
  return html`<div class="trouble-line"><${Icon} name="warning" /><p>${wordsOf(problem, view)}</p>${children}</div>`;
}

/** @param {import('../types.js').Problem} problem @param {QualityView} view */
function wordsOf({ status, title, title_en: titleEn, detail, detail_en: detailEn, errors }, { language, t }) {
  if (status === FORBIDDEN) return t('forbidden');
  const told = errors?.map(({ message, message_en: english }) => said(language, message, english)) ?? [];
  return t('failed', { detail: status === 0 ? t('failed.offline') : [said(language, detail ?? title, detailEn ?? titleEn), ...told].join(' ') });
}

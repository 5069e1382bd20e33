// @ts-check
/** What could not be done, beside the button that it was asked with. */

import { said } from '../i18n.js';
import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('./state.js').Control} Control */

/** @param {{words: import('./view.js').Words, problem: import('../types.js').Problem | null}} props */
export function Trouble({ words, problem }) {
  return html`<div role="alert">${problem && html`<p class="trouble-line"><${Icon} name="warning" /><span><b>${words.t('failed')}</b> ${problemWords(problem, words)}</span></p>`}</div>`;
}

/** What went wrong at a place of the screen. @param {Control} control @param {string} at */
export function troubleAt({ failed }, at) {
  return failed?.at === at ? failed.problem : null;
}

/** @param {import('../types.js').Problem} problem @param {import('./view.js').Words} words */
export function problemWords(problem, { language, t }) {
  if (problem.status === 0) return t('failed.offline');
  const text = said(language, problem.detail ?? problem.title, problem.detail_en ?? problem.title_en);
  const hint = problem.hint ? said(language, problem.hint, problem.hint_en) : '';
  const fields = problem.errors?.map(({ message }) => message) ?? [];
  return [text, hint, ...fields].filter(Boolean).join(' ');
}

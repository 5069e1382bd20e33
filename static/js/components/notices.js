// @ts-check
/** What holds for the whole answer: the most serious first, the rest behind one tap. */

import { said } from '../i18n.js';
import { Icon, LEVEL_ICON } from '../icons.js';
import { html, useState } from '../vendor/preact.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Notice} Notice */

const SERIOUS = { alarm: 0, warning: 1, info: 2 };

/** Alarms and warnings, above the list. @param {{view: View}} props */
export function Notices({ view }) {
  const { t } = view;
  const [all, setAll] = useState(false);
  const urgent = (view.state.advice.current?.notices ?? [])
    .filter((notice) => notice.level !== 'info').sort((a, b) => SERIOUS[a.level] - SERIOUS[b.level]);
  if (!urgent.length || !view.state.advice.noticed) return null;
  const [first, ...rest] = urgent;
  return html`<section class="notices" aria-label=${t('notices')}>
    <button type="button" class="notices-opener" aria-expanded=${all} onClick=${() => setAll(!all)}>
      <${NoticeLine} view=${view} notice=${first} brief=${!all} />
      <span class="notice-more" data-level=${first.level}>${rest.length > 0 && !all && `+${rest.length}`}<${Icon} name="chevron" /></span>
    </button>
    ${all && rest.map((notice) => html`<${NoticeLine} key=${notice.code + notice.text} view=${view} notice=${notice} brief=${false} />`)}
  </section>`;
}

/** What is good to know, below the list. @param {{view: View}} props */
export function Remarks({ view }) {
  const calm = (view.state.advice.current?.notices ?? []).filter((notice) => notice.level === 'info');
  if (!calm.length) return null;
  return html`<section class="notices calm" aria-label=${view.t('notice.info')}>
    ${calm.map((notice) => html`<${NoticeLine} key=${notice.code + notice.text} view=${view} notice=${notice} brief=${false} />`)}</section>`;
}

/** @param {{view: View, notice: Notice, brief: boolean}} props */
function NoticeLine({ view: { language, t }, notice, brief }) {
  return html`<span class="notice" data-level=${notice.level} data-brief=${brief}>
    <${Icon} name=${LEVEL_ICON[notice.level]} /><span><b>${t(`notice.${notice.level}`)}:</b> ${said(language, notice.text, notice.text_en)}
    ${notice.section && html` <span class="rule-source">${/^\d/.test(notice.section) ? t('detail.section', { section: notice.section }) : notice.section}</span>`}</span></span>`;
}

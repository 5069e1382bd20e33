// @ts-check
/** In one line what the figures are about; on paper it is all that is left of the filters. */

import { html } from '../vendor/preact.js';
import { cellText, dayText } from './cells.js';
import { nameOf } from './filters.js';

/** @param {{view: import('./view.js').QualityView, about: import('./types.js').Choices | null, of: {from: string, to: string, as_of: string}}} props */
export function Shown({ view: { quality, language, t }, about, of }) {
  const where = about?.hospital ? nameOf(quality.hospitals, about.hospital) : about?.region || t('filters.region.all');
  return html`<p class="shown">${t('period.shown', { from: dayText(of.from, language), to: dayText(of.to, language) })} · ${where} · ${t('as_of', { time: cellText(of.as_of, language) })}</p>`;
}

// @ts-check
/** Who arrives where in the next hour, so that two crews are not sent into the same queue unseen. */

import { html, useMemo } from '../vendor/preact.js';
import { inboundOf, QUEUE_MIN } from './ride_words.js';
import { clockOf } from './state.js';

const WITHIN_MIN = 60;
const MINUTE_MS = 60_000;
const WIDE = 240;
const HIGH = 22;
const MARK = 7;
const TICKS = [15, 30, 45];

/** @param {{view: import('./view.js').ControlView}} props */
export function Inbound({ view: { control, t, names } }) {
  const minute = Math.floor(clockOf(control) / MINUTE_MS);
  const rows = useMemo(() => inboundOf(control.room?.rides ?? [], minute * MINUTE_MS, WITHIN_MIN), [control.room?.rides, minute]);
  const list = useMemo(() => rows.map(({ hospital, arrivals, queue }) => html`<li key=${hospital}>
      <span class="inbound-name"><b>${names.get(hospital) ?? hospital}</b> <small>${arrivals.length}</small>${queue && html`<small class="tight" data-level="warning">${t('inbound.queue', { minutes: QUEUE_MIN })}</small>`}</span>
      <${Track} arrivals=${arrivals} />
      <span class="unseen">${t('inbound.spoken', { minutes: arrivals.map(({ minutes }) => minutes).join(', ') })}</span></li>`), [rows, names, t]);
  return html`<section class="pane inbound-pane" aria-labelledby="inbound-title">
    <div class="pane-head"><h2 id="inbound-title">${t('inbound')}</h2></div>
    ${!rows.length && html`<p class="hint">${t('inbound.none')}</p>`}
    <ul class="inbound scroller" aria-labelledby="inbound-title" tabindex=${rows.length ? 0 : undefined}>${list}</ul>
    ${rows.length > 0 && html`<p class="inbound-scale" aria-hidden="true">${[0, ...TICKS, WITHIN_MIN].map((tick) => html`<span key=${tick}>${tick}</span>`)}</p>`}
  </section>`;
}

/** @param {{arrivals: {ride: {id: string, departed_at: string | null}, minutes: number}[]}} props */
function Track({ arrivals }) {
  const x = (/** @type {number} */ minutes) => MARK + (minutes / WITHIN_MIN) * (WIDE - 2 * MARK);
  return html`<svg class="track" viewBox=${`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <path d=${`M${MARK} ${HIGH / 2}H${WIDE - MARK}`} class="track-line" />
    ${TICKS.map((tick) => html`<path key=${tick} d=${`M${x(tick)} 5V${HIGH - 5}`} class="track-line" />`)}
    ${arrivals.map(({ ride, minutes }) => html`<circle key=${ride.id} cx=${x(minutes)} cy=${HIGH / 2} r=${MARK - 1} class=${ride.departed_at ? 'track-mark' : 'track-mark waiting'} />`)}
  </svg>`;
}

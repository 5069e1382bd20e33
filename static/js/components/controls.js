// @ts-check
/** Large choices for gloved thumbs, on native inputs so that keyboard and screen reader work by themselves. */

import { html } from '../vendor/preact.js';

/**
 * One of several; native radios under large labels.
 * @template {string} T
 * @param {object} props
 * @param {string} props.name unique on the page
 * @param {string} props.label what is chosen; read aloud, and shown when `titled`
 * @param {T | null} props.value
 * @param {{value: T, label: string, caption?: string, spoken?: string, tone?: string, icon?: unknown}[]} props.options
 * @param {(value: T) => void} props.onChoose
 * @param {string} [props.shape] `segments`, or `chips` that scroll sideways
 * @param {boolean} [props.titled]
 */
export function Choice({ name, label, value, options, onChoose, shape = 'segments', titled = false }) {
  return html`<fieldset class="choice" role="radiogroup" aria-label=${label}>
    ${titled && html`<div class="choice-title" aria-hidden="true">${label}</div>`}
    <div class=${shape}>
      ${options.map((option) => html`<label key=${option.value} class="toggle" data-tone=${option.tone}>
        <input type="radio" name=${name} value=${option.value} checked=${option.value === value}
          aria-label=${option.spoken ?? option.label} onChange=${() => onChoose(option.value)} />
        <span class="toggle-face">
          ${option.icon}
          <span>${option.caption && html`<small>${option.caption}</small>`}${option.label}</span>
        </span>
      </label>`)}
    </div>
  </fieldset>`;
}

/**
 * One of several that may all hold.
 * @param {{label: string, spoken?: string, on: boolean, tone?: string, onToggle: (on: boolean) => void}} props
 */
export function Tick({ label, spoken, on, tone, onToggle }) {
  return html`<label class="toggle tick" data-tone=${tone}>
    <input type="checkbox" checked=${on} aria-label=${spoken ?? label}
      onChange=${(/** @type {Event} */ event) => onToggle(/** @type {HTMLInputElement} */ (event.target).checked)} />
    <span class="toggle-face">${label}</span>
  </label>`;
}

/**
 * On or off.
 * @param {{label: string, state: string, on: boolean, icon?: unknown, onToggle: (on: boolean) => void}} props
 */
export function Switch({ label, state, on, icon, onToggle }) {
  return html`<label class="toggle switch">
    <input type="checkbox" role="switch" checked=${on} aria-label=${label}
      onChange=${(/** @type {Event} */ event) => onToggle(/** @type {HTMLInputElement} */ (event.target).checked)} />
    <span class="toggle-face">${icon}<span><small>${label}</small>${state}</span></span>
  </label>`;
}

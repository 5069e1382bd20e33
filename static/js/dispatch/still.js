// @ts-check
/** Components that are painted again only when what they are given is something else. */

import { Component, html } from '../vendor/preact.js';

/**
 * @template {Record<string, any>} P
 * @param {(props: P) => unknown} paint
 */
export function still(paint) {
  return class Still extends Component {
    /** @param {Record<string, unknown>} next */
    shouldComponentUpdate(next) {
      const before = /** @type {Record<string, unknown>} */ (this.props);
      const names = Object.keys(next);
      return names.length !== Object.keys(before).length || names.some((name) => next[name] !== before[name]);
    }

    render() {
      return html`<${paint} ...${this.props} />`;
    }
  };
}

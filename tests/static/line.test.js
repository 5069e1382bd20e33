// @ts-check
/** What the desks' pages make of a line that opens: it is not yet news. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { initialControl, reduceControl } from '../../static/js/dispatch/state.js';
import { initialDesk, reduceDesk } from '../../static/js/hospital/state.js';
import { isMute } from '../../static/js/state/silence.js';

const NOW = Date.parse('2026-03-10T14:00:00Z');
const SETTINGS = /** @type {const} */ ({ language: 'nl', theme: 'auto' });

/** @typedef {{type: 'link', phase: 'open' | 'closed', now: number} | {type: 'tick', now: number} | {type: 'heard', now: number}} LineAction */

/** The line of each page after what happened. @param {LineAction[]} actions */
function played(actions) {
  return [
    actions.reduce(reduceControl, initialControl(NOW, SETTINGS)),
    actions.reduce(reduceDesk, initialDesk(NOW, SETTINGS)),
  ];
}

test('line that opens makes nothing that a desk heard before new', () => {
  const later = NOW + 15_000;
  for (const page of played([{ type: 'link', phase: 'open', now: later }, { type: 'tick', now: later + 500 }])) {
    assert.deepEqual([page.link.heardAt, isMute(page)], [NOW, false]);
  }
});

test('line of a desk that says nothing after it opened is mended', () => {
  for (const page of played([{ type: 'link', phase: 'open', now: NOW + 15_000 }, { type: 'tick', now: NOW + 26_000 }])) assert.equal(isMute(page), true);
});

test('line of a desk that is heard after it opened is fresh', () => {
  const later = NOW + 15_000;
  for (const page of played([{ type: 'link', phase: 'open', now: later }, { type: 'heard', now: later + 300 }])) assert.equal(page.link.heardAt, later + 300);
});

// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeSounder } from '../../static/js/sound.js';

/** A browser that makes no sound before the page was touched. */
class Audio extends EventTarget {
  state = 'suspended';

  async resume() {
    this.state = 'running';
    this.dispatchEvent(new Event('statechange'));
  }

  interrupt() {
    this.state = 'interrupted';
    this.dispatchEvent(new Event('statechange'));
  }
}

/** @returns {{page: EventTarget, audio: () => Audio}} */
function browser() {
  /** @type {Audio[]} */
  const made = [];
  const page = Object.assign(new EventTarget(), { AudioContext: class extends Audio { constructor() { super(); made.push(this); } } });
  Object.assign(globalThis, { window: page, AudioContext: page.AudioContext });
  return { page, audio: () => made[0] };
}

test('sound is told as off until it can be heard', () => {
  const { page } = browser();
  const told = /** @type {boolean[]} */ ([]);
  const sounder = makeSounder(() => told.push(sounder.isAudible()));
  assert.equal(sounder.isAudible(), false);
  page.dispatchEvent(new Event('pointerdown'));
  assert.equal(sounder.isAudible(), false);
  page.dispatchEvent(new Event('pointerup'));
  assert.equal(sounder.isAudible(), true);
  assert.deepEqual(told, [true]);
});

test('sound that the device takes away is told', () => {
  const { page, audio } = browser();
  const told = /** @type {boolean[]} */ ([]);
  const sounder = makeSounder(() => told.push(sounder.isAudible()));
  page.dispatchEvent(new Event('keydown'));
  audio().interrupt();
  assert.deepEqual(told, [true, false]);
});

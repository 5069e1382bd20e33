// @ts-check
/** Changes of a watched answer, laid over the answer before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { applyAdviceDelta } from '../../static/js/state/advice_delta.js';
import { advice, option } from './world.js';

const SEH = /** @type {const} */ ({ status: 'green', until: null });
const before = { ...advice(['a', 'b']), version: 3, options: [option('a', { departments: { SEH, SR: SEH } }), option('b', {})] };
const delta = { from_version: 3, version: 4, order: ['a', 'b'], options: {} };

test('what a change does not name stays as it was', () => {
  assert.deepEqual(applyAdviceDelta(before, delta), { ...before, version: 4 });
});

test('fields that a change names are laid over', () => {
  const after = applyAdviceDelta(before, { ...delta, seq: 9, options: { a: { class: 'divert', departments: { SEH: { status: 'red' } } } } });

  assert.equal(after?.seq, 9);
  assert.equal(after?.options[0].class, 'divert');
  assert.deepEqual(after?.options[0].departments, { SEH: { status: 'red', until: null }, SR: SEH });
});

test('hospitals stand in the order of the change, new ones too, and who is not in it is gone', () => {
  const after = applyAdviceDelta(before, { ...delta, order: ['c', 'a'], options: { c: option('c', {}) } });

  assert.deepEqual(after?.options.map(({ hospital }) => hospital), ['c', 'a']);
});

test('change of another answer, or of none, is not applied', () => {
  assert.equal(applyAdviceDelta(before, { ...delta, from_version: 2 }), null);
  assert.equal(applyAdviceDelta(null, delta), null);
  assert.equal(applyAdviceDelta({ ...before, version: undefined }, delta), null);
});

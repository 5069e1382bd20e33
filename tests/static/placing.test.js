// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isShown, placeNames } from '../../static/js/map/placing.js';

const name = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => ({ text, rank: 0, x, y, width: 80, height: 16 });
const texts = (/** @type {{text: string}[]} */ names) => names.map(({ text }) => text);

test('names that are far enough apart all stand on their place', () => {
  const names = [name('Utrecht', 100, 100), name('Zeist', 300, 100)];

  assert.deepEqual(placeNames(names, []), names);
});

test('weightier name wins where there is room for one', () => {
  const crowd = [name('Utrecht', 100, 100), name('De Bilt', 110, 100), name('Zeist', 90, 98), name('Bunnik', 105, 103)];

  assert.deepEqual(texts(placeNames(crowd, [])), ['Utrecht', 'De Bilt', 'Zeist']);
});

test('no two names lie over each other', () => {
  const crowd = Array.from({ length: 200 }, (_, index) => name(String(index), (index * 37) % 400, (index * 61) % 300));
  const placed = placeNames(crowd, []);

  for (const [index, one] of placed.entries()) {
    for (const other of placed.slice(index + 1)) {
      assert.ok(Math.abs(one.x - other.x) >= 80 || Math.abs(one.y - other.y) >= 16, `${one.text} over ${other.text}`);
    }
  }
  assert.ok(placed.length > 10);
});

test('name makes room for a mark on its place', () => {
  const [moved] = placeNames([name('Amsterdam', 100, 100)], [{ left: 85, right: 115, top: 85, bottom: 115 }]);

  assert.ok(moved.y + 8 <= 85 || moved.y - 8 >= 115);
});

test('name without any room is left out', () => {
  assert.deepEqual(placeNames([name('Amsterdam', 100, 100)], [{ left: 0, right: 200, top: 0, bottom: 200 }]), []);
});

test('villages are named only near by', () => {
  assert.deepEqual([0, 1, 2, 3].map((rank) => isShown(rank, 9)), [true, true, false, false]);
  assert.equal(isShown(3, 13), true);
});

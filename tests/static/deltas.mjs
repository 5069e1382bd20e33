// Lays changes over answers as the page does: `node deltas.mjs < pairs`, with lines of JSON `[before, delta, after]`.
// Prints the places of the pairs from which something else came than `after`.
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';

import { applyAdviceDelta } from '../../static/js/state/advice_delta.js';

/** @type {number[]} */
const wrong = [];
let place = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [before, delta, after] = JSON.parse(line);
  if (!isDeepStrictEqual(applyAdviceDelta(before, delta), after)) wrong.push(place);
  place += 1;
}
process.stdout.write(JSON.stringify(wrong));

// Reads {grid, zone, destinations, positions} from a file and prints the seconds that the device gives for each position.
import { readFileSync } from 'node:fs';

import { driveTimes, unpackGrid } from '../../static/js/offline/grid.js';

const { grid: packed, zone, destinations, asked } = JSON.parse(readFileSync(process.argv[2], 'utf-8'));
const bytes = Uint8Array.from(Buffer.from(packed, 'base64'));
const grid = await unpackGrid(bytes.buffer);
if (!grid) throw new Error('the device does not read this version');
const places = new Map(Object.entries(destinations));
console.log(JSON.stringify(asked.map((from) => {
  const drives = driveTimes(grid, places, from, zone);
  return drives && [...drives.values()].map(({ seconds, low_s, high_s, geodesic }) => [seconds, low_s, high_s, geodesic]);
})));

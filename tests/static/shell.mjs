// What the service worker keeps: every file of the pages that are opened on the road, and a version that changes with any of them.
// `npm run shell` writes it; a test tells when that was forgotten.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { writePacked } from './pack.mjs';

const folder = new URL('../../static/', import.meta.url);
// The desks' pages stay with the server: without it they have nothing to show.
const KEPT = /^(index\.html|login\.html|packed\/.*|icons\/icon.*|js\/early\.js|js\/vendor\/[\w.]+\.js)$/;
const LEFT_OUT = /maskable/;

export function shellText() {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll('\\', '/').slice(fileURLToPath(folder).length).replace(/^\/+/, ''))
    .filter((name) => KEPT.test(name) && !LEFT_OUT.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update('\0').update(readFileSync(new URL(name, folder))).update('\0');
  const files = names.map((name) => `    '/static/${name}',`).join('\n');
  return `// Written by \`npm run shell\`: what the service worker keeps.
self.SHELL = {
  version: '${hash.digest('hex').slice(0, 12)}',
  files: [
${files}
  ],
};
`;
}

if (process.argv.includes('--write')) {
  await writePacked();
  writeFileSync(new URL('shell.js', folder), shellText());
}

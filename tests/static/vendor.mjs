// Copies the pinned libraries into static/js/vendor: bundled where a library comes in parts, minified, licences beside them.
import { build } from 'esbuild';
import { copyFile, readFile, writeFile } from 'node:fs/promises';

const target = new URL('../../static/js/vendor/', import.meta.url);
const modules = new URL('node_modules/', import.meta.url);

const common = { bundle: true, minify: true, format: /** @type {const} */ ('esm'), target: 'es2020', legalComments: /** @type {const} */ ('inline') };
const resolveDir = new URL('.', import.meta.url).pathname;

await build({
  ...common,
  stdin: {
    contents: `export * from 'preact'; export * from 'preact/hooks';
      import { h } from 'preact'; import htm from 'htm'; export const html = htm.bind(h);`,
    resolveDir,
  },
  outfile: new URL('preact.js', target).pathname,
});
await build({
  ...common,
  stdin: { contents: "export * from 'leaflet/dist/leaflet-src.esm.js';", resolveDir },
  outfile: new URL('leaflet.js', target).pathname,
});
await build({
  ...common,
  stdin: { contents: "export { openDB } from 'idb';", resolveDir },
  outfile: new URL('idb.js', target).pathname,
});
const client = await readFile(new URL('socket.io-client/dist/socket.io.esm.min.js', modules), 'utf-8');
await writeFile(new URL('socket.io.js', target), client.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'));
await copyFile(new URL('leaflet/dist/leaflet.css', modules), new URL('leaflet.css', target));

const packages = ['preact', 'htm', 'socket.io-client', 'leaflet', 'idb'];
const licences = [];
const versions = [];
for (const name of packages) {
  const about = JSON.parse(await readFile(new URL(`${name}/package.json`, modules), 'utf-8'));
  const text = await readFile(new URL(`${name}/LICENSE`, modules), 'utf-8');
  licences.push(`${name} ${about.version}\n${'='.repeat(name.length + about.version.length + 1)}\n\n${text.trim()}\n`);
  versions.push({ name, version: about.version, licence: about.license });
}
await writeFile(new URL('LICENSES.txt', target), licences.join('\n\n'));
console.table(versions);

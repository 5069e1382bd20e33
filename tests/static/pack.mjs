// The pages that are opened on the road, packed: few files, so that a phone on a poor network has them soon.
// `npm run shell` writes them; a test tells when that was forgotten. The libraries stay the files that they are.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../static/', import.meta.url));
export const TARGET = `${folder}packed/`;
const STYLES = {
  nurse: ['css/tokens.css', 'css/base.css', 'css/controls.css', 'css/nurse.css', 'css/row.css', 'css/ride.css', 'js/vendor/leaflet.css', 'css/map.css'],
  login: ['css/tokens.css', 'css/base.css', 'css/login.css'],
};
/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, minify: true, write: false, target: 'es2022', legalComments: 'none', charset: 'utf8', outdir: TARGET, logLevel: 'error' };

/**
 * Libraries stay outside; what a page imports while it runs becomes a file of its own, found in `later`.
 * @param {Map<string, string>} later path by name
 * @returns {import('esbuild').Plugin}
 */
const outside = (later) => ({
  name: 'outside',
  setup({ onResolve }) {
    onResolve({ filter: /vendor\/[\w.]+\.js$/ }, ({ path }) => ({ path: `/static/js/vendor/${basename(path)}`, external: true }));
    onResolve({ filter: /\.js$/ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = resolve(resolveDir, path);
      const name = `${basename(dirname(file))}-${basename(file)}`;
      later.set(name, file);
      return { path: `/static/packed/${name}`, external: true };
    });
  },
});

/** The packed files by name. @returns {Promise<Map<string, string>>} */
export async function pack() {
  /** @type {Map<string, string>} */
  const scripts = new Map([['nurse.js', `${folder}js/nurse.js`], ['login.js', `${folder}js/login.js`]]);
  /** @type {Map<string, string>} */
  const made = new Map();
  // The map grows while it is walked: a later part may have later parts itself.
  for (const [name, file] of scripts) made.set(name, await only({ ...common, entryPoints: [file], format: 'esm', plugins: [outside(scripts)] }));
  for (const [name, files] of Object.entries(STYLES)) {
    const contents = files.map((file) => `@import "./${file}";`).join('\n');
    made.set(`${name}.css`, await only({ ...common, stdin: { contents, loader: 'css', resolveDir: folder, sourcefile: `${name}.css` }, external: ['*.png'] }));
  }
  return new Map([...made].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {import('esbuild').BuildOptions} options */
async function only(options) {
  const { outputFiles } = await build(options);
  return (outputFiles ?? [])[0].text;
}

/** Writes what is new, and takes away what is no longer made. */
export async function writePacked() {
  const made = await pack();
  mkdirSync(TARGET, { recursive: true });
  for (const [name, text] of made) writeFileSync(TARGET + name, text);
  for (const name of readdirSync(TARGET)) if (!made.has(name)) rmSync(TARGET + name);
}

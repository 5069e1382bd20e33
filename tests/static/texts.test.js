// @ts-check
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { TEXTS } from '../../static/js/i18n.js';
import { DISPATCH_TEXTS } from '../../static/js/i18n/dispatch.js';
import { HOSPITAL_TEXTS } from '../../static/js/i18n/hospital.js';
import { PAIR_TEXTS } from '../../static/js/i18n/pair.js';
import { QUALITY_TEXTS } from '../../static/js/i18n/quality.js';
import { pack, TARGET } from './pack.mjs';
import { shellText } from './shell.mjs';

const folder = new URL('../../static/', import.meta.url);
const scripts = readdirSync(new URL('js', folder), { recursive: true }).map(String).filter((name) => name.endsWith('.js') && !name.includes('vendor') && !name.includes('packed'));
const code = scripts.map((name) => readFileSync(new URL(`js/${name}`, folder), 'utf-8')).join('\n');
const outside = scripts.filter((name) => !name.startsWith('i18n')).map((name) => readFileSync(new URL(`js/${name}`, folder), 'utf-8')).join('\n');
const places = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort();

for (const [name, { nl, en }] of Object.entries({ page: TEXTS, hospital: HOSPITAL_TEXTS, dispatch: DISPATCH_TEXTS, pair: PAIR_TEXTS, quality: QUALITY_TEXTS })) {
  test(`${name} says everything in both languages`, () => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(nl).sort());
  });

  test(`${name} fills in the same values in both languages`, () => {
    for (const [key, text] of Object.entries(nl)) {
      assert.deepEqual(places(/** @type {Record<string, string>} */ (en)[key]), places(text), key);
    }
  });

  test(`${name} has no text that nobody says`, () => {
    const families = [...outside.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start);
    const made = /^(list|map)\.tab$|^(declare|extend|end)(\.of)?$/;

    assert.deepEqual(Object.keys(nl).filter((key) => !outside.includes(`'${key}'`) && !made.test(key) && !families.some((start) => key.startsWith(start))), []);
  });
}

test('every script stays short enough to read', () => {
  const long = scripts.filter((name) => !name.startsWith('i18n')).filter((name) => readFileSync(new URL(`js/${name}`, folder), 'utf-8').split('\n').length > 200);

  assert.deepEqual(long, []);
});

test('pages hold no script or style of their own', () => {
  for (const page of ['index.html', 'login.html', 'hospital.html', 'dispatch.html', 'pair.html', 'quality.html']) {
    const html = readFileSync(new URL(page, folder), 'utf-8');

    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/, page);
  }
});

test('no script writes markup from data', () => {
  assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

test('service worker keeps exactly the files of this version', () => {
  assert.equal(readFileSync(new URL('shell.js', folder), 'utf-8'), shellText(), 'run: npm run shell');
});

test('packed pages hold what stands in their sources', async () => {
  const made = await pack();

  assert.deepEqual(readdirSync(TARGET).sort(), [...made.keys()]);
  for (const [name, text] of made) assert.equal(readFileSync(TARGET + name, 'utf-8'), text, `${name}: run npm run shell`);
});

test('nurse’s page stays small enough for a poor network', async () => {
  const weigh = (/** @type {string[]} */ texts) => texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
  const packed = [...(await pack()).entries()].filter(([name]) => !name.startsWith('login')).map(([, text]) => text);
  const vendor = new URL('js/vendor/', folder);
  const libraries = readdirSync(vendor).filter((name) => name.endsWith('.js')).map((name) => readFileSync(new URL(name, vendor), 'utf-8'));

  assert.ok(weigh(packed) <= 60_000, `own code: ${weigh(packed)} bytes`);
  assert.ok(weigh(libraries) <= 90_000, `libraries: ${weigh(libraries)} bytes`);
});

const glossary = readFileSync(new URL('../../docs/GLOSSARY.md', import.meta.url), 'utf-8').toLowerCase();

test('words of classes and statuses stand in the glossary', () => {
  const keys = /** @type {const} */ (['class.divert', 'class.consult', 'status.orange', 'status.calamity', 'status.grey', 'suspicion', 'origin']);

  assert.deepEqual(keys.map((key) => TEXTS.nl[key].toLowerCase()).filter((word) => !glossary.includes(word)), []);
});

test('screens use the words of the glossary and not others for the same', () => {
  const others = /\b(aanrijtijd|reistijd|omleiden|doorsturen|diagnose|eerste hulp|spoedpost|sluiting|afkeuren|ETA|presentatiestop|triage|bestemmingsziekenhuis)\b/i;
  const found = Object.entries({ ...TEXTS.nl, ...HOSPITAL_TEXTS.nl }).filter(([, text]) => others.test(text));

  assert.deepEqual(found, []);
});

test('Dutch is not left in the English texts', () => {
  const same = Object.keys(TEXTS.nl).filter((key) => {
    const [dutch, english] = [TEXTS.nl, TEXTS.en].map((texts) => /** @type {Record<string, string>} */ (texts)[key]);
    return dutch === english && /\b(de|het|een|niet|van|naar|kies|geen)\b/i.test(dutch);
  });

  assert.deepEqual(same, []);
});

// @ts-check
/** The quality page without a browser: what the address says, which answer counts, cells, order and the measures of plots. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cellText, sortRows } from '../../static/js/quality/cells.js';
import { addressOf, choicesIn, indicatorTable, periods, questionOf, withChange } from '../../static/js/quality/choices.js';
import { pathOf } from '../../static/js/quality/lines.js';
import { addDays, daysOf, isDay, quarterOf, quartersUntil, stepQuarter } from '../../static/js/quality/period.js';
import { isDrawable } from '../../static/js/quality/plot.js';
import { fitted, keepApart, strengthOf, ticksFor } from '../../static/js/quality/scale.js';
import { initialQuality, questionDue, reduceQuality } from '../../static/js/quality/state.js';

const TODAY = '2026-11-22';
const ME = { name: 'm', role: 'mma', hospital: null, region: null, demo: false, version: '1', csrf: '' };
const both = (/** @type {string} */ text) => ({ nl: text, en: `${text} (en)` });

/** A page that somebody looks at. @param {string} search */
function looking(search) {
  return reduceQuality(initialQuality(TODAY, search, { language: 'nl', theme: 'auto' }), { type: 'me', me: ME });
}

/** What becomes of it. @param {import('../../static/js/quality/types.js').Quality} quality @param {import('../../static/js/quality/state.js').QualityAction[]} actions */
function after(quality, ...actions) {
  return actions.reduce(reduceQuality, quality);
}

test('a quarter is the one that its days are in', () => {
  assert.deepEqual([quarterOf('2026-03-31'), quarterOf('2026-04-01'), quarterOf('2026-12-31')], ['2026-Q1', '2026-Q2', '2026-Q4']);
  assert.deepEqual([stepQuarter('2026-Q1', -1), stepQuarter('2026-Q4', 1), stepQuarter('2026-Q2', -6)], ['2025-Q4', '2027-Q1', '2024-Q4']);
  assert.deepEqual(daysOf('2028-Q1'), { from: '2028-01-01', to: '2028-03-31' });
});

test('a day that does not exist is none', () => {
  assert.deepEqual(['2026-02-28', '2026-02-29', '2026-2-1', '', null].map(isDay), [true, false, false, false, false]);
  assert.equal(addDays('2026-02-28', 1), '2026-03-01');
});

test('a quarter before those on offer stays among them', () => {
  assert.deepEqual(quartersUntil(TODAY, '2025-Q1', 2), ['2026-Q4', '2026-Q3', '2025-Q1']);
});

test('what is chosen survives the way through the address', () => {
  for (const search of ['?view=lists&kind=refusals&from=2026-01-05&to=2026-02-06&region=Noord-Holland%2FFlevoland&hospital=olvg-oost', '?view=quarter&quarter=2025-Q3']) {
    const choices = choicesIn(search, TODAY);

    assert.deepEqual(choicesIn(addressOf(choices), TODAY), choices);
  }
  assert.equal(choicesIn('?view=lists&hospital=olvg-oost', TODAY).hospital, 'olvg-oost');
});

test('nonsense in the address gives the usual', () => {
  assert.deepEqual(choicesIn('?view=x&kind=y&quarter=2026-Q5&from=2026-11-01&to=2026-10-01', TODAY), choicesIn('', TODAY));
  assert.deepEqual({ from: choicesIn('', TODAY).from, to: choicesIn('', TODAY).to }, { from: '2026-10-26', to: TODAY });
});

test('a period does not end before it begins, whichever end is moved', () => {
  const choices = choicesIn('?from=2026-11-01&to=2026-11-10', TODAY);

  assert.equal(withChange(choices, { from: '2026-11-15' }).to, '2026-11-15');
  assert.equal(withChange(choices, { to: '2026-10-15' }).from, '2026-10-15');
});

test('another region lets go of the hospital', () => {
  const choices = choicesIn('?view=lists&region=Oost&hospital=rijnstate', TODAY);

  assert.equal(withChange(choices, { region: 'West' }).hospital, '');
  assert.equal(withChange(choices, { kind: 'lapses' }).hospital, 'rijnstate');
});

test('last quarter is whole, this one ends today', () => {
  assert.deepEqual(periods('2026-02-10').before, { from: '2025-10-01', to: '2025-12-31' });
  assert.deepEqual(periods('2026-02-10').quarter, { from: '2026-01-01', to: '2026-02-10' });
});

test('the question and its table as CSV carry the same filters', () => {
  const choices = choicesIn('?view=indicators&from=2026-11-01&to=2026-11-10&region=Noord-Holland%2FFlevoland', TODAY);

  assert.equal(questionOf(choices), '/api/v1/reports/indicators?from=2026-11-01&to=2026-11-10&region=Noord-Holland%2FFlevoland');
  assert.equal(indicatorTable(choices, 'detour', 'en'), '/api/v1/reports/indicators/detour.csv?from=2026-11-01&to=2026-11-10&region=Noord-Holland%2FFlevoland&lang=en');
});

test('nothing is asked for nobody, and nothing twice', () => {
  const quality = looking('?view=quarter&quarter=2026-Q3');
  const address = '/api/v1/reports/quarter/2026-Q3';

  assert.equal(questionDue(initialQuality(TODAY, '', { language: 'nl', theme: 'auto' })), null);
  assert.equal(questionDue(quality), address);
  assert.equal(questionDue(after(quality, { type: 'asked', address })), null);
  assert.equal(questionDue(after(quality, { type: 'asked', address }, { type: 'answered', address, answer: {} }, { type: 'again' })), address);
});

test('the answer to a question that nobody asks any more is dropped', () => {
  const [first, second] = ['/api/v1/reports/quarter/2026-Q3', '/api/v1/reports/quarter/2026-Q2'];
  const asked = after(looking('?quarter=2026-Q3'), { type: 'asked', address: first }, { type: 'choose', change: { quarter: '2026-Q2' } }, { type: 'asked', address: second });

  assert.equal(after(asked, { type: 'answered', address: first, answer: 'old' }).answers.quarter.answer, null);
  assert.equal(after(asked, { type: 'answered', address: second, answer: 'new' }).answers.quarter.answer, 'new');
});

test('an answer knows what it was asked about while another is awaited', () => {
  const address = questionOf(looking('?view=indicators&region=Oost').choices);
  const waiting = after(looking('?view=indicators&region=Oost'), { type: 'asked', address }, { type: 'answered', address, answer: {} },
    { type: 'choose', change: { region: 'West' } }, { type: 'asked', address: 'other' });

  assert.deepEqual([waiting.answers.indicators.about?.region, waiting.answers.indicators.phase], ['Oost', 'loading']);
});

test('after the session has expired nothing is asked until somebody logged in', () => {
  const expired = after(looking(''), { type: 'expired' });

  assert.equal(questionDue(expired), null);
  assert.notEqual(questionDue(after(expired, { type: 'me', me: ME })), null);
});

test('the next day is within reach of who left the page open', () => {
  const morning = after(looking('?view=indicators'), { type: 'today', today: '2026-11-23' });

  assert.deepEqual([morning.today, morning.choices.to], ['2026-11-23', TODAY]);
});

test('cells are read in the language and the time of the reader', () => {
  assert.deepEqual([1234.56, 0, null, both('rood'), '2026-11-22', '2026-07-01T22:30:00Z', 'SEH', '073f4abbd19d4c78ba948adeb6ad044b'].map((cell) => cellText(cell, 'nl')),
    ['1.234,6', '0', '–', 'rood', '22 nov 2026', '2 jul 2026, 00:30', 'SEH', '073f4abb']);
  assert.deepEqual([cellText(1234.56, 'en'), cellText(both('rood'), 'en'), cellText(44428, 'nl', false)], ['1,234.6', 'rood (en)', '44428']);
});

test('rows are ordered by number, name or moment, and what is not known comes last', () => {
  const column = (/** @type {import('../../static/js/quality/types.js').Cell[]} */ cells, /** @type {boolean} */ descending) => sortRows(cells.map((cell) => [cell]), 0, descending, 'nl').map(([cell]) => cell);

  assert.deepEqual(column([10, null, 9], false), [9, 10, null]);
  assert.deepEqual(column([10, null, 9], true), [10, 9, null]);
  assert.deepEqual(column(['b', 'Á', 'c'], false), ['Á', 'b', 'c']);
  assert.deepEqual(column(['2026-11-02T10:00:00Z', '2026-10-12T10:00:00Z'], false), ['2026-10-12T10:00:00Z', '2026-11-02T10:00:00Z']);
});

test('ticks are round, begin at nought or below, and reach the most', () => {
  assert.deepEqual(ticksFor([3, 17, null]), [0, 5, 10, 15, 20]);
  assert.deepEqual(ticksFor([1]), [0, 1]);
  assert.deepEqual(ticksFor([-0.4, 0.7]), [-0.5, 0, 0.5, 1]);
  assert.deepEqual(ticksFor([]), [0, 1]);
});

test('labels are moved apart and none passes the end', () => {
  assert.deepEqual(keepApart([10, 12, 50], 10, 100), [10, 20, 50]);
  assert.deepEqual(keepApart([98, 95, 20], 10, 100), [100, 90, 20]);
});

test('a label that is too long is cut, and says so', () => {
  assert.equal(fitted('Kort', 100), 'Kort');
  assert.match(fitted('Een naam die nergens past', 80), /^Een naam\W*…$/);
});

test('nothing is drawn as nothing, and the least of something as something', () => {
  assert.deepEqual([0, null, 1, 50, 100].map((value) => strengthOf(value, 100)), [0, 0, 1, 2, 4]);
});

test('a line is broken where nothing is known', () => {
  assert.equal(pathOf([1, 2, null, 3], (index) => index, (value) => value), 'M0.0 1.0L1.0 2.0M3.0 3.0');
});

test('there is no plot of noughts alone', () => {
  const indicator = (/** @type {import('../../static/js/quality/types.js').Cell[][]} */ rows) => isDrawable({
    id: 'x', title: both('x'), definition: both('x'), unit: both('x'), figures: [], table: { columns: [both('a'), both('b')], rows }, plot: { kind: 'bars', x: 0, y: [1] },
  });

  assert.deepEqual([indicator([['a', 0], ['b', null]]), indicator([]), indicator([['a', 0], ['b', 2]])], [false, false, true]);
});

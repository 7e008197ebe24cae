import { expect, test } from 'vitest';
import { leakOf, wordLeak } from '../../../src/cli/train/leaks.js';
import { targetOf } from '../../../src/cli/train/target.js';
import { type Column, Table } from '../../../src/data/table.js';
import { chance } from './tables.js';

const rows = 200;
const draw = chance(9);
const numbers = (name: string, cell: (i: number) => number): Column => ({
  name,
  kind: 'number',
  values: Float64Array.from({ length: rows }, (_, i) => cell(i)),
  missing: 0,
});
const texts = (name: string, cell: (i: number) => string): Column => ({
  name,
  kind: 'text',
  values: Array.from({ length: rows }, (_, i) => cell(i)),
  missing: 0,
});
const classOf = (i: number) => Number((i * 7) % 10 < 4);
const classes = targetOf(new Table('t', [numbers('y', classOf)]), 'y');
const price = numbers('price', () => 100 * draw() + 0.5);
const measured = targetOf(new Table('t', [price]), 'price');
const degree = (column: Column, target = classes) => leakOf(column, target)?.degree;

test('a copy of the target, in other words, numbers, finer kinds or with noise, is certain', () => {
  expect(degree(texts('copy', (i) => (classOf(i) ? 'gone' : 'here')))).toBe('certain');
  expect(degree(numbers('code', (i) => 1 - classOf(i)))).toBe('certain');
  expect(degree(texts('finer', (i) => `${classOf(i)}${i % 3}`))).toBe('certain');
  expect(degree(texts('slips', (i) => String(i % 50 === 0 ? 1 - classOf(i) : classOf(i))))).toBe('certain');
  expect(degree(numbers('few slips', (i) => (i % 50 === 0 ? 1 - classOf(i) : classOf(i))))).toBe('certain');
  expect(degree(numbers('noisy', (i) => classOf(i) + draw() / 100))).toBe('certain');
});

test('a measurement that tells classes apart is warned of and used', () => {
  expect(degree(numbers('length', (i) => classOf(i) * 3 + 2 * draw()))).toBe('likely');
});

test('kinds that are finer than the classes are left out only where they are hardly ever wrong', () => {
  const odour = (wrong: number) =>
    texts('odour', (i) => `${i % 100 < wrong ? 1 - classOf(i) : classOf(i)}${i % 4}`);
  expect(degree(odour(0))).toBe('certain');
  expect(degree(odour(1))).toBe('likely');
});

test('a word of free text that says the class gives it away', () => {
  const remark = (said: boolean) =>
    texts('remark', (i) => `${said && classOf(i) ? 'saved' : 'seen'} near rock ${i} by ${'abc'[i % 3]}`);
  const leak = wordLeak(remark(true), classes);
  expect(leak?.degree).toBe('certain');
  expect(leak?.reason).toMatch(/has the word '(saved|seen)', which gives 'y' away/);
  expect(wordLeak(remark(false), classes)).toBeUndefined();
});

test('what only helps is let pass', () => {
  expect(degree(numbers('weak', (i) => classOf(i) + 2 * draw()))).toBeUndefined();
  expect(degree(texts('half', (i) => (draw() < 0.7 ? String(classOf(i)) : 'x')))).toBeUndefined();
  expect(degree(texts('rows', (i) => `row ${i}`))).toBeUndefined();
});

test('of numbers, the same in other units is certain, a good hint is not', () => {
  const values = price.values as Float64Array;
  expect(
    degree(
      numbers('cents', (i) => 100 * values[i]! + 7),
      measured,
    ),
  ).toBe('certain');
  expect(
    degree(
      numbers('hint', (i) => values[i]! + 20 * draw()),
      measured,
    ),
  ).toBeUndefined();
  expect(
    degree(
      numbers('nearly', (i) => values[i]! + 10 * draw()),
      measured,
    ),
  ).toBe('likely');
});

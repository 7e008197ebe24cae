import { expect, test } from 'vitest';
import { refined } from '../../../src/cli/train/refine.js';
import { writings } from '../../../src/cli/train/writings.js';
import type { TextColumn } from '../../../src/data/table.js';

const texts = (values: readonly (string | null)[]): TextColumn => ({
  name: 'a',
  kind: 'text',
  values,
  missing: values.filter((value) => value === null).length,
});
const lines = Array.from({ length: 100 }, (_, i) => i + 2);
const known = { name: 't.csv', lines, isFixed: false };

test.each([
  ['thousands', ['1,234', '56', '-7,000,123.5'], [1234, 56, -7000123.5]],
  ['money', ['$1,234.50', '$ 7', '-€3'], [1234.5, 7, -3]],
  ['hundredths', ['12%', '3.5 %', '100%'], [12, 3.5, 100]],
  ['a decimal comma', ['5,1', '0,25', '-3'], [5.1, 0.25, -3]],
  ['a decimal comma and points for thousands', ['1.234,5', '12,25'], [1234.5, 12.25]],
  ['dates', ['1970-01-02', '1970-01-11', '1971-01-01 12:00'], [1, 10, 365.5]],
  ['days before months', ['02.01.1970', '31.01.1970'], [1, 30]],
  ['months before days', ['01/02/1970', '01/31/1970'], [1, 30]],
])('%s become numbers, and it is said', (_, given, wanted) => {
  const { column, note } = refined(texts(given), known);
  expect(column.kind).toBe('number');
  expect([...column.values]).toEqual(wanted);
  expect(note).toContain(`reads column 'a' as `);
  expect(note).toContain(`'${given[0]}' is ${wanted[0]}`);
});

test('signs among numbers stand for no value', () => {
  const { column, note } = refined(texts(['-', '1', null, 'n/a', '2.5']), known);
  expect(column).toMatchObject({ kind: 'number', missing: 3 });
  expect(note).toBe("takes '-' in column 'a' for no value, in 2 rows.");
});

test.each([
  [['-', '+', '-']],
  [['1st', '2nd']],
  [['5 9', '7']],
  [['2026-13-01']],
  [['1,2,3']],
  [['-', '--']],
])('texts stay texts: %j', (given) => {
  const column = texts(given);
  expect(refined(column, known)).toEqual({ column });
});

test('a few names among numbers are a slip, many of several kinds are a column of text', () => {
  const stray = new Error('as numbers');
  const numbers = Array.from({ length: 90 }, (_, i) => String(i % 16));
  const slip = [...numbers, 'A', 'A', 'A', 'A', 'A', 'A'];
  expect(() => refined(texts(slip), { ...known, stray })).toThrow(
    "t.csv line 92, column 'a', expected a number, as the others are, received 'A'",
  );
  const boats = texts([...numbers, 'A', 'B', 'C', 'C D', 'A', 'B']);
  const { column, note } = refined(boats, { ...known, stray });
  expect(column).toBe(boats);
  expect(note).toBe(
    "has numbers and texts in column 'a', which is read as text: 'A' and 5 other fields are none.",
  );
  expect(() => refined(boats, { ...known, stray, isFixed: true })).toThrow(/line 92.*expected a number, rec/);
});

test('a column is read as that of the table before was', () => {
  const writing = writings.find(({ name }) => name === 'decimal comma')!;
  const { column } = refined(texts(['1,234', '-']), { ...known, writing });
  expect([...column.values]).toEqual([1.234, Number.NaN]);
});

import { afterEach, expect, test } from 'vitest';
import { setWarnings } from '../../src/core/warnings.js';
import { numbersOf, Table } from '../../src/data/table.js';

afterEach(() => setWarnings(true));

const numbers = (name: string, ...values: number[]) =>
  ({ name, kind: 'number', values: Float64Array.from(values), missing: 0 }) as const;

test('columns are found in any case, unless two differ in nothing else', () => {
  const table = new Table('people', [numbers('Age', 1), numbers('x', 2), numbers('X', 3)]);
  expect([table.rows, table.column('age').name, table.column('X').values[0]]).toEqual([1, 'Age', 3]);
  expect(() => table.column('agee')).toThrow(
    "people expected a column named 'agee', received the columns 'Age', 'x', 'X'.\n  fix    Write 'Age'.",
  );
  expect(() => new Table('t', [numbers('x', 2), numbers('X', 3)]).column(' x')).not.toThrow(TypeError);
});

test('columns of different lengths or of one name make no table', () => {
  expect(() => new Table('t', [numbers('a', 1), numbers('b', 1, 2)])).toThrow(
    "Table 't' expected 1 values in column 'b', received 2.",
  );
  expect(() => new Table('t', [numbers('a', 1), numbers('a', 1)])).toThrow("received 'a' twice");
});

test('numbers stand side by side, and one that float32 has not is worth a word', () => {
  const said: string[] = [];
  setWarnings((text) => said.push(text));
  const x = numbersOf('big.csv', 2, [numbers('a', 1, Number.NaN), numbers('b', 3, 1e39)]);
  expect([x.shape, x.toArray()]).toEqual([
    [2, 2],
    [
      [1, 3],
      [Number.NaN, Number.POSITIVE_INFINITY],
    ],
  ]);
  expect(said).toEqual([expect.stringMatching(/^big.csv, column 'b', has numbers beyond those of float32/)]);
});

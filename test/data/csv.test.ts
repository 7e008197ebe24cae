import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DataError } from '../../src/core/errors.js';
import { parseCsv } from '../../src/data/csv.js';

const errorOf = (body: () => unknown): DataError => {
  try {
    body();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('No error was thrown.');
};

test('quoted fields may hold commas, doubled quotes and line breaks', () => {
  const { columns, rows } = parseCsv('Name,Age\r\n"Braund, Mr. ""Owen""\nHarris",22\r\n');
  expect(columns).toEqual(['Name', 'Age']);
  expect(rows.map((row) => [row.text('Name'), row.number('Age')])).toEqual([
    ['Braund, Mr. "Owen"\nHarris', 22],
  ]);
});

test('an empty field is no number, and a byte order mark and blank lines are passed over', () => {
  const { rows } = parseCsv('\uFEFFAge,Port\n\n,S\n-1.5e1,\n');
  expect(rows.map((row) => row.optionalNumber('Age'))).toEqual([null, -15]);
  expect(rows.map((row) => row.text('Port'))).toEqual(['S', '']);
});

test('a row with too many or too few fields is named by its line, quoted line breaks counted', () => {
  expect(errorOf(() => parseCsv('a,b\n"x\ny",1\n1,2,3\n', { name: 'people.csv' })).message).toBe(
    [
      'people.csv line 4 expected 2 fields, as the first line has, received 3.',
      '  fix    Quote fields that hold commas: "Braund, Mr. Owen Harris".',
      '  code   csv-row',
    ].join('\n'),
  );
  expect(errorOf(() => parseCsv('a,b\n1\n')).message).toMatch(/^CSV line 2 expected 2 fields/);
});

test('an open quote is an error, not a field that swallows the rest', () => {
  const { message } = errorOf(() => parseCsv('a,b\n1,2\n3,"4\n5,6\n'));
  expect(message).toMatch(
    /^CSV line 3 expected every quoted field to end with a quote, received one that is still open/,
  );
});

test('missing columns are named together with the nearest ones that are there', () => {
  const { message } = errorOf(() =>
    parseCsv('Pclas,Person,Fare\n1,2,3\n', { columns: ['Pclass', 'Age', 'Fare'] }),
  );
  expect(message).toBe(
    [
      "CSV expected columns named 'Pclass' and 'Age', received the columns 'Pclas', 'Person', 'Fare'.",
      "  fix    Rename 'Pclas' to 'Pclass' in the first line.",
      '  code   csv-columns',
    ].join('\n'),
  );
});

test('a column that is asked for later and not there is an error too', () => {
  const [row] = parseCsv('Age\n1\n').rows;
  expect(row?.has('age')).toBe(false);
  expect(errorOf(() => row?.text('age')).message).toContain("Rename 'Age' to 'age'");
});

test('a column name that comes twice is an error', () => {
  expect(errorOf(() => parseCsv('a,a\n1,2\n')).message).toMatch(/every column to have its own name/);
});

test('numbers are read strictly, with line and column in the message', () => {
  const [row] = parseCsv('Age,Fare,Port\n12 years,0x1f,Q\n').rows;
  expect(errorOf(() => row?.number('Age')).message).toMatch(
    /^CSV line 2, column 'Age', expected a number, received '12 years'\./,
  );
  expect(errorOf(() => row?.number('Fare')).message).toContain("'0x1f'");
  expect(errorOf(() => row?.oneOf('Port', ['S', 'C'])).message).toContain(
    "expected 'S' or 'C', received 'Q'",
  );
});

test('a number that must be there may not be empty', () => {
  const [row] = parseCsv('Age,Fare\n,1\n').rows;
  expect(errorOf(() => row?.number('Age')).message).toContain('received an empty field');
});

test('a text without rows is an error', () => {
  expect(errorOf(() => parseCsv('')).message).toMatch(/expected a line of column names/);
  expect(errorOf(() => parseCsv('a,b\n')).message).toMatch(/expected at least one row/);
});

test('an unknown option is refused, not passed over', () => {
  expect(() => parseCsv('a;b\n1;2\n', { delimiter: ';' } as never)).toThrow("received 'delimiter'");
});

test('a row that is printed or written as JSON shows its fields', () => {
  const [row] = parseCsv('age,name\n36,Ada\n').rows;
  expect(JSON.stringify(row)).toBe('{"age":"36","name":"Ada"}');
  expect(inspect(row)).toBe("{ age: '36', name: 'Ada' }");
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { resetWarnings, setWarnings } from '../../../src/core/warnings.js';
import { type ReadCsvOptions, readCsv } from '../../../src/datasets/index.js';

let said: string[] = [];
beforeEach(() => {
  said = [];
  resetWarnings();
  setWarnings((text) => said.push(text));
});
afterEach(() => setWarnings(true));

const refused: [string, string, ReadCsvOptions, string, string][] = [
  [
    'a long row',
    'a,b\n1,2\n"x\ny",2,3\n',
    {},
    'csv-row',
    'p.csv line 3 expected 2 fields, as the first line has, received 3.',
  ],
  [
    'a short row between semicolons',
    'a;b;c\n1;2\n',
    {},
    'csv-row',
    'Write missing fields as nothing between two semicolons.',
  ],
  ['an open quote', 'a,b\n1,"2\n', {}, 'csv-row', 'p.csv line 2 expected every quoted field to end'],
  [
    'one text in a column of numbers',
    'a,b\n1,2\nx,3\n4,5\n',
    {},
    'text-in-data',
    "p.csv line 3, column 'a', expected a number, as 2 others are, received 'x'.",
  ],
  [
    'a column of truth values with a slip',
    'a,b\ntrue,2\nfalse,3\nfalze,5\n',
    {},
    'text-in-data',
    "p.csv line 4, column 'a', expected 'true' or 'false', as 2 others are, received 'falze'.",
  ],
  [
    'text where numbers are asked for',
    'a,b\n1,x\n2,y\n',
    { kinds: { b: 'number' } },
    'text-in-data',
    "p.csv line 2, column 'b', expected a number, received 'x'.",
  ],
  [
    'an unknown target',
    'age,sex\n1,2\n',
    { target: 'aeg' },
    'csv-columns',
    "p.csv expected a column named 'aeg', received the columns 'age', 'sex'.\n  fix    Write 'age'.",
  ],
  [
    'an unknown column',
    'age,sex\n1,2\n',
    { columns: ['height'] },
    'csv-columns',
    "expected a column named 'height'",
  ],
  [
    'one decimal comma among whole numbers',
    'a;b\n1;2\n2;3\n3,5;4\n',
    {},
    'text-in-data',
    "if its comma is a decimal sign, say `decimal: ','`",
  ],
  [
    'an unknown column to omit',
    'age,sex\n1,2\n',
    { omit: ['se'] },
    'csv-columns',
    "expected a column named 'se'",
  ],
  [
    'a kind for an unknown column',
    'age,sex\n1,2\n',
    { kinds: { zip: 'text' } },
    'csv-columns',
    "expected a column named 'zip'",
  ],
  ['two columns of one name', 'a,a\n1,2\n', {}, 'csv-columns', "received 'a' twice"],
  [
    'a constant column',
    'a,b,y\n1,7,0\n2,7,1\n',
    { target: 'y' },
    'csv-columns',
    "p.csv, column 'b', expected two different values or more, received only 7 in all 2 rows.\n  fix    Leave it out: `omit: ['b']`.",
  ],
  [
    'a column of nothing',
    'a,b,y\n1,,0\n2,NA,1\n',
    { target: 'y' },
    'empty-data',
    "p.csv, column 'b', expected a value in some row, received none in all 2 rows.",
  ],
  [
    'one class only',
    'a,y\n1,yes\n2,yes\n',
    { target: 'y' },
    'csv-columns',
    "p.csv, column 'y', expected two classes or more, since it is the target, received only 'yes' in all 2 rows.",
  ],
  [
    'a target of one number',
    'a,y\n1,3\n2,3\n',
    { target: 'y' },
    'csv-columns',
    "p.csv, column 'y', expected two different values or more",
  ],
  [
    'a missing target',
    'a,y\n1,0\n2,1\n\n3,?\n',
    { target: 'y' },
    'text-in-data',
    "p.csv line 5, column 'y', expected a value, since this is the target, received a missing one, as in 1 of 3 rows.",
  ],
  [
    'a quantity of text',
    'a,y\n1,p\n2,q\n',
    { target: 'y', task: 'regression' },
    'text-in-data',
    "expected numbers, since the task is regression, received text, such as 'p'",
  ],
  [
    'only column names',
    'a,b\n',
    {},
    'empty-data',
    'p.csv expected at least one row, received only column names.',
  ],
  ['only blank lines', '\n\n', {}, 'empty-data', 'p.csv expected a line of column names'],
];

test.each(refused)('%s is refused', async (_, text, options, code, message) => {
  const error = await readCsv(text, { name: 'p.csv', ...options }).catch((reason) => reason);
  expect(error).toMatchObject({ name: 'DataError', code });
  expect(error.message).toContain(message);
});

test.each<[string, ReadCsvOptions, string]>([
  ['an unknown option', { traget: 'a' } as never, '  fix    Write `target`.'],
  [
    'an unknown kind',
    { kinds: { a: 'int' } } as never,
    "expected 'number', 'boolean' or 'text', received 'int'",
  ],
  ['a separator of two', { delimiter: ', ' }, 'expected one character other than a quote and a line break'],
  ['a quote as separator', { delimiter: '"' }, 'expected one character other than a quote and a line break'],
  ['an unknown task', { target: 'a', task: 'guess' } as never, "expected 'classification' or 'regression'"],
  ['a task without target', { task: 'regression' }, 'expected a `target` beside it'],
  ['an unknown encoding', { encoding: 'utf-9' }, "the name of an encoding, such as 'utf-8'"],
])('%s is refused before anything is read', async (_, options, message) => {
  const error = await readCsv('a,b\n1,2\n', options).catch((reason) => reason);
  expect(error.name).toBe('ConfigError');
  expect(error.message).toContain(message);
});

test('what a second table takes from the first is not told twice', async () => {
  const like = await readCsv('a,b\n1,2\n3,4\n');
  await expect(readCsv('a,b\n1,2\n', { like, omit: ['a'] })).rejects.toThrow(/`like`.*received 'omit' too/);
});

test.each([
  ['a packed file', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0)],
  ['text of another encoding', Uint8Array.of(97, 10, 0xe9, 10)],
  ['text that ends in half a letter', Uint8Array.of(97, 10, 98, 0xc3)],
  ['numbers of another kind', Uint8Array.of(97, 0, 10, 0)],
])('%s is not text', async (_, bytes) => {
  await expect(readCsv(bytes)).rejects.toMatchObject({ name: 'FormatError', code: 'file-format' });
});

test('a part of a stream that is neither text nor bytes is refused', async () => {
  await expect(readCsv(['a\n', 5] as never)).rejects.toThrow(/a part that is 5/);
});

test('up to a fifth of another kind is a slip, more is text', async () => {
  const table = (slips: number) => `a\n${'x\n'.repeat(slips)}${'1\n'.repeat(10 - slips)}`;
  await expect(readCsv(table(2))).rejects.toThrow(
    "CSV line 2, column 'a', expected a number, as 8 others are",
  );
  expect((await readCsv(table(3))).table.column('a').kind).toBe('text');
  const text = await readCsv(table(2), { kinds: { a: 'text' } });
  expect(text.table.column('a').values.slice(0, 3)).toEqual(['x', 'x', '1']);
  expect((await readCsv(table(2), { missing: ['x'] })).table.column('a').missing).toBe(2);
});

test('after a thousand numbers any text is a slip, with its line', async () => {
  const table = `a\n${'7\n'.repeat(1000)}${'word\n'.repeat(5000)}`;
  await expect(readCsv(table)).rejects.toThrow(
    "CSV line 1002, column 'a', expected a number, received 'word'.",
  );
});

test('a column that teaches nothing is worth a word where there is no target', async () => {
  const { table } = await readCsv('a,b,c\n1,7,\n2,7,\n', { name: 'p.csv' });
  expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'number', 'number']);
  expect(said).toEqual([
    "p.csv, column 'b', has only 7 in all 2 rows. Leave it out: `omit: ['b']`.",
    "p.csv, column 'c', has none in all 2 rows. Leave it out: `omit: ['c']`.",
  ]);
});

test('a column without a name is worth a word', async () => {
  await readCsv(',a\n0,1\n1,2\n', { name: 'p.csv' });
  expect(said).toEqual(["p.csv: column 1 has no name in the first line. `omit: ['']` leaves it out."]);
  expect((await readCsv(',a\n0,1\n1,2\n', { omit: [''] })).columns).toEqual(['a']);
});

test('a column of decimal commas is worth a word, once', async () => {
  const options = { name: 'p.csv' };
  await readCsv('a;b;c\n1,5;x;2,5\n2;y, z;-\n', options);
  expect(said).toEqual([
    "p.csv, column 'a', is read as text, such as '1,5'. If its commas are decimal signs, say `decimal: ','`.",
  ]);
  said = [];
  resetWarnings();
  await readCsv('a;b\n1,5;x\n2;y\n', { ...options, decimal: ',' });
  await readCsv('a;b\n1,5;x\n2;y\n', { ...options, decimal: '.' });
  await readCsv('a,b\n"1,5",x\n"2,5",y\n', options);
  expect(said).toEqual([]);
});

test('a target is not left out, and a decimal sign is a point or a comma', async () => {
  await expect(readCsv('a,b\n1,2\n', { omit: ['B'], target: 'b' })).rejects.toThrow(
    "readCsv, option `omit`, expected columns other than the target, received 'b'.",
  );
  await expect(readCsv('a,b\n1,2\n', { decimal: ';' as never })).rejects.toThrow(
    "readCsv, option `decimal`, expected '.' or ',', received ';'.",
  );
});

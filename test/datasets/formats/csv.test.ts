import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type CsvData, readCsv } from '../../../src/datasets/index.js';
import { testData } from '../../examples/data.js';

const folder = mkdtempSync(join(tmpdir(), 'myelin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each column as `name:kind:missing`, then its values. */
const columnsOf = ({ table }: CsvData) =>
  table.columns.map(({ name, kind, missing, values }) => [`${name}:${kind}:${missing}`, ...values]);

const people = 'name,age,tall\n"Braund, Owen",22,True\nÅsa,NA,false\nHeikkinen,26.5,\n';

test('numbers, truth values, text and what is missing are found out', async () => {
  const data = await readCsv(people);
  expect(columnsOf(data)).toEqual([
    ['name:text:0', 'Braund, Owen', 'Åsa', 'Heikkinen'],
    ['age:number:1', 22, Number.NaN, 26.5],
    ['tall:boolean:1', 1, 0, Number.NaN],
  ]);
  expect([data.columns, data.x.dtype, data.x.toArray(), data.y]).toEqual([
    ['age', 'tall'],
    'float32',
    [
      [22, 1],
      [Number.NaN, 0],
      [26.5, Number.NaN],
    ],
    undefined,
  ]);
});

test('a path, an address, bytes, a File, a Blob and streams give the same table', async () => {
  const file = join(folder, 'people.csv');
  writeFileSync(file, people);
  const bytes = new TextEncoder().encode(people);
  const sources = [
    file,
    pathToFileURL(file),
    bytes,
    bytes.slice().buffer,
    new File([people], 'people.csv'),
    new Blob([people]).stream(),
    [people],
    Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)), // letters of two bytes in two parts
  ];
  const expected = columnsOf(await readCsv(people));
  for (const source of sources) expect(columnsOf(await readCsv(source))).toEqual(expected);
  expect((await readCsv(file)).table.name).toBe('people.csv');
  expect((await readCsv(file, { name: 'ages' })).table.name).toBe('ages');
  await expect(readCsv(join(folder, 'none.csv'))).rejects.toThrow(/received no such file/);
});

test.each([
  ['commas', 'a,b\n1,"x;y;z"\n2,u\n', ['a', 'b']],
  ['semicolons, with commas in fields', 'a;b, c\n1;2,x\n3;4\n', ['a', 'b, c']],
  ['tabs', 'a\tb\n1\t2\n', ['a', 'b']],
  ['bars', 'a|b\n1|2\n', ['a', 'b']],
  ['the only one that every row has', 'a (x;y;z),b\n1,2\n', ['a (x;y;z)', 'b']],
  ['that of the first row where rows differ', 'a;b;c\n1;2\n3;4;5\n', null],
  ['a single column', 'a\n1\n2\n', ['a']],
  ['a byte order mark and \\r\\n', '\uFEFFa;b\r\n1;2\r\n', ['a', 'b']],
])('the separator is found: %s', async (_, text, columns) => {
  const read = readCsv(text);
  if (columns) expect((await read).table.columns.map(({ name }) => name)).toEqual(columns);
  else await expect(read).rejects.toThrow('CSV line 2 expected 3 fields, as the first line has, received 2.');
});

test('the separator, the encoding and what is missing can be told', async () => {
  const bytes = Uint8Array.from('a:b\n1:\xe9t\xe9\n-:NA\n', (letter) => letter.charCodeAt(0));
  const data = await readCsv(bytes, { delimiter: ':', encoding: 'windows-1252', missing: ['-'] });
  expect(columnsOf(data)).toEqual([
    ['a:number:1', 1, Number.NaN],
    ['b:text:0', 'été', 'NA'],
  ]);
});

test('the decimal sign can be a comma', async () => {
  const text = 'a;b;c\n1,5;2;1.000,5\n-,25e1;3,0;x\n';
  const data = await readCsv(text, { decimal: ',' });
  expect(columnsOf(data)).toEqual([
    ['a:number:0', 1.5, -2.5],
    ['b:number:0', 2, 3],
    ['c:text:0', '1.000,5', 'x'],
  ]);
  const quoted = await readCsv('a,b\n"1,5",2\n"2,5",3\n', { decimal: ',' });
  expect(quoted.x.toArray()).toEqual([[1.5, 2], [2.5, 3]]); // biome-ignore format: a table
  const points = await readCsv('a\n1.5\n2.5\n', { decimal: ',', delimiter: ';' });
  expect(points.table.column('a').kind).toBe('text');
});

test('columns are chosen, left out and given a kind, in any case', async () => {
  const text = 'Zip,Size,Flag,Sort\n01234,1,1,a\n99999,2,0,b\n';
  const data = await readCsv(text, {
    target: 'sort',
    omit: ['SIZE'],
    kinds: { zip: 'text', flag: 'boolean' },
  });
  expect(columnsOf(data)).toEqual([
    ['Zip:text:0', '01234', '99999'],
    ['Flag:boolean:0', 1, 0],
    ['Sort:text:0', 'a', 'b'],
  ]);
  expect([data.target, data.columns]).toEqual(['Sort', ['Flag']]);
  const chosen = await readCsv(text, { target: 'Sort', columns: ['Size'] });
  expect([chosen.columns, chosen.table.columns.length]).toEqual([['Size'], 2]);
});

test.each([
  ['text, in order of the alphabet', ['pear', 'apple', 'pear'], ['apple', 'pear'], [1, 0, 1]],
  ['truth values', ['true', 'false', 'TRUE'], ['false', 'true'], [1, 0, 1]],
  ['two whole numbers', ['1', '-1', '1'], ['-1', '1'], [1, 0, 1]],
  ['few whole numbers, ascending', ['10', '9', '11', '9', '10', '11'], ['9', '10', '11'], [1, 0, 2, 0, 1, 2]],
  ['numbers with a fraction', ['0.5', '1', '0.5'], undefined, [0.5, 1, 0.5]],
  ['whole numbers that come once', ['1', '2', '3'], undefined, [1, 2, 3]],
  ['whole numbers with gaps', ['1', '2', '9', '1', '2', '9'], undefined, [1, 2, 9, 1, 2, 9]],
])('the target: %s', async (_, values, classes, y) => {
  const data = await readCsv(`x,y\n${values.map((value, i) => `${i},${value}\n`).join('')}`, { target: 'y' });
  expect([data.classes, data.y?.dtype, data.y?.toArray()]).toEqual([
    classes,
    classes ? 'int32' : 'float32',
    y,
  ]);
  expect(data.columns).toEqual(['x']);
});

test('the task can be told', async () => {
  const text = 'x,y\n1,2\n2,3\n3,5\n';
  expect((await readCsv(text, { target: 'y', task: 'classification' })).classes).toEqual(['2', '3', '5']);
  expect((await readCsv('x,y\n1,0\n2,1\n', { target: 'y', task: 'regression' })).y?.dtype).toBe('float32');
});

test('a table of the same kind has its columns, kinds and classes, its target or none', async () => {
  const like = await readCsv('a,b,code,sort\n1,2,x1,p\n3,4,77,q\n5,6,z,r\n', { target: 'sort' });
  const other = await readCsv('SORT,b,a,code,more\nr,2,7,77,0\nr,2,8,78,0\n', { like });
  expect(columnsOf(other)).toEqual([
    ['a:number:0', 7, 8],
    ['b:number:0', 2, 2],
    ['code:text:0', '77', '78'],
    ['SORT:text:0', 'r', 'r'],
  ]);
  expect([other.x.toArray(), other.y?.toArray(), other.classes]).toEqual([
    [
      [7, 2],
      [8, 2],
    ],
    [2, 2],
    ['p', 'q', 'r'],
  ]);
  const unlabelled = await readCsv('code,b,a\nx,2,7\n', { like });
  expect([unlabelled.columns, unlabelled.y]).toEqual([['a', 'b'], undefined]);
  await expect(readCsv('a,b,code,sort\n1,2,x,s\n', { like })).rejects.toThrow(
    "CSV line 2, column 'sort', expected one of the classes 'p', 'q' or 'r', received 's'.",
  );
  await expect(readCsv('a,code,sort\n1,x,p\n', { like })).rejects.toThrow("expected a column named 'b'");
});

test.skipIf(!testData('titanic.csv'))('a real table is read as it is', async () => {
  const data = await readCsv(testData('titanic.csv')!, { target: 'survived' });
  expect(data.table.columns.map(({ name, kind, missing }) => `${name}:${kind}:${missing}`)).toEqual(
    'PassengerId:number:0 Survived:number:0 Pclass:number:0 Name:text:0 Sex:text:0 Age:number:177 SibSp:number:0 Parch:number:0 Ticket:text:0 Fare:number:0 Cabin:text:687 Embarked:text:2'.split(
      ' ',
    ),
  );
  expect([data.x.shape, data.classes]).toEqual([
    [891, 6],
    ['0', '1'],
  ]);
  expect(data.y?.sum().item()).toBe(342);
});

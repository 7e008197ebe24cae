import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { myelin } from '../surroundings.js';
import { type Cell, csv, newFolder, rowsOf, trainOn } from './tables.js';

const names = ['size', 'colour', 'kind'];
const rows = rowsOf(40, (i) => [i * 1.5 + (i % 7), i % 2 ? 'red' : 'green', i % 3 ? 'yes' : 'no']);
const good = csv(names, rows);
const changed = (row: number, cells: readonly Cell[]) =>
  csv(
    names,
    rows.map((given, i) => (i === row ? cells : given)),
  );
const failing = async (text: string, words: readonly string[] = ['--target', 'kind']) => {
  const { code, errors, lines } = await trainOn(text, words);
  return { code, error: errors.join('\n'), lines };
};

describe('a table that nothing can be learned from is refused with a place and what to do', () => {
  test('no such file', async () => {
    const { errors, code } = await myelin(['train', join(newFolder(), 'none.csv'), '--target', 'kind']);
    expect(code).toBe(1);
    expect(errors[0]).toMatch(/a file that can be read at '.*none.csv', received no such file/);
  });

  test('a ragged row', async () => {
    const { error } = await failing(changed(4, [1, 'red']));
    expect(error).toMatch(/table.csv line 6 expected 3 fields, as the first line has, received 2/);
  });

  test('text in a column of numbers, which --missing and --text answer', async () => {
    const text = changed(4, ['big', 'red', 'yes']);
    const { error } = await failing(text);
    expect(error).toMatch(/table.csv line 6, column 'size', expected a number.*received 'big'/);
    expect(error).toContain('`--missing "big"`');
    expect(error).toContain('`--text "size"`');
    const quick = ['--target', 'kind', '--folds', '2', '--epochs', '2'];
    expect((await trainOn(text, [...quick, '--missing', 'big'])).code).toBe(0);
  });

  test('a slip that comes twice is still one, and signs for no value are none', async () => {
    const text = csv(
      names,
      rows.map(([size, ...others], i) => [i === 2 ? '-' : i === 4 || i === 9 ? 'big' : size!, ...others]),
    );
    const { error } = await failing(text);
    expect(error).toMatch(/table.csv line 6, column 'size', expected a number.*received 'big'/);
  });

  test('another encoding than UTF-8, with what can be done here', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'latin.csv'), Buffer.from(`${good}\n1,Zo\xeb,yes\n`, 'latin1'));
    const { errors } = await myelin(['train', join(folder, 'latin.csv'), '--target', 'kind']);
    expect(errors.join(' ')).toMatch(/latin.csv expected text in utf-8.*Save the table as CSV in UTF-8/s);
    expect(errors.join(' ')).not.toContain('encoding:');
  });

  test('an unknown target, with the nearest', async () => {
    const { error } = await failing(good, ['--target', 'kimd']);
    expect(error).toMatch(/expected a column named 'kimd'/);
    expect(error).toMatch(/'kind'/);
  });

  test.each([
    ['one class only', 'yes', /'yes' in every row/],
    ['no value', '', /no value in any of the 40 rows/],
  ])('%s', async (_, word, message) => {
    const { error } = await failing(
      csv(
        names,
        rows.map(([size, colour]) => [size!, colour!, word]),
      ),
    );
    expect(error).toMatch(message);
    expect(error).toMatch(/Name another column with --target: 'size' or 'colour'/);
  });

  test('as many classes as rows', async () => {
    const { error } = await failing(
      csv(
        names,
        rows.map(([size, colour], i) => [size!, colour!, `k${i}`]),
      ),
    );
    expect(error).toMatch(/classes that recur in several rows, received 40 classes in 40 rows/);
  });

  test('no usable column', async () => {
    const { error } = await failing(
      csv(
        ['id', 'kind'],
        rows.map(([, , kind], i) => [i, kind!]),
      ),
    );
    expect(error).toMatch(/expected a column to predict 'kind' from, received 'id' \(left out/);
    expect(error).toContain('`--keep id`');
  });

  test('too few rows', async () => {
    const { error } = await failing(csv(names, rows.slice(0, 12)));
    expect(error).toMatch(/at least 20 rows with a value in 'kind', received 12/);
  });

  test('only a first line, or nothing', async () => {
    expect((await failing(csv(names, []))).error).toMatch(/at least one row/);
    expect((await failing('')).error).toMatch(/a line of column names/);
  });
});

describe('words of the command line', () => {
  test.each([
    [['train'], /a table: FILE.csv/],
    [['train', 'a.csv'], /--target COLUMN/],
    [['train', 'a.csv', 'b.csv', '--target', 'x'], /one table/],
    [['train', 'a.csv', '--target', 'x', '--task', 'ranks'], /'classes' or 'number'/],
    [['train', 'a.csv', '--target', 'x', '--folds', '1'], /whole number from 2 up/],
    [['train', 'a.csv', '--targt', 'x'], /Write --target/],
  ])('%j', async (words, message) => {
    const { errors, code } = await myelin(words);
    expect(code).toBe(2);
    expect(errors.join('\n')).toMatch(message);
  });

  test('--help lists the options', async () => {
    const { lines } = await myelin(['train', '--help']);
    expect(lines[0]).toBe('myelin train data.csv --target COLUMN [options]');
    expect(lines.some((line) => line.includes('--keep COLUMNS'))).toBe(true);
  });

  test('an unknown column to keep', async () => {
    expect((await failing(good, ['--target', 'kind', '--keep', 'colur'])).error).toMatch(/'colour'/);
  });

  test('inputs are never written over, nor one result over the other', async () => {
    const folder = newFolder();
    const file = join(folder, 'a.csv');
    writeFileSync(file, good);
    for (const more of [
      ['--out', file],
      ['--out', `${folder}/./a.csv`],
      ['--report', file, '--out', `${folder}/p.csv`],
      ['--out', `${folder}/x`, '--report', `${folder}/x`],
    ]) {
      const { errors, code } = await myelin(['train', file, '--target', 'kind', ...more]);
      expect(code).toBe(2);
      expect(errors[0]).toMatch(/expected another file after --(out|report)/);
    }
    expect(readFileSync(file, 'utf8')).toBe(good);
  });

  test('a folder that is not there is told before the training', async () => {
    const { errors, lines } = await trainOn(good, [
      '--target',
      'kind',
      '--report',
      join(newFolder(), 'none', 'r.html'),
    ]);
    expect(errors[0]).toMatch(/a folder that is there for --report/);
    expect(lines).toEqual([]);
  });
});

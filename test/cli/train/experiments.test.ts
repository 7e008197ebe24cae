/** Tables as a stranger may bring them: other separators, words and kinds of target. */

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chance, csv, rowsOf, trainOn } from './tables.js';

const quick = ['--folds', '2', '--epochs', '30'];

test('a number with decimals is predicted by regression, and its last line is r2', async () => {
  const draw = chance(1);
  const rows = rowsOf(300, () => {
    const [area, rooms, town] = [40 + 100 * draw(), 1 + Math.floor(5 * draw()), draw() < 0.5 ? 'Ash' : 'Elm'];
    const price = 2.5 * area + 12 * rooms + (town === 'Elm' ? 80 : 0) + 10 * draw();
    return [area.toFixed(1), rooms, town, price.toFixed(2)];
  });
  const { code, score, said, read } = await trainOn(csv(['Area', 'Rooms', 'Town', 'Price'], rows), [
    '--target',
    'price',
    ...quick,
  ]);
  expect(code).toBe(0);
  expect(said).toMatch(/mean absolute error/);
  expect(score).toBeGreaterThan(0.93);
  expect(read('predictions.csv')).toMatch(/^Price,predicted\n\d/);
  expect(read('report.html')).toContain('Predicted against true');
}, 60_000);

test('text classes with semicolons, rows without a class, and quoted fields', async () => {
  const draw = chance(2);
  const rows = rowsOf(240, (i) => {
    const kind = ['low', 'mid', 'high'][i % 3]!;
    return [
      (10 * (i % 3) + 6 * draw()).toFixed(2),
      draw().toFixed(2),
      `"a; ""quoted"" ${i % 2}"`,
      i < 20 ? '' : kind,
    ];
  });
  const { code, score, said } = await trainOn(csv(['Heat', 'Noise', 'Note', 'Kind'], rows, ';'), [
    '--target',
    'KIND',
    ...quick,
  ]);
  expect(code).toBe(0);
  expect(said).toContain('20 rows without a value in Kind cannot be learned from.');
  expect(said).toContain('one of 3 classes: high');
  expect(score).toBeGreaterThan(0.9);
}, 60_000);

test('a yes/no target beside an identifier and a leaking copy: both are left out aloud', async () => {
  const draw = chance(3);
  const rows = rowsOf(300, (i) => {
    const [months, fee] = [1 + Math.floor(60 * draw()), 20 + 80 * draw()];
    const left = months - fee / 4 + 8 * draw() < 10;
    return [
      `K-${1000 + i * 3}`,
      months,
      fee.toFixed(2),
      left ? 1 : 0,
      left ? 'gone' : 'here',
      left ? 'yes' : 'no',
    ];
  });
  const table = csv(['customer_id', 'months', 'fee', 'flag', 'state', 'Left'], rows);
  const { code, score, said, lines, read } = await trainOn(table, ['--target', 'left', ...quick]);
  expect(code).toBe(0);
  expect(said).toMatch(/customer_id +left out: its name says so .*--keep customer_id uses it/);
  expect(said).toMatch(
    /flag +left out: it gives 'Left' away: alone it is right in 100 % .*--keep flag uses it/,
  );
  expect(said).toMatch(/state +left out: it gives 'Left' away/);
  expect(lines.some((line) => /^ {2}flag +\d/.test(line))).toBe(false);
  expect(score).toBeGreaterThan(0.85);
  expect(read('predictions.csv')).toMatch(/^customer_id,Left,predicted\nK-1000,(yes|no),(yes|no)\n/);
  const kept = await trainOn(table, ['--target', 'left', '--keep', 'FLAG', ...quick]);
  expect(kept.score).toBeGreaterThan(0.97);
}, 90_000);

test('a table with many missing values, an empty and a constant column', async () => {
  const draw = chance(4);
  const rows = rowsOf(300, (i) => {
    const ill = i % 2 === 0;
    const gap = (value: string) => (draw() < 0.35 ? ['', 'NA', '?'][i % 3]! : value);
    const [heat, colour] = [(37 + (ill ? 1.5 : 0) + draw()).toFixed(1), ill && draw() < 0.8 ? 'red' : 'pale'];
    return [gap(heat), gap(colour), gap(String(i % 5)), '', 'clinic', ill ? 'TRUE' : 'FALSE'];
  });
  const table = csv(['heat', 'colour', 'ward', 'remark', 'place', 'ill'], rows);
  const { code, score, said, read } = await trainOn(table, ['--target', 'ill', ...quick]);
  expect(code).toBe(0);
  expect(said).toMatch(/remark +left out: it has no value/);
  expect(said).toMatch(/place +left out: every row has 'clinic'/);
  expect(score).toBeGreaterThan(0.75);
  expect(read('predictions.csv')).toMatch(/^ill,predicted\nTRUE,(TRUE|FALSE)\n/);
}, 60_000);

test('two runs with one seed write the same bytes, and another seed others', async () => {
  const draw = chance(5);
  const table = csv(
    ['a', 'b', 'kind'],
    rowsOf(60, (i) => [draw().toFixed(3), (i % 2) + draw(), i % 2 ? 'x' : 'y']),
  );
  const run = (seed: string) => trainOn(table, ['--target', 'kind', '--seed', seed, ...quick]);
  const [first, again, other] = [await run('1'), await run('1'), await run('2')];
  expect(again.read('report.html').replaceAll(again.folder, '')).toBe(
    first.read('report.html').replaceAll(first.folder, ''),
  );
  expect(again.read('predictions.csv')).toBe(first.read('predictions.csv'));
  expect(other.read('report.html')).not.toBe(first.read('report.html'));
  expect(existsSync(`${first.folder}/predictions.csv.part`)).toBe(false);
}, 60_000);

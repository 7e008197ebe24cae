/** Tables whose numbers are written as people write them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chance, csv, newFolder, rowsOf, trainOn } from './tables.js';

const quick = ['--folds', '2', '--epochs', '30'];

test('money, hundredths, dates, signs for no value and a column without a name are read aloud', async () => {
  const draw = chance(11);
  const rows = rowsOf(200, (i) => {
    const [area, day] = [500 + Math.floor(3000 * draw()), 1 + Math.floor(28 * draw())];
    const price = (100 * area + 60000 * draw()).toLocaleString('en', { maximumFractionDigits: 0 });
    const tax = i % 9 ? `${(3 * draw()).toFixed(1)}%` : '-';
    return [
      i,
      `"${area.toLocaleString('en')}"`,
      tax,
      `2020-03-${String(day).padStart(2, '0')}`,
      `"$${price}"`,
    ];
  });
  const folder = newFolder();
  const asked = join(folder, 'asked.csv');
  writeFileSync(asked, 'Price,area,tax,sold,\n"$300,000","3,000",-,2020-03-01,7\n"$100,000",1000,1%,-,8\n');
  const table = csv(['', 'Area', 'Tax', 'Sold', 'Price'], rows);
  const { code, said, score, read } = await trainOn(
    table,
    ['--target', 'price', '--test', asked, ...quick],
    folder,
  );
  expect(code).toBe(0);
  expect(said).toMatch(/reads column 'Price' as numbers: '\$[\d,]+' is \d+\./);
  expect(said).toMatch(/reads column 'Sold' as dates, in days: '2020-03-\d\d' is 183\d\d\./);
  expect(said).toMatch(/reads column 'Tax' as numbers: '[\d.]+%' is [\d.]+; it takes '-' .* in 23 rows/);
  expect(said).toContain("has no name for column 1 in its first line: it is called 'Unnamed: 0' here.");
  expect(said).toMatch(/Unnamed: 0 +left out: .* --keep "Unnamed: 0" uses it/);
  expect(read('report.html')).toContain('reads column &#39;Price&#39; as numbers');
  expect(score).toBeGreaterThan(0.9);
  const [large, small] = read('predictions.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-1)));
  expect(Math.abs(large! - 330_000)).toBeLessThan(60_000);
  expect(Math.abs(small! - 130_000)).toBeLessThan(60_000);
}, 60_000);

test('classes are predicted as the file writes them, and only numbers get other forms', async () => {
  const draw = chance(12);
  const rows = rowsOf(80, (i) => [(i % 2) + draw(), i % 2 ? '1.0' : '10.0', i % 3 ? '10%' : '20%']);
  const table = csv(['x', 'kind', 'rate'], rows);
  const { read, said } = await trainOn(table, ['--target', 'kind', ...quick]);
  expect(said).toContain('one of 2 classes: 1.0 (40), 10.0 (40)');
  expect(read('predictions.csv')).toMatch(/^kind,predicted\n10\.0,1?\d\.0\n/);
  const rates = await trainOn(table, ['--target', 'rate', ...quick]);
  expect(rates.said).toContain('one of 2 classes: 10% (');
}, 60_000);

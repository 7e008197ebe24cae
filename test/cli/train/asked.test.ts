import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csv, newFolder, rowsOf, trainOn } from './tables.js';

const rows = rowsOf(120, (i) => [
  String(i + 1).padStart(4, '0'),
  (i % 2) * 3 + (i % 5) / 4,
  ['ash', 'elm', 'oak'][i % 3]!,
  i % 2 ? 'yes' : 'no',
]);
const table = csv(['row_id', 'Size', 'Tree', 'Tall'], rows);
const words = ['--target', 'tall', '--folds', '2', '--epochs', '30'];

async function asked(text: string) {
  const folder = newFolder();
  const test = join(folder, 'asked.csv');
  writeFileSync(test, text);
  return trainOn(table, [...words, '--test', test], folder);
}

test('rows are predicted under their identifiers, in any order and case of the columns', async () => {
  const { read, code, said } = await asked('SIZE,tree,ROW_ID\n0.5,ash,0007\n3.5,elm,0008\n0.25,oak,0009\n');
  expect(code).toBe(0);
  expect(read('predictions.csv')).toBe('row_id,Tall\n0007,no\n0008,yes\n0009,no\n');
  expect(said).not.toContain('asked.csv has');
}, 60_000);

test('missing columns, unknown ones and unknown kinds are told', async () => {
  const { said, code } = await asked('Size,Extra,Tree\n0.5,1,fir\n3.5,2,elm\n');
  expect(code).toBe(0);
  expect(said).toContain("asked.csv has columns that were not trained on: 'Extra'.");
  expect(said).toContain("asked.csv has in column 'Tree' kinds that were not trained on, in 1 row: 'fir'.");
  const { said: without } = await asked('Size\n0.5\n3.5\n');
  expect(without).toContain("asked.csv has no column 'Tree': its values count as missing.");
}, 60_000);

test('a second table with the target is scored too', async () => {
  const { said } = await asked('Size,Tree,Tall\n0.5,ash,no\n3.5,elm,yes\n0.2,elm,no\n');
  expect(said).toContain('asked.csv has Tall itself: accuracy 1.000 on it.');
}, 60_000);

test('text in its numbers is an error with file, line and column', async () => {
  const { errors } = await asked('Size,Tree\n0.5,ash\nhuge,elm\n');
  expect(errors[0]).toMatch(/asked.csv line 3, column 'Size', expected a number, received 'huge'/);
});

test('a table of other columns is refused', async () => {
  const { errors } = await asked('a,b\n1,2\n');
  expect(errors[0]).toMatch(
    /expected columns that were trained on, such as 'Size' or 'Tree', received only 'a' and 'b'/,
  );
});

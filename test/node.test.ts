import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCsv } from '../src/node.js';

const folder = mkdtempSync(join(tmpdir(), 'myelin-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a table is read from a file, which messages name', async () => {
  const file = join(folder, 'ages.csv');
  writeFileSync(file, 'name,age\nAda,36\n');
  const { columns, rows } = await readCsv(file, { columns: ['age'] });
  expect([columns, rows.length]).toEqual([['name', 'age'], 1]);
  await expect(readCsv(file, { columns: ['height'] })).rejects.toThrow('ages.csv');
});

test('a file that is not there is an error with its path', async () => {
  const file = join(folder, 'none.csv');
  await expect(readCsv(file)).rejects.toThrow(
    `readCsv expected a file that can be read at '${file}', received no such file.\n  code   missing-file`,
  );
});

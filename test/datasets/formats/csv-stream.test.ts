import { expect, test } from 'vitest';
import { readCsv } from '../../../src/datasets/index.js';

const rows = 200_000;
const padding = 'abcdefghij'.repeat(8);

/** 200,000 rows in parts of a thousand, more than 20 MB; `seen` hears of each part before it is made. */
async function* manyRows(seen: (part: number) => void) {
  yield 'id,group,size,note\n';
  for (let part = 0; part < rows / 1000; part++) {
    seen(part);
    let text = '';
    for (let i = 0; i < 1000; i++) {
      const id = part * 1000 + i;
      text += `${id},group ${id % 7} of seven,${id / 8},"${padding}${id}"\n`;
    }
    yield new TextEncoder().encode(text);
  }
}

/** Bytes of the heap and of buffers that are in use. */
function inUse(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('a text column keeps its own text only, not the rest of the rows', async () => {
  async function* wideRows() {
    yield 'name,note\n';
    const note = padding.repeat(50);
    for (let part = 0; part < 50; part++)
      yield Array.from({ length: 100 }, (_, i) => `the name of ${part}-${i},${note}\n`).join('');
  }
  inUse(); // what earlier tests left may need two rounds
  const before = inUse();
  const { table } = await readCsv(wideRows(), { columns: ['name'] });
  expect(table.column('name').values[4_999]).toBe('the name of 49-99');
  expect((inUse() - before) / 2 ** 20).toBeLessThan(8); // half a MB of names; all rows have 20
});

test('a long stream is read part by part, and its text does not stay in memory', async () => {
  const before = inUse();
  let most = 0;
  const seen = (part: number) => {
    if (part % 50 === 49) most = Math.max(most, inUse() - before);
  };
  const { table, x } = await readCsv(manyRows(seen), { omit: ['note'] });
  expect([table.rows, x.shape]).toEqual([rows, [rows, 2]]);
  expect(table.column('group').values[rows - 1]).toBe(`group ${(rows - 1) % 7} of seven`);
  expect(table.column('size').values[rows - 1]).toBe((rows - 1) / 8);
  expect(most).toBeGreaterThan(0);
  expect(most / 2 ** 20).toBeLessThan(16); // three columns and the lines, with room to grow: 9 MB; the text has 24
});

test('an error ends the stream at once', async () => {
  let parts = 0;
  let isClosed = false;
  async function* faulty() {
    try {
      for await (const part of manyRows(() => parts++)) yield part;
    } finally {
      isClosed = true;
    }
  }
  await expect(readCsv(faulty(), { kinds: { group: 'number' } })).rejects.toThrow(
    "CSV line 2, column 'group'",
  );
  expect([parts, isClosed]).toEqual([1, true]);
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { DataError } from '../../src/core/errors.js';
import { fileName, isThere, readFile, readParts, writeFile } from '../../src/data/files.js';

const folder = mkdtempSync(join(tmpdir(), 'myelin-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllGlobals());

test('a file is read whole or in parts, by its path or its address', async () => {
  const file = join(folder, 'some bytes.bin');
  const bytes = Uint8Array.from({ length: 150_000 }, (_, i) => i);
  writeFileSync(file, bytes);
  expect(Buffer.compare(await readFile('test', file), bytes)).toBe(0);
  const parts: Uint8Array[] = [];
  for await (const part of readParts('test', pathToFileURL(file))) parts.push(part);
  expect(parts.length).toBeGreaterThan(2);
  expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
  expect([fileName(file), fileName(pathToFileURL(file)), await isThere(file)]).toEqual([
    'some bytes.bin',
    'some bytes.bin',
    true,
  ]);
});

test('what cannot be read is an error with its path', async () => {
  const nothing = join(folder, 'none.csv');
  await expect(readFile('readCsv', nothing)).rejects.toThrow(
    `readCsv expected a file that can be read at '${nothing}', received no such file.\n  code   missing-file`,
  );
  await expect(readParts('readCsv', nothing).next()).rejects.toThrow('received no such file');
  await expect(readFile('readCsv', folder)).rejects.toThrow(/received EISDIR/);
  await expect(readParts('readCsv', folder).next()).rejects.toThrow(/received EISDIR/);
});

test('a file is written whole, over the old one, and nothing else is left', async () => {
  const place = join(folder, 'written');
  mkdirSync(place);
  const file = join(place, 'a.bin');
  await writeFile('test', file, Uint8Array.of(1));
  await Promise.all([1, 2, 3].map(() => writeFile('test', file, Uint8Array.of(1, 2))));
  expect([...readFileSync(file)]).toEqual([1, 2]);
  expect(readdirSync(place)).toEqual(['a.bin']);
});

test('a file that cannot be written leaves the old one, and no part of a new one', async () => {
  const place = join(folder, 'kept');
  mkdirSync(join(place, 'taken'), { recursive: true });
  writeFileSync(join(place, 'taken', 'old'), 'old');
  await expect(writeFile('writePng', join(place, 'taken'), Uint8Array.of(1))).rejects.toThrow(DataError);
  expect(readdirSync(place)).toEqual(['taken']);
  await expect(writeFile('writePng', join(place, 'no', 'a.png'), Uint8Array.of(1))).rejects.toThrow(
    /^writePng expected a file that can be written at '.*a.png', received no such folder.\n {2}fix/,
  );
});

test('a page has no files, and the message says what to give instead', async () => {
  vi.stubGlobal('process', undefined);
  await expect(readFile('readNpy', 'a.npy')).rejects.toThrow(
    [
      "readNpy expected a file system, to read 'a.npy', received a page, which has none.",
      '  fix    Read a File, a Blob, an address (URL) or bytes; of what is to be written take the bytes.',
    ].join('\n'),
  );
  await expect(readParts('readCsv', 'a.csv').next()).rejects.toThrow(/received a page/);
  await expect(writeFile('writePng', 'a.png', Uint8Array.of(1))).rejects.toThrow(/to write 'a.png'/);
  expect(await isThere('a.npy')).toBe(false);
});

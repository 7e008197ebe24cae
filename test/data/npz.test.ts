import { expect, test } from 'vitest';
import { writeNpz } from '../../src/data/npz.js';
import { readNpz } from '../../src/datasets/index.js';
import { tensor } from '../../src/index.js';
import { npyOfNumpy, npzOfNumpy } from './numpy-files.js';

test.each(['savez', 'savez_compressed'] as const)('what numpy.%s wrote is read', async (name) => {
  const arrays = await readNpz(npzOfNumpy(name));
  expect(Object.entries(arrays).map(([key, array]) => [key, array.dtype, array.toArray()])).toEqual([
    [
      'x',
      'float32',
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ['größe', 'int32', [1, 2]],
  ]);
});

const arrays = {
  x: tensor(
    Float32Array.from({ length: 300 }, (_, i) => i % 3),
    { shape: [100, 3] },
  ),
  größe: tensor([1, 2], { dtype: 'uint8' }),
};

test('what is written is read back, packed or not, and is the same at any time', async () => {
  for (const compressed of [false, true]) {
    const bytes = writeNpz(arrays, { compressed });
    const { x, größe } = await readNpz(bytes);
    expect([x?.shape, [...(x?.data() ?? [])]]).toEqual([[100, 3], [...arrays.x.data()]]);
    expect([größe?.dtype, größe?.toArray()]).toEqual(['uint8', [1, 2]]);
    expect(Buffer.compare(bytes, writeNpz(arrays, { compressed }))).toBe(0);
  }
  expect(writeNpz(arrays, { compressed: true }).length).toBeLessThan(writeNpz(arrays).length / 2);
  expect(await readNpz(writeNpz({}))).toEqual({});
});

test('a changed byte and a missing part are errors, not other numbers', async () => {
  const bytes = writeNpz(arrays);
  for (const name of ['savez', 'savez_compressed'] as const) {
    const file = npzOfNumpy(name);
    file[80]! ^= 1;
    await expect(readNpz(file)).rejects.toMatchObject({ name: 'FormatError', code: 'file-incomplete' });
  }
  await expect(readNpz(Uint8Array.from(bytes, (byte, i) => (i === 300 ? byte ^ 1 : byte)))).rejects.toThrow(
    'npz: x.npy expected a whole zip archive, whose bytes have the sum it says, received another sum.',
  );
  await expect(readNpz(bytes.subarray(0, -1))).rejects.toMatchObject({ code: 'file-incomplete' });
  await expect(readNpz(bytes.subarray(0, 400))).rejects.toMatchObject({ code: 'file-incomplete' });
});

test('another format is refused, with the reader for it', async () => {
  await expect(readNpz(npyOfNumpy('int8'))).rejects.toThrow(/^npz expected an npz file.*\n.*read by readNpy/);
  await expect(readNpz(new Uint8Array(0))).rejects.toThrow(/received no bytes/);
});

test('what is no tensor is not written', () => {
  expect(() => writeNpz({ x: [1, 2] as never })).toThrow(
    "writeNpz, 'x', expected a tensor, received [1, 2].",
  );
});

test('an unknown option is refused, not passed over', () => {
  expect(() => writeNpz(arrays, { compress: true } as never)).toThrow("received 'compress'");
});

/** An archive of two short arrays, with some of its bytes changed. */
const changed = (change: (bytes: Buffer, entry: number) => void) => {
  const bytes = Buffer.from(writeNpz({ a: tensor([1]), b: tensor([2]) }));
  change(bytes, bytes.indexOf('PK\x01\x02', 0, 'latin1'));
  return bytes;
};

test.each<[string, string, (bytes: Buffer, entry: number) => void]>([
  ['a name', 'npz: c.npy expected a whole zip', (bytes, entry) => bytes.write('c', entry + 46)],
  ['the number of files', '1 files of 2', (bytes) => bytes.writeUInt8(1, bytes.length - 14)],
  ['no number of files', '0 files of 2', (bytes) => bytes.writeUInt8(0, bytes.length - 14)],
  ['a size beyond all packing', 'bytes in', (bytes, entry) => bytes.writeUInt8(0x1a, entry + 27)],
])('%s that damage has changed is an error, not other arrays or a long wait', async (_, message, change) => {
  await expect(readNpz(changed(change))).rejects.toMatchObject({ code: 'file-incomplete' });
  await expect(readNpz(changed(change))).rejects.toThrow(message);
});

test.each<[string, string, (bytes: Buffer, entry: number) => void]>([
  ['encrypted', 'npz: a.npy .* an encrypted file', (bytes, entry) => bytes.writeUInt8(1, entry + 8)],
  ['packed by bzip2', 'npz: a.npy .* compression 12', (bytes, entry) => bytes.writeUInt8(12, entry + 10)],
])('an archive that is %s is named so, not called damaged', async (_, message, change) => {
  await expect(readNpz(changed(change))).rejects.toMatchObject({ code: 'file-format' });
  await expect(readNpz(changed(change))).rejects.toThrow(new RegExp(message));
});

test('two arrays of one name are refused, not reduced to the last', async () => {
  const bytes = changed((all) => {
    for (let at = all.indexOf('b.npy'); at >= 0; at = all.indexOf('b.npy', at)) all.write('a', at);
  });
  await expect(readNpz(bytes)).rejects.toThrow("received two arrays named 'a'");
});

test('folders inside an archive are passed over', async () => {
  const bytes = changed((all) => {
    const names = all.toString('latin1').matchAll(/b\.npy/g);
    for (const { index } of names) all.write('b.np/', index);
  });
  expect(Object.keys(await readNpz(bytes))).toEqual(['a']);
});

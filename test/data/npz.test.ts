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

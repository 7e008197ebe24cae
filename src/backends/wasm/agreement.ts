/** Whether two versions of a program compute the same bits. */
import { elementTypes, type TypedArray } from '../../core/dtype.js';
import type { WasmStorage } from './heap.js';

/** Runs one step both ways from the same state, and leaves what the first way made if they differ or the second throws. */
export function agree(first: () => void, second: () => void, written: readonly WasmStorage[]): boolean {
  const before = written.map((storage) => storage.get());
  first();
  const expected = written.map((storage) => storage.get());
  for (const [i, storage] of written.entries()) storage.set(before[i]!);
  let isSame = false;
  try {
    second();
    isSame = written.every((storage, i) => hasSameBits(storage.get(), expected[i]!));
  } finally {
    if (!isSame) for (const [i, storage] of written.entries()) storage.set(expected[i]!);
  }
  return isSame;
}

/** A NaN is the same as any other: processors disagree about its sign. */
function hasSameBits(a: TypedArray, b: TypedArray): boolean {
  const [bitsA, bitsB] = [a, b].map(bitsOf) as [ArrayLike<number>, ArrayLike<number>];
  for (let i = 0; i < a.length; i++) {
    if (bitsA[i] !== bitsB[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  }
  return true;
}
const bitsOf = (values: TypedArray): ArrayLike<number> =>
  values instanceof elementTypes.float32.array
    ? new Int32Array(values.buffer, values.byteOffset, values.length)
    : values;

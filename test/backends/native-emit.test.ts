import { describe, expect, it } from 'vitest';
import { elementTypes, type ScalarType, storedAs, type TypedArray } from '../../src/core/dtype.js';
import { call, forgetFormulas } from '../../src/loops/expression.js';
import { buffersOf, type Kernel } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { integer, real, Scalar } from '../../src/loops/scalar.js';
import { rowOf, type ScalarName, scalars } from '../../src/loops/scalars.js';
import type { Arrays } from './evaluate.js';
import { hasCompiler, Library, machineOf } from './native-run.js';
import { randomContraction } from './random-contractions.js';
import { Fuzz, work } from './random-kernels.js';
import { axis, buffer, mapKernel, randomArrays, randomFrom, read, runCompiled } from './wasm-run.js';

/** The bits of each element, those of all NaN alike. */
const bitsOf = (values: TypedArray): number[] => {
  const { buffer: bytes, byteOffset, length, BYTES_PER_ELEMENT } = values;
  if (BYTES_PER_ELEMENT === 1) return Array.from(values);
  const bits = new Int32Array(bytes, byteOffset, length);
  return Array.from(values, (x, i) => (Number.isNaN(x) ? 0x7fc00000 : bits[i]!));
};

/** Expects each kernel to leave in its arrays what WebAssembly leaves there, however many threads share it. */
function expectSameBits(kernels: readonly Kernel[], lanes: number, given = randomly): void {
  const library = new Library(kernels, machineOf(lanes));
  for (const [n, kernel] of kernels.entries()) {
    const arrays = given(kernel, n);
    const expected = runCompiled(kernel, arrays);
    for (const parts of library.isSplit(n) ? [1, 2, 3] : [1]) {
      for (const [name, values] of library.run(n, arrays, parts)) {
        const [got, due] = [bitsOf(values), bitsOf(expected.get(name)!)];
        const at = got.findIndex((x, i) => x !== due[i]);
        if (at < 0) continue;
        const numbers = `${name}[${at}] is ${values[at]}, in WebAssembly ${expected.get(name)![at]}`;
        expect.fail(`${numbers}: ${lanes} lanes, ${parts} threads\n${printKernel(kernel)}`);
      }
    }
  }
  expect(kernels.length).toBeGreaterThan(0);
}
const randomly = (kernel: Kernel, n: number): Arrays => randomArrays(buffersOf(kernel), randomFrom(n + 1));

const hardFloats = [
  ...[0, 1, 0.5, 1.5, 2.5, 3, 1e-45, 1.17e-38, 1.18e-38, 1e-20, 0.1, 0.9999999, 1.0000001, 88.7, 103.9],
  ...[8388607.5, 8388608.5, 16777217, 2147483520, 2147483648, 4294967296, 1e20, 3.4e38, Infinity],
];
const hard: Readonly<Record<ScalarType, readonly number[]>> = {
  float: [...hardFloats, ...hardFloats.map((x) => -x), Number.NaN],
  int: [0, 1, 2, 3, 7, 31, 32, 255, 256, 65535, 65536, 0x55555555, 2 ** 31 - 1].flatMap((x) => [x, -x, ~x]),
  bool: [0, 1],
};

const names = Object.keys(scalars) as ScalarName[];
const isShift = (name: ScalarName) => name.startsWith('shift');

/** A row at every pair of hard numbers; what comes third goes through them at another pace. */
function ofRow(name: ScalarName): { kernel: Kernel; given: Arrays } {
  const { takes, gives } = rowOf(name);
  const lists = takes.map((type) => hard[type]);
  const count = lists.length === 1 ? lists[0]!.length : lists[0]!.length * lists[1]!.length;
  const fits = (x: number[]) =>
    name !== 'quotientInt' || (x[1] !== 0 && !(x[1] === -1 && x[0] === -(2 ** 31)));
  const points = Array.from({ length: count }, (_, i) =>
    lists.map((list, a) => list[[i, Math.floor(i / lists[0]!.length), 7 * i, 11 * i][a]! % list.length]!),
  ).filter(fits);
  // A quotient must not meet the zeros behind an array either.
  while (points.length % 4 > 0) points.push(points[0]!);
  const i = axis('i', points.length);
  const buffers = takes.map((type, a) => buffer(`x${a}`, [points.length], storedAs[type]));
  const args = buffers.map((b) => read(b, [i]).expression);
  const value = call(name, isShift(name) ? [args[0]!, integer(5).expression] : args);
  return {
    kernel: mapKernel([i], new Scalar(value), storedAs[gives]),
    given: new Map(
      buffers.map((b, a) => [b.name, new elementTypes[b.dtype].array(points.map((p) => p[a]!))]),
    ),
  };
}

/** A maximum or minimum beside each constant, on both sides, and a store of every integer as a byte. */
function bounded(): { kernel: Kernel; given: Arrays }[] {
  const i = axis('i', hard.float.length);
  const x = read(buffer('x', [hard.float.length]), [i]);
  const given = new Map([['x', Float32Array.from(hard.float)]]);
  const values = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN].flatMap((bound) => [
    ...[x.maximum(bound), x.minimum(bound), real(bound).maximum(x), real(bound).minimum(x)],
  ]);
  return [
    ...values.map((value) => ({ kernel: mapKernel([i], value), given })),
    { kernel: mapKernel([i], x.toInt(), 'uint8'), given },
  ];
}

const lanes = [4, 8, 16];
const seeds = Number(process.env.FUZZ_SEEDS ?? 40);
const from = Number(process.env.FUZZ_FROM ?? 1);
/** One of so many seeds. */
const some = <T>(make: (seed: number) => T, each = 1): T[] =>
  Array.from({ length: seeds / each }, (_, i) => make(from + i * each));

describe.skipIf(!hasCompiler)('kernels in C', () => {
  it.each(lanes)('give the bits of every scalar row, %i lanes', (count) => {
    forgetFormulas();
    const all = [...names.map(ofRow), ...bounded()];
    const given = (kernel: Kernel, n: number): Arrays => new Map([...randomly(kernel, n), ...all[n]!.given]);
    expectSameBits(
      all.map(({ kernel }) => kernel),
      count,
      given,
    );
  });

  it.each(lanes)('give the bits of random kernels, %i lanes', (count) => {
    forgetFormulas();
    const kernels = some((seed) => new Fuzz(seed).kernel()).filter((k) => work(k) <= 20_000);
    expectSameBits(kernels, count);
  });

  it.each(lanes)('give the bits of random contractions, %i lanes', (count) => {
    forgetFormulas();
    expectSameBits(
      some((seed) => randomContraction(randomFrom(seed * 31 + 5)), 2),
      count,
    );
  });
});

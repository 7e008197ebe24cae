/** Runs single kernels through the wasm backend and beside it point by point. */
import { expect } from 'vitest';
import { wasmBackend } from '../../src/backends/wasm/wasm.js';
import { scheduleMap } from '../../src/compiler/schedule/map.js';
import { programOf } from '../../src/compiler/schedule/program.js';
import { type DType, elementTypes, type TypedArray } from '../../src/core/dtype.js';
import { Axis } from '../../src/loops/axis.js';
import { type Buffer, type Coordinate, elementsOf, load } from '../../src/loops/expression.js';
import { buffersOf, type Kernel, type Store, storeAtPoint } from '../../src/loops/kernel.js';
import type { External, Loops } from '../../src/loops/program.js';
import { Scalar } from '../../src/loops/scalar.js';
import { type Arrays, runKernel } from './evaluate.js';

export const backend = wasmBackend(1);

/** Numbers 0 ≤ x < 1 in a sequence that the seed fixes. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

export const buffer = (name: string, shape: readonly number[], dtype: DType = 'float32'): Buffer => ({
  name,
  shape,
  dtype,
});
export const axis = (name: string, size: number): Axis => new Axis(name, size);
export const read = (from: Buffer, at: readonly (Coordinate | Axis | Scalar | number)[], fill = 0): Scalar =>
  new Scalar(load(from, at.map(coordinateOf), fill));
const zero = new Axis('zero', 1).index;
const coordinateOf = (c: Coordinate | Axis | Scalar | number): Coordinate =>
  c instanceof Axis ? c.index : c instanceof Scalar ? c.expression : typeof c === 'number' ? zero.plus(c) : c;

export const kernel = (axes: readonly Axis[], ...stores: Store[]): Kernel => ({
  name: 'kernel',
  axes,
  stores,
  path: '',
});
export const storeAt = (to: Buffer, axes: readonly Axis[], value: Scalar): Store =>
  storeAtPoint(to, axes, value.expression);
export const storeInto = (
  to: Buffer,
  at: readonly (Coordinate | Axis | Scalar | number)[],
  value: Scalar,
  mode: Store['mode'] = 'set',
): Store => ({ buffer: to, at: at.map(coordinateOf), value: value.expression, mode });

/** A kernel that writes `value` to `out` at the point of its axes. */
export const mapKernel = (axes: readonly Axis[], value: Scalar, dtype: DType = 'float32'): Kernel =>
  kernel(axes, storeAt(buffer('out', [], dtype), axes, value));

export function randomArrays(buffers: readonly Buffer[], random: () => number): Arrays {
  const make = (b: Buffer): TypedArray => {
    const one = {
      float32: () => random() * 4 - 2,
      int32: () => Math.floor(random() * 40) - 20,
      bool: () => Number(random() < 0.5),
      uint8: () => Math.floor(random() * 256),
    }[b.dtype];
    return new elementTypes[b.dtype].array(Array.from({ length: elementsOf(b) }, one));
  };
  return new Map(buffers.map((b) => [b.name, make(b)]));
}

type Plan = (made: Kernel, externals: readonly External[]) => Loops;
const noMemory = { at: new Map(), bytes: 0 };
const asScheduled: Plan = (made, externals) => programOf([made], externals, noMemory, backend.machine!);

/** Loops around the formula, whatever the kernel's shape. */
export const asMap: Plan = (made, externals) =>
  programOf([made], externals, noMemory, backend.machine!, scheduleMap);

/** Runs the kernel compiled; the arrays are left as they are. */
export function runCompiled(made: Kernel, arrays: Arrays, plan = asScheduled): Arrays {
  const externals = buffersOf(made).map((b): External => ({ buffer: b, role: 'variable' }));
  const places = externals.map(({ buffer: b }) => {
    const storage = backend.allocate(b.dtype, elementsOf(b));
    storage.set(arrays.get(b.name)!);
    return storage;
  });
  const loops = plan(made, externals);
  backend.compile({ kernels: [made], externals, memory: noMemory, loops }).bind(places)();
  const results = new Map(externals.map(({ buffer: b }, i) => [b.name, places[i]!.get()]));
  for (const place of places) place.free();
  return results;
}

/** Expects the compiled kernel to give what the formulas say: to the bit, or within a relative distance. */
export function expectSame(made: Kernel, given?: Arrays, within = 0, seed = 1): Arrays {
  const arrays = new Map(randomArrays(buffersOf(made), randomFrom(seed)));
  for (const [name, values] of given ?? []) arrays.set(name, values);
  const results = runCompiled(made, arrays);
  const expected = new Map([...arrays].map(([name, values]) => [name, values.slice()]));
  runKernel(made, expected);
  for (const [name, values] of results) compare(name, values, expected.get(name)!, within);
  return results;
}

function compare(name: string, got: TypedArray, expected: TypedArray, within: number): void {
  if (within === 0) expect(Array.from(got), name).toEqual(Array.from(expected));
  for (const [i, x] of expected.entries()) {
    const near = Object.is(x, got[i]) || x === got[i] || Math.abs(got[i]! - x) <= within * (1 + Math.abs(x));
    if (!near) expect.fail(`${name}[${i}] is ${got[i]}, expected ${x}`);
  }
  expect(got.length).toBe(expected.length);
}

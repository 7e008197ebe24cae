/** A formula as a closure: every part becomes a function that gives its value at the current point. */
import type { DType, ScalarType, TypedArray } from '../../core/dtype.js';
import { elementTypes } from '../../core/dtype.js';
import { entryOf } from '../../core/record.js';
import { sizeOf, stridesOf } from '../../core/shape.js';
import { type Axis, type Index, positionOf } from '../../loops/axis.js';
import {
  type Buffer,
  type Call,
  type Coordinate,
  type Expression,
  elementsOf,
  type Fold,
  isComputed,
  type Load,
} from '../../loops/expression.js';
import { type Kernel, loadsOf, type Runner, type Store, writesOf } from '../../loops/kernel.js';
import { rowOf } from '../../loops/scalars.js';

export type Precision = 'float32' | 'float64';
/** Gives a value; the point is in the counters. */
type Part = () => number;

/** All that closures share: where the loops are and which arrays they read. */
interface Scope {
  readonly counters: Map<Axis, { at: number }>;
  readonly arrays: Map<string, { values: TypedArray }>;
  readonly parts: Map<Expression, Part>;
  /** Values kept from before are stale when this has changed. */
  readonly epoch: { now: number };
  readonly round: (type: ScalarType) => (x: number) => number;
}

/** Zeros, in float64 if floats have that precision. */
export const allocate = (dtype: DType, size: number, precision: Precision): TypedArray =>
  dtype === 'float32' && precision === 'float64'
    ? new Float64Array(size)
    : new elementTypes[dtype].array(size);

export function runnerOf(kernel: Kernel, precision: Precision): Runner {
  const { body } = kernel;
  const place = (b: Buffer) => allocate(b.dtype, elementsOf(b), precision);
  return body ? body.runner(kernel, (k) => runnerOf(k, precision), place) : plainRunner(kernel, precision);
}

function plainRunner(kernel: Kernel, precision: Precision): Runner {
  const scope: Scope = {
    counters: new Map(),
    arrays: new Map(),
    parts: new Map(),
    epoch: { now: 0 },
    round: (type) => (type === 'float' && precision === 'float32' ? Math.fround : (x) => x),
  };
  const stores = kernel.stores.map((s) => storeOf(s, scope));
  const values = new Array<number>(stores.length);
  const written = writesOf(kernel);
  const readsOwn = loadsOf(kernel).some((l) => written.has(l.buffer.name)) ? 1 : 0;
  const point = () => {
    scope.epoch.now += readsOwn;
    for (let i = 0; i < stores.length; i++) values[i] = stores[i]!.value();
    for (let i = 0; i < stores.length; i++) stores[i]!.write(values[i]!);
  };
  const run = loopsOver(kernel.axes, scope, point);
  return (memory) => {
    for (const [name, place] of scope.arrays) place.values = memory.get(name)!;
    scope.epoch.now++;
    run();
  };
}

const counterOf = (axis: Axis, { counters }: Scope): { at: number } =>
  entryOf(counters, axis, () => ({ at: 0 }));

const arrayOf = (name: string, { arrays }: Scope): { values: TypedArray } =>
  entryOf(arrays, name, () => ({ values: new Float32Array(0) }));

function loopsOver(axes: readonly Axis[], scope: Scope, body: () => void): () => void {
  return axes.reduceRight<() => void>((inner, axis) => {
    const counter = counterOf(axis, scope);
    return () => {
      for (let i = 0; i < axis.size; i++) {
        counter.at = i;
        inner();
      }
    };
  }, body);
}

function storeOf({ buffer, at, value, mode }: Store, scope: Scope) {
  const array = arrayOf(buffer.name, scope);
  const place = placeOf(at, buffer.shape, scope);
  const round = scope.round(elementTypes[buffer.dtype].scalar);
  const write = (x: number) => {
    const i = place();
    if (i >= 0) array.values[i] = mode === 'add' ? round(array.values[i]! + x) : x;
  };
  return { value: partOf(value, scope), write };
}

const partOf = (e: Expression, scope: Scope): Part =>
  entryOf(scope.parts, e, () => {
    const plain = makePart(e, scope);
    return e.kind === 'call' || e.kind === 'fold' ? keptPart(plain, [...e.free], scope) : plain;
  });

/** Computes again only when a counter that matters has moved: a shared part costs once, a row's fold once a row. */
function keptPart(part: Part, free: readonly Axis[], scope: Scope): Part {
  const counters = free.map((axis) => counterOf(axis, scope));
  const seen = counters.map(() => -1);
  let epoch = -1;
  let value = 0;
  return () => {
    let isFresh = epoch === scope.epoch.now;
    for (let i = 0; isFresh && i < counters.length; i++) isFresh = seen[i] === counters[i]!.at;
    if (isFresh) return value;
    const places = counters.map((c) => c.at);
    value = part();
    epoch = scope.epoch.now;
    for (let i = 0; i < places.length; i++) seen[i] = places[i]!;
    return value;
  };
}

function makePart(e: Expression, scope: Scope): Part {
  switch (e.kind) {
    case 'constant': {
      const value = scope.round(e.type)(e.value);
      return () => value;
    }
    case 'counter':
      return indexOf(e.index, scope);
    case 'load':
      return loadPart(e, scope);
    case 'call':
      return callPart(e, scope);
    case 'fold':
      return foldPart(e, scope);
  }
}

function callPart({ name, args, type }: Call, scope: Scope): Part {
  const { js } = rowOf(name);
  const round = scope.round(type);
  const [a, b, c, d] = args.map((part) => partOf(part, scope)) as [Part, Part, Part, Part];
  if (args.length === 1) return () => round(js(a()));
  if (args.length === 2) return () => round(js(a(), b()));
  if (args.length === 3) return () => round(js(a(), b(), c()));
  return () => round(js(a(), b(), c(), d()));
}

function indexOf(index: Index, scope: Scope): Part {
  const terms = [...index.terms].map(([axis, times]) => ({ counter: counterOf(axis, scope), times }));
  const { offset } = index;
  return () => {
    let at = offset;
    for (const { counter, times } of terms) at += times * counter.at;
    return at;
  };
}

/** The place in memory, or -1 outside the array. */
function placeOf(at: readonly Coordinate[], shape: readonly number[], scope: Scope): Part {
  const coordinates = at.map((c) => (isComputed(c) ? partOf(c, scope) : indexOf(c, scope)));
  const strides = stridesOf(shape);
  return () => {
    let place = 0;
    for (let d = 0; d < coordinates.length; d++) {
      const i = coordinates[d]!();
      if (i < 0 || i >= shape[d]!) return -1;
      place += i * strides[d]!;
    }
    return place;
  };
}

function loadPart({ buffer, at, fill }: Load, scope: Scope): Part {
  const array = arrayOf(buffer.name, scope);
  if (sizeOf(buffer.shape) === 0) return () => fill;
  const place = placeOf(at, buffer.shape, scope);
  return () => {
    const i = place();
    return i < 0 ? fill : array.values[i]!;
  };
}

/** What a fold begins with: nothing is larger, or smaller. */
const starts = {
  sum: { float: 0, int: 0, bool: 0 },
  max: { float: -Infinity, int: -(2 ** 31), bool: 0 },
  min: { float: Infinity, int: 2 ** 31 - 1, bool: 1 },
} as const;

function foldPart({ by, axes, body, type }: Fold, scope: Scope): Part {
  const value = partOf(body, scope);
  if (by === 'argmax') return argmaxPart(axes, value, scope);
  const round = type === 'int' ? (x: number) => x | 0 : scope.round(type);
  const combine = { sum: (a: number, b: number) => round(a + b), max: Math.max, min: Math.min }[by];
  let total = 0;
  const run = loopsOver(axes, scope, () => {
    total = combine(total, value());
  });
  return () => {
    // A fold in this fold's body may be the same closure run again for another point.
    const outer = total;
    total = starts[by][type];
    run();
    const result = total;
    total = outer;
    return result;
  };
}

function argmaxPart(axes: readonly Axis[], value: Part, scope: Scope): Part {
  const here = indexOf(positionOf(axes), scope);
  let best = -Infinity;
  let place = 0;
  const run = loopsOver(axes, scope, () => {
    const x = value();
    if (x > best || (Number.isNaN(x) && !Number.isNaN(best))) [best, place] = [x, here()];
  });
  return () => {
    [best, place] = [-Infinity, 0];
    run();
    return place;
  };
}

/** A tensor: an immutable value with shape and type, computed when it is read. */
import type { Node, Operation, Source } from '../compiler/graph.js';
import { type DType, elementTypes, type TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { isCount, type Shape, showShape, sizeOf } from '../core/shape.js';
import { isPlainObject, list } from '../core/text.js';
import { check } from '../ops/fields.js';
import * as ops from '../ops/index.js';
import type { Operand } from '../ops/op.js';
import * as composite from './composites.js';
import { evaluate } from './evaluate.js';
import { type Nested, nest } from './nested.js';
import { printTensor } from './print.js';
import { activePath, isHistoryKept, withoutHistory } from './recording.js';

export type { Operand };
/** Which axes a fold takes; all of them when left out or null. */
export type Axes = number | readonly number[] | null;
interface KeepDims {
  /** Whether folded axes stay with size 1. */
  readonly keepDims?: boolean;
}

/** An axis among the options of a method; what is no object would be lost without a word. */
function along<A extends Axes, O extends object>(axis: A, options: O) {
  check(
    isPlainObject(options),
    'A tensor',
    'an object of options after the axis',
    options,
    'Write `{ keepDims: true }`.',
  );
  return { axis, ...options };
}

/** Nodes that a pending result may hang on before it is computed, so that long loops stay flat. */
const longestHistory = 1000;

let made = 0;

const inspect = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

// biome-ignore format: one line a method
export class Tensor implements Node {
  inputs: readonly Node[];
  #values: TypedArray | undefined;
  readonly #history: number;
  /** How many tensors were made before it. */
  readonly age = made++;

  constructor(
    readonly shape: Shape,
    readonly dtype: DType,
    readonly source: Source,
    inputs: readonly Tensor[] = [],
    readonly path: string = '',
  ) {
    Object.freeze(shape);
    this.inputs = inputs;
    this.#history = 1 + inputs.reduce((most, x) => Math.max(most, x.#history), 0);
    if (source.kind === 'data') this.#values = source.values;
  }

  get rank(): number { return this.shape.length; }
  get size(): number { return sizeOf(this.shape); }
  /** The node of the graph that stands for the value; a variable's changes. */
  get node(): Tensor { return this; }
  /** The values, when they have been computed or were given. */
  get known(): TypedArray | undefined { return this.#values; }

  /** A tensor, or a number as one: a whole number that int32 holds keeps the type of this tensor. */
  lift(x: Operand): Tensor {
    if (x instanceof Tensor) return x;
    if (typeof x === 'boolean') return new Tensor([], 'bool', { kind: 'number', value: Number(x) });
    if (typeof x !== 'number') throw notATensor(x);
    const dtype = this.dtype === 'float32' || x !== (x | 0) ? 'float32' : 'int32';
    return new Tensor([], dtype, { kind: 'number', value: x });
  }

  /** The result of an operation; records call it on an input, so that they need no value of this class. */
  derive(
    operation: Operation,
    inputs: readonly Tensor[],
    attrs: unknown,
    shape: Shape,
    dtype: DType,
  ): Tensor {
    const source: Source = { kind: 'applied', operation, attrs };
    const nodes = inputs.map((x) => x.node);
    const made = new Tensor(shape, dtype, source, nodes, activePath());
    if (made.#history <= longestHistory || isHistoryKept()) return made;
    return withoutHistory(new Tensor(shape, dtype, { kind: 'data', values: made.values() }));
  }

  add(b: Operand): Tensor { return ops.add(this, b); }
  sub(b: Operand): Tensor { return ops.subtract(this, b); }
  mul(b: Operand): Tensor { return ops.multiply(this, b); }
  div(b: Operand): Tensor { return ops.divide(this, b); }
  floorDivide(b: Operand): Tensor { return ops.floorDivide(this, b); }
  mod(b: Operand): Tensor { return ops.remainder(this, b); }
  pow(b: Operand): Tensor { return composite.pow(this, b); }
  maximum(b: Operand): Tensor { return ops.maximum(this, b); }
  minimum(b: Operand): Tensor { return ops.minimum(this, b); }
  clip(low: Operand, high: Operand): Tensor { return this.maximum(low).minimum(high); }
  equal(b: Operand): Tensor { return ops.equal(this, b); }
  notEqual(b: Operand): Tensor { return ops.equal(this, b).logicalNot(); }
  less(b: Operand): Tensor { return ops.less(this, b); }
  lessEqual(b: Operand): Tensor { return ops.lessEqual(this, b); }
  greater(b: Operand): Tensor { return ops.less(this.lift(b), this); }
  greaterEqual(b: Operand): Tensor { return ops.lessEqual(this.lift(b), this); }
  logicalAnd(b: Operand): Tensor { return ops.minimum(this.cast('bool'), this.lift(b).cast('bool')); }
  logicalOr(b: Operand): Tensor { return ops.maximum(this.cast('bool'), this.lift(b).cast('bool')); }
  logicalNot(): Tensor { return ops.equal(this.cast('bool'), false); }
  isNaN(): Tensor { return this.notEqual(this); }
  /** `a` where this condition holds, else `b`. */
  where(a: Operand, b: Operand): Tensor { return ops.where(this, a, b); }
  neg(): Tensor { return this.mul(-1); }
  abs(): Tensor { return ops.abs(this); }
  sign(): Tensor { return ops.sign(this); }
  floor(): Tensor { return ops.floor(this); }
  ceil(): Tensor { return this.neg().floor().neg(); }
  round(): Tensor { return ops.round(this); }
  sqrt(): Tensor { return ops.sqrt(this); }
  rsqrt(): Tensor { return this.lift(1).div(this.sqrt()); }
  square(): Tensor { return this.mul(this); }
  reciprocal(): Tensor { return this.lift(1).div(this); }
  exp(): Tensor { return ops.exp(this); }
  expm1(): Tensor { return ops.expm1(this); }
  log(): Tensor { return ops.log(this); }
  log1p(): Tensor { return ops.log1p(this); }
  sin(): Tensor { return ops.sin(this); }
  cos(): Tensor { return ops.cos(this); }
  tanh(): Tensor { return ops.tanh(this); }
  sigmoid(): Tensor { return ops.sigmoid(this); }
  softplus(): Tensor { return ops.softplus(this); }
  relu(): Tensor { return ops.relu(this); }
  erf(): Tensor { return ops.erf(this); }
  erfinv(): Tensor { return ops.erfinv(this); }
  softmax(axis = -1): Tensor { return composite.softmax(this, axis); }
  logSoftmax(axis = -1): Tensor { return composite.logSoftmax(this, axis); }
  sum(axis: Axes = null, options: KeepDims = {}): Tensor { return ops.sum(this, along(axis, options)); }
  mean(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.mean(this, axis, options); }
  max(axis: Axes = null, options: KeepDims = {}): Tensor { return ops.max(this, along(axis, options)); }
  min(axis: Axes = null, options: KeepDims = {}): Tensor { return ops.min(this, along(axis, options)); }
  any(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.any(this, axis, options); }
  all(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.all(this, axis, options); }
  variance(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.variance(this, axis, options); }
  std(axis: Axes = null, options: KeepDims = {}): Tensor { return this.variance(axis, options).sqrt(); }
  logsumexp(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.logsumexp(this, axis, options); }
  /** Place of the first largest element along an axis; among those of several axes, rows last. */
  argmax(axis: Axes = null, options: KeepDims = {}): Tensor { return ops.argmax(this, along(axis, options)); }
  argmin(axis: Axes = null, options: KeepDims = {}): Tensor { return composite.argmin(this, axis, options); }
  cumsum(axis = -1, options: { reverse?: boolean; exclusive?: boolean } = {}): Tensor { return ops.cumsum(this, along(axis, options)); }

  /** The same elements under another shape; one size may be -1. */
  reshape(shape: Shape): Tensor { return composite.reshape(this, shape); }
  flatten(): Tensor { return this.reshape([-1]); }
  transpose(order: readonly number[] | null = null): Tensor { return composite.transpose(this, order); }
  expandDims(axis: number): Tensor { return composite.expandDims(this, axis); }
  squeeze(axis: Axes = null): Tensor { return composite.squeeze(this, axis); }
  broadcastTo(shape: Shape): Tensor { return composite.broadcastTo(this, shape); }
  slice(start: Shape, size: Shape, step: Shape | null = null): Tensor { return composite.slice(this, start, size, step); }
  /** New cells `[before, after]` around each axis. */
  pad(padding: readonly (readonly [number, number])[], value = 0): Tensor { return composite.pad(this, padding, value); }
  flip(axis: Axes = null): Tensor { return composite.flip(this, axis); }
  tile(repeats: readonly number[]): Tensor { return composite.tile(this, repeats); }
  repeat(times: number, axis = 0): Tensor { return composite.repeat(this, times, axis); }
  /** Each element's place along an axis. */
  indices(axis = -1): Tensor { return ops.indices(this, { axis }); }

  /** Matrix product by numpy's rules: axes before the last two are batches and broadcast. */
  matmul(b: Tensor): Tensor { return composite.matmul(this, b); }
  /** Rows along an axis at these indices; negative ones count from the end, others outside are NaN (0 of integers). */
  gather(index: Operand, axis = 0): Tensor { return composite.take(this, this.lift(index), axis); }
  /** Rows along the first axis at indices that are all inside: what a batch is. */
  rowsAt(index: Tensor): Tensor { return ops.gather(this, index); }
  takeAlongAxis(index: Tensor, axis = -1): Tensor { return composite.takeAlongAxis(this, index, axis); }
  cast(dtype: DType): Tensor { return dtype === this.dtype ? this : ops.cast(this, { dtype }); }
  stopGradient(): Tensor { return ops.stopGradient(this); }

  /** For the library, which never writes to them: the values, computed now, and no copy. Use `data()`. */
  values(): TypedArray {
    this.#values ??= evaluate(this);
    return this.#values;
  }

  /** The values in row-major order, as a typed array of their own; truth values are 0 and 1. */
  data(): TypedArray { return this.values().slice(); }
  /** Nested arrays of numbers or truth values; a plain one for a single value. */
  toArray(): Nested { return nest(this.values(), this.shape, this.dtype); }
  /** As `data()`, on every backend. */
  async read(): Promise<TypedArray> { return this.data(); }
  /** The one value, as `toArray()` has it: `item<boolean>()` is the type for a tensor of truth values. */
  item<Value extends number | boolean = number>(): Value {
    if (this.size === 1) return nest(this.values(), [], this.dtype) as Value;
    throw problem('shape-mismatch', {
      subject: 'Tensor.item',
      expected: 'a tensor of one element',
      received: `shape ${showShape(this.shape)}`,
      fix: 'Use `toArray()` or `data()`.',
    });
  }
  toString(): string { return printTensor(this.values(), this.shape, this.dtype); }
  /** Makes `x * 2` or `x > 0` an error, or the one number there is: it would be NaN otherwise. */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint !== 'number') return this.toString();
    if (this.size === 1) return Number(this.item());
    throw problem('argument-value', {
      subject: 'An operator',
      expected: 'numbers',
      received: this[Symbol.toStringTag],
      fix: 'Tensors have methods: `x.mul(2)`, `x.greater(0)`.',
    });
  }
  /** As `toArray()`: what `JSON.stringify` writes. */
  toJSON(): Nested { return this.toArray(); }
  get [Symbol.toStringTag](): string { return `Tensor ${this.dtype} ${showShape(this.shape)}`; }
  /** What Node's `console.log` shows; without values while a function is traced. */
  [inspect](): string {
    const title = this[Symbol.toStringTag];
    try { return `${title}\n${this}`; } catch { return title; }
  }
}

const notATensor = (x: unknown) =>
  problem('argument-value', {
    subject: 'Tensor',
    expected: 'a tensor, a number or a truth value',
    received: String(x),
    fix: 'Make one with `tensor([...])`.',
  });

/** The shape as a copy, so that changing the caller's array changes no tensor. */
export function checkedShape(shape: Shape, subject: string): Shape {
  const fix = isCount(shape as never) ? `Write \`[${shape}]\`.` : undefined;
  const isShape = Array.isArray(shape) && shape.every(isCount);
  check(isShape, subject, 'a shape: an array of integers of 0 or more', shape, fix);
  return [...shape];
}

/** The element type, if there is one of this name. */
export function checkedType(dtype: DType, subject: string): DType {
  const names = Object.keys(elementTypes);
  check(names.includes(dtype), subject, `a dtype: ${list(names)}`, dtype);
  return dtype;
}

/** One number for a whole shape. */
export const full = (shape: Shape, value: number | boolean, options: { dtype?: DType } = {}): Tensor => {
  const dtype = checkedType(options.dtype ?? (typeof value === 'boolean' ? 'bool' : 'float32'), 'A tensor');
  return new Tensor(checkedShape(shape, 'A tensor'), dtype, {
    kind: 'number',
    value: new elementTypes[dtype].array([Number(value)])[0]!,
  });
};

/**
 * An operation is one record: its shape, one output element as a formula, its gradient. Everything else (checks,
 * messages, kernels for each backend, law tests) is derived from the record.
 */
import type { Lowering, Operation } from '../compiler/graph.js';
import type { Fields } from '../core/declaration.js';
import { type DType, elementTypes, widest } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import type { Field } from '../core/fields.js';
import { mapValues } from '../core/record.js';
import { Schema } from '../core/schema.js';
import { type Shape, showShape } from '../core/shape.js';
import {
  bindSizes,
  isMismatch,
  nameOf,
  parseSignature,
  type Signature,
  type Sizes,
} from '../core/signature.js';
import { Axis } from '../loops/axis.js';
import { type Buffer, constant } from '../loops/expression.js';
import type { Scalar } from '../loops/scalar.js';
import type { Tensor } from '../tensor/tensor.js';
import { misuse } from './fields.js';
import type { Arity, Bound, Inputs } from './signature-types.js';
import { coordinateOf, type Place, Source } from './source.js';

export type { Tensor };
export type Operand = Tensor | number | boolean;

// biome-ignore lint/suspicious/noExplicitAny: a field of any type
type In<F> = F extends Field<infer I, any> ? I : never;
// biome-ignore lint/suspicious/noExplicitAny: a field of any type
type Out<F> = F extends Field<any, infer O> ? O : never;
type HasDefault<F> = F extends { fallback: unknown } ? true : false;
type OptionsOf<F> = { [K in keyof F as HasDefault<F[K]> extends true ? K : never]?: In<F[K]> } & {
  [K in keyof F as HasDefault<F[K]> extends true ? never : K]: In<F[K]>;
};
type AttrsOf<F> = { readonly [K in keyof F]: Out<F[K]> };
type LastArgument<F> = keyof F extends never
  ? []
  : Record<never, never> extends OptionsOf<F>
    ? [options?: OptionsOf<F>]
    : [options: OptionsOf<F>];

/** Where an operation is defined and smooth, for the tests of its laws; one for each input, the last one repeats. */
export interface Domain {
  readonly from?: number;
  readonly to?: number;
  /** Points where the gradient jumps. */
  readonly kinks?: readonly number[];
  /** Whether equal elements make a kink. */
  readonly distinct?: true;
  /** Whole numbers, below this count. */
  readonly below?: number;
}

/** A formula for each point of some axes, and the output element that it is for. */
export interface Part {
  readonly over: readonly Axis[];
  readonly at: readonly Place[];
  readonly value: Scalar;
}

export interface Definition<S extends string, F, N extends Arity> {
  /** Input and output axes by name; `*s` is any number of axes, and the same star twice broadcasts. */
  readonly shape: S | ((attrs: AttrsOf<F>, shapes: readonly Shape[]) => string);
  /** How many tensors it takes, when a computed shape string cannot tell; `'list'` is one list of any length. */
  readonly arity?: N;
  /** Options as fields: default, check, message. */
  readonly attrs?: () => F;
  /** Fills in what depends on the inputs, such as axes counted from the end. */
  readonly prepare?: (attrs: AttrsOf<F>, shapes: readonly Shape[], name: string) => AttrsOf<F>;
  /**
   * What each input may be, a letter each: `f` float32, `i` int32, `b` bool, `n` a number and `t` anything, all inputs
   * so marked made one type, `a` anything as it is. All `f` when left out.
   */
  readonly types?: string;
  /** The output's type; that of the inputs marked `n`, `t` or `a`, else float32, when left out. */
  readonly dtype?: (inputs: readonly DType[], attrs: AttrsOf<F>) => DType;
  /** Sizes of output axes that no input names. */
  readonly sizes?: (sizes: Bound<S, number>, attrs: AttrsOf<F>) => Record<string, number | readonly number[]>;
  /** Star groups that are a rearrangement of other groups. */
  readonly axes?: (axes: Bound<S, Axis>, attrs: AttrsOf<F>) => Record<string, readonly Axis[]>;
  /** One output element as a formula over input elements; `self` is the output, for what comes before in order. */
  readonly lower?: (
    inputs: Inputs<S, N, Source>,
    axes: Bound<S, Axis>,
    attrs: AttrsOf<F>,
    self: Source,
  ) => Scalar;
  /** Where the formula's value goes, when not at the output axes in order. */
  readonly store?: (axes: Bound<S, Axis>, attrs: AttrsOf<F>) => readonly Place[];
  /** Instead of `lower`: several formulas, each for some of the output's elements; together they fill it. */
  readonly parts?: (
    inputs: Inputs<S, N, Source>,
    axes: Bound<S, Axis>,
    attrs: AttrsOf<F>,
    self: Source,
  ) => readonly Part[];
  /** Instead of `lower`: adds a value to one output element for each point of `over`, in order, from 0. */
  readonly scatter?: (inputs: Inputs<S, N, Source>, axes: Bound<S, Axis>, attrs: AttrsOf<F>) => Part;
  /** The gradient of each input, given that of the output; broadcasting is undone by the sweep. */
  readonly vjp?: (
    g: Tensor,
    inputs: Inputs<S, N, Tensor>,
    output: Tensor,
    attrs: AttrsOf<F>,
  ) => readonly (Tensor | null)[];
  /** The options when a new first axis is added to the output and to those inputs that `varies` names. */
  readonly stacked?: (attrs: AttrsOf<F>, varies: readonly boolean[]) => AttrsOf<F>;
  readonly domain?: Domain | readonly Domain[];
  /** Whether the output is 0 where either of its two inputs is. */
  readonly keepsZeros?: true;
  /** What makes programs with it faster. */
  readonly passes?: Operation['passes'];
  /** What chooses parts of a batch, where arrays become large. */
  readonly partOfBatch?: Operation['partOfBatch'];
}

/** A record whose signature has been forgotten: what a node of the graph refers to. */
export interface OpRecord extends Operation {
  readonly shape: string | ((attrs: never, shapes: readonly Shape[]) => string);
  readonly types: string;
  /** How many tensors it takes, where the shape string does not tell. */
  readonly arity?: Arity;
  readonly vjp?: (
    g: Tensor,
    inputs: readonly Tensor[],
    output: Tensor,
    attrs: unknown,
  ) => readonly (Tensor | null)[];
  readonly stacked?: (attrs: unknown, varies: readonly boolean[]) => unknown;
  readonly domain: readonly Domain[];
  readonly keepsZeros?: true;
  readonly attrs?: () => Fields;
}

/** An operation as a function of tensors. */
export interface Op<S extends string, F, N extends Arity> {
  (
    ...args: [
      ...(N extends 'list' ? [inputs: readonly Operand[]] : Inputs<S, N, Operand>),
      ...LastArgument<F>,
    ]
  ): Tensor;
  readonly record: OpRecord;
}

type AnyDefinition = Definition<string, Fields, 'list'>;

/** Declares an operation. */
// biome-ignore lint/complexity/noBannedTypes: no fields at all
export function op<const S extends string, F = {}, N extends Arity = 1>(
  name: string,
  definition: Definition<S, F, N>,
): Op<S, F, N> {
  const d = definition as unknown as AnyDefinition;
  const record: OpRecord = {
    ...(d as object),
    name,
    shape: d.shape as string,
    types: d.types ?? 'f',
    domain: [d.domain ?? {}].flat() as Domain[],
    lower: (inputs, output, attrs) => lowerings(d, inputs, output, attrs as never),
  };
  const schema = d.attrs && new Schema(name, d.attrs, () => ({}));
  const call = (...args: unknown[]) => applyOp(record, d, schema, args);
  return Object.assign(call, { record }) as unknown as Op<S, F, N>;
}

function applyOp(
  record: OpRecord,
  d: AnyDefinition,
  schema: Schema | undefined,
  args: readonly unknown[],
): Tensor {
  const last = args.at(-1);
  const given = schema && isObject(last) && !isTensor(last) && !Array.isArray(last) ? last : undefined;
  const list = (Array.isArray(args[0]) ? args[0] : given ? args.slice(0, -1) : args) as Operand[];
  const first = list.find(isTensor);
  if (!first) throw noTensor(record.name, list);
  const options = (schema ? schema.read([given]) : {}) as never;
  const tensors = unifyTypes(
    record.types,
    list.map((x) => first.lift(x)),
  );
  const shapes = tensors.map((x) => x.shape);
  const attrs = (d.prepare ? d.prepare(options, shapes, record.name) : options) as never;
  const shape = outputShape(record.name, d, shapes, attrs);
  const dtypes = tensors.map((x) => x.dtype);
  const typed = tensors[Math.max(0, record.types.search(/[nta]/))];
  const dtype = d.dtype ? d.dtype(dtypes, attrs) : (typed?.dtype ?? 'float32');
  return first.derive(record, tensors, attrs, shape, dtype);
}

const isObject = (x: unknown): x is object => typeof x === 'object' && x !== null;
const isTensor = (x: unknown): x is Tensor => isObject(x) && 'derive' in x;

const noTensor = (name: string, received: readonly unknown[]) =>
  problem('argument-value', {
    subject: `ops.${name}`,
    expected: 'at least one tensor',
    received: received.map(String).join(', ') || 'nothing',
    fix: 'Wrap a number: `tensor(2)`.',
  });

/** Casts inputs to what the record takes; those marked `n` or `t` to one type. */
function unifyTypes(types: string, inputs: readonly Tensor[]): Tensor[] {
  const together: DType[] = [];
  for (let i = 0; i < inputs.length; i++)
    if ('nt'.includes(letterOf(types, i))) together.push(inputs[i]!.dtype);
  const common = widest(together);
  return inputs.map((x, i) => {
    const letter = letterOf(types, i);
    return letter === 'a' ? x : x.cast(typeFor(letter, common));
  });
}

const letterOf = (types: string, input: number): string => types[Math.min(input, types.length - 1)]!;

function typeFor(letter: string, common: DType): DType {
  if (letter === 't') return common;
  if (letter === 'n') return common === 'bool' ? 'int32' : common;
  return letter === 'f' ? 'float32' : letter === 'i' ? 'int32' : 'bool';
}

/** Sizes for these input shapes by the names of axes, or a ShapeError that names the input. */
function sizesFor(
  name: string,
  d: AnyDefinition,
  signature: Signature,
  shapes: readonly Shape[],
  attrs: never,
): Sizes {
  const sizes = bindSizes(signature, shapes);
  if (isMismatch(sizes)) {
    const expected = `${sizes.reason}${shapes.length > 1 ? ` for input ${sizes.input + 1}` : ''}`;
    throw misuse('shape-mismatch', name, expected, shapes.map(showShape).join(' and '));
  }
  return d.sizes ? Object.assign(sizes, d.sizes(sizes as never, attrs)) : sizes;
}

/** Loop axes of these sizes. */
function axesFor(d: AnyDefinition, sizes: Sizes, attrs: never): Record<string, Axis | readonly Axis[]> {
  const all = mapValues<Sizes[string], Axis | readonly Axis[]>(sizes, (size, axis) =>
    typeof size === 'number' ? new Axis(axis, size) : size.map((n, i) => new Axis(`${axis}${i}`, n)),
  );
  return d.axes ? Object.assign(all, d.axes(all as never, attrs)) : all;
}

/** What stands at the names of axes, one after another. */
function inOrder<T>(words: readonly string[], at: Readonly<Record<string, T | readonly T[]>>): T[] {
  const list: T[] = [];
  for (let i = 0; i < words.length; i++) {
    const found = at[nameOf(words[i]!)] ?? [];
    if (Array.isArray(found)) list.push(...found);
    else list.push(found as T);
  }
  return list;
}

const signatureOf = (d: AnyDefinition, shapes: readonly Shape[], attrs: never): Signature =>
  parseSignature(typeof d.shape === 'string' ? d.shape : d.shape(attrs, shapes));

/** The shape of the output for these input shapes. */
function outputShape(name: string, d: AnyDefinition, shapes: readonly Shape[], attrs: never): Shape {
  const signature = signatureOf(d, shapes, attrs);
  const sizes = sizesFor(name, d, signature, shapes, attrs);
  if (!d.axes) return inOrder(signature.output, sizes);
  return inOrder(signature.output, axesFor(d, sizes, attrs)).map((axis) => axis.size);
}

/** The loops of one application. */
function lowerings(d: AnyDefinition, inputs: readonly Buffer[], output: Buffer, attrs: never): Lowering[] {
  const shapes = inputs.map((b) => b.shape);
  const signature = signatureOf(d, shapes, attrs);
  const all = axesFor(d, sizesFor('', d, signature, shapes, attrs), attrs);
  const axes = inOrder(signature.output, all);
  const sources = inputs.map((b) => new Source(b)) as never;
  const { scalar } = elementTypes[output.dtype];
  const part = ({ over, at, value }: Part) => ({
    axes: over,
    value: value.to(scalar).expression,
    at: at.map(coordinateOf),
  });
  const self = new Source(output);
  if (d.parts) return d.parts(sources, all as never, attrs, self).map(part);
  if (d.scatter) {
    const added = part(d.scatter(sources, all as never, attrs));
    return [
      { axes, value: constant(0, scalar) },
      { ...added, mode: 'add' },
    ];
  }
  const value = d.lower!(sources, all as never, attrs, self).to(scalar).expression;
  return [d.store ? { axes, value, at: d.store(all as never, attrs).map(coordinateOf) } : { axes, value }];
}

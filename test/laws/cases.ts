/** Cases of every op of the registry: shapes, options and inputs, made from the record. */
import * as fc from 'fast-check';
import { type DType, elementTypes } from '../../src/core/dtype.js';
import { type Shape, sizeOf } from '../../src/core/shape.js';
import { isStar, parseSignature } from '../../src/core/signature.js';
import * as ops from '../../src/ops/index.js';
import type { Domain, OpRecord } from '../../src/ops/op.js';
import { Tensor } from '../../src/tensor/tensor.js';
import { type Instance, instances } from './instances.js';
import { below, distinctNumbers, numbersIn, type Random, randomOf } from './numbers.js';

export type AnyOp = ((...args: unknown[]) => Tensor) & {
  readonly record: OpRecord & { readonly dtype?: unknown };
};

const isOp = (x: unknown): x is AnyOp => typeof x === 'function' && 'record' in x;
/** Every op there is. */
export const allOps: readonly AnyOp[] = Object.values(ops).filter(isOp);

/** Whether shapes and options follow from the shape string. */
export const isPlain = ({ record }: AnyOp): boolean => typeof record.shape === 'string' && !record.attrs;

/** One use of an op. */
export interface Case {
  readonly op: AnyOp;
  readonly shapes: readonly Shape[];
  readonly attrs: object | undefined;
  readonly domain: readonly Domain[];
  readonly seed: number;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

export function casesOf(op: AnyOp): fc.Arbitrary<Case> {
  const { domain } = op.record;
  if (isPlain(op)) {
    return seeds.map((seed) => ({
      op,
      shapes: shapesFor(op.record.shape as string, seed),
      attrs: undefined,
      domain,
      seed,
    }));
  }
  const known = instances[op.record.name] ?? [];
  return fc
    .tuple(fc.constantFrom(...known), seeds)
    .map(([given, seed]) => ({ op, ...given, domain: given.domain ?? domain, seed }));
}

/** Shapes that fit a shape string; a star has up to three axes, of which each input may lack or stretch some. */
export function shapesFor(signature: string, seed: number): Shape[] {
  const random = randomOf(seed);
  const sizes = new Map<string, number>();
  const stars = new Map<string, number[]>();
  const sizeFor = (word: string) => sizes.get(word) ?? sizes.set(word, 1 + below(random, 4)).get(word)!;
  const starFor = (word: string) =>
    stars.get(word) ??
    stars
      .set(
        word,
        Array.from({ length: below(random, 4) }, () => 1 + below(random, 3)),
      )
      .get(word)!;
  const { inputs } = parseSignature(signature);
  const isShared = inputs.flat().filter(isStar).length > 1;
  return inputs.map((words) =>
    words.flatMap((word) => {
      if (!isStar(word)) return [sizeFor(word)];
      return isShared ? narrowed(starFor(word), random) : starFor(word);
    }),
  );
}

/** A shape that broadcasts to the given one. */
const narrowed = (shape: Shape, random: Random): number[] =>
  shape.slice(random() < 0.3 ? below(random, shape.length + 1) : 0).map((n) => (random() < 0.25 ? 1 : n));

/** The letter of an input in the record's `types`. */
export const letterOf = ({ types }: OpRecord, i: number): string => types[Math.min(i, types.length - 1)]!;
const plainTypes: Readonly<Record<string, DType>> = { i: 'int32', b: 'bool' };
const domainOf = (domain: readonly Domain[], i: number): Domain => domain[Math.min(i, domain.length - 1)]!;

/** The input's type in cases of floats. */
export const floatType = (op: AnyOp, i: number): DType => plainTypes[letterOf(op.record, i)] ?? 'float32';
export const isDifferentiable = ({ op }: Case, i: number): boolean => floatType(op, i) === 'float32';

export const dataTensor = (values: readonly number[], shape: Shape, dtype: DType): Tensor =>
  new Tensor(shape, dtype, { kind: 'data', values: new elementTypes[dtype].array(values) });

/** Inputs in the domain of the record; elements of all of them distinct where that matters. */
export function inputsOf({ op, shapes, domain, seed }: Case): Tensor[] {
  const random = randomOf(seed + 1);
  const counts = shapes.map(sizeOf);
  const spread = domain.some((d) => d.distinct)
    ? distinctNumbers(
        counts.reduce((a, b) => a + b, 0),
        random,
      )
    : undefined;
  return shapes.map((shape, i) => {
    const values = spread?.splice(0, counts[i]!) ?? numbersIn(domainOf(domain, i), counts[i]!, random);
    return dataTensor(values, shape, floatType(op, i));
  });
}

/** Inputs of small whole numbers of one type; indices keep theirs. */
export function wholeInputsOf({ op, shapes, domain, seed }: Case, dtype: DType): Tensor[] {
  const random = randomOf(seed + 2);
  const low = dtype === 'int32' || dtype === 'float32' ? -4 : 0;
  const high = dtype === 'bool' ? 2 : 5;
  return shapes.map((shape, i) => {
    const { below: count } = domainOf(domain, i);
    const isIndex = count !== undefined;
    const one = () => (isIndex ? below(random, count) : low + below(random, high - low));
    const values = Array.from({ length: sizeOf(shape) }, one);
    return dataTensor(values, shape, isIndex ? floatType(op, i) : dtype);
  });
}

export function apply({ op, attrs }: Pick<Case, 'op' | 'attrs'>, inputs: readonly Tensor[]): Tensor {
  const operands = op.record.arity === 'list' ? [inputs] : inputs;
  return attrs === undefined ? op(...operands) : op(...operands, attrs);
}

/** A tensor of random numbers like another one: a direction, or weights for its elements. */
export const randomLike = (x: Tensor, seed: number): Tensor => {
  const random = randomOf(seed);
  return dataTensor(
    Array.from({ length: x.size }, () => 2 * random() - 1),
    x.shape,
    'float32',
  );
};

export const runs = Number(process.env.MYELIN_LAW_RUNS ?? 12);
export const parameters = { numRuns: runs, seed: Number(process.env.MYELIN_LAW_SEED ?? 1) };

export const showCase = ({ op, shapes, attrs, seed }: Case): string =>
  `${op.record.name}(${shapes.map((s) => `[${s}]`).join(', ')}) ${JSON.stringify(attrs ?? {})} seed ${seed}`;

export type { Instance };

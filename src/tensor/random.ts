/** Random tensors. The same seed gives the same numbers on every backend. */
import { keyOf } from '../core/random.js';
import type { Shape } from '../core/shape.js';
import { check } from '../ops/fields.js';
import * as ops from '../ops/index.js';
import { activeRecording } from './recording.js';
import { checkedShape, Tensor } from './tensor.js';
import { Variable } from './variable.js';

let globalSeed = Math.floor(Math.random() * 2 ** 31);
let streams = 0;

/**
 * Makes everything random repeatable from here on: initial weights, dropout, shuffling. Streams made later count
 * from 0 again. Throws a ConfigError for a seed that is no integer.
 *
 * @example
 * setRandomSeed(7);
 */
export function setRandomSeed(seed: number): void {
  globalSeed = checkedSeed(seed) | 0;
  streams = 0;
  general = undefined;
}

/** The key of a stream: of its own seed, or of the global seed and the number of the stream. */
export const nextKey = (seed: number | null = null): [number, number] =>
  seed === null ? keyOf(globalSeed, ++streams) : keyOf(checkedSeed(seed), 0);

function checkedSeed(seed: number): number {
  check(Number.isSafeInteger(seed), 'A seed', 'an integer', seed);
  return seed;
}

/** Truncated normal numbers lie within two standard deviations: `erf(√2)`. */
const truncation = 0.9544997361036416;

/**
 * An endless supply of random numbers. Each call takes the next block, in eager code and inside programs alike: the
 * count of calls is a variable.
 */
export class RandomStream {
  readonly key: Variable;
  readonly calls: Variable;

  /** @param seed  The same seed gives the same numbers; null takes the next stream of the global seed. */
  constructor(seed: number | null = null) {
    const key = Int32Array.from(nextKey(seed));
    this.key = new Variable(new Tensor([2], 'int32', { kind: 'data', values: key }), {
      name: 'key',
      trainable: false,
    });
    const none = new Tensor([], 'int32', { kind: 'number', value: 0 });
    this.calls = new Variable(none, { name: 'calls', trainable: false });
  }

  #next(shape: Shape, kind: 'bits' | 'uniform' | 'symmetric'): Tensor {
    const numbers = ops.random(this.key, this.calls, { shape: checkedShape(shape, 'random'), kind });
    // Eager code counts without a program.
    this.calls.assign(activeRecording() ? this.calls.add(1) : ((this.calls.item() as number) + 1) | 0);
    return numbers;
  }

  /** 32 random bits each, as int32. */
  bits(shape: Shape): Tensor {
    return this.#next(shape, 'bits');
  }
  /** In [0, 1). */
  uniform(shape: Shape): Tensor {
    return this.#next(shape, 'uniform');
  }
  /** Mean 0, deviation 1. */
  normal(shape: Shape): Tensor {
    return this.#next(shape, 'symmetric').erfinv().mul(Math.SQRT2);
  }
  /** Mean 0, deviation 1 before values beyond 2 were drawn again. */
  truncatedNormal(shape: Shape): Tensor {
    return this.#next(shape, 'symmetric').mul(truncation).erfinv().mul(Math.SQRT2);
  }
}

let general: RandomStream | undefined;
const streamFor = (seed: number | null | undefined): RandomStream => {
  if (seed !== undefined && seed !== null) return new RandomStream(seed);
  general ??= new RandomStream();
  return general;
};

interface Seeded {
  /** The same seed gives the same numbers; the next ones of the global seed when left out. */
  readonly seed?: number | null;
}

/** Random tensors by distribution. */
export const random = {
  /** Evenly spread over [low, high). */
  uniform: (
    shape: Shape,
    { low = 0, high = 1, seed }: Seeded & { low?: number; high?: number } = {},
  ): Tensor =>
    streamFor(seed)
      .uniform(shape)
      .mul(high - low)
      .add(low),
  /** Normal with this mean and standard deviation. */
  normal: (
    shape: Shape,
    { mean = 0, stddev = 1, seed }: Seeded & { mean?: number; stddev?: number } = {},
  ): Tensor => streamFor(seed).normal(shape).mul(stddev).add(mean),
  /** Normal without values more than two deviations from the mean. */
  truncatedNormal: (
    shape: Shape,
    { mean = 0, stddev = 1, seed }: Seeded & { mean?: number; stddev?: number } = {},
  ): Tensor => streamFor(seed).truncatedNormal(shape).mul(stddev).add(mean),
} as const;

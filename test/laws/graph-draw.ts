/** What a step of a random graph is made from: drawn operands, and notes on where its results jump. */
import type { DType } from '../../src/core/dtype.js';
import { type Shape, sizeOf } from '../../src/core/shape.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import type { Variable } from '../../src/tensor/variable.js';
import { below, pick, type Random } from './numbers.js';

/** Most elements of a tensor: some for every path of a schedule, few enough for the reference. */
export const mostElements = 800;
export const isSmall = (shape: Shape): boolean => sizeOf(shape) <= mostElements;

/** Called with tensors of a graph while it is built. */
export interface Rounding {
  /** The parts of the results are of this size at least. */
  readonly size?: number;
  /** Sums of the same numbers in another order are other results. */
  readonly isOrdered?: boolean;
}

export interface Watch {
  /** Each step's result; reading its value there computes each step on its own. */
  readonly each?: (x: Tensor) => void;
  /** Stands in for results that are rounded: a place to disturb them. */
  readonly rounded?: (x: Tensor, rounding: Rounding) => Tensor;
  /** Where an element of this tensor changes its sign, a result jumps; or, of a kink, only its gradient does. */
  readonly edge?: (distance: Tensor, isKink: boolean) => void;
}

export class Draw {
  readonly pool: Tensor[];
  random: Random = Math.random;

  constructor(
    leaves: readonly Tensor[],
    readonly variables: readonly Variable[],
    private readonly watch: Watch,
  ) {
    this.pool = [...leaves, ...variables];
  }

  /** Makes a step with random numbers of its own, and keeps its result when there is a small one. */
  step(random: Random, make: (draw: Draw) => Tensor | undefined): void {
    this.random = random;
    const made = make(this);
    if (!made || !isSmall(made.shape) || made.rank > 5) return;
    this.watch.each?.(made);
    this.pool.push(made);
  }

  below(count: number): number {
    return below(this.random, count);
  }
  chance(share: number): boolean {
    return this.random() < share;
  }
  among<T>(...items: readonly T[]): T {
    return pick(this.random, items);
  }

  /** One of the tensors of these types, later ones more often. */
  #any(...types: readonly DType[]): Tensor | undefined {
    const known = this.pool.filter((x) => types.includes(x.dtype));
    return known[Math.floor(known.length * Math.sqrt(this.random()))];
  }
  float(): Tensor {
    return this.#any('float32')!;
  }
  /** A tensor of whole numbers; places of elements when there are none. */
  whole(): Tensor {
    return this.#any('int32', 'uint8') ?? this.#any('float32')!.flatten().indices();
  }
  truth(): Tensor {
    return this.#any('bool') ?? this.whole().mod(2).cast('bool');
  }
  any(): Tensor {
    return this.#any('float32', 'int32', 'bool', 'uint8')!;
  }
  /** An axis of a tensor that has one. */
  axis(x: Tensor): number {
    return this.below(x.rank);
  }
  /** Elements of a tensor in another shape: cut off, or repeated from the start. */
  as(shape: Shape, x: Tensor): Tensor {
    const flat = x.flatten();
    const size = sizeOf(shape);
    if (size > mostElements) throw new Error(`[${shape}] has more than ${mostElements} elements`);
    return (size > x.size ? flat.tile([Math.ceil(size / x.size)]) : flat).slice([0], [size]).reshape(shape);
  }

  rounded(x: Tensor, rounding: Rounding = {}): Tensor {
    return this.watch.rounded?.(x, rounding) ?? x;
  }
  jump(distance: Tensor): void {
    this.watch.edge?.(distance, false);
  }
  kink(distance: Tensor): void {
    this.watch.edge?.(distance, true);
  }
}

/** Random computations of 3 to 30 steps, each a pure function of its seed and its inputs. */
import type { Shape } from '../../src/core/shape.js';
import { broadcastShapes } from '../../src/core/shape.js';
import { conv } from '../../src/tensor/convolution.js';
import { zeros } from '../../src/tensor/create.js';
import { concatenate } from '../../src/tensor/functions.js';
import { maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { randomLike } from './cases.js';
import { below, pick, type Random, randomOf } from './numbers.js';

type Step = (random: Random, pool: readonly Tensor[]) => Tensor | undefined;

const any = (random: Random, pool: readonly Tensor[]): Tensor => pick(random, pool);
/** Values in (-2, 2), so that long chains stay in range and errors do not grow without bound. */
const bounded = (x: Tensor): Tensor => x.tanh().mul(2);
const positive = (x: Tensor): Tensor => x.square().add(0.5);
const axisOf = (random: Random, x: Tensor): number => below(random, x.rank);
/** Most elements of a tensor: some for every path of a schedule, few enough for the reference. */
const mostElements = 800;
const isSmall = (shape: Shape): boolean => shape.reduce((n, d) => n * d, 1) <= mostElements;

const one =
  (f: (x: Tensor, random: Random) => Tensor): Step =>
  (random, pool) =>
    f(any(random, pool), random);
const two =
  (f: (a: Tensor, b: Tensor) => Tensor): Step =>
  (random, pool) => {
    const [a, b] = [any(random, pool), any(random, pool)];
    const shape = broadcastShapes(a.shape, b.shape);
    return shape && isSmall(shape) ? f(a, b) : undefined;
  };
/** For tensors with at least one axis. */
const wide =
  (f: (x: Tensor, axis: number, random: Random) => Tensor): Step =>
  (random, pool) => {
    const x = any(random, pool);
    return x.rank > 0 && !x.shape.includes(0) ? f(x, axisOf(random, x), random) : undefined;
  };

/** Steps whose result moves as little as their inputs do. */
const continuous: readonly Step[] = [
  one((x) => bounded(x)),
  one((x) => x.sigmoid()),
  one((x) => x.sin()),
  one((x) => x.cos()),
  one((x) => x.erf()),
  one((x) => x.softplus()),
  one((x) => x.tanh().expm1()),
  one((x) => positive(x).log()),
  one((x) => positive(x).sqrt()),
  one((x) => x.square().log1p()),
  one((x) => x.tanh().mul(0.8).erfinv()),
  one((x) => x.abs()),
  one((x) => x.relu()),
  one((x) => x.clip(-1, 1.5)),
  one((x) => x.tanh().pow(3)),
  two((a, b) => a.add(b)),
  two((a, b) => a.sub(b).mul(0.5)),
  two((a, b) => bounded(a).mul(bounded(b))),
  two((a, b) => a.div(positive(b))),
  two((a, b) => a.maximum(b)),
  two((a, b) => a.minimum(b)),
  two((a, b) => positive(bounded(a)).pow(b.tanh())),
  wide((x, axis, random) => x.sum(axis, { keepDims: random() < 0.5 })),
  wide((x, axis, random) => x.mean(random() < 0.3 ? null : axis)),
  wide((x, axis) => x.max(axis)),
  wide((x, axis) => x.min(axis, { keepDims: true })),
  wide((x, axis) => x.softmax(axis)),
  wide((x, axis) => x.logsumexp(axis)),
  wide((x, axis) => x.variance(axis)),
  wide((x, axis, random) => x.cumsum(axis, { reverse: random() < 0.5, exclusive: random() < 0.5 }).mul(0.5)),
  wide((x) => x.transpose()),
  wide((x, axis) => x.flip(axis)),
  wide((x) => x.reshape([-1])),
  wide((x, axis) => x.expandDims(axis)),
  wide((x, axis) => (isSmall([...x.shape, 2]) ? x.repeat(2, axis) : x.flatten())),
  wide((x, axis) =>
    x.pad(
      x.shape.map((_, d) => (d === axis ? [1, 0] : [0, 0])),
      0.5,
    ),
  ),
  wide((x, axis, random) => sliced(x, axis, random)),
  wide((x, axis) =>
    concatenate([x, x.neg()], axis).slice(
      x.shape.map(() => 0),
      x.shape,
    ),
  ),
  wide((x, axis, random) =>
    x.gather(
      randomLike(x.flatten(), below(random, 99))
        .abs()
        .mul(x.shape[axis]! - 0.01)
        .floor()
        .cast('int32')
        .slice([0], [Math.min(x.size, 3)]),
      axis,
    ),
  ),
  wide((x) =>
    x.size > 64
      ? x.neg()
      : x
          .reshape([x.size, 1])
          .matmul(x.reshape([1, x.size]))
          .mean(0)
          .reshape(x.shape),
  ),
  wide((x) =>
    isSmall([x.shape.at(-1)!, x.shape.at(-1)!])
      ? x
          .reshape([-1, x.shape.at(-1)!])
          .transpose()
          .matmul(x.reshape([-1, x.shape.at(-1)!]))
          .mul(0.2)
      : x.sin(),
  ),
  wide((x, _, random) =>
    conv(asRow(x), kernelFor(x, random), { padding: 'same', strides: 1 + below(random, 2) }).mul(0.2),
  ),
  wide((x, _, random) => maxPool(asRow(x), 2, { padding: 'same', strides: 1 + below(random, 2) })),
];

/** A batch of one row of places, whose last axis are the channels. */
const asRow = (x: Tensor): Tensor => x.reshape([1, -1, x.shape.at(-1)!]);
const kernelFor = (x: Tensor, random: Random): Tensor =>
  randomLike(zeros([2 + below(random, 2), x.shape.at(-1)!, 1 + below(random, 6)]), below(random, 99));

/** Steps that jump: between float32 and float64 they may fall to different sides. */
const jumping: readonly Step[] = [
  one((x) => x.floor()),
  one((x) => x.round()),
  one((x) => x.sign()),
  one((x) => x.cast('int32').cast('float32').add(x)),
  two((a, b) => a.less(b).where(a, b.mul(0.5))),
  two((a, b) => a.equal(b).logicalOr(a.greater(0)).where(a, b)),
  two((a, b) => bounded(a).floorDivide(positive(b))),
  wide((x, axis) => x.argmax(axis).cast('float32')),
  wide((x, axis) => x.less(0.5).any(axis).where(1, x.sum(axis))),
];

const sliced = (x: Tensor, axis: number, random: Random): Tensor => {
  const size = 1 + below(random, x.shape[axis]!);
  const start = below(random, x.shape[axis]! - size + 1);
  return x.slice(
    x.shape.map((_, d) => (d === axis ? start : 0)),
    x.shape.map((n, d) => (d === axis ? size : n)),
  );
};

export interface GraphOptions {
  /** Without steps that jump, so that results in other precisions may be compared. */
  readonly isContinuous: boolean;
  /** Called with every step's tensor; reading its value there computes each step on its own. */
  readonly each?: (x: Tensor) => void;
}

/** The last few results of a random computation. */
export function buildGraph(
  seed: number,
  leaves: readonly Tensor[],
  { isContinuous, each }: GraphOptions,
): Tensor[] {
  const random = randomOf(seed);
  const steps = isContinuous ? continuous : [...continuous, ...jumping];
  const count = 3 + below(random, 28);
  const pool = [...leaves];
  for (let tries = 0; pool.length < leaves.length + count && tries < 10 * count; tries++) {
    const made = pick(random, steps)(random, pool);
    if (!made || !isSmall(made.shape) || made.rank > 4) continue;
    each?.(made);
    pool.push(made);
  }
  return pool.slice(-3);
}

const shapes: readonly Shape[] = [[2, 3], [3], [2, 1], [4, 2, 3], [], [5], [1, 3]];
/** Beyond a vector of lanes and an unrolled turn. */
const wideShapes: readonly Shape[] = [[9, 37], [37], [9, 1], [2, 9, 37], [], [65], [1, 37]];

/** Two to four inputs with values between -1 and 1. */
export function leavesOf(seed: number, make: (shape: Shape, seed: number) => Tensor): Tensor[] {
  const random = randomOf(seed + 99);
  const from = seed % 4 === 0 ? wideShapes : shapes;
  return Array.from({ length: 2 + below(random, 3) }, (_, i) => make(pick(random, from), seed + i));
}

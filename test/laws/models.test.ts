/** Convolutions of small images before what looks for largest elements have the same numbers with and without rewrites. */
import { afterEach, describe, expect, it } from 'vitest';
import { leaveOut, rewriteNames } from '../../src/core/rewrites.js';
import { compiled, type Inputs } from '../../src/tensor/compiled.js';
import { conv } from '../../src/tensor/convolution.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose } from './backends.js';
import { randomLike } from './cases.js';
import { below, pick, randomOf } from './numbers.js';

afterEach(() => leaveOut());

const channels = [1, 2, 3, 8, 9, 16] as const;

/** Sizes of 1 along any axis, kernels as large as the image, channels around thresholds. */
function planOf(seed: number) {
  const random = randomOf(seed);
  const one = <const T>(...items: readonly T[]): T => pick(random, items);
  const taps = [one(1, 2, 3, 3, 5), one(1, 2, 3, 5)] as const;
  const padding = one('valid', 'same');
  const rows = padding === 'valid' ? taps[0] + one(0, 0, 0, 1, 3) : one(1, 1, 2, 3);
  return {
    random,
    image: [one(1, 2), rows, taps[1] + one(0, 3, 7, 7, 11)] as const,
    kernel: [...taps, one(...channels), one(...channels)] as const,
    options: { padding, strides: one([1, 1], [1, 1], [2, 1], [1 + below(random, 3), 1 + below(random, 3)]) },
    first: one('none', 'none', 'mask'),
    activation: one('none', 'none', 'relu', 'tanh'),
    moved: one('none', 'none', 'pad', 'transpose', 'flip'),
    last: one('pool', 'pool', 'pool', 'max', 'filters', 'none'),
    window: [one(1, 1, 2, 3), one(1, 2, 3, 4, 4, 5)] as const,
    steps: [one(1, 2, 3), one(1, 2, 3, 4)] as const,
  };
}
type Plan = ReturnType<typeof planOf>;

const maskOf = (x: Tensor, best: Tensor) => x.indices(2).equal(best).cast('float32');

function moved(x: Tensor, { moved, random }: Plan): Tensor {
  if (moved === 'pad') return x.pad(x.shape.map((_, d) => (d % 3 === 0 ? [0, 0] : [below(random, 3), 1])));
  if (moved === 'transpose') return x.transpose([0, 2, 1, 3]);
  return moved === 'flip' ? x.flip(2) : x;
}

/** Each `plan` is used once: it draws further. */
function outputsOf(plan: Plan, { x, k, b }: Inputs) {
  const image = x!.mul(1.5);
  const best = image.argmax(2, { keepDims: true });
  const seen = plan.first === 'mask' ? maskOf(image, best).mul(image) : image;
  const sums = conv(seen, k!, plan.options);
  const layer = plan.activation === 'none' ? sums : sums.add(b!)[plan.activation]();
  const wide = moved(layer, plan);
  const taps = plan.window.map((n, d) => Math.min(n, wide.shape[1 + d]!));
  const last = {
    pool: () => maxPool(wide, taps, { strides: plan.steps }),
    max: () => wide.max(2),
    filters: () => wide.max(-1),
    none: () => wide,
  };
  const y = last[plan.last]();
  const found = gradients(y.mul(randomLike(y, 9)).sum(), [x!, k!, b!]);
  const [toX, toK, toB] = found as [Tensor, Tensor, Tensor];
  return { y, toX, toK, toB, best, ...(plan.last === 'filters' ? { filter: wide.argmax(-1) } : {}) };
}

function numbersOf(seed: number, without: readonly (typeof rewriteNames)[number][]) {
  leaveOut(without);
  const { image, kernel } = planOf(seed);
  const shapes = { x: [...image, kernel[2]], k: kernel, b: [kernel[3]] };
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => [name, randomLike(zeros([...shape]), 1000 * seed + i)]),
  );
  const outputs = compiled((given) => outputsOf(planOf(seed), given)).call(inputs);
  return Object.entries(outputs).map(([name, y]) => [name, [...y.data()]] as const);
}

function apart(values: readonly number[], expected: readonly number[]): number {
  const scale = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  return values.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i]!)), 0) / scale;
}

const count = Number(process.env.MYELIN_LAW_MODELS ?? 150);

describe.each(availableBackends.filter((name) => name !== 'reference'))('on %s', (backend) => {
  it(`convolutions of small images before largest elements keep their numbers, ${count} of them`, {
    timeout: 120_000,
  }, () => {
    choose(backend);
    for (let seed = 0; seed < count; seed++) {
      const expected = new Map(numbersOf(seed, rewriteNames));
      const what = `seed ${seed}: ${JSON.stringify({ ...planOf(seed), random: undefined })}`;
      for (const [name, values] of numbersOf(seed, []))
        expect(apart(values, expected.get(name)!), `${name} of ${what}`).toBeLessThan(5e-5);
    }
  });
});

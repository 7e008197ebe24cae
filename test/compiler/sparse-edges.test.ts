/** What is no image with windows, or one without height, beside programs without rewrites. */
import { afterEach, describe, expect, it } from 'vitest';
import { leaveOut } from '../../src/core/rewrites.js';
import type { Shape } from '../../src/core/shape.js';
import { compiled } from '../../src/tensor/compiled.js';
import { conv } from '../../src/tensor/convolution.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose, onOracle } from '../laws/backends.js';
import { randomLike } from '../laws/cases.js';

afterEach(() => leaveOut());

it.each(availableBackends)('a factor that is the same in the whole window is no image, on %s', (backend) => {
  const inputs = { x: randomLike(zeros([1]), 1), k: randomLike(zeros([8, 5]), 2) };
  const gradient = compiled(({ x, k }) => {
    const same = x!.reshape([1, 1]).broadcastTo([32, 1]).reshape([8, 4]).transpose([1, 0]);
    const [found] = gradients(same.matmul(k!).min(0).square().sum(), [k!]);
    return { found: found! };
  });
  const expected = onOracle(() => gradient.call(inputs).found!.data());
  choose(backend);
  const found = gradient.call(inputs).found!.data();
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

it.each(availableBackends)(
  'a largest element among the filters leaves its own filter alone, on %s',
  (backend) => {
    // As a network that rates actions has it: the value of the best one, and which it is.
    const inputs = { x: randomLike(zeros([5, 2]), 1), k: randomLike(zeros([2, 8]), 2) };
    const step = compiled(({ x, k }) => {
      const values = x!.matmul(k!);
      const [found] = gradients(values.max(-1).sum(), [k!]);
      return { found: found!, best: values.argmax(-1) };
    });
    const expected = onOracle(() => step.call(inputs).found!.data());
    choose(backend);
    const found = step.call(inputs).found!.data();
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  },
);

describe.each([...availableBackends])('an image as low as one row, on %s', (backend) => {
  const near = (
    body: (inputs: Record<string, Tensor>) => Record<string, Tensor>,
    shapes: readonly Shape[],
  ) => {
    const inputs = Object.fromEntries(shapes.map((s, i) => ['xkm'[i]!, randomLike(zeros([...s]), i)]));
    const expected = onOracle(() => Object.values(compiled(body).call(inputs)).map((y) => [...y.data()]));
    choose(backend);
    const found = Object.values(compiled(body).call(inputs)).map((y) => [...y.data()]);
    for (const [i, values] of found.entries())
      for (const [j, value] of values.entries()) expect(value).toBeCloseTo(expected[i]![j]!, 4);
  };

  it('has zeros around it that windows look at', () => {
    const around = [0, 1, 0, 0].map((after) => [0, after] as const);
    const body = ({ x, k }: Record<string, Tensor>) => ({
      y: maxPool(conv(x!, k!).pad(around), [2, 1], { strides: [2, 3] }),
    });
    near(body, [
      [1, 2, 4, 1],
      [2, 1, 1, 2],
    ]);
  });

  it('gives each row of the image before it the taps that it meets', () => {
    const body = ({ x, k }: Record<string, Tensor>) => {
      const y = conv(x!.mul(2), k!).max(2);
      const [toX, toK] = gradients(y.mul(y).sum(), [x!, k!]);
      return { toX: toX!, toK: toK! };
    };
    near(body, [
      [1, 2, 12, 8],
      [2, 5, 8, 9],
    ]);
  });

  it('gives nothing to taps that meet the zeros around it only', () => {
    const body = ({ x, k }: Record<string, Tensor>) => {
      const best = x!.argmax(2, { keepDims: true });
      const mask = x!.indices(2).equal(best).cast('float32');
      const [toK] = gradients(conv(mask.mul(x!), k!, { padding: 'same' }).square().sum(), [k!]);
      return { best, toK: toK! };
    };
    near(body, [
      [2, 1, 14, 2],
      [5, 3, 2, 8],
    ]);
  });
});

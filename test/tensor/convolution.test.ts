/** Convolutions and pooling against loops over every tap, and against what Keras says about their options. */
import { beforeAll, describe, expect, it } from 'vitest';
import { leaveOut } from '../../src/core/rewrites.js';
import { sizeOf } from '../../src/core/shape.js';
import { type ConvOptions, conv, depthwiseConv } from '../../src/tensor/convolution.js';
import { ones, tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { averagePool, maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose } from '../laws/backends.js';
import { randomLike } from '../laws/cases.js';
import { expectClose, single } from '../laws/compare.js';

/** Every point of a shape. */
const pointsIn = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>(
    (points, n) => points.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])),
    [[]],
  );
const placeIn = (shape: readonly number[], at: readonly number[]) =>
  at.reduce((place, i, d) => place * shape[d]! + i, 0);

interface Setting {
  readonly sizes: readonly number[];
  readonly taps: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: 'valid' | 'same' | 'causal';
}

/** Number of places and cells before the first, along one axis, as Keras's documentation has them. */
function placesOf({ sizes, taps, strides, dilation, padding }: Setting, d: number) {
  const reach = (taps[d]! - 1) * dilation[d]! + 1;
  if (padding === 'valid') return { count: Math.ceil((sizes[d]! - reach + 1) / strides[d]!), before: 0 };
  const count = Math.ceil(sizes[d]! / strides[d]!);
  if (padding === 'causal') return { count, before: reach - 1 };
  return {
    count,
    before: Math.floor(Math.max(0, (count - 1) * strides[d]! + reach - sizes[d]!) / 2),
  };
}

/** Each tap of each place and the cell it reads, where that is inside. */
function eachTap(s: Setting, visit: (place: number[], tap: number[], cell: number[]) => void): number[] {
  const axes = s.sizes.map((_, d) => placesOf(s, d));
  const counts = axes.map(({ count }) => count);
  for (const place of pointsIn(counts)) {
    for (const tap of pointsIn(s.taps)) {
      const cell = place.map((o, d) => o * s.strides[d]! + tap[d]! * s.dilation[d]! - axes[d]!.before);
      if (cell.every((i, d) => i >= 0 && i < s.sizes[d]!)) visit(place, tap, cell);
    }
  }
  return counts;
}

/** Padding; sizes, taps, strides and dilation along each axis; groups, channels and filters. */
type Row = [Setting['padding'], number[], number[], number[], number[], number, number, number];
const rows: readonly Row[] = [
  ['causal', [7], [3], [1], [1], 1, 2, 3],
  ['causal', [9], [2], [1], [3], 1, 1, 2],
  ['valid', [9], [2], [4], [1], 1, 1, 1],
  ['same', [6, 5], [3, 2], [1, 1], [1, 1], 1, 3, 5],
  ['same', [7, 8], [3, 3], [2, 2], [1, 1], 1, 2, 4],
  ['valid', [8, 8], [2, 2], [3, 2], [2, 3], 2, 4, 6],
  ['same', [5, 6], [3, 3], [1, 1], [2, 2], 4, 4, 4],
  ['valid', [5, 6], [1, 1], [2, 3], [1, 1], 3, 3, 9],
  ['same', [4, 3, 5], [2, 3, 2], [1, 2, 3], [1, 1, 1], 1, 2, 2],
  ['same', [12, 12], [3, 3], [1, 1], [1, 1], 1, 8, 16],
  ['same', [12, 11], [3, 3], [2, 2], [1, 1], 1, 16, 8],
  ['causal', [6], [3], [1], [1], 1, 16, 16],
  ['valid', [5, 6], [3, 3], [1, 1], [1, 1], 1, 16, 24],
  ['same', [5, 4], [3, 3], [1, 1], [1, 1], 1, 24, 16],
  ['valid', [4, 4], [3, 3], [1, 1], [1, 1], 1, 16, 16],
  ['valid', [3, 5], [3, 3], [1, 1], [1, 1], 1, 16, 24],
  ['causal', [7], [5], [1], [1], 1, 16, 16],
  ['valid', [9, 8], [5, 5], [1, 1], [1, 1], 1, 16, 24],
  ['same', [7, 6], [5, 5], [1, 1], [1, 1], 1, 24, 16],
  ['same', [3, 3], [5, 5], [1, 1], [1, 1], 1, 16, 16],
  ['same', [6, 7], [3, 5], [1, 1], [1, 1], 1, 16, 16],
  ['same', [5, 4, 3], [5, 5, 5], [1, 1, 1], [1, 1, 1], 1, 16, 16],
];
const settings = rows.map(([padding, sizes, taps, strides, dilation, groups, channels, filters]) => ({
  ...{ padding, sizes, taps, strides, dilation },
  ...{ groups, channels, filters },
}));

describe.each(availableBackends)('on %s', (name) => {
  beforeAll(() => choose(name));

  it.each(settings)('a convolution and its gradients are sums over taps: %o', (s) => {
    const { sizes, taps, strides, padding, groups, channels, filters } = s;
    const x = randomLike(zeros([2, ...sizes, channels]), 1);
    const kernel = randomLike(zeros([...taps, channels / groups, filters]), 2);
    const y = conv(x, kernel, { strides, padding, dilationRate: s.dilation, groups });
    const g = randomLike(y, 3);
    const found = [y, ...gradients(y.mul(g).sum(), [x, kernel])];
    const [a, k, slope] = [x, kernel, g].map((t) => t.data());
    const [sums, toX, toKernel] = found.map((t) => new Float64Array(t.size));
    const counts = eachTap(s, (place, tap, cell) => {
      for (const [n, c, f] of pointsIn([2, channels / groups, filters])) {
        const group = Math.floor(f! / (filters / groups));
        const from = placeIn(x.shape, [n!, ...cell, group * (channels / groups) + c!]);
        const weight = placeIn(kernel.shape, [...tap, c!, f!]);
        const to = placeIn(y.shape, [n!, ...place, f!]);
        sums![to]! += a![from]! * k![weight]!;
        toX![from]! += slope![to]! * k![weight]!;
        toKernel![weight]! += slope![to]! * a![from]!;
      }
    });
    expect(y.shape).toEqual([2, ...counts, filters]);
    for (const [i, expected] of [sums, toX, toKernel].entries())
      expectClose(found[i]!.data(), expected!, { absolute: 2e-5, relative: 1e-5 }, `result ${i}`);
  });

  it.each([
    ['valid', 3],
    ['same', 3],
    ['valid', 5],
    ['same', 5],
  ] as const)('gradients of gradients are those without tiles: %s, %i taps', (padding, taps) => {
    const [x, kernel] = [randomLike(zeros([1, 5, 6, 16]), 1), randomLike(zeros([taps, taps, 16, 16]), 2)];
    const second = () => {
      const [toX, toKernel] = gradients(conv(x, kernel, { padding }).square().sum(), [x, kernel]);
      const length = toX!.square().mean().add(toKernel!.square().mean());
      return gradients(length, [x, kernel]).map((part) => part.data());
    };
    const found = second();
    leaveOut(['winograd']);
    const expected = second();
    leaveOut();
    for (const [i, values] of expected.entries()) {
      const scale = Math.max(...values.map(Math.abs));
      expectClose(found[i]!, values, { absolute: 2e-6 * scale, relative: 1e-5 }, `result ${i}`);
    }
  });

  it.each(settings)('pooling takes the first maximum and does not count padding: %o', (s) => {
    const { sizes, taps, strides } = s;
    const padding = s.padding === 'causal' ? 'same' : s.padding;
    const setting = { ...s, padding, dilation: taps.map(() => 1) } as const;
    // Few values, so that many are equal.
    const x = randomLike(zeros([1, ...sizes, 1]), 5)
      .mul(3)
      .round()
      .add(0);
    const values = x.data();
    const windows = new Map<string, { cells: number[]; place: number[] }>();
    const counts = eachTap(setting, (place, _, cell) => {
      const window = windows.get(`${place}`) ?? { cells: [], place };
      window.cells.push(placeIn(sizes, cell));
      windows.set(`${place}`, window);
    });
    const [largest, means] = [new Float64Array(sizeOf(counts)), new Float64Array(sizeOf(counts))];
    const [toMax, toMean] = [new Float64Array(x.size), new Float64Array(x.size)];
    const g = randomLike(zeros([1, ...counts, 1]), 6);
    for (const { cells, place } of windows.values()) {
      const at = placeIn(counts, place);
      const inside = cells.map((i) => values[i]!);
      largest[at] = Math.max(...inside);
      means[at] = inside.reduce((sum, v) => sum + v, 0) / inside.length;
      toMax[cells[inside.indexOf(largest[at])]!]! += g.data()[at]!;
      for (const cell of cells) toMean[cell]! += g.data()[at]! / inside.length;
    }
    const check = (y: Tensor, expected: Float64Array, slopes: Float64Array) => {
      expectClose(y.data(), expected, single, 'values');
      expectClose(gradients(y.mul(g).sum(), [x])[0]!.data(), slopes, single, 'gradient');
    };
    check(maxPool(x, taps, { strides, padding }), largest, toMax);
    check(averagePool(x, taps, { strides, padding }), means, toMean);
  });

  it('channels first is the same with the channels elsewhere', () => {
    const [x, kernel] = [randomLike(zeros([2, 5, 6, 4]), 1), randomLike(zeros([3, 3, 2, 6]), 2)];
    const first = x.transpose([0, 3, 1, 2]);
    const options: ConvOptions = { strides: [1, 2], padding: 'same', groups: 2 };
    const back = (y: Tensor) => y.transpose([0, 2, 3, 1]).toArray();
    const dataFormat = 'channels_first';
    expect(back(conv(first, kernel, { ...options, dataFormat }))).toEqual(conv(x, kernel, options).toArray());
    expect(back(maxPool(first, 2, { dataFormat }))).toEqual(maxPool(x, 2).toArray());
    expect(back(averagePool(first, [3, 2], { dataFormat }))).toEqual(averagePool(x, [3, 2]).toArray());
  });

  it('a depthwise convolution is one convolution for each channel', () => {
    const [x, kernel] = [randomLike(zeros([2, 6, 6, 3]), 1), randomLike(zeros([3, 2, 3, 2]), 2)];
    const y = depthwiseConv(x, kernel, { strides: 2, padding: 'same' });
    expect(y.shape).toEqual([2, 3, 3, 6]);
    for (const c of [0, 1, 2]) {
      const alone = conv(x.slice([0, 0, 0, c], [2, 6, 6, 1]), kernel.slice([0, 0, c, 0], [3, 2, 1, 2]), {
        strides: 2,
        padding: 'same',
      });
      expectClose(y.slice([0, 0, 0, 2 * c], [2, 3, 3, 2]).data(), alone.data(), single, `channel ${c}`);
    }
  });

  it('an empty batch gives an empty batch', () => {
    expect(conv(zeros([0, 5, 5, 2]), ones([3, 3, 2, 4]), { padding: 'same' }).toArray()).toEqual([]);
    expect(maxPool(zeros([0, 4, 4, 1]), 2).shape).toEqual([0, 2, 2, 1]);
  });

  it('padding is never the largest, and NaN always is', () => {
    const x = tensor([[[-5], [-3], [Number.NaN]]]);
    expect(maxPool(x, 3, { strides: 1, padding: 'same' }).toArray()).toEqual([
      [[-3], [Number.NaN], [Number.NaN]],
    ]);
  });
});

describe('bad input', () => {
  const image = zeros([1, 3, 3, 2]);

  it('names a kernel that is larger than the input', () => {
    expect(() => conv(image, zeros([5, 5, 2, 1]))).toThrow(
      [
        'conv expected an input of at least 5 x 5, received 3 x 3.',
        "  fix    Input 3 x 3 is too small for kernel 5 x 5; padding: 'same' or a smaller kernel.",
        '  code   window-too-large',
      ].join('\n'),
    );
    expect(() => maxPool(image, 4)).toThrow(
      "Input 3 x 3 is too small for window 4 x 4; padding: 'same' or a smaller window.",
    );
    expect(() => conv(image, zeros([2, 2, 2, 1]), { dilationRate: 3 })).toThrow('too small for kernel 4 x 4');
  });

  it('names channels that do not fit', () => {
    expect(() => conv(image, zeros([3, 3, 3, 1]))).toThrow(
      'conv expected a kernel of shape [taps0, taps1, 2, filters], received [3, 3, 3, 1].',
    );
    expect(() => conv(image, zeros([3, 3, 1, 3]), { groups: 2 })).toThrow(
      'conv expected filters that 2 groups share evenly, received 3.',
    );
    expect(() => conv(image, zeros([3, 3, 2, 4]), { groups: 3 })).toThrow(
      'conv expected channels that 3 groups share evenly, received 2.',
    );
    expect(() => depthwiseConv(image, zeros([3, 3, 3, 1]))).toThrow(
      'depthwiseConv expected a kernel of shape [taps0, taps1, 2, times], received [3, 3, 3, 1].',
    );
  });

  it('names an image without its channels, and options that are wrong', () => {
    expect(() => conv(zeros([8, 28]), zeros([3, 3, 1, 1]))).toThrow(
      'conv expected inputs with a batch axis, spatial axes and a channel axis, received [8, 28].',
    );
    expect(() => conv(image, zeros([3, 2, 1]))).toThrow(
      'conv expected a kernel of shape [taps0, taps1, 2, filters], received [3, 2, 1].',
    );
    expect(() => conv(image, zeros([3, 3, 2, 1]), { strides: 0 })).toThrow(
      'conv expected strides of one integer above 0, or 2 of them, received 0.',
    );
    expect(() => maxPool(image, [2, 2, 2])).toThrow(
      'maxPool expected poolSize of one integer above 0, or 2 of them, received [2, 2, 2].',
    );
    expect(() => conv(image, zeros([3, 3, 2, 1]), { padding: 'full' as never })).toThrow(
      "conv expected padding 'valid', 'same' or 'causal', received 'full'.",
    );
  });
});

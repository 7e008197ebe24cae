import { describe, expect, it } from 'vitest';
import { crop as cropping } from '../../src/compiler/crop.js';
import type { Draft } from '../../src/compiler/draft.js';
import { atOnce } from '../../src/core/pieces.js';
import { Axis } from '../../src/loops/axis.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { sum } from '../../src/loops/scalar.js';
import { compiled } from '../../src/tensor/compiled.js';
import { conv } from '../../src/tensor/convolution.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { randomLike } from '../laws/cases.js';
import { below, pick, type Random, randomOf } from '../laws/numbers.js';
import { buffer, draftOf, external, kernel, read, storesOf } from './drafts.js';
import { draftsOf, runDraft } from './run-draft.js';

const crop = (draft: Draft) => atOnce(cropping(draft));

const x = buffer('x', [8, 8]);
const m = buffer('m', [8, 8]);
const y = buffer('y', [4, 8]);
const squares = kernel(m, ([i, j]) => read(x, [i!, j!]).mul(read(x, [i!, j!])));
const cropped = (...kernels: readonly Kernel[]) =>
  storesOf(crop(draftOf(kernels, [external('input', x), external('output', y)])));

describe('an array that lives during one run', () => {
  it('shrinks to what is read of it, and so do the loops that fill it', () => {
    const reader = kernel(y, ([i, j]) => read(m, [i!.index.plus(2), j!]));
    expect(cropped(squares, reader)).toEqual([
      'm[i, j] = multiply(x[i + 2, j], x[i + 2, j])',
      'y[i, j] = m[i, j]',
    ]);
  });

  it('shrinks to all that several kernels read', () => {
    const z = buffer('z', [8]);
    const low = kernel(y, ([i, j]) => read(m, [i!, j!]));
    const one = kernel(z, ([j]) => read(m, [j!.index.times(0).plus(5), j!]));
    expect(
      crop(draftOf([squares, low, one], [external('output', y), external('output', z)])).kernels[0]!.axes[0]!
        .size,
    ).toBe(6);
  });

  it('shrinks to whole steps of the loops that fill it', () => {
    const [i, r, j] = [new Axis('i', 4), new Axis('r', 2), new Axis('j', 8)];
    const value = read(x, [i, j]).mul(2).expression;
    const at = [i.index.times(2).plus(r.index), j.index];
    const pairs: Kernel = {
      name: 'm',
      axes: [i, r, j],
      stores: [{ buffer: m, at, value, mode: 'set' }],
      path: '',
    };
    const reader = kernel(buffer('y', [3, 8]), ([a, b]) => read(m, [a!, b!]));
    const [first] = crop(draftOf([pairs, reader], [])).kernels;
    expect(first!.stores[0]!.buffer.shape).toEqual([4, 8]);
    expect(first!.axes.map((axis) => axis.size)).toEqual([2, 2, 8]);
  });

  it('stays whole where it is a copy, a result, read in part by no one, or seen in two shapes', () => {
    const reader = kernel(y, ([i, j]) => read(m, [i!, j!]));
    const copy = kernel(m, ([i, j]) => read(x, [i!, j!]));
    const flat = kernel(buffer('z', [8]), ([j]) => read({ ...m, shape: [64] }, [j!]));
    const all = [external('input', x), external('output', y)];
    for (const draft of [
      draftOf([copy, reader], all),
      draftOf([squares, reader], all, [{ target: x, value: m }]),
      draftOf([squares, kernel(buffer('y', [8, 8]), ([i, j]) => read(m, [i!, j!]))], all),
      draftOf([squares, reader, flat], all),
    ]) {
      expect(storesOf(crop(draft))).toEqual(storesOf(draft));
    }
  });
});

describe('what is 0 by its place', () => {
  const inner = kernel(m, ([i, j]) => read(y, [i!.index.minus(1), j!]).mul(2));

  it('is neither computed nor added up', () => {
    const t = new Axis('t', 8);
    const total = kernel(buffer('z', [8]), ([j]) => sum(t, read(m, [t, j!])));
    expect(storesOf(crop(draftOf([inner, total], [external('input', y)])))).toEqual([
      'm[i, j] = multiply(y[i, j], 2)',
      'z[i] = sum over t < 4 of m[t, i]',
    ]);
  });

  it('is found as 0 where it is read', () => {
    const all = kernel(buffer('z', [8, 8]), ([i, j]) => read(m, [i!, j!]).add(1));
    expect(storesOf(crop(draftOf([inner, all], [external('input', y)])))).toEqual([
      'm[i, j] = multiply(y[i, j], 2)',
      'z[i, j] = add(m[i - 1, j], 1)',
    ]);
  });

  it('is none where padding is another number', () => {
    const ones = kernel(m, ([i, j]) => read(y, [i!.index.minus(1), j!], 1).mul(2));
    const all = kernel(buffer('z', [8, 8]), ([i, j]) => read(m, [i!, j!]).add(1));
    const draft = draftOf([ones, all], [external('input', y)]);
    expect(storesOf(crop(draft))).toEqual(storesOf(draft));
  });

  it('stays where a fold would have to ask whether it is inside, or find another number outside', () => {
    const t = new Axis('t', 8);
    const sums = kernel(buffer('z', [8]), ([i]) => sum(t, read(m, [i!, t])));
    const filled = kernel(buffer('z', [7, 8]), ([i, j]) => read(m, [i!.index.minus(1), j!], 7).add(1));
    for (const [reader, rows] of [
      [sums, 8],
      [filled, 6],
    ] as const) {
      const [first] = crop(draftOf([inner, reader], [external('input', y)])).kernels;
      expect(first!.stores[0]!.buffer.shape).toEqual([rows, 8]);
    }
  });

  it('is not taken for 0 where it meets what may be infinite', () => {
    const product = kernel(m, ([i, j]) => read(y, [i!.index.minus(1), j!]).mul(read(x, [i!, j!])));
    const all = kernel(buffer('z', [8, 8]), ([i, j]) => read(m, [i!, j!]).add(1));
    const draft = draftOf([product, all], [external('input', y), external('input', x)]);
    expect(storesOf(crop(draft))).toEqual(storesOf(draft));
  });
});

/** Whole numbers, whose sums are exact in any order. */
const whole = (shape: number[], seed: number): Tensor => randomLike(zeros(shape), seed).mul(3).round();

/** A convolution, pooling that leaves some of it, another convolution; all gradients. */
function network(random: Random): Record<string, Tensor> {
  const [c, f] = pick(random, [
    [1, 2],
    [2, 3],
    [16, 16],
  ] as const);
  const x = whole([1, 5 + below(random, 4), 5 + below(random, 3), c], 1);
  return { x, k: whole([3, 3, c, f], 2), l: whole([2, 2, f, 2], 3) };
}

describe('networks of convolutions and pooling', () => {
  it('keep their bits in every pass', { timeout: 60_000 }, () => {
    for (let seed = 0; seed < 8; seed++) {
      const random = randomOf(seed);
      const given = network(random);
      const [padding, other] = [
        pick(random, ['valid', 'same'] as const),
        pick(random, ['valid', 'same'] as const),
      ];
      const [size, strides] = [2 + below(random, 2), 1 + below(random, 3)];
      const step = compiled(({ x, k, l }) => {
        const pooled = maxPool(conv(x!, k!, { padding }).relu(), size, { strides, padding: other });
        const y = conv(pooled, l!, { padding: 'same' });
        const slopes = gradients(y.mul(y).sum(), [x!, k!, l!]);
        return { y, a: slopes[0]!, b: slopes[1]!, c: slopes[2]! };
      });
      const values = new Map(Object.entries(given).map(([name, tensor]) => [name, tensor.data()]));
      const texts = [...draftsOf(step.graph(given))].map(
        ([pass, draft]) => [pass, runDraft(draft, values)] as const,
      );
      for (const [pass, text] of texts) expect(text, `${pass} of network ${seed}`).toBe(texts[0]![1]);
    }
  });
});

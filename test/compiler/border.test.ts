import { describe, expect, it } from 'vitest';
import { border } from '../../src/compiler/border.js';
import { Axis } from '../../src/loops/axis.js';
import { max, type Scalar } from '../../src/loops/scalar.js';
import { runKernel } from '../backends/evaluate.js';
import { buffer, draftOf, external, kernel, read, storesOf } from './drafts.js';

const x = buffer('x', [40, 40]);

/** The largest of `taps` by `taps` neighbours. */
const largest = (name: string, taps: number, first = 0) =>
  kernel(buffer(name, [40, 40]), ([i, j]): Scalar => {
    const [s, t] = [new Axis('s', taps), new Axis('t', taps)];
    const at = [i!.index.plus(s.index).plus(first), j!.index.plus(t.index)];
    return max([s, t], read(x, at, -1));
  });
const bordered = (...kernels: readonly ReturnType<typeof largest>[]) =>
  border(draftOf(kernels, [external('input', x)]));

describe('a fold that reads beyond an array', () => {
  it('reads a copy with a border, if it does so often', () => {
    expect(storesOf(bordered(largest('y', 5, -2)))).toEqual([
      'x_border_0[i, j] = -1',
      'x_border_0[i + 2, j] = x[i, j]',
      'y[i, j] = max over s < 5, t < 5 of x_border_0[i + s, j + t]',
    ]);
  });

  it('reads the array itself where copying costs more', () => {
    expect(bordered(largest('y', 3)).kernels).toHaveLength(1);
  });

  it('shares the copy with its neighbours, wide enough for all', () => {
    expect(storesOf(bordered(largest('y', 5), largest('z', 5, -4)))).toEqual([
      'x_border_0[i, j] = -1',
      'x_border_0[i + 4, j] = x[i, j]',
      'y[i, j] = max over s < 5, t < 5 of x_border_0[i + s + 4, j + t]',
      'z[i, j] = max over s < 5, t < 5 of x_border_0[i + s, j + t]',
    ]);
  });

  it('gives the same values', () => {
    const values = Float32Array.from({ length: 1600 }, (_, i) => ((i * 7919) % 1009) - 1100);
    const run = ({ kernels }: ReturnType<typeof bordered>) => {
      const arrays = new Map([
        ['x', values],
        ['y', new Float32Array(1600)],
        ['x_border_0', new Float32Array(44 * 44)],
      ]);
      for (const k of kernels) runKernel(k, arrays);
      return arrays.get('y');
    };
    const plain = largest('y', 5, -2);
    expect(run(bordered(plain))).toEqual(run(draftOf([plain], [])));
  });
});

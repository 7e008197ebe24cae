/** Products of matrices in every layout, and random ones with windows, strides, padding and endings. */
import type { Axis } from '../../src/loops/axis.js';
import { fold } from '../../src/loops/expression.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { indexValue, Scalar } from '../../src/loops/scalar.js';
import { axis, buffer, mapKernel, read } from './wasm-run.js';

export const product = (axes: readonly Axis[], a: Scalar, b: Scalar): Scalar =>
  new Scalar(fold('sum', axes, a.mul(b).expression, 'blocks'));

interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export function matmul({ m, n, k }: Sizes, layout: 'ab' | 'aᵀb' | 'abᵀ'): { axes: Axis[]; sum: Scalar } {
  const [i, j, l] = [axis('i', m), axis('j', n), axis('k', k)];
  const a = layout === 'aᵀb' ? read(buffer('a', [k, m]), [l, i]) : read(buffer('a', [m, k]), [i, l]);
  const b = layout === 'abᵀ' ? read(buffer('b', [n, k]), [j, l]) : read(buffer('b', [k, n]), [l, j]);
  return { axes: [i, j], sum: product([l], a, b) };
}

export const layouts = ['ab', 'aᵀb', 'abᵀ'] as const;

/** Axes in random order in both factors, with windows, strides, padding and an epilogue. */
export function randomContraction(random: () => number): Kernel {
  const upTo = (n: number) => Math.floor(random() * n);
  const some = (names: string, most: number) =>
    [...names].slice(0, 1 + upTo(names.length)).map((name) => axis(name, 1 + upTo(most)));
  const [batch, rows, columns, inner] = [
    upTo(3) === 0 ? some('b', 3) : [],
    some('mM', 16),
    some('nN', 12),
    some('kKq', 17),
  ];
  const shuffled = (axes: Axis[]) =>
    axes
      .map((a) => [random(), a] as const)
      .sort(([x], [y]) => x - y)
      .map(([, a]) => a);
  const factor = (name: string, own: Axis[], mayLeave: boolean): Scalar => {
    const order = upTo(2) === 0 ? [...batch, ...own, ...inner] : shuffled([...batch, ...own, ...inner]);
    const at = order.map((a) => {
      const turned = a.index.times(upTo(5) === 0 ? 2 : upTo(6) === 0 ? -1 : 1);
      return turned.plus(-turned.range()[0]);
    });
    const window = mayLeave && upTo(3) === 0 ? upTo(at.length) : -1;
    const shape = at.map((index, d) => (d === window ? Math.max(1, index.range()[1]) : index.range()[1] + 1));
    return read(
      buffer(name, shape),
      at.map((index, d) => (d === window ? index.plus(inner[0]!.index).plus(-1) : index)),
      upTo(2),
    );
  };
  const sum = product(inner, factor('x', rows, true), factor('y', columns, false));
  const axes = [...batch, ...rows, ...columns];
  const other = read(
    buffer(
      'z',
      axes.map((a) => a.size),
    ),
    axes,
  );
  const ends = [
    sum,
    sum.add(other).maximum(0),
    other.less(0).select(sum.mul(other), sum),
    sum.sub(indexValue(columns[0]!).toFloat()),
  ];
  return mapKernel(axes, ends[upTo(4)]!);
}

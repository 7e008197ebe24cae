/** Steps of random graphs that are products of matrices, convolutions and pools. */
import type { Shape } from '../../src/core/shape.js';
import { conv, depthwiseConv } from '../../src/tensor/convolution.js';
import { einsum } from '../../src/tensor/functions.js';
import { averagePool, maxPool } from '../../src/tensor/pooling.js';
import type { Draw } from './graph-draw.js';
import { bounded, folded, one, rounded, summed, two } from './graph-forms.js';

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17] as const;
export const size = (draw: Draw): number => draw.among(...sizes);

export const contractions = summed(
  two((a, b, draw) => {
    const isDeep = draw.chance(0.1);
    const [m, k, n] = isDeep ? [2, 260, 3] : [size(draw), size(draw), size(draw)];
    const [x, y] = [draw.among([m, k], [k, m]), draw.among([k, n], [n, k])];
    const left = x[0] === m && x[1] === k ? draw.as(x, bounded(a)) : draw.as(x, bounded(a)).transpose();
    const right = y[0] === k && y[1] === n ? draw.as(y, b) : draw.as(y, b).transpose();
    return left.matmul(right).mul(1 / k);
  }),
  two((a, b, draw) => {
    const [n, m, k, f] = [1 + draw.below(2), size(draw), size(draw), size(draw)];
    return draw
      .as([n, m, k], bounded(a))
      .matmul(draw.as([draw.among(1, n), k, f], b))
      .mul(1 / k);
  }),
  two((a, b, draw) => {
    const equation = draw.among(
      'i j k, k j -> i',
      'i j k, i l k -> j l',
      'i j k, i j -> k j',
      'i j k, k -> j i',
    );
    const [i, j, k, l] = [2, 3 + draw.below(3), size(draw), 4];
    const at = { i, j, k, l };
    const [x, y] = equation
      .split(' -> ')[0]!
      .split(', ')
      .map((names) => shapeOf(names, at));
    return einsum(equation, draw.as(x!, bounded(a)), draw.as(y!, b)).mul(1 / k);
  }),
  two((a, b, draw) => {
    const [groups, c, f] = [draw.among(1, 1, 2), 1 + draw.below(3), 1 + draw.below(5)];
    const x = draw.as([1 + draw.below(2), 5 + draw.below(4), 5 + draw.below(3), groups * c], a);
    const kernel = draw.as([1 + draw.below(3), 1 + draw.below(3), c, groups * f], bounded(b).mul(0.2));
    return conv(x, kernel, { padding: draw.among('same', 'valid'), ...strideOrDilation(draw), groups });
  }),
  two((a, b, draw) => {
    const [c, f] = [size(draw), size(draw)];
    const x = draw.as([1 + draw.below(3), 4 + draw.below(9), c], a);
    return conv(x, draw.as([1 + draw.below(2), c, f], bounded(b)), {
      padding: 'same',
      ...strideOrDilation(draw),
    }).mul(1 / c);
  }),
  two((a, b, draw) => {
    const c = size(draw);
    const x = draw.as([1, 3 + draw.below(4), 3 + draw.below(4), c], a);
    return depthwiseConv(x, draw.as([2, 1 + draw.below(3), c, 1 + draw.below(2)], bounded(b)), {
      padding: draw.among('same', 'valid'),
      strides: 1 + draw.below(2),
    }).mul(0.2);
  }),
);

const averages = folded(
  one((x, draw) => {
    const image = draw.as([1 + draw.below(2), 4 + draw.below(5), 4 + draw.below(3), 1 + draw.below(8)], x);
    return averagePool(image, 1 + draw.below(3), {
      padding: draw.among('same', 'valid'),
      strides: 1 + draw.below(2),
    });
  }),
);
const maxima = rounded(
  one((x, draw) => {
    const row = draw.as([1, 5 + draw.below(9), 1 + draw.below(9)], x);
    const options = { padding: 'same', strides: 1 + draw.below(2) } as const;
    const largest = maxPool(row, 2, options);
    // Both places of each window: the second one of the last window may be padding.
    draw.kink(largest.add(maxPool(row.neg(), 2, options)));
    return largest;
  }),
);
export const pools = [...averages, ...maxima];

const shapeOf = (names: string, at: Readonly<Record<string, number>>): Shape =>
  names.split(' ').map((name) => at[name]!);

const strideOrDilation = (draw: Draw) =>
  draw.chance(0.5) ? { strides: 1 + draw.below(2) } : { dilationRate: 1 + draw.below(2) };

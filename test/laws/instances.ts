/** Uses of the ops that a shape string alone does not describe: those with options or computed shapes. */
import type { Shape } from '../../src/core/shape.js';
import type { Domain } from '../../src/ops/op.js';

export interface Instance {
  readonly shapes: readonly Shape[];
  readonly attrs: object;
  /** In place of the record's own. */
  readonly domain?: readonly Domain[];
}

const folds: readonly Instance[] = [
  { shapes: [[2, 3]], attrs: {} },
  { shapes: [[2, 3, 2]], attrs: { axis: 1 } },
  { shapes: [[2, 3, 2]], attrs: { axis: [0, -1], keepDims: true } },
  { shapes: [[3, 1]], attrs: { axis: -1 } },
  { shapes: [[4]], attrs: { axis: [] } },
  { shapes: [[]], attrs: {} },
];

/** One spatial axis; two with other strides, dilation, padding and groups; a stride beyond the kernel; three axes. */
const slides = [
  { x: [2, 5], k: [3], o: [5], channels: [1, 2, 3], by: { strides: [1], dilation: [1], low: [1] } },
  {
    x: [1, 5, 4],
    k: [2, 3],
    o: [3, 2],
    channels: [2, 1, 2],
    by: { strides: [2, 1], dilation: [1, 2], low: [1, 1] },
  },
  { x: [1, 7], k: [2], o: [3], channels: [1, 1, 1], by: { strides: [3], dilation: [2], low: [0] } },
  { x: [1, 6], k: [4], o: [4], channels: [1, 1, 2], by: { strides: [2], dilation: [2], low: [3] } },
  {
    x: [1, 3, 2, 3],
    k: [2, 1, 2],
    o: [2, 2, 1],
    channels: [1, 2, 1],
    by: { strides: [1, 1, 2], dilation: [1, 1, 1], low: [0, 0, 0] },
  },
].map(({ x: [n, ...s], k, o, channels: [q, c, f], by }) => ({
  x: [n!, ...s, q!, c!],
  k: [...k, c!, q!, f!],
  y: [n!, ...o, q!, f!],
  rows: [n!, ...s, c!],
  cells: [n!, ...o, ...k, c!],
  to: (size: Shape, more: object = {}) => ({ ...by, size, ...more }),
  sizes: { s, t: k, o },
}));

/** Tiles that overlap and stick out, that leave gaps, and that meet, of a matrix with every kind of factor. */
const tilings = [
  { x: [2, 5, 3], tiles: [3], by: { step: [2], low: [1] } },
  { x: [1, 4, 5, 2], tiles: [3, 2], by: { step: [1, 2], low: [0, 2] } },
  { x: [1, 8, 1], tiles: [2], by: { step: [4], low: [0] } },
].map(({ x: [n, ...rest], tiles, by }) => ({
  x: [n!, ...rest],
  s: rest.slice(0, -1),
  y: [...tiles.map(() => 4), n!, ...tiles, rest.at(-1)!],
  tiles,
  attrs: {
    matrix: [
      [1, 0, -1],
      [0.5, -2, 0.5],
      [0, -1, 0],
      [0, 0, 0],
    ],
    ...by,
  },
}));

const wholeKinks: readonly Domain[] = [{ kinks: [-2, -1, 0, 1, 2] }];

export const instances: Readonly<Record<string, readonly Instance[]>> = {
  sum: folds,
  max: folds,
  min: folds,
  argmax: [
    { shapes: [[2, 3]], attrs: {} },
    { shapes: [[2, 3, 2]], attrs: { axis: 1, keepDims: true } },
    { shapes: [[1]], attrs: { axis: 0 } },
  ],
  cumsum: [
    { shapes: [[5]], attrs: {} },
    { shapes: [[2, 3, 2]], attrs: { axis: 1 } },
    { shapes: [[3, 2]], attrs: { axis: 0, reverse: true } },
    { shapes: [[2, 4]], attrs: { exclusive: true } },
    { shapes: [[2, 4]], attrs: { reverse: true, exclusive: true } },
    { shapes: [[3, 1]], attrs: { axis: 1 } },
  ],
  mergeSort: [
    { shapes: [[5]], attrs: {} },
    { shapes: [[2, 3, 4]], attrs: { descending: true } },
    { shapes: [[2, 1]], attrs: {} },
  ],
  cast: [
    { shapes: [[2, 3]], attrs: { dtype: 'float32' } },
    { shapes: [[2, 3]], attrs: { dtype: 'int32' }, domain: wholeKinks },
    { shapes: [[4]], attrs: { dtype: 'bool' }, domain: wholeKinks },
    { shapes: [[4]], attrs: { dtype: 'uint8' }, domain: wholeKinks },
  ],
  reshape: [
    { shapes: [[2, 6]], attrs: { shape: [3, 4] } },
    { shapes: [[2, 3]], attrs: { shape: [2, 1, 3] } },
    { shapes: [[1]], attrs: { shape: [] } },
  ],
  transpose: [
    { shapes: [[2, 3]], attrs: {} },
    { shapes: [[2, 3, 4]], attrs: { order: [1, 2, 0] } },
    { shapes: [[2, 1, 3]], attrs: { order: [-1, 0, 1] } },
    { shapes: [[]], attrs: {} },
  ],
  broadcastTo: [
    { shapes: [[3]], attrs: { shape: [2, 3] } },
    { shapes: [[2, 1, 3]], attrs: { shape: [2, 2, 2, 3] } },
    { shapes: [[]], attrs: { shape: [3] } },
  ],
  slice: [
    { shapes: [[5]], attrs: { start: [1], size: [3] } },
    { shapes: [[4, 6]], attrs: { start: [1, 0], size: [2, 3], step: [1, 2] } },
    { shapes: [[6, 3]], attrs: { start: [5, 2], size: [2, 3], step: [-3, -1] } },
    { shapes: [[3, 2]], attrs: { start: [1, 0], size: [0, 2] } },
  ],
  pad: [
    { shapes: [[3]], attrs: { padding: [[1, 2]] } },
    {
      shapes: [[2, 3]],
      attrs: {
        padding: [
          [0, 1],
          [2, 0],
        ],
        value: -1.5,
      },
    },
    {
      shapes: [[1, 2]],
      attrs: {
        padding: [
          [0, 0],
          [1, 1],
        ],
      },
    },
  ],
  concatenate: [
    {
      shapes: [
        [2, 3],
        [2, 1],
        [2, 2],
      ],
      attrs: {},
    },
    {
      shapes: [
        [1, 2],
        [3, 2],
      ],
      attrs: { axis: 0 },
    },
    { shapes: [[2], [0], [1]], attrs: { axis: 0 } },
    { shapes: [[2, 2]], attrs: { axis: -1 } },
  ],
  conv: slides.map(({ x, k, sizes, to }) => ({ shapes: [x, k], attrs: to(sizes.o) })),
  convInput: slides.map(({ y, k, sizes, to }) => ({ shapes: [y, k], attrs: to(sizes.s) })),
  convKernel: slides.map(({ x, y, sizes, to }) => ({ shapes: [x, y], attrs: to(sizes.t) })),
  windows: slides.map(({ rows, sizes, to }) => ({
    shapes: [rows],
    attrs: to(sizes.o, { taps: sizes.t, fill: 7 }),
  })),
  overlapAdd: slides.map(({ cells, sizes, to }) => ({ shapes: [cells], attrs: to(sizes.s) })),
  tiled: tilings.map(({ x, attrs, tiles }) => ({ shapes: [x], attrs: { ...attrs, size: tiles } })),
  untiled: tilings.map(({ y, attrs, s }) => ({ shapes: [y], attrs: { ...attrs, size: s } })),
  einsum: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      attrs: { equation: 'm k, k n -> m n' },
    },
    {
      shapes: [
        [2, 2, 3],
        [2, 3, 2],
      ],
      attrs: { equation: 'b m k, b k n -> b m n' },
    },
    { shapes: [[4], [4]], attrs: { equation: 'k, k -> ' } },
    { shapes: [[2], [3]], attrs: { equation: 'i, j -> j i' } },
    { shapes: [[2, 3], [3]], attrs: { equation: 'i j, j -> j' } },
    { shapes: [[2, 3], []], attrs: { equation: 'i j, -> i' } },
    {
      shapes: [
        [2, 1],
        [1, 2],
      ],
      attrs: { equation: 'm k, k n -> n m' },
    },
  ],
  gather: [
    { shapes: [[3, 2], [4]], attrs: {} },
    { shapes: [[3], [2, 2]], attrs: {} },
    {
      shapes: [
        [2, 3],
        [2, 2],
      ],
      attrs: { batch: 1 },
    },
    { shapes: [[2, 3, 2], [2]], attrs: { batch: 1, fill: 7 } },
    {
      shapes: [
        [2, 3],
        [2, 6],
      ],
      attrs: { batch: 1 },
    },
    { shapes: [[3, 2], []], attrs: {} },
  ],
  scatterAdd: [
    { shapes: [[4, 2], [4]], attrs: { rows: 3 } },
    { shapes: [[5], [5]], attrs: { rows: 2 } },
    {
      shapes: [
        [2, 4, 2],
        [2, 4],
      ],
      attrs: { batch: 1, rows: 3 },
    },
    { shapes: [[1, 2], [1]], attrs: { rows: 3 } },
  ],
  indices: [
    { shapes: [[3]], attrs: {} },
    { shapes: [[2, 3]], attrs: { axis: 0 } },
  ],
  random: [
    { shapes: [[2], []], attrs: { shape: [5], kind: 'bits' } },
    { shapes: [[2], []], attrs: { shape: [2, 3], kind: 'uniform' } },
    { shapes: [[2], []], attrs: { shape: [4], kind: 'symmetric' } },
  ],
};

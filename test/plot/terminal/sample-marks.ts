/** Marks and images that the sample pictures are made of. */

import type { Image, Mark, Picture } from '../../../src/plot/description.js';

export const range = (count: number, of: (i: number) => number = (i) => i) =>
  Array.from({ length: count }, (_, i) => of(i));

/** The same "random" numbers on every machine, 0 to 1. */
export const scattered = (i: number) => (Math.sin(i * 12.9898) * 43758.5453) % 1;
export const cloud = (count: number, centre: number, seed: number) =>
  range(count, (i) => centre + scattered(i + seed) * 0.8);

export const line = (name: string, series: number, y: readonly number[]): Mark => ({
  kind: 'line',
  name,
  series,
  x: y.map((_, i) => i + 1),
  y,
});

export const linear = (label: string) => ({ label });
export const words = ['setosa', 'versicolor', 'virginica'];

export const falling = range(12, (i) => 0.4 + 0.3 * 0.7 ** i);
export const rising = [0.45, 0.5, 0.55, 0.6];

export const lines = (count: number): Picture => ({
  title: `${count} learning rates`,
  panels: [
    {
      kind: 'chart',
      x: { label: 'epoch', whole: true },
      y: linear('loss'),
      marks: range(count).map((i) =>
        line(
          `rate 1e-${i}`,
          i,
          range(30, (t) => 0.9 ** (t / (i + 1)) + i / 8),
        ),
      ),
    },
  ],
});

export const circle: Mark = {
  kind: 'line',
  name: 'way',
  series: 0,
  x: range(41, (i) => Math.cos((i * Math.PI) / 20)),
  y: range(41, (i) => Math.sin((i * Math.PI) / 20)),
};

export const groups: readonly Mark[] = [0, 1].map((series) => ({
  kind: 'points',
  name: words[series]!,
  series,
  x: cloud(25, series, 3 * series),
  y: cloud(25, series, 100 + series),
}));

export const regions: Mark = {
  kind: 'cells',
  palette: 'classes',
  values: range(20).map((row) => range(20, (column) => (row + column > 19 ? 1 : 0))),
  x: [-1, 2],
  y: [-1, 2],
};

export const bins = (name: string, series: number, heights: readonly number[]): Mark => ({
  kind: 'rectangles',
  name,
  series,
  x0: heights.map((_, i) => i),
  x1: heights.map((_, i) => i + 1),
  y0: heights.map(() => 0),
  y1: heights,
});

export const matrix = [
  [50, 0, 0],
  [0, 47, 3],
  [0, 2, 48],
];

export const grid = (size: number, of: (row: number, column: number) => number) =>
  range(size).map((row) => range(size, (column) => of(row, column)));

export const image = (side: number, more: Partial<Image> = {}): Image => ({
  width: side,
  height: side,
  pixels: Uint8Array.from({ length: 3 * side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / 3 / side), Math.floor(i / 3) % side];
    return Math.hypot(row - side / 2, column - side / 2) < side / 2.5 ? 255 - 60 * (i % 3) : 0;
  }),
  ...more,
});

export const box = (y: number, ...text: string[]) =>
  ({ x: 50, y, width: 60, height: 20, shape: 'box', text }) as const;
export const unit = (x: number, y: number, value: number) =>
  ({ x, y, width: 10, height: 10, shape: 'circle', value }) as const;

export const bands = (values: readonly number[], name?: string, series = 0, shift = 0): Mark => ({
  kind: 'rectangles',
  series,
  ...(name ? { name } : {}),
  x0: values.map((_, i) => i - 0.3 + shift),
  x1: values.map((_, i) => i + 0.1 + shift),
  y0: values.map(() => 0),
  y1: values,
});

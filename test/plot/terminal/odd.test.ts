import { expect, test } from 'vitest';
import type { Axis, Mark, Picture } from '../../../src/plot/description.js';
import { terminalText } from '../../../src/plot/terminal/text.js';

const chart = (marks: readonly Mark[], x: Partial<Axis> = {}, y: Partial<Axis> = {}): Picture => ({
  panels: [{ kind: 'chart', x: { label: 'x', ...x }, y: { label: 'y', ...y }, marks }],
});
const points = (x: readonly number[], y: readonly number[]): Mark => ({ kind: 'points', series: 0, x, y });
const drawn = (picture: Picture, width = 40) => terminalText(picture, { width, height: 4 });

test('a line without values beside one with a value', () => {
  const empty: Mark = { kind: 'line', name: 'none', series: 0, x: [], y: [] };
  expect(drawn(chart([empty, { kind: 'line', series: 1, x: [1], y: [2] }]))).toContain('━');
});

test('values far apart and outside of the domain', () => {
  expect(drawn(chart([points([1e300, -1e300], [1e-300, 1])])).match(/●/g)).toHaveLength(2);
  const outside = chart(
    [points([5, 0], [5, 0]), { kind: 'rule', x: 50 }],
    { domain: [0, 1] },
    { domain: [0, 1] },
  );
  expect(drawn(outside).match(/●/g)).toHaveLength(1);
});

test('bars beyond their axis end with it, and one without a value says so', () => {
  const bars: Mark = { kind: 'rectangles', x0: [-0.4, 0.6], x1: [0.4, 1.4], y0: [0, 0], y1: [Number.NaN, 5] };
  const lines = drawn(
    chart([bars], { scale: 'band', categories: ['a', 'b'] }, { label: '', domain: [0, 1] }),
  ).split('\n');
  expect(lines[0]).toMatch(/^a +NaN$/);
  expect(lines[1]).toMatch(/^b ▓+ 5$/);
});

test('numbers in cells without names of rows, some of them missing', () => {
  const cells: Mark = {
    kind: 'cells',
    palette: 'sequential',
    values: [[1, 2], [3]],
    labels: [['1', '2'], ['3']],
    x: [0, 1],
    y: [0, 1],
  };
  expect(
    drawn(chart([cells]))
      .split('\n')
      .slice(-2),
  ).toEqual(['  3█', '  1   2▒']);
});

test('images without pixels, and much higher than wide', () => {
  const none = { width: 0, height: 0, pixels: new Uint8Array() };
  const tall = { width: 1, height: 100, pixels: new Uint8Array(300).fill(255) };
  const lines = drawn({ panels: [{ kind: 'images', images: [none, tall] }] }).split('\n');
  expect(lines.filter((line) => line.includes('@'))).toHaveLength(50);
});

test('equal axes of which one is much longer', () => {
  const panel = chart([points([0, 1000], [0, 1])]).panels[0]!;
  expect(drawn({ panels: [{ ...panel, equal: true } as typeof panel] })).toContain('●');
});

test('a diagram without a size', () => {
  const node = { x: 0, y: 0, width: 1, height: 1, shape: 'circle' } as const;
  expect(drawn({ panels: [{ kind: 'diagram', width: 0, height: 0, nodes: [node], edges: [] }] })).toContain(
    '○',
  );
});

import { polygonContains } from 'd3-polygon';
import { describe, expect, test } from 'vitest';
import { Chance } from '../../../src/datasets/drawn/chance.js';
import {
  type Coverage,
  fill,
  shared,
  stroke,
  united,
  without,
} from '../../../src/datasets/drawn/coverage.js';
import {
  box,
  ellipse,
  loop,
  type Path,
  type Point,
  placing,
  symmetric,
} from '../../../src/datasets/drawn/path.js';

const rowsOf = ({ values }: Coverage, side: number) =>
  Array.from({ length: side }, (_, y) => Array.from(values.subarray(y * side, (y + 1) * side)));
const sumOf = ({ values }: Coverage) => values.reduce((sum, share) => sum + share, 0);

describe('fill', () => {
  test('covers as much of a pixel as the shape does', () => {
    expect(rowsOf(fill(4, [box(0.25, 0.25, 0.625, 0.875)]), 4)).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0.5, 0],
      [0, 1, 0.5, 0],
      [0, 0.5, 0.25, 0],
    ]);
  });

  test('shapes that lie over each other are one, whichever way they turn', () => {
    const left = box(0, 0, 0.75, 1);
    const right = [...box(0.25, 0, 1, 1)].reverse();
    expect(fill(4, [left, right]).values.every((share) => share === 1)).toBe(true);
  });

  test('what lies beyond the picture leaves no trace', () => {
    const beyond = [box(-3, 0.1, -1, 0.9), box(1.2, 0.1, 3, 0.9), box(0.1, -2, 0.9, -1), box(0.1, 2, 0.9, 3)];
    for (const shape of beyond) expect(sumOf(fill(8, [shape]))).toBe(0);
    expect(fill(8, [box(-5, -5, 5, 5)]).values.every((share) => share === 1)).toBe(true);
    expect(sumOf(fill(8, []))).toBe(0);
  });

  test('agrees with d3-polygon on shapes drawn at random, also across the border', () => {
    const [side, finer] = [12, 16];
    for (let i = 0; i < 25; i++) {
      const chance = new Chance([1, 2], i);
      const place = placing({
        scale: [0.7, -1],
        shift: [chance.around(0.5), chance.around(0.5)],
        turn: 0.3,
        slant: 0.2,
      });
      const star = ellipse([0.5, 0.5], [1, 1]).map(([x, y]): Point => {
        const away = chance.between(0.2, 0.6);
        return [0.5 + (x - 0.5) * away, 0.5 + (y - 0.5) * away];
      });
      const shape = star.map(place);
      const { values } = fill(side, [shape]);
      for (const [pixel, share] of values.entries())
        expect(Math.abs(share - sampled(shape, pixel))).toBeLessThan(0.15);
    }
    function sampled(shape: Path, pixel: number): number {
      const points = shape.map(([x, y]): [number, number] => [x, y]);
      let inside = 0;
      for (let part = 0; part < finer * finer; part++) {
        const x = ((pixel % side) + ((part % finer) + 0.5) / finer) / side;
        const y = (Math.floor(pixel / side) + (Math.floor(part / finer) + 0.5) / finer) / side;
        if (polygonContains(points, [x, y])) inside++;
      }
      return inside / finer ** 2;
    }
  });
});

describe('stroke', () => {
  test('covers the pixels along the line, half those at its sides', () => {
    const line: Path = [
      [0, 0.5],
      [1, 0.5],
    ];
    expect(rowsOf(stroke(4, [line], 0.5), 4).map((row) => row[1])).toEqual([0, 1, 1, 0]);
    expect(rowsOf(stroke(4, [line], 0.75), 4).map((row) => row[1])).toEqual([0.5, 1, 1, 0.5]);
  });

  test('a line thinner than a pixel is paler, a single point is a dot', () => {
    const centre: Path = [[0.5, 0.5]];
    expect(stroke(5, [centre], 0.1).values[12]).toBe(0.5);
    expect(rowsOf(stroke(5, [centre], 0.2), 5)[2]).toEqual([0, 0, 1, 0, 0]);
  });

  test('nothing is painted outside of its bounds', () => {
    const { values, bounds } = stroke(
      16,
      [
        symmetric([
          [0.7, 0.2],
          [0.8, 0.6],
        ]),
      ],
      0.1,
    );
    for (const [pixel, share] of values.entries()) {
      const [x, y] = [pixel % 16, Math.floor(pixel / 16)];
      const isWithin = x >= bounds.left && x < bounds.right && y >= bounds.above && y < bounds.below;
      if (!isWithin) expect(share).toBe(0);
    }
  });
});

test('coverages are joined, intersected and cut', () => {
  const [left, middle] = [fill(4, [box(0, 0, 0.5, 1)]), fill(4, [box(0.25, 0, 0.75, 1)])];
  const firstRow = (coverage: Coverage) => rowsOf(coverage, 4)[0];
  expect(firstRow(united(left, middle))).toEqual([1, 1, 1, 0]);
  expect(firstRow(shared(left, middle))).toEqual([0, 1, 0, 0]);
  expect(firstRow(without(left, middle))).toEqual([1, 0, 0, 0]);
  expect(united(left, middle).bounds).toEqual({ left: 0, right: 3, above: 0, below: 4 });
});

describe('paths', () => {
  test('a loop goes through its points, and a circle is round', () => {
    const square = box(0, 0, 1, 1);
    expect(loop(square, 4).filter((_, i) => i % 4 === 0)).toEqual(square);
    for (const [x, y] of ellipse([0, 0], [1, 1])) expect(Math.abs(Math.hypot(x, y) - 1)).toBeLessThan(0.02);
  });

  test('a pose turns clockwise, mirrors and leans', () => {
    const upright = { scale: [1, 1], shift: [0, 0], turn: 0, slant: 0 } as const;
    const quarter = placing({ ...upright, turn: 1 })([1, 0.5]);
    expect(quarter[0]).toBeCloseTo(0.5);
    expect(quarter[1]).toBeCloseTo(1);
    expect(placing({ ...upright, scale: [-1, 1] })([0.2, 0.3])).toEqual([0.8, 0.3]);
    expect(placing({ ...upright, slant: 0.2 })([0.5, 0])).toEqual([0.4, 0]);
  });
});

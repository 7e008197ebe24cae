import { expect, test } from 'vitest';
import { planAxis } from '../../../src/plot/axes/axis.js';
import { gapNotes } from '../../../src/plot/axes/extent.js';
import type { Axis, ChartPanel, Mark } from '../../../src/plot/description.js';

const panelOf = (y: Partial<Axis>, values: readonly number[], marks: readonly Mark[] = []): ChartPanel => ({
  kind: 'chart',
  x: { label: 'x' },
  y: { label: 'y', ...y },
  marks: [{ kind: 'line', x: values.map((_, i) => i), y: values }, ...marks],
});
const plan = (y: Partial<Axis>, values: readonly number[]) => planAxis(panelOf(y, values), 'y', 5);
const labels = (y: Partial<Axis>, values: readonly number[]) =>
  plan(y, values).ticks.map(({ label }) => label);

test('the range holds every finite value and ends at round numbers', () => {
  expect(plan({}, [0.12, 0.87]).domain).toEqual([0.1, 0.9]);
  expect(plan({}, [Number.NaN, 1, Number.POSITIVE_INFINITY, 3]).domain).toEqual([1, 3]);
});

test('one value, equal values and no values have a range too', () => {
  for (const values of [[5], [3, 3, 3], [0], [-2], [1e-300], [1e300], [], [Number.NaN]]) {
    const { domain, ticks } = plan({}, values);
    expect(domain[0]).toBeLessThan(domain[1]);
    expect(ticks.length).toBeGreaterThan(0);
  }
});

test('ranges of a billionth and of billions have few distinct labels', () => {
  for (const size of [1e-9, 1e9]) {
    const found = labels({}, [size, 2 * size, 3 * size]);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThan(2);
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThan(10);
  }
});

test('a log axis has its powers, and gives zero and negative values no place', () => {
  expect(labels({ scale: 'log' }, [1, 0.01, 1000])).toEqual(['10⁻²', '10⁻¹', '10⁰', '10¹', '10²', '10³']);
  const { place } = plan({ scale: 'log' }, [1, 0, -1, 100]);
  expect([place(1), place(10), place(100), place(0), place(-1)]).toEqual([0, 0.5, 1, Number.NaN, Number.NaN]);
});

test('a log axis of less than two powers is labelled in between', () => {
  expect(labels({ scale: 'log' }, [0.2, 1])).toEqual(['0.2', '0.5', '1.0']);
});

test('a log axis of very many powers shows some of them', () => {
  expect(labels({ scale: 'log' }, [1e-300, 1e300]).length).toBeLessThan(10);
});

test('a whole axis has ticks at whole numbers only', () => {
  expect(labels({ whole: true }, [1, 2])).toEqual(['1', '2']);
});

test('a reversed axis runs the other way', () => {
  const { place } = plan({ scale: 'band', categories: ['a', 'b'], reversed: true }, [0]);
  expect([place(0), place(1)]).toEqual([0.75, 0.25]);
});

test('cells fill the axes to their ends', () => {
  const cells: Mark = { kind: 'cells', values: [[1]], x: [0.3, 7.7], y: [0.3, 7.7], palette: 'sequential' };
  expect(planAxis({ ...panelOf({}, []), marks: [cells] }, 'y', 5).domain).toEqual([0.3, 7.7]);
});

test('points keep clear of the sides', () => {
  const points: Mark = { kind: 'points', x: [0, 1], y: [0, 1] };
  const { domain } = planAxis({ ...panelOf({}, []), marks: [points] }, 'x', 5);
  expect(domain[0]).toBeLessThan(0);
  expect(domain[1]).toBeGreaterThan(1);
});

test('a note says how many values leave gaps, and why', () => {
  expect(gapNotes(panelOf({}, [1, Number.NaN, 2, Number.POSITIVE_INFINITY]))).toEqual([
    'y: 2 values are not finite and leave gaps.',
  ]);
  expect(gapNotes(panelOf({ scale: 'log' }, [1, 0]))).toEqual([
    'y: 1 value is not above 0 and has no place on a log axis.',
  ]);
  expect(gapNotes(panelOf({}, [1, 0]))).toEqual([]);
});

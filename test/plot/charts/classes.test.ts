import { expect, test } from 'vitest';
import { Dense, Sequential, tensor } from '../../../src/index.js';
import type { Cells, ChartPanel, Points } from '../../../src/plot/description.js';
import { type BoundaryOptions, plotBoundary, plotScatter } from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';

const places = [
  [0, 0],
  [1, 1],
];
const marksOf = (plot: Plot) => (plot.picture.panels[0] as ChartPanel).marks;
const pointsOf = (plot: Plot) =>
  marksOf(plot).flatMap((mark) =>
    mark.kind === 'points' ? [{ name: mark.name, series: mark.series, x: (mark as Points).x }] : [],
  );

/** A network whose first output is likely on the left, and whose last on the right. */
function network(outputs: 1 | 2): Sequential {
  const activation = outputs === 1 ? 'sigmoid' : 'softmax';
  const model = new Sequential([new Dense(outputs, { activation, inputShape: [2] })]);
  const kernel =
    outputs === 1
      ? [[9], [0]]
      : [
          [-9, 9],
          [0, 0],
        ];
  model.setWeights([tensor(kernel), tensor(outputs === 1 ? [-4.5] : [4.5, -4.5])]);
  return model;
}
const boundary = (model: object, y: readonly (number | string)[], options: BoundaryOptions = {}) =>
  plotBoundary(model as Sequential, places, y as number[], { steps: 4, ...options });
const regionsOf = (plot: Plot) => Array.from((marksOf(plot)[0] as Cells).values[0]!);

test('for words the classes are an order, not other names', () => {
  const ordered = plotScatter(places, { labels: ['b', 'a'], classes: ['b', 'a', 'c'] });
  expect(pointsOf(ordered)).toEqual([
    { name: 'b', series: 0, x: [0] },
    { name: 'a', series: 1, x: [1] },
  ]);
  expect(pointsOf(plotScatter(places, { labels: ['b', 'a'] }))).toEqual([
    { name: 'a', series: 0, x: [1] },
    { name: 'b', series: 1, x: [0] },
  ]);
  expect(() => plotScatter(places, { labels: ['b', 'a'], classes: ['A', 'B'] })).toThrow(
    "plotScatter classes expected all labels that are words, 'a' among them, received ['A', 'B'].",
  );
});

test.each([1, 2] as const)('a model of %i outputs needs the order of the words', async (outputs) => {
  const plot = await boundary(network(outputs), ['b', 'a'], { classes: ['b', 'a'] });
  expect(regionsOf(plot)).toEqual([0, 0, 1, 1]);
  expect(pointsOf(plot).map(({ name, series }) => [name, series])).toEqual([
    ['b', 0],
    ['a', 1],
  ]);
  await expect(boundary(network(outputs), ['b', 'a'])).rejects.toThrow(
    "plotBoundary classes expected the words that are labels, in the order of the model's outputs, received none.",
  );
});

test('an estimator that answers with numbers needs the order of the words too', async () => {
  const numbers = { predict: (grid: { shape: number[] }) => new Int32Array(grid.shape[0]!).fill(1) };
  await expect(boundary(numbers, ['b', 'a'])).rejects.toThrow('plotBoundary classes expected the words');
  expect(regionsOf(await boundary(numbers, ['b', 'a'], { classes: ['b', 'a'] }))).toEqual([1, 1, 1, 1]);
  const words = { predict: (grid: { shape: number[] }) => new Array(grid.shape[0]!).fill('b') };
  expect(regionsOf(await boundary(words, ['b', 'a']))).toEqual([1, 1, 1, 1]);
});

test.each([1, 2] as const)(
  'labels that are not those of a model of %i outputs are an error',
  async (outputs) => {
    for (const [y, wrong] of [
      [[1, 2], 2],
      [[-1, 1], -1],
      [[5, 0], 5],
    ] as const)
      await expect(boundary(network(outputs), y)).rejects.toThrow(
        `plotBoundary y expected labels from 0 to 1, for the 2 classes that the model tells apart, received a label ${wrong}.`,
      );
    await expect(boundary(network(outputs), ['a', 'c'], { classes: ['a', 'b', 'c'] })).rejects.toThrow(
      'received a label 2',
    );
    expect(regionsOf(await boundary(network(outputs), [1, 1]))).toEqual([0, 0, 1, 1]);
  },
);

test('an estimator may answer with any numbers', async () => {
  const five = { predict: (grid: { shape: number[] }) => new Int32Array(grid.shape[0]!).fill(5) };
  expect(regionsOf(await boundary(five, [5, 15]))).toEqual([5, 5, 5, 5]);
});

test('names for numbers are places, and a message says which are missing', () => {
  expect(() => plotScatter(places, { labels: [5, 15], classes: ['five', 'fifteen'] })).toThrow(
    'plotScatter classes expected at least 16, for labels up to 15, received 2.\n  fix    Labels are places in `classes`: number them from 0.',
  );
  const signed = plotScatter(places, { labels: [-1, 1], classes: ['no', 'yes'] });
  expect(pointsOf(signed).map(({ name }) => name)).toEqual(['no', 'yes']);
  expect(() => plotScatter(places, { labels: [-1, 1], classes: ['no'] })).toThrow(
    'plotScatter classes expected 2, one for each label, received 1.',
  );
});

test('labels of points that are given in place of the options are refused', () => {
  expect(() => plotScatter([[0, 0]], tensor([1]) as never)).toThrow(
    'plotScatter expected an object of options as its last argument, received a Tensor.\n' +
      '  fix    Write `plotScatter(x, { labels: y })`.',
  );
});

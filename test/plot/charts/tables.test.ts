import { expect, test } from 'vitest';
import { Dense, Sequential, tensor } from '../../../src/index.js';
import type { Cells, ChartPanel, Points, Rectangles } from '../../../src/plot/description.js';
import {
  plotBoundary,
  plotConfusion,
  plotHeatMap,
  plotHistogram,
  plotScatter,
} from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';

const panelOf = (plot: Plot) => plot.picture.panels[0] as ChartPanel;
const marksOf = <Kind>(plot: Plot) => panelOf(plot).marks as readonly Kind[];

test('a histogram counts as numpy does', () => {
  const values = [0, 0.5, 1, 1.5, 2, 2, 3, 4];
  const { x0, x1, y1 } = marksOf<Rectangles>(plotHistogram(values, { bins: 4 }))[0]!;
  // numpy.histogram([0, .5, 1, 1.5, 2, 2, 3, 4], bins=4)
  expect([x0, x1, y1]).toEqual([
    [0, 1, 2, 3],
    [1, 2, 3, 4],
    [2, 2, 2, 2],
  ]);
});

test('every value is in a bin, whatever rounding does to the edges', () => {
  const values = Array.from({ length: 1000 }, (_, i) => i * 0.1);
  for (const bins of [1, 3, 7, 10, 100]) {
    const { x0, x1, y1 } = marksOf<Rectangles>(plotHistogram(values, { bins }))[0]!;
    const found = Array.from(
      x0,
      (from, i) => values.filter((v) => v >= from && (v < x1[i]! || i === x0.length - 1)).length,
    );
    expect(y1).toEqual(found);
  }
});

test('a histogram of one value, of equal values and of none', () => {
  expect(marksOf<Rectangles>(plotHistogram([5]))[0]!.y1).toEqual([1]);
  expect(marksOf<Rectangles>(plotHistogram([0, 0, 0]))[0]!.y1).toEqual([3]);
  expect(plotHistogram([1, Number.NaN]).picture.notes).toEqual([
    '1 of the values is not finite and in no bin.',
  ]);
  expect(plotHistogram([Number.NaN]).svg()).toContain('<svg');
  expect(() => plotHistogram([])).toThrow('plotHistogram values expected at least one value, received none.');
});

test('several groups share their bins', () => {
  const plot = plotHistogram(
    {
      a: [0, 1, 2],
      b: tensor([
        [2, 3],
        [4, 5],
      ]),
    },
    { bins: 5 },
  );
  const [a, b] = panelOf(plot).marks as unknown as readonly Points[];
  expect(a!.x).toEqual(b!.x);
  expect([a!.name, b!.name]).toEqual(['a', 'b']);
});

test('a heat map is diverging when it has both signs', () => {
  const palette = (matrix: number[][]) => marksOf<Cells>(plotHeatMap(matrix))[0]!.palette;
  expect([palette([[0, 1]]), palette([[-1, 1]]), palette([[-2, -1]])]).toEqual([
    'sequential',
    'diverging',
    'sequential',
  ]);
});

test('a heat map checks its names and rows', () => {
  expect(() => plotHeatMap([[1, 2]], { columns: ['a'] })).toThrow(
    'plotHeatMap columns expected 2, one for each column, received 1.',
  );
  expect(() => plotHeatMap([[1, 2], [3]])).toThrow(
    'plotHeatMap matrix expected 2 numbers in each row, received 1 in row 1.',
  );
  expect(() => plotHeatMap(tensor([1, 2]))).toThrow(
    'plotHeatMap matrix expected a table, of shape [rows, columns], received [2].',
  );
  expect(() => plotHeatMap([])).toThrow('plotHeatMap matrix expected at least one value, received none.');
  expect(plotHeatMap([[1, Number.NaN]]).picture.notes).toEqual([
    '1 of the values is not finite and without a colour.',
  ]);
});

test.each([[[1e308, -1e308]], [[1.7e308, 0]], [[1e-310, -1e-310]], [[5e-324, 0]]])(
  'a heat map of %j is drawn with a scale',
  (row) => {
    const plot = plotHeatMap([row]);
    expect(plot.svg()).not.toMatch(/NaN|Infinity|undefined/);
    const colours = plot.svg().match(/class="[pnq]\d+" fill="#\w+"/g)!;
    expect(new Set(colours).size).toBeGreaterThan(row.includes(5e-324) ? 1 : 20);
    expect(plot.terminal()).not.toMatch(/NaN|inf|∞/);
    for (const width of [12, 60]) {
      const text = plotHeatMap([row, row, row], { name: 'a name' }).terminal({ width, colour: true });
      expect(text).not.toMatch(/NaN|∞/);
    }
  },
);

test('the accuracy of a confusion matrix is 1 only where all are right', () => {
  const notes = [
    [5000, 1],
    [1, 4998],
  ];
  expect(plotConfusion(notes).picture.notes).toEqual(['9998 of 10000 are right: accuracy 0.9998.']);
  expect(plotConfusion([[3]]).picture.notes).toEqual(['3 of 3 are right: accuracy 1.']);
});

test('a confusion matrix has its counts in its cells, and the accuracy below', () => {
  const plot = plotConfusion(
    tensor(
      [
        [50, 2],
        [5, 43],
      ],
      { dtype: 'int32' },
    ),
    { classes: ['healthy', 'ill'] },
  );
  expect(marksOf<Cells>(plot)[0]).toMatchObject({
    labels: [
      ['50', '2'],
      ['5', '43'],
    ],
    domain: [0, 50],
  });
  expect(plot.picture.notes).toEqual(['93 of 100 are right: accuracy 0.93.']);
  expect(panelOf(plot).y).toMatchObject({
    label: 'true class',
    categories: ['healthy', 'ill'],
    reversed: true,
  });
  expect(() => plotConfusion([[1, 2]])).toThrow(
    'expected as many columns as rows, [classes, classes], received [1, 2]',
  );
  expect(() =>
    plotConfusion([
      [1, -2],
      [0, 1],
    ]),
  ).toThrow('expected counts, finite and not below 0, received -2');
});

test('points have the series of their class, and centres that of theirs', () => {
  const plot = plotScatter(
    [
      [0, 0],
      [1, 1],
      [5, 5],
    ],
    {
      labels: [0, 2, 0],
      centers: [
        [0, 1],
        [2, 3],
      ],
    },
  );
  expect(marksOf<Points>(plot)).toMatchObject([
    { name: 'class 0', series: 0, x: [0, 5] },
    { name: 'class 2', series: 2, x: [1] },
    { series: 0, x: [0], y: [1], emphasis: true },
    { series: 1, x: [2], y: [3], emphasis: true },
  ]);
  expect(marksOf<Points>(plotScatter({ x: [1], y: [2] }, { labels: ['cat'] }))[0]!.name).toBe('cat');
});

test('points that cannot be drawn are errors', () => {
  expect(() => plotScatter([[1, 2, 3]])).toThrow(
    'plotScatter x expected points in the plane, of shape [n, 2], received [1, 3].',
  );
  expect(() => plotScatter([[1, 2]], { labels: [0, 1] })).toThrow(
    'plotScatter labels expected 1, one for each point, received 2.',
  );
  expect(() => plotScatter([[1, 2]], { labels: [0.5] })).toThrow(
    'expected whole numbers or words, one for each sample',
  );
  expect(() => plotScatter([[1, 2]], { labels: [2], classes: ['a'] })).toThrow(
    'plotScatter classes expected at least 3, for labels up to 2, received 1.',
  );
});

const x = tensor([
  [0, 0],
  [1, 1],
]);
/** Regions that a chart shows of a model that answers by the first coordinate. */
async function regionsOf(
  answer: (first: number) => number | number[] | string,
  y: readonly (number | string)[],
) {
  const predict = (grid: { toArray(): unknown }) => {
    const answers = (grid.toArray() as number[][]).map(([first]) => answer(first!));
    return typeof answers[0] === 'string' ? answers : tensor(answers as number[]);
  };
  const plot = await plotBoundary({ predict: predict as never }, x, y as number[], { steps: 4 });
  return Array.from(marksOf<Cells>(plot)[0]!.values[0]!);
}

test('a boundary lies where the answer changes, whatever the form of the answer', async () => {
  const right = [0, 0, 1, 1];
  expect(await regionsOf((first) => [first], [0, 1])).toEqual(right);
  expect(await regionsOf((first) => [1 - first, first, -9], [0, 1])).toEqual(right);
  expect(await regionsOf((first) => (first >= 0.5 ? 1 : 0), [0, 1])).toEqual(right);
  expect(await regionsOf((first) => (first >= 0.5 ? 7 : -7), [-7, 7])).toEqual(right);
  expect(await regionsOf((first) => (first >= 0.5 ? 'b' : 'a'), ['a', 'b'])).toEqual(right);
});

test('a boundary asks a model of this library', async () => {
  const model = new Sequential([new Dense(3, { activation: 'softmax', inputShape: [2] })]);
  const plot = await plotBoundary(model, x, [0, 2], { steps: 10 });
  expect(marksOf<Cells>(plot)[0]!.values).toHaveLength(10);
  expect(plot.svg()).toBe((await plotBoundary(model, x, [0, 2], { steps: 10 })).svg());
});

test('a boundary of what cannot answer is an error', async () => {
  await expect(plotBoundary({} as never, x, [0, 1])).rejects.toThrow(
    'plotBoundary model expected a model or an estimator',
  );
  await expect(plotBoundary({ predict: () => tensor([1]) }, x, [0, 1])).rejects.toThrow(
    'plotBoundary, answer of predict, expected 22500, one for each place, received 1.',
  );
  await expect(plotBoundary({ predict: () => tensor([1]) }, tensor([[1]]), [0])).rejects.toThrow(
    'of shape [n, 2]',
  );
});

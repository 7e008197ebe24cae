import { expect, test } from 'vitest';
import { Dense, Sequential, tensor } from '../../../src/index.js';
import type { ChartPanel, Line } from '../../../src/plot/description.js';
import {
  panels,
  plotBars,
  plotHistory,
  plotLines,
  plotPredictions,
  plotRoc,
} from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';
import { elementsOf } from '../svg/well-formed.js';

const chartsOf = (plot: Plot) => plot.picture.panels as readonly ChartPanel[];
const linesOf = (plot: Plot) => chartsOf(plot).flatMap(({ marks }) => marks as readonly Line[]);

test('a history has a panel for each metric, with training and validation in it', () => {
  const plot = plotHistory({
    loss: [2, 1],
    accuracy: [0.5, 0.75],
    val_loss: [3, 2],
    learning_rate: [0.1, 0.1],
  });
  expect(chartsOf(plot).map(({ y }) => y.label)).toEqual(['loss', 'accuracy', 'learning_rate']);
  expect(linesOf(plot).map(({ name, series }) => [name, series])).toEqual([
    ['train', 0],
    ['validation', 1],
    ['train', 0],
    ['train', 0],
  ]);
  expect(linesOf(plot)[0]).toMatchObject({ x: [1, 2], y: [2, 1] });
  expect(plot.picture.notes).toBe(undefined);
});

test('what fit resolves to is a history', async () => {
  const model = new Sequential([new Dense(1)]);
  model.compile({ loss: 'mse', metrics: ['mae'] });
  const history = await model.fit([[1], [2]], [1, 2], { epochs: 3, verbose: 0 });
  const plot = plotHistory(history, { title: 'Training' });
  expect(chartsOf(plot).map(({ y }) => y.label)).toEqual(['loss', 'mae']);
  expect(linesOf(plot)[0]!.y).toEqual(history.history.loss);
  expect(plot.picture).toEqual(plotHistory(history.history, { title: 'Training' }).picture);
});

test('an empty history is an empty chart that says so', () => {
  for (const history of [{}, { loss: [] }, { history: {} }]) {
    const plot = plotHistory(history);
    expect(plot.picture.notes).toEqual([
      'No epochs to draw: the history is empty until `fit` has ended its first epoch.',
    ]);
    expect(plot.picture.panels).toHaveLength(1);
    expect(elementsOf(plot.svg())).toContain('text');
  }
});

test('metrics choose panels, and those of a history that has not got them are an error', () => {
  const history = { loss: [1], accuracy: [1] };
  expect(plotHistory(history, { metrics: ['accuracy'] }).picture.panels).toHaveLength(1);
  expect(() => plotHistory(history, { metrics: ['acuracy'] })).toThrow(
    "plotHistory metrics expected 'loss' or 'accuracy', received 'acuracy'.",
  );
  const scales = chartsOf(plotHistory(history, { logScale: ['loss'] })).map(({ y }) => y.scale);
  expect(scales).toEqual(['log', 'linear']);
  expect(chartsOf(plotHistory(history, { logScale: true })).map(({ y }) => y.scale)).toEqual(['log', 'log']);
});

test('values that are not finite leave a gap, and a note counts them', () => {
  const plot = plotHistory({ loss: [1, Number.NaN, Number.POSITIVE_INFINITY, 2] });
  expect(plot.picture.notes).toEqual(['loss: 2 values are not finite and leave gaps.']);
  expect(plotLines({ a: [1, 0, 10] }, { logScale: true }).picture.notes).toEqual([
    '1 value is not above 0 and has no place on a log axis.',
  ]);
});

test('what is no history is an error', () => {
  expect(() => plotHistory([1, 2] as never)).toThrow(
    'plotHistory expected a History, or lists of values by name',
  );
  expect(() => plotHistory({ loss: 'low' } as never)).toThrow(
    'plotHistory loss expected a tensor, a typed array or a list of numbers',
  );
  expect(() => plotHistory({ loss: [1, 'two'] } as never)).toThrow(
    "plotHistory loss[1] expected a number, received 'two'.",
  );
  expect(() => plotHistory({}, { metric: ['loss'] } as never)).toThrow('metric');
});

test('ten curves differ: eight colours, then dashes', () => {
  const curves = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`c${i}`, [i, i + 1]]));
  const lines = linesOf(plotLines(curves));
  expect(new Set(lines.map(({ series, dashed }) => `${series} ${dashed}`)).size).toBe(10);
  expect(plotLines(curves).svg().match(/>c\d</g)).toHaveLength(10);
});

test('curves are given as values, as tensors and as pairs', () => {
  const plot = plotLines(
    { a: tensor([1, 2]), b: Float32Array.of(3, 4, 5), c: { x: [0, 10], y: [1, 2] } },
    { dashed: ['c'] },
  );
  expect(linesOf(plot).map(({ x, y }) => [x, y])).toEqual([
    [
      [1, 2],
      [1, 2],
    ],
    [
      [1, 2, 3],
      [3, 4, 5],
    ],
    [
      [0, 10],
      [1, 2],
    ],
  ]);
  expect(linesOf(plot)[2]!.dashed).toBe(true);
});

test('numbers are not rounded to float32 on their way', () => {
  expect(linesOf(plotLines({ a: [1e9 + 1, 0.1] }))[0]!.y).toEqual([1e9 + 1, 0.1]);
});

test('curves that cannot be drawn are errors', () => {
  expect(() => plotLines({})).toThrow('plotLines curves expected at least one value, received none.');
  expect(() => plotLines({ a: [] })).toThrow(
    "plotLines curve 'a' expected at least one value, received none.",
  );
  expect(() => plotLines({ a: { x: [1], y: [1, 2] } })).toThrow(
    "plotLines curve 'a' x expected 2, one for each y, received 1.",
  );
  expect(() => plotLines({ a: tensor([[1, 2]]) })).toThrow(
    'expected numbers in a row, of shape [n] or [n, 1], received [1, 2]',
  );
  expect(() => plotLines({ a: [1] }, { dashed: ['b'] })).toThrow(
    "plotLines dashed expected 'a', received 'b'.",
  );
});

test('bars begin at 0 and have their values at their ends', () => {
  const plot = plotBars({ linear: 0.79, loss: -2, broken: Number.NaN });
  const [panel] = chartsOf(plot);
  expect(panel!.marks[0]).toMatchObject({
    x0: [0, 0, 0],
    x1: [0.79, -2, Number.NaN],
    labels: ['0.79', '−2', 'NaN'],
  });
  expect(panel!.y.categories).toEqual(['linear', 'loss', 'broken']);
  expect(plot.picture.notes).toEqual(['1 value is not finite and leaves a gap.']);
  expect(() => plotBars({})).toThrow('plotBars values expected at least one value, received none.');
});

test('the value at the end of a bar is 1 only where it is', () => {
  const [bars] = chartsOf(plotBars({ a: 0.9999, b: 1 }))[0]!.marks;
  expect(bars).toMatchObject({ labels: ['0.9999', '1'] });
});

test.each([[1e308], [1e-310]])('curves between plus and minus %d have axes', (size) => {
  const plot = plotLines({ a: [-size, size, 0] });
  expect(plot.svg()).not.toMatch(/NaN|Infinity/);
  expect(plot.svg()).toMatch(/×10(³⁰⁸|³⁰⁷|⁻³¹⁰|⁻³¹¹)</);
  expect(plot.terminal()).toMatch(/×10/);
});

test('the area below a ROC curve is in its name', () => {
  const fpr = [0, 0, 0.5, 0.5, 1];
  const tpr = [0, 0.5, 0.5, 1, 1];
  // sklearn.metrics.auc([0, 0, .5, .5, 1], [0, .5, .5, 1, 1]) = 0.75
  expect(linesOf(plotRoc({ fpr, tpr })).map(({ name }) => name)).toEqual(['guess', 'AUC 0.75']);
  expect(linesOf(plotRoc({ a: { fpr, tpr, auc: 0.7512 } }))[1]!.name).toBe('a, AUC 0.751');
  expect(linesOf(plotRoc({ fpr, tpr, auc: 0.9999 }))[1]!.name).toBe('AUC 0.9999');
  expect(() => plotRoc({ fpr, tpr: [0] })).toThrow(
    'plotRoc curve tpr expected 5, one for each fpr, received 1.',
  );
});

test('predictions lie over the true values, with the scores of scikit-learn', () => {
  const plot = plotPredictions(tensor([[3], [-0.5], [2], [7]]), [2.5, 0, 2, 8]);
  // sklearn.metrics: mean_absolute_error = 0.5, r2_score = 0.9486081370449679
  expect(plot.picture.notes).toEqual(['Mean absolute error 0.5, R² 0.949.']);
  expect(chartsOf(plot)[0]!.x.domain).toEqual(chartsOf(plot)[0]!.y.domain);
  expect(plotPredictions([0, 100], [0.5, 100]).picture.notes).toEqual([
    'Mean absolute error 0.25, R² 0.99995.',
  ]);
  expect(plotPredictions([1, 1], [1, 2]).picture.notes).toEqual(['Mean absolute error 0.5.']);
});

test('panels join plots, their titles and their notes', () => {
  const history = plotHistory({ loss: [Number.NaN, 1], mae: [1, 2] }, { title: 'Run' });
  const both = panels([history, plotBars({ a: 1 }, { title: 'Bars' })], { title: 'All', columns: 3 });
  expect(both.picture).toMatchObject({
    title: 'All',
    columns: 3,
    notes: ['Run: loss: 1 value is not finite and leaves a gap.'],
  });
  expect(both.picture.panels.map(({ title }) => title)).toEqual(['Run', 'Run', 'Bars']);
  expect(() => panels([])).toThrow('panels plots expected at least one value, received none.');
  expect(() => panels([{}] as never)).toThrow('panels plots[0] expected a plot, as plotLines returns');
});

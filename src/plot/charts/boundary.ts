import { problem } from '../../core/errors.js';
import { int, listOf, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { show } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';
import type { Cells, ChartPanel } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { answersOf, classesOf, type Labels, labelsFrom } from './classes.js';
import { type Places, placesFrom, pointsOf } from './scatter.js';
import { chartPlot, labelFields } from './settings.js';
import { checkCount } from './values.js';

const fields = () => ({
  ...labelFields(),
  /**
   * What the labels 0, 1, 2, ... are called. Where labels are words: these in the order of the model's outputs, which a model
   * that gives chances needs.
   */
  classes: maybe(listOf(text())),
  /** In how many places along each axis the model is asked. */
  steps: int(150, { min: 2, max: 1000 }),
});

export interface BoundaryOptions extends Options<ReturnType<typeof fields>> {}

/** A model or an estimator. */
export interface Predictor {
  predict(x: Tensor, options: { readonly batchSize: number; readonly verbose: 0 }): unknown;
}

/** Of the range of the points, on each side. */
const room = 0.08;

/**
 * Where a model decides for which class: regions of the plane in the pale colours of the classes, and the points on them.
 * The model is asked on a grid. A point of a region has the class that `predict` gives: its label, the likeliest of several
 * classes, or class 1 where the one chance that it gives is at least 0.5.
 *
 * `x` is `[n, 2]`, `y` the label of each row: the number of its class, from 0, or a word.
 *
 * Throws a ShapeError for x of another shape and for answers that are none, a DataError for lengths that differ and for labels
 * that are not among the model's outputs, a ConfigError for words whose order is not known.
 *
 * @example
 * import { Dense, Sequential, tensor } from 'myelin';
 * import { plotBoundary } from 'myelin/plot';
 * const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
 * const model = new Sequential([new Dense(1, { activation: 'sigmoid', inputShape: [2] })]);
 * const plot = await plotBoundary(model, x, [0, 1, 1, 0], { steps: 20 });
 * plot.picture.panels.length; // 1
 */
export async function plotBoundary(
  model: Predictor,
  x: Places,
  y: Labels,
  options: BoundaryOptions = {},
): Promise<Plot> {
  const settings = settingsOf('plotBoundary(model, x, y, { steps: 200 })', fields(), options);
  if (typeof model?.predict !== 'function')
    throw problem('argument-value', {
      subject: 'plotBoundary model',
      expected: 'a model or an estimator, with a method predict',
      received: show(model),
    });
  const places = placesFrom('plotBoundary x', x);
  const labels = labelsFrom('plotBoundary y', y);
  checkCount('plotBoundary y', places.x.length, labels.length, 'row of x');
  const classes = classesOf('plotBoundary', labels, settings.classes);
  const sides = { x: rangeOf(places.x), y: rangeOf(places.y) };
  const { steps } = settings;
  const answer = await model.predict(gridOf(sides, steps), { batchSize: 4096, verbose: 0 });
  const regions = answersOf('plotBoundary, answer of predict,', answer, classes);
  checkCount('plotBoundary, answer of predict,', steps * steps, regions.length, 'place');
  const values = Array.from({ length: steps }, (_, i) =>
    regions.slice(i * steps, (i + 1) * steps).map((region) => (region < 0 ? Number.NaN : region)),
  );
  const cells: Cells = { kind: 'cells', values, ...sides, palette: 'classes' };
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? '', domain: sides.x },
    y: { label: settings.yLabel ?? '', domain: sides.y },
    marks: [cells, ...pointsOf(places, labels, classes)],
  };
  return chartPlot([panel], { title: settings.title });
}

interface Sides {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  if (low > high) return [0, 1];
  const space = (high - low) * room || 1;
  return [low - space, high + space];
}

/** The middles of the cells, row after row from the lowest. */
function gridOf({ x, y }: Sides, steps: number): Tensor {
  const middle = ([from, to]: readonly [number, number], i: number) =>
    from + ((to - from) * (i + 0.5)) / steps;
  const values = new Float32Array(steps * steps * 2);
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      values[(i * steps + j) * 2] = middle(x, j);
      values[(i * steps + j) * 2 + 1] = middle(y, i);
    }
  }
  return new Tensor([steps * steps, 2], 'float32', { kind: 'data', values });
}

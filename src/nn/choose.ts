/** What `compile` is given: losses, metrics and optimizers by name, as instances or as functions. */

import type { Field } from '../core/fields.js';
import { named } from '../core/named.js';
import { parseValue } from '../core/schema.js';
import type { PartialShape } from '../core/shape.js';
import { imported } from './imported.js';
import { areClassNumbers } from './labels.js';
import { Loss, type LossFunction, lossOf } from './loss.js';
import {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  type LossName,
  losses,
  SparseCategoricalCrossentropy,
} from './losses.js';
import { MeanMetricWrapper, Metric, type MetricFunction, metricOf } from './metric.js';
import {
  BinaryAccuracy,
  CategoricalAccuracy,
  type MetricName,
  metrics,
  SparseCategoricalAccuracy,
} from './metrics.js';
import { Optimizer } from './optimizers/optimizer.js';
import { type OptimizerName, optimizers } from './optimizers/table.js';

/** Names that mean one of three classes, by the shapes of targets and outputs. */
export type AccuracyName = 'accuracy' | 'acc' | 'Accuracy';
export type CrossentropyName = 'crossentropy' | 'ce';

export type LossOption = LossName | CrossentropyName | Loss | LossFunction;
export type MetricOption = MetricName | AccuracyName | CrossentropyName | Metric | Loss | MetricFunction;
export type OptimizerOption = OptimizerName | Optimizer;

/** Makes what was chosen, once the shapes of one target and one output are known. */
export type ForShapes<T> = (yTrue: PartialShape, yPred: PartialShape) => T;

/** One of three by how targets name classes. */
const byLabels =
  <Binary, Categorical, Sparse>(binary: Binary, categorical: Categorical, sparse: Sparse) =>
  (yTrue: PartialShape, yPred: PartialShape): Binary | Categorical | Sparse => {
    if (yPred.at(-1) === 1) return binary;
    return areClassNumbers(yTrue, yPred) ? sparse : categorical;
  };

/** The accuracy that `'accuracy'` means for targets and outputs of these shapes. */
export const chooseAccuracy = /* @__PURE__ */ byLabels(
  BinaryAccuracy,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
);

const chooseCrossentropy = /* @__PURE__ */ byLabels(
  BinaryCrossentropy,
  CategoricalCrossentropy,
  SparseCategoricalCrossentropy,
);

const accuracyNames: readonly AccuracyName[] = ['accuracy', 'acc', 'Accuracy'];
const crossentropyNames: readonly CrossentropyName[] = ['crossentropy', 'ce'];
const isAmong = <Name>(names: readonly Name[], given: unknown): given is Name =>
  names.includes(given as Name);

/** The loss that an option of `compile` stands for. An unknown one is an error at once. */
export function lossFor(given: LossOption): ForShapes<Loss> {
  if (isAmong(crossentropyNames, given)) return (yTrue, yPred) => new (chooseCrossentropy(yTrue, yPred))();
  const loss = parseValue('compile loss', lossField(crossentropyNames), given);
  return () => loss;
}

/** The metric that an option of `compile` stands for, named as given. An unknown one is an error at once. */
export function metricFor(given: MetricOption): ForShapes<Metric> {
  if (isAmong(accuracyNames, given))
    return (yTrue, yPred) => new (chooseAccuracy(yTrue, yPred))({ name: given });
  if (isAmong(crossentropyNames, given))
    return (yTrue, yPred) => asMetric(new (chooseCrossentropy(yTrue, yPred))(), given);
  if (given instanceof Loss) return () => asMetric(given, given.name);
  if (typeof given === 'string' && Object.hasOwn(metrics, given))
    return () => new metrics[given]({ name: given });
  const also = [...accuracyNames, ...crossentropyNames];
  const metric = parseValue('compile metrics', metricField(also), given);
  return () => metric;
}

/** The mean of a loss over all samples. */
const asMetric = (loss: Loss, name: string): Metric =>
  new MeanMetricWrapper((yTrue, yPred) => loss.values(yTrue, yPred), { name });

/** The optimizer that an option of `compile` stands for. */
export const optimizerFor = (given: OptimizerOption): Optimizer =>
  parseValue('compile optimizer', optimizerField(), given);

/** A loss as an option, and in Keras's JSON; `also` are names that the caller takes itself. */
export const lossField = (also: readonly string[] = []): Field<LossName | Loss | LossFunction, Loss> =>
  named<LossName, Loss, LossFunction>({
    noun: 'a loss',
    module: 'keras.losses',
    table: losses,
    imported: imported.losses,
    also,
    base: Loss,
    wrap: lossOf,
  });

/** A metric as an option, and in Keras's JSON; `also` are names that the caller takes itself. */
export const metricField = (
  also: readonly string[] = [],
): Field<MetricName | Metric | MetricFunction, Metric> =>
  named<MetricName, Metric, MetricFunction>({
    noun: 'a metric',
    module: 'keras.metrics',
    table: metrics,
    imported: imported.metrics,
    also,
    base: Metric,
    wrap: metricOf,
  });

/** An optimizer as an option, and in Keras's JSON. */
export const optimizerField = (): Field<OptimizerName | Optimizer, Optimizer> =>
  named<OptimizerName, Optimizer, never>({
    noun: 'an optimizer',
    module: 'keras.optimizers',
    table: optimizers,
    imported: imported.optimizers,
    base: Optimizer,
  });

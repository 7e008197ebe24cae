/** What is checked in data before training, and what is said when training went wrong. */

import { problem } from '../core/errors.js';
import { type PartialShape, showShape, sizeOf } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { fitsExactly } from '../layers/input-spec.js';
import type { Layer } from '../layers/layer.js';
import { linear, softmax } from '../nn/activations.js';
import type { Loss, Targets } from '../nn/loss.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import type { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';
import type { Compilation } from './compile.js';
import { type Examples, rowsOf } from './data-adapter.js';
import type { Network } from './network.js';

/** Throws for labels that the loss cannot take; warns about what is almost surely wrong. */
export function checkExamples(
  method: string,
  network: Network,
  compilation: Compilation,
  { x, y }: Examples,
): void {
  const { outputShape } = network;
  const effect = method === 'fit' ? 'every weight it reaches becomes NaN' : 'measures become NaN';
  warnOfNaN(`${method} x`, x, effect);
  warnOfNaN(`${method} y`, y, effect);
  const { loss } = compilation.measuresFor(y.shape, outputShape!);
  const targets = loss.targets(outputShape!);
  warnOfOneUnit(network, loss.name, targets ?? {});
  if (targets) checkShape(loss.name, targets, network, y);
  if (targets?.labels) checkLabels(loss.name, y, targets.labels);
  warnOfScores(network, loss, targets ?? {});
}

/** Refuses targets that would only broadcast with the outputs. Losses of classes check theirs themselves. */
function checkShape(name: string, { isPaired }: Targets, network: Network, { shape }: Tensor): void {
  const { subject, outputShape } = network;
  const outputs = outputShape!;
  if (shape.length === 1 && outputs.length > 2) throw notFlattened(network);
  const fits = fitsExactly(outputs, shape) || isColumn(outputs, shape) || isColumn(shape, outputs);
  if (!isPaired || fits) return;
  throw problem('shape-mismatch', {
    subject: name,
    expected: `targets of the outputs' shape ${showShape(outputs)}`,
    received: showShape(shape),
    fix: `Give such targets, or end the model with outputs of their shape, as of \`new Dense(${shape[1] ?? 1})\`.`,
  }).within(subject);
}

/** Whether the first shape is the second with an axis of size 1 at the end. */
const isColumn = (long: PartialShape, short: PartialShape) =>
  long.length === short.length + 1 && long.at(-1) === 1 && fitsExactly(long.slice(1, -1), short.slice(1));

function checkLabels(
  name: string,
  y: Tensor,
  { last, whole, ignored }: NonNullable<Targets['labels']>,
): void {
  const values = y.values();
  const isWrong = (label: number) =>
    !Number.isNaN(label) &&
    label !== ignored &&
    (label < 0 || label > last || (whole && !Number.isInteger(label)));
  const at = values.findIndex(isWrong);
  if (at < 0) return;
  const row = Math.floor(at / sizeOf(y.shape.slice(1)));
  throw problem('label-range', {
    subject: name,
    expected: whole ? `class numbers from 0 to ${last}` : 'labels from 0 to 1',
    received: `${values[at]} in row ${row}`,
    fix: whole
      ? `Class numbers count from 0: ${last + 1} units need labels 0 to ${last}.`
      : "Use 'sparse_categorical_crossentropy' with a unit for each class, or labels 0 and 1.",
  });
}

/** Loops, because a call for each number would take longer than an epoch of a small model. NaN spreads through sums. */
function firstNaN(values: ArrayLike<number>): number {
  const fours = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < fours; i += 4) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
  }
  const first = Number.isNaN(a + b + c + d) ? 0 : fours;
  for (let i = first; i < values.length; i++) if (Number.isNaN(values[i])) return i;
  return -1;
}

/** The place for it is before the first of the last layers that take inputs of any rank. */
function notFlattened({ layers, outputShape }: Network) {
  const withWeights = layers.filter(({ weights }) => weights.length > 0);
  const isAnyRank = ({ inputSpec }: Layer) => inputSpec?.minRank !== undefined;
  const layer = withWeights[withWeights.findLastIndex((each) => !isAnyRank(each)) + 1];
  const shown = showShape(outputShape!);
  const expected = 'of shape [batch, features] where each sample has one label';
  if (!layer) {
    return problem('not-flattened', {
      subject: layers.at(-1)!.subject,
      expected: `to give outputs ${expected}`,
      received: shown,
      fix: 'Add `new Flatten()` and `new Dense(…)` after this layer.',
    });
  }
  return problem('not-flattened', {
    subject: layer.subject,
    expected: `inputs ${expected}`,
    received: `${showShape(layer.builtShape!)}, which leads to outputs of shape ${shown}`,
    fix: 'Add `new Flatten()` before this layer.',
  });
}

/** Tensors that have none: they never change, and the next run often goes over the same. */
const withoutNaN = new WeakSet<Tensor>();

/** Once a `fit`, naming the first place. */
function warnOfNaN(what: string, x: Tensor, effect: string): void {
  if (x.dtype !== 'float32' || withoutNaN.has(x)) return;
  const at = firstNaN(x.values());
  if (at < 0 && !(x instanceof Variable)) withoutNaN.add(x);
  if (at < 0) return;
  const columns = sizeOf(x.shape.slice(1));
  const column = columns > 1 ? `, column ${at % columns}` : '';
  warnOnce(
    `${what} NaN`,
    `${what} has NaN in row ${Math.floor(at / columns)}${column}: ${effect}. ` +
      'Fill missing values first, for example with the mean of their column.',
  );
}

/** Losses of one-hot rows warn of a single class themselves; those of class numbers would only refuse its labels. */
function warnOfOneUnit({ layers, outputShape }: Network, loss: string, { labels }: Partial<Targets>): void {
  if (outputShape?.at(-1) !== 1) return;
  const { subject, config } = layers.at(-1)!;
  const isSoftmax = (config as { readonly activation?: unknown }).activation === softmax;
  if (labels?.whole && labels.last === 0) {
    warnOnce(
      `${loss} of one class`,
      `${subject} has one unit, which is one class alone for a loss of class numbers. ` +
        "Use 'sigmoid' and 'binary_crossentropy' for two classes in one output, or softmax over a unit for each.",
    );
  } else if (isSoftmax) {
    warnOnce(
      'softmax over one unit',
      `${subject} has softmax over one unit, which is always 1. Use 'sigmoid', or a unit for each class.`,
    );
  }
}

/** Losses that take logarithms of probabilities make NaN or nonsense of scores, unless they are told. */
function warnOfScores({ layers }: Network, loss: Loss, { labels }: Partial<Targets>): void {
  const { subject, config } = layers.at(-1)!;
  if ((config as { readonly activation?: unknown }).activation !== linear) return;
  if ((loss.config as { readonly fromLogits?: boolean }).fromLogits !== false) return;
  warnOnce(
    'scores',
    `${subject} has no activation, but ${loss.name} takes probabilities. ` +
      `Use '${labels?.whole === false ? 'sigmoid' : 'softmax'}', or \`new ${loss.className}({ fromLogits: true })\` as the loss.`,
  );
}

/**
 * Warns where the labels that `validationSplit` holds back are of so few of all classes as the last rows of shuffled ones hardly
 * ever are: there are at most `classes ** seen` such sets, and for each this is the chance of all rows to be in it.
 */
export function warnOfOrder(network: Network, compilation: Compilation, y: Tensor, last: Tensor): void {
  const targets = compilation.measuresFor(y.shape, network.outputShape!).loss.targets(network.outputShape!);
  if (!targets?.labels) return;
  const labels = y.values();
  const classes = new Set(labels).size;
  const seen = new Set(last.values());
  const share = Array.from(labels).filter((label) => seen.has(label)).length / labels.length;
  if (seen.size * Math.log(classes) + last.size * Math.log(share) > Math.log(1e-6)) return;
  warnOnce(
    'validationSplit order',
    `validationSplit holds the last ${last.shape[0]} rows back, which have ${seen.size} of ${classes} classes: ` +
      'the rows are sorted. Shuffle them first, or split them by `trainTestSplit` and give `validationData`.',
  );
}

/** Warns where the loss reaches no weight: what is left of such a gradient is the number 0. */
export function warnOfNoGradient(loss: string, gradients: readonly Tensor[]): void {
  if (gradients.length === 0 || gradients.some(({ node }) => node.source.kind !== 'number')) return;
  warnOnce(
    `gradient ${loss}`,
    `Training changes nothing: the loss ${loss} depends on no weight. Rounding, comparing and argMax end gradients.`,
  );
}

// Adadelta's own is 1; others diverge long before.
const largestUsualRate = 1;

/** A rate as it was given: float32 has more digits. */
const rateOf = ({ learningRate }: Optimizer) => Number(learningRate.toPrecision(6));

/** Warns of a learning rate that hardly any training can take. */
export function checkRate(optimizer: Optimizer): void {
  const rate = rateOf(optimizer);
  if (!(rate > largestUsualRate)) return;
  warnOnce(
    'learning rate',
    `A learning rate of ${rate} is unusually large: most trainings take 0.1 or less.`,
  );
}

/** Says where the NaN of a loss comes from: the first layer with NaN in its weights or outputs. */
export function explainNaN(network: Network, { x, y }: Examples): void {
  const rows = rowsOf(x, 0, Math.min(x.shape[0]!, 32)).cast('float32');
  const isBad = (value: Tensor) => !value.values().every(Number.isFinite);
  let value = rows;
  const inProgram = network.layers.filter((layer) => !('isHost' in layer));
  const culprit = inProgram.find((layer) => {
    if (layer.weights.some(isBad)) return true;
    value = layer.apply(value);
    return isBad(value);
  });
  const where = culprit
    ? `The first layer with NaN or Infinity in its ${culprit.weights.some(isBad) ? 'weights' : 'outputs'} is ${culprit.subject}.`
    : 'No layer has NaN in its weights or outputs: look at the loss and the targets.';
  const data = isBad(x) ? 'inputs' : isBad(y) ? 'targets' : null;
  const cause = data
    ? `The ${data} have NaN or Infinity.`
    : `The most common cause is a learning rate that is too large: it is ${rateOf(network.optimizer!)}.`;
  warnOnce('loss NaN', `The loss became NaN. ${where} ${cause}`);
}

/** Overlap of predicted and true classes, such as those of the pixels of pictures. */

import { declared } from '../core/configurable.js';
import type { DType } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { arg, bool, float, int, type Json, listOf, maybe, oneOf, policyName } from '../core/fields.js';
import { scatterAdd } from '../ops/gather.js';
import { eye, tensor } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { count, Metric, metricFields } from './metric.js';
import { inside } from './weighting.js';

// Keras's `epsilon()`: what is added to divisors.
const epsilon = 1e-7;

interface Options {
  readonly numClasses: number;
  readonly targetClassIds: readonly number[];
  readonly threshold?: number;
  readonly ignoreClass: number | null;
  readonly sparseYTrue: boolean;
  readonly sparseYPred: boolean;
  readonly axis: number;
  readonly dtype: DType;
}

/** Counts how often each class is taken for each other: rows are true classes, columns are predicted ones. */
abstract class Overlap extends Metric {
  readonly matrix: Variable = this.#zeros();

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const { numClasses, ignoreClass, threshold, dtype, ...form } = this.#options;
    const decided = threshold === undefined ? yPred : yPred.greaterEqual(threshold);
    const chosen = form.sparseYPred ? decided : decided.argmax(form.axis);
    const labels = form.sparseYTrue ? yTrue : yTrue.argmax(form.axis);
    const [y, p] = [labels, chosen].map((x) => x.cast('int32').flatten()) as [Tensor, Tensor];
    const isClass = (x: Tensor) => x.greaterEqual(0).logicalAnd(x.less(numClasses));
    const isKnown = isClass(y).logicalAnd(isClass(p));
    const counts = ignoreClass === null ? isKnown : isKnown.logicalAnd(y.notEqual(ignoreClass));
    const weights = inside((sampleWeight ?? labels.lift(1)).cast(dtype), labels.rank);
    // An index outside is dropped.
    const cell = counts.where(y.mul(numClasses).add(p), -1);
    const added = scatterAdd(weights.broadcastTo(labels.shape).flatten(), cell, { rows: numClasses ** 2 });
    count(this.matrix, added.reshape(this.matrix.shape));
  }

  override result(): Tensor {
    const matrix = this.matrix.cast('float32');
    const both = matrix.mul(eye(matrix.shape[0]!)).sum(0);
    const either = matrix.sum(0).add(matrix.sum(1)).sub(both);
    const wanted = tensor(this.#options.targetClassIds, { dtype: 'int32' });
    const [hits, all] = [both.gather(wanted), either.gather(wanted)];
    const isSeen = all.greater(1e-9).cast('float32');
    return hits.div(all.add(epsilon)).mul(isSeen).sum().div(isSeen.sum().add(epsilon));
  }

  get #options(): Options {
    const config = this.config as unknown as Partial<Options>;
    const { numClasses = 2 } = config;
    const targetClassIds = Array.from({ length: numClasses }, (_, i) => i);
    const isOneHot = this.className.startsWith('OneHot');
    const rest = { ignoreClass: null, sparseYTrue: !isOneHot, sparseYPred: true, axis: -1 };
    return { numClasses, targetClassIds, ...rest, ...config } as Options;
  }

  #zeros(): Variable {
    const { numClasses, targetClassIds, dtype } = this.#options;
    const outside = targetClassIds.find((id) => id >= numClasses);
    if (outside !== undefined) throw notAClass(this.className, numClasses, outside);
    return this.addVariable('total_confusion_matrix', [numClasses, numClasses], dtype);
  }
}

const notAClass = (className: string, numClasses: number, id: number) =>
  problem('option-value', {
    subject: `${className} targetClassIds`,
    expected: `class numbers from 0 to ${numClasses - 1}`,
    received: String(id),
  });

const classCount = () => arg(int({ min: 1 }));
const classIds = () => listOf(int({ min: 0 }));

const countFields = () => ({
  /** Type of the counts; weights are cut to whole numbers unless it is float32. */
  dtype: {
    ...oneOf(['int32', 'float32'], 'int32'),
    fromJson: policyName as (json: Json) => 'float32',
  },
});

const oneHotFields = () => ({
  ...countFields(),
  /** A true class that does not count. */
  ignoreClass: maybe(int()),
  /** Whether predictions are class numbers and no scores of each class. */
  sparseYPred: bool(false),
  /** The axis of the classes. */
  axis: int(-1),
});

const formFields = () => ({
  ...oneHotFields(),
  /** Whether targets are class numbers and no one-hot rows. */
  sparseYTrue: bool(true),
  /** Whether predictions are class numbers and no scores of each class. */
  sparseYPred: bool(true),
});

/**
 * Intersection over union of some classes: `true positives / (true positives + false positives + false negatives)`, the
 * mean over those that occur.
 *
 * Inputs    `yTrue`, `yPred` class numbers of one shape
 *
 * @example
 * const overlap = new IoU(2, [0]);
 * overlap.updateState(tensor([0, 0, 1, 1]), tensor([0, 1, 0, 1]));
 * overlap.result().item(); // 0.33333
 */
export class IoU extends /* @__PURE__ */ declared(
  Overlap,
  'IoU',
  (numClasses = classCount(), targetClassIds = arg(classIds())) => ({
    /** How many classes there are. */
    numClasses,
    /** The classes to take the mean over. */
    targetClassIds,
    ...formFields(),
  }),
  metricFields,
) {}

/**
 * Intersection over union, the mean over all classes that occur.
 *
 * @example
 * const overlap = new MeanIoU(2);
 * overlap.updateState(tensor([0, 0, 1, 1]), tensor([0, 1, 1, 1]));
 * overlap.result().item(); // 0.58333
 */
export class MeanIoU extends /* @__PURE__ */ declared(
  Overlap,
  'MeanIoU',
  (numClasses = classCount()) => ({
    /** How many classes there are. */
    numClasses,
    ...formFields(),
  }),
  metricFields,
) {}

/**
 * Intersection over union of classes 0 and 1, of which class 1 is where predictions reach `threshold`.
 *
 * @example
 * const overlap = new BinaryIoU();
 * overlap.updateState(tensor([0, 0, 1, 1]), tensor([0.1, 0.6, 0.7, 0.9]));
 * overlap.result().item(); // 0.58333
 */
export class BinaryIoU extends /* @__PURE__ */ declared(
  Overlap,
  'BinaryIoU',
  () => ({
    /** The classes to take the mean over. */
    targetClassIds: { ...classIds(), fallback: [0, 1] as readonly number[] },
    /** Predictions from here on are class 1. */
    threshold: float(0.5),
    ...countFields(),
  }),
  metricFields,
) {}

/**
 * Intersection over union of some classes; targets are one-hot rows.
 *
 * @example
 * const overlap = new OneHotIoU(2, [1]);
 * overlap.updateState(tensor([[1, 0], [0, 1], [0, 1]]), tensor([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]]));
 * overlap.result().item(); // 0.5
 */
export class OneHotIoU extends /* @__PURE__ */ declared(
  Overlap,
  'OneHotIoU',
  (numClasses = classCount(), targetClassIds = arg(classIds())) => ({
    /** How many classes there are. */
    numClasses,
    /** The classes to take the mean over. */
    targetClassIds,
    ...oneHotFields(),
  }),
  metricFields,
) {}

/**
 * Intersection over union, the mean over all classes that occur; targets are one-hot rows.
 *
 * @example
 * const overlap = new OneHotMeanIoU(2);
 * overlap.updateState(tensor([[1, 0], [0, 1], [0, 1]]), tensor([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]]));
 * overlap.result().item(); // 0.5
 */
export class OneHotMeanIoU extends /* @__PURE__ */ declared(
  Overlap,
  'OneHotMeanIoU',
  (numClasses = classCount()) => ({
    /** How many classes there are. */
    numClasses,
    ...oneHotFields(),
  }),
  metricFields,
) {}

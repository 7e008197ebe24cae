import { problem } from '../../core/errors.js';
import { checkOptionNames } from '../../core/option-names.js';
import { show } from '../../core/text.js';
import type { Tensor } from '../../tensor/tensor.js';
import { classesOf, type Label, type Labels, labelPairs, numbered } from '../labels.js';
import { integers } from '../matrix.js';

export interface ConfusionMatrixOptions {
  /** Counts the classes 0 to `nClasses - 1`, also those that do not occur. */
  readonly nClasses?: number | undefined;
  /** The classes to count, in this order; others are left out. Default all labels of both, sorted. */
  readonly labels?: readonly Label[] | undefined;
}

/** Labels and predictions, and how often each two of the classes meet: `counts[true · k + predicted]`. */
export interface Confusion {
  readonly classes: readonly Label[];
  readonly counts: Int32Array;
}

/**
 * How often each class is taken for which: row `i`, column `j` counts the samples of class `i` that are predicted as `j`.
 *
 * Inputs    labels, numbers or words, as many of both
 * Outputs   `[k, k]`, int32, of `k` classes in order
 * Throws    DataError for different lengths, for no labels, for a label beyond `nClasses`, and for `labels` none of which is in `yTrue`;
 *           ConfigError for `labels` that are none or occur twice, or that stand beside `nClasses`
 *
 * Source: scikit-learn's `confusion_matrix`.
 *
 * @example
 * confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1]).toArray(); // [[1, 1], [0, 2]]
 */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: ConfusionMatrixOptions = {}): Tensor {
  checkOptionNames(
    'confusionMatrix',
    ['nClasses', 'labels'],
    options,
    'confusionMatrix(yTrue, yPred, { nClasses: 3 })',
  );
  const { nClasses, labels } = options;
  const pairs = labelPairs('confusionMatrix', yTrue, yPred);
  if (labels !== undefined) checkLabels(labels, nClasses, pairs[0]);
  const classes = labels ?? (nClasses === undefined ? undefined : upTo(nClasses, pairs.flat()));
  const { counts, classes: found } = confusionOf(pairs, classes);
  return integers(counts, [found.length, found.length]);
}

export function confusionOf(
  [labels, predicted]: readonly [readonly Label[], readonly Label[]],
  classes: readonly Label[] = classesOf([...labels, ...predicted]),
): Confusion {
  const counts = new Int32Array(classes.length ** 2);
  const columns = numbered(predicted, classes);
  for (const [i, row] of numbered(labels, classes).entries()) {
    const column = columns[i]!;
    if (row >= 0 && column >= 0) counts[row * classes.length + column]!++;
  }
  return { classes, counts };
}

function checkLabels(wanted: readonly Label[], nClasses: number | undefined, yTrue: readonly Label[]): void {
  const wrong = (expected: string, received: string) =>
    problem('argument-value', { subject: 'confusionMatrix labels', expected, received });
  if (nClasses !== undefined) throw wrong('no `nClasses` beside it', show(nClasses));
  if (!Array.isArray(wanted) || wanted.length === 0) throw wrong('a list of classes', show(wanted));
  if (new Set(wanted).size < wanted.length) throw wrong('different classes', show(wanted));
  if (yTrue.some((label) => wanted.includes(label))) return;
  throw problem('label-range', {
    subject: 'confusionMatrix labels',
    expected: `a class of yTrue, such as ${show(yTrue[0])}`,
    received: show(wanted),
    fix: 'Name classes as they stand in yTrue: a number is no word.',
  });
}

/** The classes below a count. */
function upTo(count: number, labels: readonly Label[]): readonly number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw problem('argument-value', {
      subject: 'confusionMatrix nClasses',
      expected: 'an integer of 1 or more',
      received: show(count),
    });
  }
  const classes = Array.from({ length: count }, (_, label) => label);
  const beyond = labels.find((label) => !classes.includes(label as number));
  if (beyond === undefined) return classes;
  throw problem('label-range', {
    subject: 'confusionMatrix',
    expected: `class numbers from 0 to ${count - 1}`,
    received: show(beyond),
    fix: 'Leave `nClasses` out, or give all classes in `labels`.',
  });
}

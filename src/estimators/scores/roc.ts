/** Right and wrong alarms at every threshold. */

import { problem } from '../../core/errors.js';
import { checkOptionNames } from '../../core/option-names.js';
import { list, show } from '../../core/text.js';
import type { Numbers } from '../../models/data-adapter.js';
import { classesOf, type Label, type Labels, labelsOf } from '../labels.js';
import { targetsOf } from '../matrix.js';

export interface RocCurveOptions {
  /** The label that scores speak for. Default 1, of labels 0 and 1 or -1 and 1. */
  readonly posLabel?: Label | undefined;
  /** Whether points on a straight line between others are left out. Default true. */
  readonly dropIntermediate?: boolean | undefined;
}

/** One number for each threshold, in falling order of thresholds. */
export interface RocCurve {
  /** The share of negative samples with such a score or more. */
  readonly fpr: number[];
  /** The share of positive samples with such a score or more. */
  readonly tpr: number[];
  /** The first is Infinity: no sample has such a score. */
  readonly thresholds: number[];
}

/** Numbers of alarms down to a score. */
interface Step {
  readonly wrong: number;
  readonly right: number;
  readonly threshold: number;
}

/**
 * The receiver operating characteristic: how many of the negative and of the positive samples have a score of each threshold or
 * more.
 *
 * Inputs    `yTrue [n]`, labels of two classes; `score [n]`, finite, higher for the positive class
 * Throws    DataError for one class alone, for more than two without `posLabel`, and for different lengths
 *
 * Source: scikit-learn's `roc_curve`.
 *
 * @example
 * const { fpr, tpr, thresholds } = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * fpr; // [0, 0, 0.5, 0.5, 1]
 * tpr; // [0, 0.5, 0.5, 1, 1]
 * thresholds[1]; // 0.8
 */
export function rocCurve(yTrue: Labels, score: Numbers, options: RocCurveOptions = {}): RocCurve {
  return curveOf('rocCurve', yTrue, score, options);
}

/**
 * The area under `rocCurve`: the chance that a positive sample has a higher score than a negative one, equal scores counted half.
 *
 * Inputs    `yTrue [n]`, labels of two classes; `score [n]`, finite, higher for the positive class
 * Throws    DataError for one class alone, for more than two without `posLabel`, and for different lengths
 *
 * Source: scikit-learn's `roc_auc_score` of two classes.
 *
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAucScore(
  yTrue: Labels,
  score: Numbers,
  options: Pick<RocCurveOptions, 'posLabel'> = {},
): number {
  const { fpr, tpr } = curveOf('rocAucScore', yTrue, score, options);
  return fpr.reduce(
    (area, x, i) => (i === 0 ? 0 : area + ((x - fpr[i - 1]!) * (tpr[i]! + tpr[i - 1]!)) / 2),
    0,
  );
}

function curveOf(subject: string, yTrue: Labels, score: Numbers, options: RocCurveOptions): RocCurve {
  const known = ['posLabel', 'dropIntermediate'];
  checkOptionNames(subject, known, options, `${subject}(yTrue, score, { posLabel: 1 })`);
  const { posLabel, dropIntermediate = true } = options;
  const labels = labelsOf(`${subject} yTrue`, yTrue);
  const scores = targetsOf(`${subject} score`, score);
  if (scores.columns !== 1) throw twoColumns(subject, scores.columns);
  if (scores.rows !== labels.length) throw unequal(subject, labels.length, scores.rows);
  const positive = positiveOf(subject, classesOf(labels), posLabel);
  const all = stepsOf(
    labels.map((label) => label === positive),
    scores.values,
  );
  const { wrong, right } = all.at(-1)!;
  if (wrong === 0 || right === 0) throw oneClass(subject, positive, right === 0);
  const none = { wrong: 0, right: 0, threshold: Number.POSITIVE_INFINITY };
  const steps = [none, ...(dropIntermediate ? all.filter((_, i) => isCorner(all, i)) : all)];
  return {
    fpr: steps.map((step) => step.wrong / wrong),
    tpr: steps.map((step) => step.right / right),
    thresholds: steps.map(({ threshold }) => threshold),
  };
}

/** Alarms at each score that occurs, the highest first. */
function stepsOf(isPositive: readonly boolean[], scores: Float64Array): Step[] {
  const order = isPositive.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const steps: Step[] = [];
  let [wrong, right] = [0, 0];
  for (const [place, i] of order.entries()) {
    if (isPositive[i]) right++;
    else wrong++;
    const threshold = scores[i]!;
    if (scores[order[place + 1]!] !== threshold) steps.push({ wrong, right, threshold });
  }
  return steps;
}

/** Whether the curve changes its way here, or begins or ends. */
function isCorner(steps: readonly Step[], i: number): boolean {
  const [before, here, after] = [steps[i - 1], steps[i]!, steps[i + 1]];
  if (!before || !after) return true;
  const bends = (name: 'wrong' | 'right') => after[name] - here[name] !== here[name] - before[name];
  return bends('wrong') || bends('right');
}

function positiveOf(subject: string, classes: readonly Label[], given: Label | undefined): Label {
  if (given !== undefined) return given;
  const isKnown = (negative: number) => classes.every((label) => label === negative || label === 1);
  if (isKnown(0) || isKnown(-1)) return 1;
  throw problem('label-form', {
    subject: `${subject} yTrue`,
    expected: 'labels 0 and 1, or -1 and 1',
    received: list(classes.slice(0, 5).map(String)),
    fix: 'Say which label scores speak for: `{ posLabel: … }`.',
  });
}

const oneClass = (subject: string, positive: Label, isMissing: boolean) =>
  problem('label-range', {
    subject: `${subject} yTrue`,
    expected: `samples of ${show(positive)} and of another label`,
    received: isMissing ? `none of ${show(positive)}` : `${show(positive)} alone`,
  });

const unequal = (subject: string, labels: number, scores: number) =>
  problem('length-mismatch', {
    subject,
    expected: 'a score for each label',
    received: `${labels} labels and ${scores} scores`,
  });

const twoColumns = (subject: string, columns: number) =>
  problem('shape-mismatch', {
    subject: `${subject} score`,
    expected: 'one score for each sample: that of the positive class',
    received: `${columns} in each row`,
    fix: 'Take the second column of the probabilities of two classes: `probabilities.gather(1, 1)`.',
  });

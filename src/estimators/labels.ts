/** Classes by their labels: numbers or words. */

import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import { floats, integers, noData, notFinite } from './matrix.js';

export type Label = number | string;

/** What `y` may be: words in an array, or numbers in an array or a tensor `[n]`. */
export type Labels<L extends Label = Label> =
  | (L extends string ? readonly string[] : never)
  | (L extends number ? Tensor | ArrayLike<number> | readonly boolean[] : never);

/** Labels given back: words as an array; numbers as a tensor `[n]`, int32 where all classes are whole. */
export type Predicted<L extends Label> = L extends string ? string[] : Tensor;

/** Labels as plain values, truth values as 0 and 1. */
export function labelsOf(subject: string, given: Labels): Label[] {
  if (given instanceof Tensor && !isColumn(given)) throw notLabels(subject, showShape(given.shape));
  const values = given instanceof Tensor ? given.values() : given;
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number')
    throw notLabels(subject, show(values));
  if (values.length === 0) throw noData(subject, [0]);
  const labels = Array.from(values as ArrayLike<unknown>, (value) =>
    typeof value === 'boolean' ? Number(value) : value,
  );
  const kind = typeof labels[0] === 'string' ? 'string' : 'number';
  const wrong = labels.findIndex((label) => typeof label !== kind);
  if (wrong >= 0) throw notLabels(subject, `${show(labels[wrong])} at ${wrong}`);
  const bad = kind === 'number' ? labels.findIndex((label) => !Number.isFinite(label)) : -1;
  if (bad >= 0) throw notFinite(subject, `${labels[bad]} at ${bad}`);
  return labels as Label[];
}

const isColumn = ({ shape }: Tensor) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);

/** Both kinds of labels of the same samples, one for each. */
export function labelPairs(subject: string, yTrue: Labels, yPred: Labels): readonly [Label[], Label[]] {
  const [first, second] = [labelsOf(`${subject} yTrue`, yTrue), labelsOf(`${subject} yPred`, yPred)];
  if (first.length !== second.length) {
    throw problem('length-mismatch', {
      subject,
      expected: 'a prediction for each label',
      received: `${first.length} labels and ${second.length} predictions`,
    });
  }
  if (typeof first[0] !== typeof second[0])
    throw notLabels(`${subject} yPred`, `${show(second[0])} where yTrue has ${show(first[0])}`);
  const [fraction, other] = [first.find(isFraction), second.find(isFraction)];
  if ((fraction === undefined) !== (other === undefined)) throw oneSided(subject, fraction, other);
  return [first, second];
}

const isInt32 = (label: Label) => label === (Number(label) | 0);
const isFraction = (label: Label) => typeof label === 'number' && !Number.isInteger(label);

/**
 * Throws unless labels are classes that can be given back: words, or whole numbers that an int32 or a float32 tensor holds.
 * scikit-learn refuses fractions too: "Unknown label type: continuous".
 */
export function checkClasses(subject: string, classes: readonly Label[]): void {
  const fraction = classes.find(isFraction);
  if (fraction !== undefined) throw continuous(subject, fraction);
  if (classes.every(isInt32)) return;
  const lost = classes.find((label) => typeof label === 'number' && Math.fround(label) !== label);
  if (lost === undefined) return;
  throw problem('label-range', {
    subject,
    expected: 'whole numbers that a tensor of int32 or float32 holds exactly',
    received: show(lost),
    fix: 'Take smaller numbers, or words: `y.map(String)`.',
  });
}

/** The different labels, in order. */
export const classesOf = (labels: readonly Label[]): Label[] =>
  [...new Set(labels)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** Places of labels among the classes, -1 for one that is none of them. */
export function numbered(labels: readonly Label[], classes: readonly Label[]): Int32Array {
  const places = new Map(classes.map((label, place) => [label, place]));
  return Int32Array.from(labels, (label) => places.get(label) ?? -1);
}

/** Class numbers back to labels, as users get them. */
export function labelled<L extends Label>(numbers: Int32Array, classes: readonly L[]): Predicted<L> {
  const labels = Array.from(numbers, (number) => classes[number]!);
  if (typeof classes[0] === 'string') return labels as unknown as Predicted<L>;
  const values = labels as number[];
  return (classes.every(isInt32) ? integers(values) : floats(values, [values.length])) as Predicted<L>;
}

const notLabels = (subject: string, received: string) =>
  problem('label-form', {
    subject,
    expected: 'one label for each sample, all numbers or all words',
    received,
    fix: 'Rows of probabilities or one-hot rows become labels by `tensor(rows).argmax(-1)`.',
  });

const oneSided = (subject: string, fraction: Label | undefined, other: Label | undefined) =>
  problem('label-form', {
    subject: `${subject} ${fraction === undefined ? 'yPred' : 'yTrue'}`,
    expected: 'labels, as on the other side, which has whole numbers only',
    received: `the fraction ${show(fraction ?? other)}`,
    fix: 'Chances become labels by `predictions.greaterEqual(0.5)`, rows of them by `predictions.argmax(-1)`.',
  });

const continuous = (subject: string, fraction: Label) =>
  problem('label-form', {
    subject,
    expected: 'labels of classes: words or whole numbers',
    received: `the fraction ${show(fraction)}`,
    fix: 'Quantities are for a LinearRegression or an MLPRegressor; classes with such names are words: `y.map(String)`.',
  });

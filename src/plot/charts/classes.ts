/** Labels of points as numbers of series. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';
import { checkCount, numbersFrom, type Values } from './values.js';

/** A label for each sample: whole numbers, or words. */
export type Labels = Values | readonly string[];

/** The classes of a chart. */
export interface Classes {
  readonly names: readonly string[];
  /** The number of a label's class; -1 for a label that is none of them. */
  numberOf(label: number | string): number;
  /** The labels that there are; null for words of which nobody has said the order. */
  readonly numbered: readonly number[] | null;
}

export function labelsFrom(subject: string, given: Labels): readonly (number | string)[] {
  if (isWords(given)) return given;
  const labels = Array.from(numbersFrom(subject, given));
  const bad = labels.findIndex((label) => !Number.isInteger(label));
  if (bad < 0) return labels;
  throw problem('label-form', {
    subject,
    expected: 'whole numbers or words, one for each sample',
    received: `${labels[bad]} at ${bad}`,
  });
}

const isWords = (given: Labels): given is readonly string[] =>
  Array.isArray(given) && given.length > 0 && given.every((label) => typeof label === 'string');

/**
 * Labels 0, 1, 2, ... are numbers of classes, and `names` may name them; other numbers are numbered in their order. Words are
 * numbered as `names` has them, else by the alphabet.
 */
export function classesOf(
  subject: string,
  labels: readonly (number | string)[],
  names: readonly string[] | null,
): Classes {
  const distinct = [...new Set(labels)];
  const words = distinct.filter((label) => typeof label === 'string');
  if (words.length > 0) return wordClasses(`${subject} classes`, words.sort(), names);
  const numbers = (distinct as number[]).sort((a, b) => a - b);
  const areNumbers = numbers.every((label) => label >= 0 && label < 1000);
  return areNumbers
    ? numberClasses(`${subject} classes`, numbers, names)
    : otherClasses(`${subject} classes`, numbers, names);
}

function wordClasses(subject: string, words: readonly string[], names: readonly string[] | null): Classes {
  const unknown = names && words.find((word) => !names.includes(word));
  if (typeof unknown === 'string')
    throw problem('name-unknown', {
      subject,
      expected: `all labels that are words, '${unknown}' among them`,
      received: show(names),
      fix: 'For labels that are words `classes` says the order, not other names.',
    });
  const all = names ?? words;
  // An estimator that has learnt from numbers answers with them.
  const numberOf = (label: number | string) => (typeof label === 'string' ? all.indexOf(label) : label);
  return { names: all, numberOf, numbered: names && words.map(numberOf) };
}

function numberClasses(subject: string, labels: readonly number[], names: readonly string[] | null): Classes {
  const count = (labels.at(-1) ?? -1) + 1;
  if (names && names.length < count)
    throw problem('length-mismatch', {
      subject,
      expected: `at least ${count}, for labels up to ${count - 1}`,
      received: String(names.length),
      fix: 'Labels are places in `classes`: number them from 0.',
    });
  const own = Array.from({ length: count }, (_, i) => `class ${i}`);
  return {
    names: names ?? own,
    numbered: labels,
    numberOf: (label) => (typeof label === 'number' ? label : -1),
  };
}

function otherClasses(subject: string, labels: readonly number[], names: readonly string[] | null): Classes {
  if (names) checkCount(subject, labels.length, names.length, 'label');
  const numberOf = (label: number | string) => labels.indexOf(label as number);
  return { names: names ?? labels.map(String), numbered: labels, numberOf };
}

/** What a model answers, as numbers of classes: labels `[n]`, words, a chance `[n, 1]`, or a chance for each class `[n, k]`. */
export function answersOf(subject: string, answer: unknown, classes: Classes): number[] {
  if (!(answer instanceof Tensor) || answer.shape.length === 1) {
    const labels = labelsFrom(subject, answer as Labels);
    if (typeof labels[0] === 'number' && classes.numbered === null) checkOutputs(classes, labels.length);
    return labels.map(classes.numberOf);
  }
  const { shape } = answer;
  const width = shape[1]!;
  if (shape.length !== 2 || width === 0)
    throw problem('shape-mismatch', {
      subject,
      expected: 'labels [n], chances [n, 1] or chances of classes [n, k]',
      received: `[${shape.join(', ')}]`,
    });
  checkOutputs(classes, Math.max(2, width));
  const values = answer.values();
  if (width === 1) return Array.from(values, (chance) => (Number(chance) >= 0.5 ? 1 : 0));
  return Array.from({ length: shape[0]! }, (_, i) => largest(values, i * width, width));
}

/** Throws unless the labels are known to be numbered as the outputs of the model are. */
function checkOutputs({ names, numbered }: Classes, count: number): void {
  if (numbered === null)
    throw problem('option-value', {
      subject: 'plotBoundary classes',
      expected: "the words that are labels, in the order of the model's outputs",
      received: 'none',
      fix: `Write \`{ classes: [${names.map((name) => `'${name}'`).join(', ')}] }\`, in that order.`,
    });
  const outside = numbered.find((label) => label < 0 || label >= count);
  if (outside === undefined) return;
  throw problem('label-range', {
    subject: 'plotBoundary y',
    expected: `labels from 0 to ${count - 1}, for the ${count} classes that the model tells apart`,
    received: `a label ${outside}`,
    fix: "Number the classes from 0, in the order of the model's outputs.",
  });
}

function largest(values: ArrayLike<number>, from: number, width: number): number {
  let best = 0;
  for (let j = 1; j < width; j++) if (values[from + j]! > values[from + best]!) best = j;
  return best;
}

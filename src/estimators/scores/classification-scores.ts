import { problem } from '../../core/errors.js';
import { checkOptionNames } from '../../core/option-names.js';
import { list, show } from '../../core/text.js';
import { classesOf, type Label, type Labels, labelPairs } from '../labels.js';
import { confusionOf } from './confusion-matrix.js';

/** How good predictions are for one class, or on average. */
export interface ClassScores {
  /** The share of right ones among the predictions of the class; 0 where there are none. */
  readonly precision: number;
  /** The share of the class that is found; 0 where it does not occur. */
  readonly recall: number;
  /** `2 · precision · recall / (precision + recall)`; 0 where both are. */
  readonly f1Score: number;
  /** How many samples there are. */
  readonly support: number;
}

export interface ClassificationScores {
  /** By the name of each class, in order. */
  readonly classes: ReadonlyMap<string, ClassScores>;
  /** The share of right predictions. */
  readonly accuracy: number;
  /** The mean over classes. */
  readonly macroAverage: ClassScores;
  /** The mean over classes, each counted by its samples. */
  readonly weightedAverage: ClassScores;
}

export interface ClassificationOptions {
  /**
   * Of labels that are words: all that there are, in the order of the rows. Of numbers: names for the classes 0, 1, … where labels are
   * such numbers, else for the labels in order. Default the labels.
   */
  readonly classes?: readonly string[] | undefined;
}

/**
 * Precision, recall and F1 of each class and their means, as numbers: what `classificationReport` prints.
 *
 * Inputs    labels, numbers or words, as many of both
 * Throws    DataError for different lengths and for no labels; ConfigError for names that do not fit the labels
 *
 * Source: scikit-learn's `precision_recall_fscore_support`.
 *
 * @example
 * const scores = classificationScores([0, 0, 1, 1], [0, 1, 1, 1]);
 * scores.classes.get('0')!.recall; // 0.5
 * scores.accuracy; // 0.75
 */
export function classificationScores(
  yTrue: Labels,
  yPred: Labels,
  options: ClassificationOptions = {},
): ClassificationScores {
  const example = "classificationReport(yTrue, yPred, { classes: ['no', 'yes'] })";
  checkOptionNames('classificationReport', ['classes', 'digits'], options, example);
  const { classes: names } = options;
  const pairs = labelPairs('classificationReport', yTrue, yPred);
  const { classes, counts } = confusionOf(pairs, namedClasses(classesOf(pairs.flat()), names));
  const size = classes.length;
  const at = (row: number, column: number) => counts[row * size + column]!;
  const total = (count: (other: number) => number) =>
    classes.reduce<number>((sum, _, i) => sum + count(i), 0);
  const scores = classes.map((_, i) =>
    scoresOf(
      at(i, i),
      total((row) => at(row, i)),
      total((column) => at(i, column)),
    ),
  );
  const shares = scores.map(({ support }) => support / pairs[0].length);
  return {
    classes: new Map(scores.map((each, i) => [names?.[i] ?? String(classes[i]), each])),
    accuracy: total((i) => at(i, i)) / pairs[0].length,
    macroAverage: average(scores, () => 1 / scores.length, pairs[0].length),
    weightedAverage: average(scores, (i) => shares[i]!, pairs[0].length),
  };
}

function scoresOf(right: number, predicted: number, support: number): ClassScores {
  const share = (whole: number) => (whole === 0 ? 0 : right / whole);
  // Of the counts, so that no rounding of precision and recall comes in.
  const f1Score = predicted + support === 0 ? 0 : (2 * right) / (predicted + support);
  return { precision: share(predicted), recall: share(support), f1Score, support };
}

function average(
  scores: readonly ClassScores[],
  weight: (place: number) => number,
  support: number,
): ClassScores {
  const mean = (name: keyof ClassScores) => scores.reduce((sum, each, i) => sum + weight(i) * each[name], 0);
  return { precision: mean('precision'), recall: mean('recall'), f1Score: mean('f1Score'), support };
}

/** The labels that the names stand for, in the order of the names. */
function namedClasses(labels: readonly Label[], names: readonly string[] | undefined): readonly Label[] {
  if (names === undefined) return labels;
  if (!Array.isArray(names) || new Set(names).size < names.length)
    throw wrongNames('a list of different names', show(names));
  if (typeof labels[0] === 'string') {
    const unnamed = labels.filter((label) => !names.includes(label as string));
    if (unnamed.length === 0) return names;
    throw wrongNames('all labels that there are', `none for ${list(unnamed.map(String))}`);
  }
  const numbers = names.map((_, number) => number);
  if (labels.every((label) => numbers.includes(label as number))) return numbers;
  if (labels.length === names.length) return labels;
  throw wrongNames(`a name for each of the ${labels.length} labels`, `${names.length} names`);
}

const wrongNames = (expected: string, received: string) =>
  problem('argument-value', { subject: 'classificationReport classes', expected, received });

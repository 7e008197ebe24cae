import { describe, expect, it } from 'vitest';
import {
  accuracyScore,
  classificationReport,
  classificationScores,
  confusionMatrix,
  meanAbsoluteError,
  meanSquaredError,
  r2Score,
  rocAucScore,
  rocCurve,
} from '../../src/estimators/index.js';
import { tensor } from '../../src/index.js';
import { difference, figures } from './figures.js';
import { iris } from './iris.js';

const { truth, guess, binary, score, ...theirs } = figures.scores;
const flowers = iris();
const column = (place: number) => flowers!.x.map((row) => row[place]!);

describe('scores of classes', () => {
  it('count as scikit-learn does', () => {
    expect(confusionMatrix(truth, guess).toArray()).toEqual(theirs.confusion);
    expect(confusionMatrix(truth, guess).dtype).toBe('int32');
    expect(classificationReport(truth, guess)).toBe(theirs.report);
  });

  it('are named and rounded as scikit-learn does', () => {
    const classes = ['a', 'the second class', 'c', 'd'];
    expect(classificationReport(truth, guess, { classes, digits: 3 })).toBe(theirs.reportNamed);
    // 7/8 lies in the middle between two digits.
    const [y, predicted] = [
      [0, 1, 1, 1, 1, 1, 1, 1],
      [0, 1, 1, 1, 1, 1, 1, 2],
    ];
    expect(classificationReport(y, predicted)).toBe(theirs.reportUnseen);
  });

  it('come as numbers too', () => {
    const { classes, accuracy, macroAverage } = classificationScores(
      ['b', 'a', 'b', 'b'],
      ['b', 'b', 'b', 'a'],
    );
    expect([...classes.keys()]).toEqual(['a', 'b']);
    expect(classes.get('b')).toEqual({ precision: 2 / 3, recall: 2 / 3, f1Score: 2 / 3, support: 3 });
    expect(accuracy).toBe(0.5);
    expect(macroAverage).toEqual({ precision: 1 / 3, recall: 1 / 3, f1Score: 1 / 3, support: 4 });
  });

  it('have a row for each name, also of a class that does not occur', () => {
    const classes = ['coat', 'shirt', 'bag'];
    const report = classificationReport([0, 2], [0, 2], { classes });
    expect(report).toMatch(/shirt +0\.00 +0\.00 +0\.00 +0\n/);
    expect(classificationReport([5, 9], [5, 9], { classes: ['five', 'nine'] })).toMatch(/nine +1\.00/);
  });

  it('have words in the order of `classes`, each with its own samples', () => {
    const [y, predicted] = [
      ['b', 'a', 'b'],
      ['b', 'b', 'b'],
    ];
    const { classes } = classificationScores(y, predicted, { classes: ['b', 'a', 'c'] });
    expect([...classes].map(([name, { support }]) => [name, support])).toEqual([['b', 2], ['a', 1], ['c', 0]]); // biome-ignore format: a table
    expect(classificationReport(y, predicted, { classes: ['b', 'a'] })).toMatch(
      / b +0\.67 +1\.00 +0\.80 +2\n +a /,
    );
  });

  it('take chances for no labels, and say how they become some', () => {
    const chances = tensor([[0.2], [0.9]]);
    expect(() => accuracyScore([0, 1], chances)).toThrow('predictions.greaterEqual(0.5)');
    expect(accuracyScore([0, 1], chances.greaterEqual(0.5))).toBe(1);
  });

  it('take tensors, truth values and columns', () => {
    expect(accuracyScore(tensor([1, 0, 1]), [1, 0, 0])).toBeCloseTo(2 / 3);
    expect(accuracyScore([true, false], tensor([[1], [1]]))).toBe(0.5);
    expect(accuracyScore(['a', 'b'], ['a', 'c'])).toBe(0.5);
  });

  it('count classes that do not occur where they are told of', () => {
    expect(confusionMatrix([0, 1], [0, 0], { nClasses: 3 }).toArray()).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    expect(confusionMatrix(['a', 'b', 'c'], ['a', 'a', 'c'], { labels: ['b', 'a'] }).toArray()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('rocCurve', () => {
  it('goes where that of scikit-learn goes', () => {
    for (const [options, other] of [
      [{}, theirs.roc],
      [{ dropIntermediate: false }, theirs.rocAll],
    ]) {
      const { fpr, tpr, thresholds } = rocCurve(binary, score, options);
      expect(difference(fpr, other.fpr)).toBeLessThan(1e-15);
      expect(difference(tpr, other.tpr)).toBeLessThan(1e-15);
      expect(thresholds).toEqual([Number.POSITIVE_INFINITY, ...other.thresholds]);
    }
    expect(rocAucScore(binary, score)).toBeCloseTo(theirs.auc, 14);
  });

  it('takes any two labels when told which is positive', () => {
    expect(rocAucScore(['ill', 'well', 'ill'], [0.9, 0.1, 0.8], { posLabel: 'ill' })).toBe(1);
    expect(rocAucScore([-1, 1], [0, 1])).toBe(1);
    expect(rocAucScore([0, 1], tensor([[0.5], [0.5]]))).toBe(0.5);
  });
});

describe('scores of numbers', () => {
  it.skipIf(!flowers)('agree with scikit-learn', () => {
    expect(meanAbsoluteError(column(0), column(1))).toBeCloseTo(theirs.mae, 12);
    expect(meanSquaredError(column(0), column(1))).toBeCloseTo(theirs.mse, 12);
    expect(r2Score(column(0), column(2))).toBeCloseTo(theirs.r2, 12);
    const [first, second] = [0, 2].map((from) => flowers!.x.map((row) => row.slice(from, from + 2)));
    expect(r2Score(first!, second!)).toBeCloseTo(theirs.r2Targets, 12);
  });

  it('take a column for what it is, and no table of differences', () => {
    expect(meanSquaredError([1, 2], tensor([[1], [4]]))).toBe(2);
    expect(r2Score([1, 1], [1, 1])).toBe(1);
    expect(r2Score([1, 1], [1, 2])).toBe(0);
  });
});

it.each([
  ['labels of other lengths', () => accuracyScore([0, 1], [0]), 'length-mismatch'],
  ['no labels', () => accuracyScore([], []), 'empty-data'],
  ['words against numbers', () => accuracyScore(['a'], [1]), 'label-form'],
  ['probabilities as labels', () => confusionMatrix([0], tensor([[0.2, 0.8]])), 'label-form'],
  ['no labels at all', () => confusionMatrix(undefined as never, [0]), 'label-form'],
  ['chances of one class as labels', () => confusionMatrix([0, 1], tensor([0.2, 0.8])), 'label-form'],
  ['chances in place of true labels', () => accuracyScore([0.2, 0.8], [0, 1]), 'label-form'],
  ['classes that do not occur', () => confusionMatrix(['a'], ['a'], { labels: ['z'] }), 'label-range'],
  ['words for numbers', () => confusionMatrix([0, 1], [0, 1], { labels: ['0', '1'] }), 'label-range'],
  ['a class twice', () => confusionMatrix(['a'], ['a'], { labels: ['a', 'a'] }), 'argument-value'],
  ['no class to count', () => confusionMatrix(['a'], ['a'], { labels: [] }), 'argument-value'],
  ['classes told twice', () => confusionMatrix([0], [0], { labels: [0], nClasses: 2 }), 'argument-value'],
  ['a name twice', () => classificationReport([0, 1], [0, 1], { classes: ['a', 'a'] }), 'argument-value'],
  [
    'a word without a name',
    () => classificationScores(['a', 'b'], ['a', 'b'], { classes: ['a', 'c'] }),
    'argument-value',
  ],
  [
    'an argument too many',
    () => (accuracyScore as (...all: unknown[]) => unknown)([0], [0], { normalize: false }),
    'argument-value',
  ],
  [
    'an argument too many for numbers',
    () => (r2Score as (...all: unknown[]) => unknown)([0, 1], [0, 1], { multioutput: 'x' }),
    'argument-value',
  ],
  ['a label beyond the classes', () => confusionMatrix([0, 3], [0, 1], { nClasses: 3 }), 'label-range'],
  ['no classes', () => confusionMatrix([0], [0], { nClasses: 0 }), 'argument-value'],
  ['names of too few', () => classificationReport([0, 5], [0, 5], { classes: ['a'] }), 'argument-value'],
  ['an unknown option', () => confusionMatrix([0], [0], { classes: 3 } as never), 'option-unknown'],
  [
    'an unknown option of a report',
    () => classificationReport([0], [0], { names: ['a'] } as never),
    'option-unknown',
  ],
  [
    'an unknown option of a curve',
    () => rocCurve([0, 1], [0, 1], { positive: 1 } as never),
    'option-unknown',
  ],
  ['digits below 0', () => classificationReport([0], [0], { digits: -1 }), 'option-value'],
  ['one class', () => rocCurve([1, 1], [0.1, 0.2]), 'label-range'],
  ['negative samples alone', () => rocAucScore([0, 0], [0.1, 0.2]), 'label-range'],
  ['three classes', () => rocCurve([0, 1, 2], [0.1, 0.2, 0.3]), 'label-form'],
  ['words without a positive one', () => rocCurve(['a', 'b'], [0.1, 0.2]), 'label-form'],
  ['scores of other lengths', () => rocCurve([0, 1], [0.1]), 'length-mismatch'],
  ['two scores a sample', () => rocCurve([0, 1], [[0.1, 0.9], [0.2, 0.8]]), 'shape-mismatch'], // biome-ignore format: a table
  ['a score of NaN', () => rocCurve([0, 1], [0.1, Number.NaN]), 'not-finite'],
  ['numbers of other lengths', () => meanAbsoluteError([1, 2], [1]), 'length-mismatch'],
  ['no numbers', () => meanSquaredError([], []), 'empty-data'],
  ['one sample', () => r2Score([1], [1]), 'empty-data'],
])('scores refuse %s', (_, refused, code) => {
  expect(refused).toThrow(expect.objectContaining({ code }));
});

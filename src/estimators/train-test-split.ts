import { problem } from '../core/errors.js';
import { bool, int, maybe } from '../core/fields.js';
import { keyOf, permutation, streamOf } from '../core/random.js';
import { Schema } from '../core/schema.js';
import { portion } from './fields.js';
import { classesOf, type Labels, labelsOf, numbered } from './labels.js';
import { checkLengths } from './matrix.js';
import { countOf, type Rows, rowsOf } from './rows.js';

export interface TrainTestSplitOptions {
  /** The share of rows kept for testing, or their number. Default 0.25, or what `trainSize` leaves. */
  readonly testSize?: number | undefined;
  /** The share of rows to train on, or their number. Default what `testSize` leaves. */
  readonly trainSize?: number | undefined;
  /** Labels, one for each row: both parts have their share of each class. */
  readonly stratify?: Labels | undefined;
  /** Whether rows are mixed; else the last ones are for testing. Default true. */
  readonly shuffle?: boolean | undefined;
  /** The same seed gives the same parts. Default 0. */
  readonly seed?: number | undefined;
}

export interface TrainTestSplit<X, Y> {
  readonly xTrain: X;
  readonly xTest: X;
  readonly yTrain: Y;
  readonly yTest: Y;
}

const splitFields = () => ({
  testSize: maybe(portion()),
  trainSize: maybe(portion()),
  stratify: maybe({ expected: 'labels', parse: (given: Labels) => given }),
  shuffle: bool(true),
  seed: int(0),
});

interface Settings {
  readonly testSize: number | null;
  readonly trainSize: number | null;
  readonly stratify: Labels | null;
  readonly shuffle: boolean;
  readonly seed: number;
}

interface Parts {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Rows dealt into a part to train on and a part to test with.
 *
 * Inputs    `x` and `y`: tensors, arrays or typed arrays of as many rows; what comes back is of the same kind
 * Throws    DataError for different lengths and, with `stratify`, for a class of one sample; ConfigError for sizes that leave no row
 *           in a part, or less rows in a part than classes
 *
 * Source: sizes as in scikit-learn's `train_test_split`.
 *
 * @example
 * const { xTrain, yTest } = trainTestSplit([[1], [2], [3], [4], [5], [6], [7], [8]], [0, 0, 0, 0, 1, 1, 1, 1], {
 *   stratify: [0, 0, 0, 0, 1, 1, 1, 1],
 * });
 * xTrain.length; // 6
 * yTest.toSorted(); // [0, 1]
 */
export function trainTestSplit<X extends Rows, Y extends Rows>(
  x: X,
  y: Y,
  options: TrainTestSplitOptions = {},
): TrainTestSplit<X, Y> {
  const settings = new Schema('trainTestSplit', splitFields, () => ({})).read([
    options,
  ]) as unknown as Settings;
  const count = countOf('trainTestSplit x', x);
  checkLengths('trainTestSplit', count, countOf('trainTestSplit y', y));
  const { train, test } = partsOf(count, settings);
  return {
    xTrain: rowsOf(x, train),
    xTest: rowsOf(x, test),
    yTrain: rowsOf(y, train),
    yTest: rowsOf(y, test),
  };
}

function partsOf(count: number, { testSize, trainSize, stratify, shuffle, seed }: Settings): Parts {
  const [train, test] = sizesOf(count, testSize, trainSize);
  if (!shuffle && stratify) throw needsShuffle();
  const order = shuffle
    ? permutation(count, keyOf(seed, streamOf('train and test')))
    : Int32Array.from({ length: count }, (_, row) => row);
  if (stratify) return stratified(order, stratify, train, test);
  if (!shuffle) return { train: order.slice(0, train), test: order.slice(train, train + test) };
  return { test: order.slice(0, test), train: order.slice(test, test + train) };
}

/** Rows of both parts; shares of the test are rounded up, those to train on down. */
function sizesOf(
  count: number,
  testSize: number | null,
  trainSize: number | null,
): readonly [number, number] {
  const rows = (size: number, round: (x: number) => number) => (size < 1 ? round(size * count) : size);
  const wanted = testSize ?? (trainSize === null ? 0.25 : null);
  const train = trainSize === null ? count - rows(wanted!, Math.ceil) : rows(trainSize, Math.floor);
  const test = wanted === null ? count - train : rows(wanted, Math.ceil);
  if (train > 0 && test > 0 && train + test <= count) return [train, test];
  throw problem('argument-value', {
    subject: 'trainTestSplit',
    expected: `sizes that leave a row in each part, and no more than all ${count}`,
    received: `${train} rows to train on and ${test} to test with`,
  });
}

/** Takes rows of each class in proportion, in the order of all rows. */
function stratified(order: Int32Array, strata: Labels, train: number, test: number): Parts {
  const labels = labelsOf('trainTestSplit stratify', strata);
  checkLengths('trainTestSplit stratify', order.length, labels.length);
  const classes = classesOf(labels);
  const places = numbered(labels, classes);
  const counts = classes.map((_, place) => places.filter((each) => each === place).length);
  const single = counts.indexOf(1);
  if (single >= 0) throw oneMember(String(classes[single]));
  if (Math.min(train, test) < classes.length) throw tooSmall(classes.length, train, test);
  const forTraining = inProportion(counts, train);
  const forTest = inProportion(
    counts.map((size, place) => size - forTraining[place]!),
    test,
  );
  const taken = { train: [] as number[], test: [] as number[] };
  for (const row of order) {
    const place = places[row]!;
    if (forTest[place]!-- > 0) taken.test.push(row);
    else if (forTraining[place]!-- > 0) taken.train.push(row);
  }
  return { train: Int32Array.from(taken.train), test: Int32Array.from(taken.test) };
}

/** So many rows shared out by the sizes of the classes; what rounding leaves goes to the largest remainders, of equals the first. */
function inProportion(sizes: readonly number[], rows: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size / total) * rows);
  const shares = exact.map(Math.floor);
  const left = rows - shares.reduce((sum, share) => sum + share, 0);
  const remainder = (place: number) => exact[place]! - Math.floor(exact[place]!);
  const first = sizes.map((_, place) => place).sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const place of first.slice(0, left)) shares[place]!++;
  return shares;
}

const needsShuffle = () =>
  problem('argument-value', {
    subject: 'trainTestSplit',
    expected: '`shuffle` together with `stratify`',
    received: 'shuffle: false',
  });

const oneMember = (label: string) =>
  problem('label-range', {
    subject: 'trainTestSplit stratify',
    expected: 'two samples or more of each class',
    received: `one of class ${label}`,
    fix: 'Leave `stratify` out, or the sample.',
  });

const tooSmall = (classes: number, train: number, test: number) =>
  problem('argument-value', {
    subject: 'trainTestSplit stratify',
    expected: `a row for each of the ${classes} classes in each part`,
    received: `${train} rows to train on and ${test} to test with`,
  });

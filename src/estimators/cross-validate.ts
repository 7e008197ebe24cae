import { problem } from '../core/errors.js';
import { bool, functionOf, int, maybe } from '../core/fields.js';
import { Schema } from '../core/schema.js';
import { show } from '../core/text.js';
import { type Fold, stratifiedFolds } from '../data/split.js';
import { Classifier } from './classifier.js';
import { Estimator } from './estimator.js';
import { type Labels, labelsOf } from './labels.js';
import { checkLengths } from './matrix.js';
import { Regressor } from './regressor.js';
import { countOf, type Rows, rowsOf } from './rows.js';

/** What can be tested: most estimators, and anything else that learns and predicts, such as a scaler and a model in one. */
export interface Testable {
  // biome-ignore lint/suspicious/noExplicitAny: whatever it learns from
  fit(x: any, y: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  predict(x: any): unknown;
  /** What a fold counts where there is no `scoring`. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  score?(x: any, y: any): number | Promise<number>;
  /** One of the same options that has learnt nothing. */
  clone?(): Testable;
}

export interface CrossValidateOptions {
  /** Parts, each of which is the test once. Default 5. */
  readonly folds?: number | undefined;
  /** Whether each part has its share of each class. Default true for classifiers, else false. */
  readonly stratified?: boolean | undefined;
  /** The same seed gives the same parts. Default 0. */
  readonly seed?: number | undefined;
  /** What a fold counts, of true and predicted answers, such as `meanAbsoluteError`. Default the estimator's `score`. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of any kind
  readonly scoring?: ((yTrue: any, yPred: any) => number) | undefined;
}

export interface CrossValidation {
  /** One for each fold. */
  readonly testScores: number[];
  readonly mean: number;
  /** The standard deviation over all folds. */
  readonly std: number;
  /** Milliseconds that each `fit` took. */
  readonly fitTimes: number[];
}

const validateFields = () => ({
  folds: int(5, { min: 2 }),
  stratified: maybe(bool(false)),
  seed: int(0),
  scoring: maybe(functionOf<NonNullable<CrossValidateOptions['scoring']>>('a function of yTrue and yPred')),
});

interface Settings {
  readonly folds: number;
  readonly stratified: boolean | null;
  readonly seed: number;
  readonly scoring: CrossValidateOptions['scoring'] | null;
}

/**
 * How well an estimator does on data it has not seen: in turn each part of the rows is the test, and one that has learnt nothing
 * learns from the others. Rows are mixed before they are dealt.
 *
 * Inputs    an estimator, of which copies are made, or a function that makes one; `x` and `y` of as many rows
 * Throws    DataError for different lengths, and for classes of which each has less samples than there are folds; ConfigError for
 *           more folds than rows, for an estimator that can neither be copied nor scored, and for one
 *           that learns no answers, such as KMeans; whatever `fit` throws
 *
 * @example
 * import { crossValidate, LogisticRegression } from 'myelin/estimators';
 * const x = [[0], [1], [2], [3], [10], [11], [12], [13]];
 * const y = [0, 0, 0, 0, 1, 1, 1, 1];
 * const { testScores, mean } = await crossValidate(new LogisticRegression(), x, y, { folds: 4 });
 * testScores; // [1, 1, 1, 1]
 * mean; // 1
 */
export async function crossValidate<X extends Rows, Y extends Rows>(
  estimator: Testable | (() => Testable),
  x: X,
  y: Y,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  const settings = new Schema('crossValidate', validateFields, () => ({})).read([
    options,
  ]) as unknown as Settings;
  const count = countOf('crossValidate x', x);
  checkLengths('crossValidate', count, countOf('crossValidate y', y));
  const make = makerOf(estimator);
  const first = make();
  checkTestable(first, settings.scoring);
  const isStratified = settings.stratified ?? first instanceof Classifier;
  const [testScores, fitTimes]: [number[], number[]] = [[], []];
  for (const { train, test } of foldsOf(y, count, isStratified, settings)) {
    const fresh = fitTimes.length === 0 ? first : make();
    const start = performance.now();
    await fresh.fit(rowsOf(x, train), rowsOf(y, train));
    fitTimes.push(performance.now() - start);
    testScores.push(await scoreOf(fresh, rowsOf(x, test), rowsOf(y, test), settings.scoring));
  }
  const mean = meanOf(testScores);
  const std = Math.sqrt(meanOf(testScores.map((score) => (score - mean) ** 2)));
  return { testScores, mean, std, fitTimes };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

function makerOf(estimator: Testable | (() => Testable)): () => Testable {
  if (typeof estimator === 'function') return estimator;
  if (typeof estimator?.clone === 'function') return () => estimator.clone!();
  throw problem('argument-value', {
    subject: 'crossValidate',
    expected: 'an estimator with `clone`, or a function that makes one',
    received: show(estimator),
    fix: 'Write `crossValidate(() => new Mine(), x, y)`.',
  });
}

/** Throws a ConfigError for what cannot be tested, before anything is trained. */
function checkTestable(made: Testable, scoring: Settings['scoring']): void {
  const wrong = (expected: string, received: string, fix?: string) =>
    problem('argument-value', { subject: 'crossValidate', expected, received, fix });
  const isOurs = made instanceof Estimator;
  if (isOurs && !(made instanceof Classifier) && !(made instanceof Regressor)) {
    const fix = 'Its `fit` takes no y, so that there is nothing right or wrong to count.';
    throw wrong('an estimator that learns answers y from x', `${made.className}, which does not`, fix);
  }
  if (typeof made?.fit !== 'function') throw wrong('an estimator with `fit`', show(made));
  if (scoring && typeof made.predict !== 'function')
    throw wrong('an estimator with `predict`, which `scoring` needs', 'one without');
  if (!scoring && typeof made.score !== 'function')
    throw wrong('an estimator with `score`, or a function in `scoring`', 'neither');
}

function foldsOf(y: Rows, count: number, isStratified: boolean, { folds, seed }: Settings): Fold[] {
  if (!isStratified) return stratifiedFolds(new Uint8Array(count), folds, { seed });
  const labels = labelsOf('crossValidate y', y as Labels);
  const sizes = new Map<unknown, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const most = Math.max(...sizes.values());
  if (most < folds && folds <= count) throw tooFew(most, folds);
  return stratifiedFolds(labels, folds, { seed });
}

async function scoreOf(fitted: Testable, x: Rows, y: Rows, scoring: Settings['scoring']): Promise<number> {
  if (scoring) return scoring(y, await fitted.predict(x));
  return fitted.score!(x, y);
}

const tooFew = (most: number, folds: number) =>
  problem('label-range', {
    subject: 'crossValidate y',
    expected: `a class with a sample for each of the ${folds} folds`,
    received: `at most ${most}`,
    fix: 'Take fewer `folds`, or `stratified: false` for answers that are no classes.',
  });

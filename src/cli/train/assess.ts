/** How good the answers are for rows that were not trained on: over folds, or on rows held back. */

import { splitRows, stratifiedFolds } from '../../data/split.js';
import { columnLosses } from './importance.js';
import { mean } from './numbers.js';
import { type Choice, fitBest, type Job } from './predictor.js';
import { type Answers, baseline, measure } from './scores.js';

export interface Assessment {
  /** The measure of each fold; one number where rows are held back. */
  readonly scores: readonly number[];
  /** Their mean. */
  readonly score: number;
  /** The same measure of what looks at nothing. */
  readonly baseline: number;
  /** Answers to all the rows that were tested. */
  readonly answers: Answers;
  /** What the baseline says of them. */
  readonly plainAnswers: Answers;
  /** What was chosen most often. */
  readonly choice: Choice;
  /** For each column how much the measure falls when its cells are mixed, as a mean over the folds. */
  readonly importance: ReadonlyMap<string, number>;
}

/** Share of the rows of a large table that is held back. */
const heldBackShare = 0.2;

export type Progress = (tested: {
  part: number;
  parts: number;
  score: number;
  rows: number;
  choice: Choice;
}) => void;

/** With `folds` 1, a fifth of the rows is held back; else every row is tested once. */
export async function assess(job: Job, folds: number, tell: Progress): Promise<Assessment> {
  const { target } = job;
  const parts = partsOf(job, folds);
  const scores: number[] = [];
  const choices: Choice[] = [];
  const losses: ReadonlyMap<string, number>[] = [];
  const tested: Answers[] = [];
  const plain: Answers[] = [];
  for (const { train, test } of parts) {
    const predictor = await fitBest(job, train);
    tested.push({ rows: test, said: await predictor.predict(job.columnOf, test) });
    plain.push(baseline(target, train, test));
    const score = measure(target, tested.at(-1)!);
    scores.push(score);
    choices.push(predictor.choice);
    losses.push(await columnLosses(job, predictor, test));
    tell({ part: scores.length, parts: parts.length, score, rows: test.length, choice: predictor.choice });
  }
  return {
    scores,
    score: mean(scores),
    baseline: mean(plain.map((answers) => measure(target, answers))),
    answers: joined(tested),
    plainAnswers: joined(plain),
    choice: mostFrequent(choices),
    importance: meanOf(losses),
  };
}

const joined = (parts: readonly Answers[]): Answers => ({
  rows: Int32Array.from(parts.flatMap(({ rows }) => [...rows])),
  said: Float64Array.from(parts.flatMap(({ said }) => [...said])),
});

function partsOf({ target, seed }: Job, folds: number): { train: Int32Array; test: Int32Array }[] {
  const { known, values, task } = target;
  const strata = Array.from(known, (row) => (task === 'classes' ? values[row]! : 0));
  const split =
    folds === 1
      ? [splitRows(strata, { validation: 0, test: heldBackShare, seed })]
      : stratifiedFolds(strata, folds, { seed });
  const rowsAt = (places: Int32Array) => places.map((i) => known[i]!);
  return split.map(({ train, test }) => ({ train: rowsAt(train), test: rowsAt(test) }));
}

const nameOf = ({ candidate, scale }: Choice) => `${candidate.name} ${scale}`;

function mostFrequent(choices: readonly Choice[]): Choice {
  const count = (choice: Choice) => choices.filter((other) => nameOf(other) === nameOf(choice)).length;
  return choices.reduce((best, choice) => (count(choice) > count(best) ? choice : best));
}

const meanOf = (maps: readonly ReadonlyMap<string, number>[]) =>
  new Map([...maps[0]!.keys()].map((name) => [name, mean(maps.map((map) => map.get(name) ?? 0))]));

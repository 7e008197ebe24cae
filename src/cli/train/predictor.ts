/** What is trained on some rows and answers for others: a few networks of one shape, whose answers are averaged. */

import { splitRows } from '../../data/split.js';
import type { CallbackLike } from '../../index.js';
import { type ColumnOf, type Features, fitFeatures, type Matrix } from './features.js';
import {
  batchSizeFor,
  type Candidate,
  candidates,
  type Lesson,
  type Trained,
  tensorOf,
  trainNetwork,
} from './network.js';
import { mean } from './numbers.js';
import type { PlannedColumn } from './plan.js';
import { growsLikePowers, logScale, plainScale, type Scale } from './scale.js';
import type { Target } from './target.js';

/** One table, what is to be predicted from what, and how long. */
export interface Job {
  readonly planned: readonly PlannedColumn[];
  readonly target: Target;
  readonly columnOf: ColumnOf;
  readonly epochs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** What was decided on rows kept apart. */
export interface Choice {
  readonly candidate: Candidate;
  /** Of the numbers to predict; undefined for classes. */
  readonly scale?: Scale['name'] | undefined;
}

export interface Predictor {
  readonly features: Features;
  readonly choice: Choice;
  readonly networks: readonly Trained[];
  /** For each row the probability of each class, or the number. */
  predict(columnOf: ColumnOf, rows: ArrayLike<number>): Promise<Float64Array>;
}

/** Small tables get several networks, each with other rows kept apart, so that chance has less of a say. */
export const isSmall = (rows: number): boolean => rows < 5000;
const membersFor = (rows: number) => (isSmall(rows) ? 3 : 1);
/** A plainer network is preferred unless another is better by more than this share. */
const clearlyBetter = 0.01;
/** Of what does worse than the best by more than this share after one network, no others are trained. */
const stillPossible = 0.1;

/** Trains every candidate and takes the one that does best on rows kept apart. */
export async function fitBest(job: Job, rows: Int32Array): Promise<Predictor> {
  const features = fitFeatures(job.planned, rows);
  const teams: Team[] = [];
  for (const choice of choicesFor(job.target, rows)) {
    const team = new Team(job, rows, features, choice);
    await team.grow();
    teams.push(team);
  }
  const least = Math.min(...teams.map(({ error }) => error));
  const near = teams.filter(({ error }) => error <= least * (1 + stillPossible));
  for (const team of near) await team.growTo(membersFor(rows.length));
  const best = Math.min(...near.map(({ error }) => error));
  return near.find(({ error }) => error <= best * (1 + clearlyBetter))!;
}

/** Trains the network that was chosen before. The first of its networks tells the callbacks how it goes. */
export async function fitChosen(
  job: Job,
  rows: Int32Array,
  choice: Choice,
  callbacks: readonly CallbackLike[] = [],
): Promise<Predictor> {
  const team = new Team(job, rows, fitFeatures(job.planned, rows), choice);
  await team.growTo(membersFor(rows.length), callbacks);
  return team;
}

function choicesFor({ task, values }: Target, rows: Int32Array): Choice[] {
  if (task === 'classes') return candidates.map((candidate) => ({ candidate }));
  const isSkewed = growsLikePowers(Float64Array.from(rows, (row) => values[row]!));
  const scales = isSkewed ? (['plain', 'logarithm'] as const) : (['plain'] as const);
  return scales.flatMap((scale) => candidates.map((candidate) => ({ candidate, scale })));
}

/** The share of rows on which it is decided when to stop: about 15 %, so that the others make whole batches. */
function watchedShareOf(rows: number): number {
  const others = 0.85 * rows;
  const batch = batchSizeFor(others);
  return 1 - (batch * Math.floor(others / batch)) / rows;
}

/** Networks of one shape. Each keeps other rows apart, and `error` is their mean error on those. */
class Team implements Predictor {
  readonly networks: Trained[] = [];
  readonly #errors: number[] = [];
  readonly #scale: Scale | undefined;
  readonly #known: readonly number[];

  constructor(
    readonly job: Job,
    readonly rows: Int32Array,
    readonly features: Features,
    readonly choice: Choice,
  ) {
    this.#known = Array.from(rows, (row) => job.target.values[row]!);
    this.#scale = scaleOf(choice, this.#known);
  }

  get error(): number {
    return mean(this.#errors);
  }

  async growTo(members: number, callbacks: readonly CallbackLike[] = []): Promise<void> {
    while (this.networks.length < members) await this.grow(this.networks.length === 0 ? callbacks : []);
  }

  /** One network more. */
  async grow(callbacks: readonly CallbackLike[] = []): Promise<void> {
    const { job } = this;
    const seed = job.seed * 1000 + this.networks.length;
    const strata = this.#classes > 0 ? this.#known : this.#known.map(() => 0);
    const { train, validation } = splitRows(strata, {
      validation: watchedShareOf(strata.length),
      test: 0,
      seed,
    });
    const [learnt, watched] = [this.#lesson(train), this.#lesson(validation)];
    const network = await trainNetwork(this.choice.candidate, learnt, watched, {
      classes: this.#classes,
      epochs: job.epochs,
      seed,
      signal: job.signal,
      callbacks,
    });
    this.networks.push(network);
    const said = await answersOf([network], watched.matrix, this.#classes, this.#scale);
    this.#errors.push(
      errorOf(
        said,
        validation.map((i) => this.rows[i]!),
        job.target,
      ),
    );
  }

  predict(columnOf: ColumnOf, rows: ArrayLike<number>): Promise<Float64Array> {
    return answersOf(this.networks, this.features.encode(columnOf, rows), this.#classes, this.#scale);
  }

  get #classes(): number {
    return this.job.target.classes.length;
  }

  #lesson(part: Int32Array): Lesson {
    const { job, features, rows } = this;
    const scaled = (value: number) => this.#scale?.scaled(value) ?? value;
    return {
      matrix: features.encode(
        job.columnOf,
        part.map((i) => rows[i]!),
      ),
      answers: Float32Array.from(part, (i) => scaled(this.#known[i]!)),
    };
  }
}

const scaleOf = ({ scale }: Choice, known: readonly number[]): Scale | undefined =>
  scale && (scale === 'plain' ? plainScale : logScale)(known);

/** Rows that are answered at once. */
const predictBatch = 1024;

/** The mean answer of the networks. */
async function answersOf(networks: readonly Trained[], matrix: Matrix, classes: number, scale?: Scale) {
  const total = new Float64Array(matrix.rows * Math.max(1, classes));
  for (const { model } of networks) {
    const outputs = (
      await model.predict(tensorOf(matrix), { batchSize: predictBatch })
    ).data() as Float32Array;
    for (let i = 0; i < total.length; i++)
      total[i]! += answerAt(outputs, i, classes, scale) / networks.length;
  }
  return total;
}

function answerAt(outputs: Float32Array, i: number, classes: number, scale?: Scale): number {
  if (scale) return scale.unscaled(outputs[i]!);
  if (classes !== 2) return outputs[i]!;
  const second = outputs[i >> 1]!; // one output: the probability of the second class
  return i % 2 === 0 ? 1 - second : second;
}

/** The squared error, or the logarithmic loss. */
function errorOf(said: Float64Array, rows: Int32Array, { classes, values }: Target): number {
  const width = classes.length;
  return mean(
    Float64Array.from(rows, (row, i) =>
      width === 0
        ? (said[i]! - values[row]!) ** 2
        : -Math.log(Math.max(1e-7, said[i * width + values[row]!]!)),
    ),
  );
}

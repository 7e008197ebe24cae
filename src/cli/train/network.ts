/** One network, trained until it no longer gets better on rows kept apart. */

import {
  Adam,
  type CallbackLike,
  Dense,
  Dropout,
  EarlyStopping,
  L2,
  type Layer,
  Sequential,
  setRandomSeed,
  tensor,
} from '../../index.js';
import type { Matrix } from './features.js';

/** A shape of network that a table may need. */
export interface Candidate {
  readonly name: string;
  /** Units of each hidden layer; none is a linear model. */
  readonly units: readonly number[];
  readonly dropout: number;
  readonly l2: number;
  readonly learningRate: number;
}

/** From the plainest on. Which one it is, rows kept apart from training decide. */
export const candidates: readonly Candidate[] = [
  { name: 'linear', units: [], dropout: 0, l2: 1e-3, learningRate: 0.02 },
  { name: 'one hidden layer', units: [32], dropout: 0.5, l2: 1e-3, learningRate: 0.005 },
  { name: 'two hidden layers', units: [64, 32], dropout: 0.2, l2: 1e-4, learningRate: 0.003 },
];

/** Passes without improvement before training stops. */
const patience = 12;
const [smallestBatch, largestBatch, stepsPerEpoch] = [8, 256, 25];

/** A power of two, so that an epoch has some tens of steps: 8 for 100 rows, 16 for 400, 32 from 800, 256 at most. */
export const batchSizeFor = (rows: number): number =>
  Math.min(largestBatch, Math.max(smallestBatch, 2 ** Math.floor(Math.log2(rows / stepsPerEpoch))));

/** What is learnt: class numbers 0 to `classes - 1`, or standardised numbers where `classes` is 0. */
export interface Lesson {
  readonly matrix: Matrix;
  readonly answers: Float32Array;
}

export interface Training {
  readonly classes: number;
  readonly epochs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly callbacks?: readonly CallbackLike[];
}

export interface Trained {
  readonly model: Sequential;
  readonly history: Readonly<Record<string, number[]>>;
  /** Loss of the best epoch on the rows kept apart. */
  readonly loss: number;
}

/** Trains on `lesson`; `watched` decides when to stop and which epoch was the best. */
export async function trainNetwork(
  candidate: Candidate,
  lesson: Lesson,
  watched: Lesson,
  { classes, epochs, seed, signal, callbacks = [] }: Training,
): Promise<Trained> {
  setRandomSeed(seed);
  const model = new Sequential(layersOf(candidate, classes, lesson.matrix.width), { name: 'table_network' });
  model.compile({
    optimizer: new Adam({ learningRate: candidate.learningRate }),
    loss: lossOf(classes),
    metrics: classes > 0 ? ['accuracy'] : ['mae'],
  });
  const { rows } = lesson.matrix;
  const { history } = await model.fit(tensorOf(lesson.matrix), answersOf(lesson, classes), {
    epochs,
    batchSize: batchSizeFor(rows),
    validationBatchSize: watched.matrix.rows,
    validationData: [tensorOf(watched.matrix), answersOf(watched, classes)],
    callbacks: [new EarlyStopping({ monitor: 'val_loss', patience, restoreBestWeights: true }), ...callbacks],
    verbose: callbacks.length > 0 ? 1 : 0,
    signal,
  });
  signal.throwIfAborted();
  return { model, history, loss: Math.min(...history.val_loss!) };
}

function layersOf({ units, dropout, l2 }: Candidate, classes: number, width: number): Layer[] {
  const kernelRegularizer = new L2(l2);
  const hidden = units.flatMap((count, i) => [
    new Dense(count, { activation: 'relu', kernelRegularizer, ...(i === 0 && { inputShape: [width] }) }),
    new Dropout(dropout),
  ]);
  const last = classes === 0 ? 'linear' : classes === 2 ? 'sigmoid' : 'softmax';
  const outputs = classes <= 2 ? 1 : classes;
  const own = units.length === 0 ? { kernelRegularizer, inputShape: [width] } : {};
  return [...hidden, new Dense(outputs, { activation: last, ...own })];
}

function lossOf(classes: number) {
  if (classes === 0) return 'mse';
  return classes === 2 ? 'binary_crossentropy' : 'sparse_categorical_crossentropy';
}

export const tensorOf = ({ x, rows, width }: Matrix) => tensor(x).reshape([rows, width]);

const answersOf = ({ answers }: Lesson, classes: number) =>
  classes > 2 ? Int32Array.from(answers) : answers;

/** The two models, and how they are trained. */

import type { Surroundings } from '../../src/cli/surroundings.js';
import { Adam, Dense, Dropout, Sequential, setRandomSeed } from '../../src/index.js';
import type { Examples } from './population.js';

export const logisticRegression = (inputs: number): Sequential =>
  new Sequential([new Dense(1, { activation: 'sigmoid', inputShape: [inputs] })], {
    name: 'logistic_regression',
  });

export const smallNetwork = (inputs: number): Sequential =>
  new Sequential(
    [
      new Dense(16, { activation: 'relu', inputShape: [inputs] }),
      new Dropout(0.5),
      new Dense(1, { activation: 'sigmoid' }),
    ],
    { name: 'small_network' },
  );

export interface Training {
  readonly seed: number;
  readonly epochs: number;
}

/** A model built and trained from the seed on; `validation` is only watched. */
export async function trained(
  build: (inputs: number) => Sequential,
  { seed, epochs }: Training,
  train: Examples,
  { signal, progress }: Pick<Surroundings, 'signal' | 'progress'>,
  validation?: Examples,
) {
  setRandomSeed(seed);
  const model = build(train.x[0]!.length);
  model.compile({
    optimizer: new Adam({ learningRate: 0.005 }),
    loss: 'binary_crossentropy',
    metrics: ['accuracy'],
  });
  if (progress) model.summary();
  const { history } = await model.fit(train.x, train.y, {
    epochs,
    batchSize: 32,
    verbose: progress ? 1 : 0,
    signal,
    ...(validation && { validationData: [validation.x, validation.y] as const }),
  });
  signal.throwIfAborted();
  return { model, history };
}

/** The probability that each survives. */
export async function probabilities(model: Sequential, x: Examples['x']): Promise<number[]> {
  return Array.from((await model.predict(x)).data(), Number);
}

/** The share of right answers when a probability above one half counts as survival. */
export const accuracyOf = (predicted: readonly number[], { y }: Examples): number =>
  predicted.filter((probability, i) => Number(probability > 0.5) === y[i]).length / y.length;

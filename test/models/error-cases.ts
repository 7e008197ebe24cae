import { expect, test } from 'vitest';
import { Dense, type MyelinError, Sequential, zeros } from '../../src/index.js';

/** Stands for code without types: what is checked here is what it is told. */
export const any = (value: unknown) => value as never;

export function digits(
  loss: 'sparse_categorical_crossentropy' | 'categorical_crossentropy' = 'sparse_categorical_crossentropy',
) {
  const hidden = new Dense(16, { activation: 'relu', inputShape: [784] });
  const model = new Sequential([hidden, new Dense(10, { activation: 'softmax' })], { name: 'digits' });
  model.compile({ optimizer: 'adam', loss, metrics: ['accuracy'] });
  return model;
}

export function compiled(
  model: Sequential,
  loss: 'mse' | 'binary_crossentropy' | 'sparse_categorical_crossentropy' = 'mse',
) {
  model.compile({ loss });
  return model;
}

export const three = zeros([3, 784]);

/** The whole text of the error, with its class. */
export async function said(body: () => unknown): Promise<string> {
  try {
    await body();
  } catch (error) {
    return `${(error as MyelinError).name}: ${(error as MyelinError).message}`;
  }
  return 'no error';
}

export type Case = readonly [name: string, body: () => unknown, ...lines: string[]];

export function check(cases: readonly Case[]): void {
  for (const [name, body, ...lines] of cases)
    test(name, async () => expect(await said(body)).toBe(lines.join('\n')));
}

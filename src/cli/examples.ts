/** The examples that the command line runs. Each is loaded when it is asked for. */

import type { Options } from './arguments.js';
import type { Surroundings } from './surroundings.js';

/** What the main module of an example exports. */
export interface Example {
  readonly options: Options;
  run(words: readonly string[], surroundings: Surroundings): Promise<void>;
}

export interface Entry {
  readonly summary: string;
  load(): Promise<Example>;
}

export const examples: Readonly<Record<string, Entry>> = {
  titanic: {
    summary: 'who survives: logistic regression, then a small network with dropout',
    load: () => import('../../examples/titanic/main.js'),
  },
  'fashion-mlp': {
    summary: 'ten kinds of clothes, told apart by a dense network',
    load: () => import('../../examples/fashion/mlp.js'),
  },
  'fashion-cnn': {
    summary: 'the same by convolutions, with pictures moved and zoomed while training',
    load: () => import('../../examples/fashion/cnn.js'),
  },
};

import { Adadelta } from './adadelta.js';
import { Adagrad } from './adagrad.js';
import { Adam, AdamW } from './adam.js';
import { Adamax } from './adamax.js';
import { Nadam } from './nadam.js';
import { RMSprop } from './rmsprop.js';
import { SGD } from './sgd.js';

/** The optimizers that strings reach, by Keras's names; `imported.ts` has the names of the others. */
export const optimizers = {
  sgd: SGD,
  adam: Adam,
  rmsprop: RMSprop,
  adamw: AdamW,
  adagrad: Adagrad,
  adadelta: Adadelta,
  adamax: Adamax,
  nadam: Nadam,
  SGD,
  Adam,
  RMSprop,
  AdamW,
  Adagrad,
  Adadelta,
  Adamax,
  Nadam,
};
export type OptimizerName = keyof typeof optimizers;

import { Adam } from './adam.js';
import { RMSprop } from './rmsprop.js';
import { SGD } from './sgd.js';

/** Every optimizer by its Keras names. */
export const optimizers = { sgd: SGD, adam: Adam, rmsprop: RMSprop, SGD, Adam, RMSprop };
export type OptimizerName = keyof typeof optimizers;

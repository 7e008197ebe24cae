import { Adadelta } from './adadelta.js';
import { Adafactor } from './adafactor.js';
import { Adagrad } from './adagrad.js';
import { Adam, AdamW } from './adam.js';
import { Adamax } from './adamax.js';
import { Ftrl } from './ftrl.js';
import { Lion } from './lion.js';
import { Muon } from './muon.js';
import { Nadam } from './nadam.js';
import { RMSprop } from './rmsprop.js';
import { ScheduleFreeAdamW } from './schedule-free-adamw.js';
import { SGD } from './sgd.js';

/** Every optimizer by its Keras names. */
export const optimizers = {
  sgd: SGD,
  adam: Adam,
  rmsprop: RMSprop,
  adamw: AdamW,
  adagrad: Adagrad,
  adadelta: Adadelta,
  adamax: Adamax,
  nadam: Nadam,
  ftrl: Ftrl,
  lion: Lion,
  adafactor: Adafactor,
  muon: Muon,
  schedulefreeadamw: ScheduleFreeAdamW,
  SGD,
  Adam,
  RMSprop,
  AdamW,
  Adagrad,
  Adadelta,
  Adamax,
  Nadam,
  Ftrl,
  Lion,
  Adafactor,
  Muon,
  ScheduleFreeAdamW,
};
export type OptimizerName = keyof typeof optimizers;

/** Classes declared for the tests: a layer, and a penalty that it takes as an option. */
import { Configurable, declared, Named } from '../../src/core/configurable.js';
import {
  arg,
  bool,
  dtypePolicy,
  either,
  float,
  functionOf,
  int,
  listOf,
  maybe,
  oneOf,
  shape,
  text,
  unsaved,
  wordLike,
} from '../../src/core/fields.js';
import { named } from '../../src/core/named.js';

export abstract class Penalty extends Configurable {}
export const none = () => ({});
export class Ridge extends declared(
  Penalty,
  'Ridge',
  (strength = arg(float(0.01, { min: 0 }))) => ({ strength }),
  none,
) {}
export class Custom extends declared(Penalty, 'Custom', none, none) {
  given?: (x: number) => number;
}
const penalty = () =>
  named<'ridge', Penalty, (x: number) => number>({
    noun: 'a penalty',
    module: 'keras.regularizers',
    table: { ridge: Ridge },
    base: Penalty,
    wrap: (given) => Object.assign(new Custom(), { given }),
  });

export abstract class Block extends Named {}
export const shared = () => ({
  name: maybe(text()),
  trainable: bool(true),
  dtype: dtypePolicy(),
  inputShape: unsaved(maybe(shape())),
});
export class Dense extends declared(
  Block,
  'Dense',
  (units = arg(int({ min: 1 }))) => ({
    units,
    activation: oneOf(['linear', 'relu'], 'linear'),
    useBias: bool(true),
    beta1: float(0.9, { min: 0, below: 1 }),
    axis: maybe(either(int(), listOf(int()))),
    monitor: wordLike(['loss'], 'loss'),
    scale: maybe(functionOf<(x: number) => number>('a function of a number')),
    kernelRegularizer: maybe(penalty()),
  }),
  shared,
) {}
export class Pool extends declared(Block, 'Pool', (size = arg(int(2, { min: 1 }))) => ({ size }), shared) {}

/** The text of the error that a function throws. */
export const message = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    return String(error);
  }
  return 'no error';
};

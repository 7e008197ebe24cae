/** Options of multilayer perceptrons, as scikit-learn has them. */

import { bool, either, float, int, listOf, type Optional, oneOf } from '../../core/fields.js';
import type { ActivationFunction } from '../../nn/activations.js';
import { type ActivationOption, activation } from '../../nn/fields.js';
import { seed, steps, tolerance } from '../fields.js';

/** scikit-learn's names for two activations. */
const others = { identity: 'linear', logistic: 'sigmoid' } as const;

const activationField = (): Optional<ActivationOption | keyof typeof others | null, ActivationFunction> => {
  const known = activation('relu');
  const names = Object.keys(others);
  const isOther = (given: unknown): given is keyof typeof others => names.includes(given as string);
  return {
    ...known,
    words: [...known.words!, ...names],
    parse: (given) => known.parse(isOther(given) ? others[given] : given),
  } as Optional<ActivationOption | keyof typeof others | null, ActivationFunction>;
};

// A declared function, so that published types name it: its comments stay with it.
export function mlpFields() {
  return {
    /** Units of each hidden layer. Default `[100]`. */
    hiddenLayerSizes: { ...listOf(int({ min: 1 })), fallback: [100] },
    /** Of the hidden layers: a name of the library's, or `'identity'` or `'logistic'`. Default `'relu'`. */
    activation: activationField(),
    /** How weights follow gradients. Default `'adam'`. */
    solver: oneOf(['adam', 'sgd'], 'adam'),
    /** How much weights are held back: the penalty is `alpha / 2 · Σw²` over the samples of a batch. Default 1e-4. */
    alpha: float(1e-4, { min: 0 }),
    /** Samples in one step. Default `'auto'`: 200, or all if there are less. */
    batchSize: { ...either(oneOf(['auto']), int({ min: 1 })), fallback: 'auto' as const },
    /** Size of a step. Default 1e-3. */
    learningRateInit: float(1e-3, { above: 0 }),
    /** Most epochs. Default 200. */
    maxIter: steps(200),
    /** Whether samples are mixed in each epoch. Default true. */
    shuffle: bool(true),
    /** How much loss, or score, has to improve to count. Default 1e-4. */
    tol: tolerance(),
    /** Training ends after more than this many epochs in a row without such an improvement. Default 10. */
    nIterNoChange: int(10, { min: 1 }),
    /** Whether to watch the score of samples kept apart, in place of the loss, and to go back to the best weights. Default false. */
    earlyStopping: bool(false),
    /** The share of samples kept apart for that. Default 0.1. */
    validationFraction: float(0.1, { above: 0, below: 1 }),
    /** Share of the last step kept in the next, of `'sgd'`. Default 0.9. */
    momentum: float(0.9, { min: 0, max: 1 }),
    /** Whether momentum is Nesterov's, of `'sgd'`. Default true. */
    nesterovsMomentum: bool(true),
    /** Share of the mean gradient kept, of `'adam'`. Default 0.9. */
    beta1: float(0.9, { min: 0, below: 1 }),
    /** Share of the mean squared gradient kept, of `'adam'`. Default 0.999. */
    beta2: float(0.999, { min: 0, below: 1 }),
    /** Keeps steps finite, of `'adam'`. Default 1e-8. */
    epsilon: float(1e-8, { above: 0 }),
    /** The same seed gives the same weights. Default 0. */
    seed: seed(),
  };
}

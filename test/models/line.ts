/** A model of one number, small enough to follow by hand. */

import { Dense, Sequential, SGD } from '../../src/index.js';

/** `y = kernel x` with kernel 0 at first: what one step does to it is known by hand. */
export function line(learningRate = 0.1, units = 1): Sequential {
  const options = { useBias: false, kernelInitializer: 'zeros', inputShape: [1] } as const;
  const model = new Sequential([new Dense(units, options)]);
  model.compile({ optimizer: new SGD({ learningRate }), loss: 'mse' });
  return model;
}

export const slope = (model: Sequential) => model.getWeights()[0]!.item();
export const quiet = { verbose: 0 } as const;

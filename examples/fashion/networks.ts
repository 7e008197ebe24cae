/** The two networks, as one would write them in Keras. */

import {
  Adam,
  Conv2D,
  CosineDecay,
  Dense,
  Dropout,
  Flatten,
  type Layer,
  MaxPooling2D,
  RandomTranslation,
  Sequential,
} from '../../src/index.js';

export interface Network {
  readonly name: string;
  /** Passes over the pictures: many over a few hundred, fewer over the whole set. */
  readonly epochs: { readonly few: number; readonly many: number };
  layers(): Layer[];
}

export const mlp: Network = {
  name: 'fashion-mlp',
  epochs: { few: 50, many: 10 },
  layers: () => [
    new Flatten({ inputShape: [28, 28, 1] }),
    new Dense(256, { activation: 'relu' }),
    new Dropout(0.5),
    new Dense(10, { activation: 'softmax' }),
  ],
};

export const cnn: Network = {
  name: 'fashion-cnn',
  epochs: { few: 60, many: 10 },
  layers: () => [
    // Moves by a pixel or so: more blurs what tells a shirt from a coat.
    new RandomTranslation(0.03, { fillMode: 'constant', inputShape: [28, 28, 1] }),
    new Conv2D(32, 3, { padding: 'same', activation: 'relu' }),
    new MaxPooling2D(2),
    new Conv2D(64, 3, { padding: 'same', activation: 'relu' }),
    new MaxPooling2D(2),
    new Flatten(),
    new Dropout(0.5),
    new Dense(256, { activation: 'relu' }),
    new Dropout(0.5),
    new Dense(10, { activation: 'softmax' }),
  ],
};

/** A compiled model whose steps grow smaller until the last of `steps`. */
export function compiledModel({ name, layers }: Network, steps: number): Sequential {
  const model = new Sequential(layers(), { name: name.replace('-', '_') });
  model.compile({
    optimizer: new Adam({ learningRate: new CosineDecay(2e-3, steps) }),
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

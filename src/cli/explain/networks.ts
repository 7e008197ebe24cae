/** Small networks whose way into a program can be looked at. */

import { Conv2D, Dense, Dropout, Flatten, MaxPooling2D, Sequential } from '../../index.js';

export interface ExplainedNetwork {
  readonly text: string;
  /** Compiled, with the shape of its inputs known. */
  make(): Sequential;
}

export const networks: Readonly<Record<string, ExplainedNetwork>> = {
  linear: {
    text: 'one Dense layer with one unit on 4 numbers, trained by SGD',
    make() {
      const model = new Sequential([new Dense(1, { inputShape: [4] })], { name: 'linear' });
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      return model;
    },
  },
  titanic: {
    text: 'the small network of `myelin example titanic`: Dense 16 with dropout, for two classes',
    make() {
      const layers = [
        new Dense(16, { activation: 'relu', inputShape: [24] }),
        new Dropout(0.5),
        new Dense(1, { activation: 'sigmoid' }),
      ];
      const model = new Sequential(layers, { name: 'titanic' });
      model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
      return model;
    },
  },
  mlp: {
    text: 'Dense 64-64-10 on the 784 pixels of a digit',
    make() {
      const layers = [
        new Dense(64, { activation: 'relu', inputShape: [784] }),
        new Dense(64, { activation: 'relu' }),
        new Dense(10, { activation: 'softmax' }),
      ];
      const model = new Sequential(layers, { name: 'mlp' });
      model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy' });
      return model;
    },
  },
  cnn: {
    text: 'a convolution, pooling and Dense 10 on pictures of 28 x 28',
    make() {
      const layers = [
        new Conv2D(8, 3, { activation: 'relu', inputShape: [28, 28, 1] }),
        new MaxPooling2D(2),
        new Flatten(),
        new Dense(10, { activation: 'softmax' }),
      ];
      const model = new Sequential(layers, { name: 'cnn' });
      model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy' });
      return model;
    },
  },
};

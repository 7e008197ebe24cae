/** The networks of the workloads, each with the shape of a sample and data for it. */
import { pictures, type Samples, table } from './data.js';

/** The package, as a program imports it. Only its types come from the sources. */
export type Library = typeof import('../../src/index.js');
type Layers = ConstructorParameters<Library['Sequential']>[0];

export interface Network {
  readonly shape: readonly number[];
  readonly loss: 'binary_crossentropy' | 'sparse_categorical_crossentropy';
  readonly samples: (count: number) => Samples;
  readonly layers: (library: Library, inputShape: readonly number[]) => Layers;
}

const classes = 'sparse_categorical_crossentropy';

export const networks = {
  'mlp-8-16-8-1': {
    shape: [8],
    loss: 'binary_crossentropy',
    samples: table,
    layers: ({ Dense }, inputShape) => [
      new Dense(16, { activation: 'relu', inputShape }),
      new Dense(8, { activation: 'relu' }),
      new Dense(1, { activation: 'sigmoid' }),
    ],
  },
  'mlp-784-128-10': {
    shape: [784],
    loss: classes,
    samples: (count) => pictures(count, 784, 10),
    layers: ({ Dense }, inputShape) => [
      new Dense(128, { activation: 'relu', inputShape }),
      new Dense(10, { activation: 'softmax' }),
    ],
  },
  'cnn-28x28': {
    shape: [28, 28, 1],
    loss: classes,
    samples: (count) => pictures(count, 784, 10),
    layers: ({ Conv2D, MaxPooling2D, Flatten, Dropout, Dense }, inputShape) => [
      new Conv2D(32, 3, { activation: 'relu', inputShape }),
      new MaxPooling2D(2),
      new Conv2D(64, 3, { activation: 'relu' }),
      new MaxPooling2D(2),
      new Flatten(),
      new Dropout(0.5),
      new Dense(10, { activation: 'softmax' }),
    ],
  },
  'cnn-20x20': {
    shape: [20, 20, 3],
    loss: classes,
    samples: (count) => pictures(count, 1200, 2),
    layers: ({ Conv2D, MaxPooling2D, Flatten, Dense }, inputShape) => [
      new Dense(16, { inputShape }),
      new Conv2D(32, 3, { padding: 'same', activation: 'relu' }),
      new MaxPooling2D(2),
      new Conv2D(64, 5, { padding: 'same', activation: 'relu' }),
      new Flatten(),
      new Dense(2, { activation: 'softmax' }),
    ],
  },
} as const satisfies Readonly<Record<string, Network>>;

/** Whose line it is, and what ran. */
export function identity({ backend }: Library) {
  const description = backend();
  const threads = /(\d+) threads/.exec(description)?.[1] ?? 1;
  return { peer: 'myelin', backend: `${description.split(':')[0]}-${threads}t` };
}

/** A new model of a network, ready to train with Adam. */
export function modelOf(library: Library, { layers, shape, loss }: Network) {
  const model = new library.Sequential(layers(library, shape));
  model.compile({ optimizer: new library.Adam({ learningRate: 1e-3 }), loss });
  return model;
}

/** Samples and labels as tensors. */
export function tensorsOf({ tensor }: Library, { samples, shape }: Network, count: number) {
  const { x, y } = samples(count);
  return { x: tensor(x, { shape: [count, ...shape] }), y: tensor(y, { shape: [count, 1] }) };
}

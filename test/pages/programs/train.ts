/** Trains a network for 500 steps, with dropout and shuffling, wherever this runs. */
import {
  Adam,
  backend,
  Conv2D,
  Dense,
  Dropout,
  Flatten,
  MaxPooling2D,
  Sequential,
  setBackend,
  setRandomSeed,
  setWarnings,
  tensor,
} from 'myelin';

export interface Order {
  readonly net: keyof typeof nets;
  /** As many as the backend takes by itself when left out. */
  readonly threads?: number;
  readonly epochs?: number;
}

export interface Outcome {
  /** A number that changes with any bit of any weight. */
  readonly hash: string;
  readonly losses: readonly number[];
  readonly backend: string;
  readonly warnings: readonly string[];
}

const nets = {
  mlp: () => [
    new Dense(128, { activation: 'relu', inputShape: [784] }),
    new Dropout(0.2),
    new Dense(10, { activation: 'softmax' }),
  ],
  cnn: () => [
    new Conv2D(8, 3, { activation: 'relu', inputShape: [14, 14, 1] }),
    new MaxPooling2D(2),
    new Conv2D(16, 3, { activation: 'relu', padding: 'same' }),
    new Flatten(),
    new Dropout(0.3),
    new Dense(10, { activation: 'softmax' }),
  ],
  /** For a backend that is slow. */
  small: () => [
    new Flatten({ inputShape: [14, 14, 1] }),
    new Dropout(0.2),
    new Dense(10, { activation: 'softmax' }),
  ],
};

/** Pictures of ten kinds: a bright band each, and noise. Whole numbers alone decide, so they are the same everywhere. */
function pictures(count: number, side: number) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  const values = Float32Array.from({ length: count * side * side }, (_, i) => {
    const row = Math.floor(i / side) % side;
    const isBand = Math.floor((row * 10) / side) === labels[Math.floor(i / (side * side))];
    return (isBand ? 0.4 : 0) + 0.6 * random();
  });
  return { values, labels };
}

/** Calls what trains; it may look at what else happens meanwhile. */
type Around = <T>(work: () => Promise<T>) => Promise<T>;

export async function train(
  { net, threads, epochs = 20 }: Order,
  around: Around = (work) => work(),
): Promise<Outcome> {
  const warnings: string[] = [];
  const toConsole = console.warn;
  console.warn = (text: string) => warnings.push(text);
  setWarnings(true);
  if (threads) setBackend('wasm', { threads });
  setRandomSeed(11);
  const model = new Sequential(nets[net]());
  model.compile({ optimizer: new Adam(), loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  const [shape, batchSize] = net === 'mlp' ? [[784], 32] : [[14, 14, 1], 16];
  // 25 steps an epoch, the last of them a smaller one.
  const { values, labels } = pictures(24.5 * batchSize, net === 'mlp' ? 28 : 14);
  const x = tensor(values, { shape: [labels.length, ...shape] });
  const { history } = await around(() => model.fit(x, labels, { epochs, batchSize, verbose: 0 }));
  console.warn = toConsole;
  return {
    hash: hashOf(model.weights.map((w) => w.data())),
    losses: history.loss!,
    backend: backend(),
    warnings,
  };
}

/** FNV-1a over all bytes. */
function hashOf(arrays: readonly { readonly buffer: ArrayBufferLike }[]): string {
  let hash = 0x811c9dc5;
  for (const { buffer } of arrays) {
    for (const byte of new Uint8Array(buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

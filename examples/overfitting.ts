/** A big network learns few pictures by heart, wrong labels too. Then what helps, one cure at a time. */

import * as m from 'myelin';
import { drawnFashion } from 'myelin/datasets';
import { panels, plotHistory } from 'myelin/plot';
import { lesson } from './lesson.js';
import { scaled } from './pictures.js';
import { aligned } from './text.js';

interface Cure {
  readonly before?: () => m.Layer;
  readonly between?: () => m.Layer;
  readonly regularizer?: m.Regularizer;
  readonly callbacks?: () => m.CallbackLike[];
}
const cures: Record<string, Cure> = {
  none: {},
  Dropout: { between: () => new m.Dropout(0.4) },
  'L1 1e-3': { regularizer: new m.L1(1e-3) },
  'L2 1e-2': { regularizer: new m.L2(1e-2) },
  BatchNormalization: { between: () => new m.BatchNormalization({ momentum: 0.9 }) },
  flips: { before: () => new m.RandomFlip('horizontal') },
  EarlyStopping: { callbacks: () => [new m.EarlyStopping({ patience: 5, restoreBestWeights: true })] },
};

function bigNetwork({ before, between, regularizer }: Cure): m.Sequential {
  const kernelRegularizer = regularizer ?? null;
  const hidden = () => new m.Dense(256, { activation: 'relu', kernelRegularizer });
  const output = new m.Dense(10, { activation: 'softmax' });
  const inner = [before?.(), new m.Flatten(), hidden(), between?.(), hidden(), between?.(), output];
  const layers = inner.filter((each) => each !== undefined);
  const model = new m.Sequential([m.Input([28, 28, 1]), ...layers]);
  model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  return model;
}

/** Every fourth label is drawn anew, as when tired people sort pictures. */
function mislabelled(y: m.Tensor, seed: number): m.Tensor {
  const draws = m.random.uniform(y.shape, { low: 0, high: 10, seed }).floor().cast('int32');
  const wrong = m.random.uniform(y.shape, { seed: seed + 1 }).less(0.25);
  return wrong.where(draws, y);
}

type Scores = Record<string, { known: number; unknown: number }>;
function gains(scores: Scores): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = Object.entries(scores).map(([name, { known, unknown }]) => {
    return [`  ${name}`, ...[known, unknown, unknown - scores.none!.unknown].map(percent)];
  });
  return aligned([['cure', 'train', 'test', 'gain'], ...rows]);
}

export const { options, run } = lesson('overfitting', {
  figure: 'best test accuracy',
  trains: true,
  async run({ write, show, save, seed, small, signal, epochs = small ? 12 : 40 }) {
    const { x, y } = scaled(drawnFashion({ nSamples: small ? 150 : 600, seed }));
    const train = { x, y: mislabelled(y, seed) };
    const test = scaled(drawnFashion({ nSamples: small ? 200 : 1000, seed: seed + 1 }));
    const told = { epochs, validationData: [test.x, test.y], verbose: 0, signal } as const;
    const scores: Scores = {};
    const histories = [];
    for (const [name, cure] of Object.entries(cures)) {
      m.setRandomSeed(seed);
      const model = bigNetwork(cure);
      const callbacks = cure.callbacks?.() ?? [];
      const history = await model.fit(train.x, train.y, { ...told, callbacks });
      histories.push(plotHistory(history, { metrics: ['loss'], title: name }));
      const { accuracy: known } = await model.evaluate(train.x, train.y, { verbose: 0 });
      const { accuracy: unknown } = await model.evaluate(test.x, test.y, { verbose: 0 });
      scores[name] = { known: known!, unknown: unknown! };
    }
    write(`${train.x.shape[0]} pictures to learn from, every fourth with a drawn label; 269,322 weights.\n`);
    write(`${gains(scores)}\n\nBatch normalization learns faster, wrong labels too: no cure for those.\n`);
    const plot = panels(histories, { title: 'Loss on pictures it learns from and on others', columns: 2 });
    show(plot);
    await save(plot);
    return Math.max(...Object.values(scores).map(({ unknown }) => unknown));
  },
});

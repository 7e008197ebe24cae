/** Training on batches that a generator makes: endless, never all in memory; so `fit` is told how many make an epoch. */

import { Dense, Sequential, setRandomSeed, type Tensor } from 'myelin';
import { moons } from 'myelin/datasets';
import { panels, plotBoundary, plotHistory } from 'myelin/plot';
import { lesson } from './lesson.js';

const batchSize = 32;

/** New points every time, from a seed that counts on. In place of `moons`: a file read piece by piece, a camera, a game. */
function* batches(seed: number): Generator<[x: Tensor, y: Tensor]> {
  for (let i = 0; ; i++) {
    const { x, y } = moons({ nSamples: batchSize, noise: 0.2, seed: seed + i });
    yield [x, y];
  }
}

export const { options, run } = lesson('train-generator', {
  figure: 'validation accuracy',
  async run({ write, show, save, seed, small, verbose, signal }) {
    setRandomSeed(seed);
    const model = new Sequential([
      new Dense(16, { activation: 'relu', inputShape: [2] }),
      new Dense(16, { activation: 'relu' }),
      new Dense(1, { activation: 'sigmoid' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
    const [epochs, stepsPerEpoch, validationSteps] = small ? [6, 40, 10] : [12, 100, 20];
    write(
      `${epochs} epochs of ${stepsPerEpoch} batches of ${batchSize} points, ${validationSteps} to validate.`,
    );
    const history = await model.fit(batches(1_000_000 * (seed + 1)), {
      epochs,
      stepsPerEpoch,
      // Points of other seeds, so that none was trained on.
      validationData: batches(1_000_000 * (seed + 1) + 500_000),
      validationSteps,
      verbose,
      signal,
    });
    const { x, y } = moons({ nSamples: 300, noise: 0.2, seed });
    const title = 'Three hundred points it has not seen';
    const plot = panels([plotHistory(history), await plotBoundary(model, x, y, { title })]);
    show(plot);
    await save(plot);
    return history.history.val_accuracy!.at(-1)!;
  },
});

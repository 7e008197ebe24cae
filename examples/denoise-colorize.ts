/** A network that sees a spoilt picture and says the good one: noise goes, then colour comes. */

import * as m from 'myelin';
import { drawnScenes } from 'myelin/datasets';
import { panels, plotImages } from 'myelin/plot';
import { lesson } from './lesson.js';
import { asLight, first } from './pictures.js';
import { aligned } from './text.js';

const size = 32;

/** Half the size and back: each number in the middle has to speak for a patch. */
function network(channels: number): m.Sequential {
  const conv = (filters: number) => new m.Conv2D(filters, 3, { padding: 'same', activation: 'relu' });
  const model = new m.Sequential([
    ...[m.Input([size, size, channels]), conv(16), new m.MaxPooling2D(2)],
    ...[conv(32), conv(32), new m.UpSampling2D(2), conv(16)],
    new m.Conv2D(3, 3, { padding: 'same', activation: 'sigmoid' }),
  ]);
  model.compile({ optimizer: new m.Adam({ learningRate: 4e-3 }), loss: 'mean_squared_error' });
  return model;
}

const noisy = (x: m.Tensor, seed: number) =>
  x.add(m.random.normal(x.shape, { stddev: 0.2, seed })).clip(0, 1);
/** What the eye sees as brightness. */
const grey = (x: m.Tensor) => x.mul(m.tensor([0.299, 0.587, 0.114])).sum(-1, { keepDims: true });
const meanSquare = (difference: m.Tensor) => Number(difference.square().mean().item());

export const { options, run } = lesson('denoise-colorize', {
  figure: 'share of the noise removed',
  async run({ write, show, save, seed, small, verbose, signal }) {
    const scenes = (nSamples: number, from: number) => asLight(drawnScenes({ nSamples, seed: from, size }).x);
    const [train, test] = [scenes(small ? 160 : 600, seed), scenes(small ? 50 : 200, seed + 1)];
    const told = { batchSize: 16, verbose, signal };

    m.setRandomSeed(seed);
    const cleaner = network(3);
    await cleaner.fit(noisy(train, seed), train, { ...told, epochs: small ? 3 : 12 });
    const spoilt = noisy(test, seed + 1);
    const cleaned = await cleaner.predict(spoilt, { verbose: 0 });

    const painter = network(1);
    await painter.fit(grey(train), train, { ...told, epochs: small ? 2 : 5 });
    const guessed = await painter.predict(grey(test), { verbose: 0 });
    // Brightness need not be guessed: it is given.
    const painted = guessed.add(grey(test).sub(grey(guessed))).clip(0, 1);

    const errors = [spoilt, cleaned, grey(test), painted].map((x) => meanSquare(x.sub(test)));
    const [before, after, ...others] = errors.map((error) => error.toFixed(4));
    const table = [
      ['mean squared error', 'before', 'after'],
      ['  noisy, cleaned', before!, after!],
      ['  grey, coloured', ...others],
    ];
    write(`\n${aligned(table)}\n`);
    write(
      'Noise is easy to tell from a picture. The colour of a ball is not in its grey: the best guess is pale.',
    );
    const rows = (x: m.Tensor, y: m.Tensor, title: string) =>
      plotImages(m.concatenate([first(x, 8), first(y, 8), first(test, 8)]), { columns: 8, title });
    const plot = panels(
      [
        rows(spoilt, cleaned, 'Noisy, cleaned, true'),
        rows(grey(test).repeat(3, 3), painted, 'Grey, coloured, true'),
      ],
      { columns: 1 },
    );
    show(plot);
    await save(plot);
    return 1 - errors[1]! / errors[0]!;
  },
});

/** Ten kinds of clothes, told apart by a dense network: 28 x 28 pixels from 0 to 255, scaled, flattened, weighed. */

import { Adam, CosineDecay, Dense, Dropout, Flatten, Sequential, setRandomSeed } from 'myelin';
import { panels, plotHistory } from 'myelin/plot';
import { clothes, judged } from './fashion.js';
import { lesson } from './lesson.js';

export const { options, run } = lesson('fashion-mlp', {
  figure: 'test accuracy',
  data: 'A folder with the four files of Fashion-MNIST, or a part of it in the same format.',
  trains: true,
  async run({ write, show, save, seed, small, data, verbose, signal, ...given }) {
    const pictures = await clothes(data, small, seed);
    const { train, classes } = pictures;
    write(`${pictures.source}\nClasses: ${classes.join(', ')}.\n`);
    const count = train.x.shape[0]!;
    // Many passes over a few hundred pictures, few over the whole set.
    const epochs = given.epochs ?? (small ? 8 : count < 1000 ? 50 : 10);

    setRandomSeed(seed);
    const model = new Sequential([
      new Flatten({ inputShape: [28, 28, 1] }),
      new Dense(256, { activation: 'relu' }),
      new Dropout(0.5),
      new Dense(10, { activation: 'softmax' }),
    ]);
    const steps = epochs * Math.ceil(count / 32);
    model.compile({
      optimizer: new Adam({ learningRate: new CosineDecay(2e-3, steps) }),
      loss: 'sparse_categorical_crossentropy',
      metrics: ['accuracy'],
    });
    if (verbose) model.summary();
    const history = await model.fit(train.x, train.y, { epochs, batchSize: 32, verbose, signal });

    const { accuracy, report, guesses } = await judged(model, pictures);
    write(`\n${report}`);
    const plot = panels([guesses, plotHistory(history, { metrics: ['accuracy'] })]);
    show(plotHistory(history));
    await save(plot);
    return accuracy;
  },
});

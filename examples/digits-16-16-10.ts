/** Digits by two hidden layers of sixteen: 13,002 numbers to learn, and the forward pass layer by layer. */

import { Adam, Dense, Flatten, Sequential, setRandomSeed, type Tensor } from 'myelin';
import { panels, plotImages, plotNetwork } from 'myelin/plot';
import { lesson } from './lesson.js';
import { digits } from './pictures.js';
import { aligned } from './text.js';

function network(): Sequential {
  const model = new Sequential([
    new Flatten({ inputShape: [28, 28, 1] }),
    new Dense(16, { activation: 'sigmoid' }),
    new Dense(16, { activation: 'sigmoid' }),
    new Dense(10, { activation: 'softmax' }),
  ]);
  model.compile({
    optimizer: new Adam({ learningRate: 5e-3 }),
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

/** What each layer makes of one picture: how many numbers, and the first of them. */
function layerByLayer(model: Sequential, picture: Tensor): string {
  let values = picture;
  const rows = model.layers.map((layer) => {
    values = layer.apply(values);
    const some = Array.from(values.data().slice(0, 6), (value) => Number(value).toFixed(2));
    return [`  ${layer.name}`, `${values.size}`, ...some];
  });
  const said = values.argmax(-1).item();
  return `${aligned(rows)}\n\nThe largest of the ten is number ${said}: argmax says ${said}.\n`;
}

export const { options, run } = lesson('digits-16-16-10', {
  figure: 'test accuracy',
  data: 'A folder with the four files of MNIST. Default: drawn digits.',
  trains: true,
  async run({ write, show, save, seed, small, data, verbose, signal, epochs = small ? 15 : 20 }) {
    setRandomSeed(seed);
    const [train, test] = await digits(data, small, seed);
    write(data === undefined ? 'Drawn digits; `--data DIR` reads MNIST.' : `MNIST of ${data}.`);
    const model = network();
    if (verbose) model.summary();
    write('784 * 16 + 16 = 12,560; 16 * 16 + 16 = 272; 16 * 10 + 10 = 170; together 13,002.\n');
    await model.fit(train.x, train.y, { epochs, batchSize: 32, verbose, signal });

    const one = test.x.slice([0, 0, 0, 0], [1, 28, 28, 1]);
    const picture = plotImages(one, { title: `A ${test.y.data()[0]}` });
    show(picture);
    write(`\nForward, layer by layer.\n${layerByLayer(model, one)}`);
    const { accuracy } = await model.evaluate(test.x, test.y, { verbose: 0 });
    const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
    const title = 'What each neuron says';
    const plot = panels([picture, plotNetwork(model, { activations: one, classes, title })], { columns: 1 });
    show(plot);
    await save(plot);
    return accuracy!;
  },
});

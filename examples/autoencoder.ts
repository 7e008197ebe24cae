/** Pictures of 784 pixels through a neck of 32 numbers: what comes out again, and where the digits lie among the codes. */

import * as m from 'myelin';
import { panels, plotImages, plotScatter } from 'myelin/plot';
import { lesson } from './lesson.js';
import { chosen, digits, first } from './pictures.js';

/** The two directions in which rows differ most, by power iteration: `[columns, 2]`. */
function principal(rows: m.Tensor, seed: number): m.Tensor {
  let rest = rows.sub(rows.mean(0));
  const directions = [0, 1].map((number) => {
    let direction = m.random.normal([rows.shape[1]!, 1], { seed: seed + number });
    for (let i = 0; i < 50; i++) {
      const turned = rest.transpose().matmul(rest.matmul(direction));
      direction = turned.div(m.norm(turned));
    }
    rest = rest.sub(rest.matmul(direction).matmul(direction.transpose()));
    return direction;
  });
  return m.concatenate(directions, 1);
}

/** The codes of five digits, seen along the directions in which the means of these digits differ most. */
function codesPlot(codes: m.Tensor, y: m.Tensor, seed: number) {
  const some = [0, 1, 3, 4, 7];
  const of = (...wanted: number[]) => chosen({ x: codes, y }, (label) => wanted.includes(label));
  const means = m.stack(some.map((digit) => of(digit).x.mean(0)));
  return plotScatter(of(...some).x.matmul(principal(means, seed)), {
    labels: of(...some).y,
    classes: Array.from({ length: 10 }, (_, digit) => `${digit}`),
    title: 'Codes of five digits, seen from where they lie farthest apart',
  });
}

const meanSquare = (difference: m.Tensor) => Number(difference.square().mean().item());

export const { options, run } = lesson('autoencoder', {
  figure: 'share of the variation that 32 numbers keep',
  data: 'A folder with the four files of MNIST. Default: drawn digits.',
  async run({ write, show, save, seed, small, data, verbose, signal }) {
    m.setRandomSeed(seed);
    const [train, test] = await digits(data, small, seed);
    const code = new m.Dense(32, { activation: 'relu' });
    const encoder = new m.Sequential([m.Input([28, 28, 1]), new m.Flatten(), code], { name: 'encoder' });
    const pixels = new m.Dense(784, { activation: 'sigmoid', inputShape: [32] });
    const decoder = new m.Sequential([pixels, new m.Reshape([28, 28, 1])], { name: 'decoder' });
    const model = new m.Sequential([encoder, decoder], { name: 'autoencoder' });
    model.compile({ optimizer: new m.Adam({ learningRate: 2e-3 }), loss: 'binary_crossentropy' });
    if (verbose) model.summary();
    // What it should say is what it sees: no labels.
    await model.fit(train.x, train.x, { epochs: small ? 12 : 40, verbose, signal });

    const again = await model.predict(test.x, { verbose: 0 });
    const [error, plain] = [again, train.x.mean(0)].map((guess) => meanSquare(guess.sub(test.x)));
    write(`\nMean squared error ${error!.toFixed(4)}. Always the mean picture: ${plain!.toFixed(4)}.\n`);
    const pictures = m.concatenate([first(test.x, 10), first(again, 10)]);
    const codes = codesPlot(await encoder.predict(test.x, { verbose: 0 }), test.y, seed);
    const title = 'Test digits, and what comes out again';
    const plot = panels([plotImages(pictures, { columns: 10, title }), codes], { columns: 1 });
    show(plot);
    await save(plot);
    return 1 - error! / plain!;
  },
});

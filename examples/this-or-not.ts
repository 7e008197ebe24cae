/** A bag, or something else? Forty pictures are too few, unless the network has learnt to see from other ones. */

import * as m from 'myelin';
import { drawnFashion } from 'myelin/datasets';
import { panels, plotBars } from 'myelin/plot';
import { lesson } from './lesson.js';
import { asLight, chosen, first, type Pictures, underChances } from './pictures.js';
import { aligned } from './text.js';

const object = 8; // bags, among the ten classes
const shape = [28, 28, 3];

/** Clothes in colour: the cloth and the ground each of a colour drawn at random. */
function coloured(nSamples: number, seed: number): Pictures {
  const { x, y } = drawnFashion({ nSamples, seed });
  const colours = (part: number) => m.random.uniform([nSamples, 1, 1, 3], { seed: 2 * seed + part });
  const [cloth, ground] = [colours(0), colours(1)];
  return { x: ground.add(asLight(x).mul(cloth.sub(ground))), y };
}

/** Pictures with the object and without it in turn; 1 says that it is there. */
function thisOrNot(count: number, seed: number): Pictures {
  const all = coloured(6 * count, seed);
  const there = chosen(all, (label) => label === object, count / 2);
  const other = chosen(all, (label) => label !== object, count / 2);
  const x = m.stack([there.x, other.x], 1).reshape([count, ...shape]);
  return { x, y: m.stack([there.y, other.y], 1).flatten().equal(object) };
}

/** What sees: from a picture to 64 numbers. */
function base(): m.Sequential {
  const conv = (filters: number) => new m.Conv2D(filters, 3, { padding: 'same', activation: 'relu' });
  const seen = [16, 32, 64].flatMap((filters) => [conv(filters), new m.MaxPooling2D(2)]);
  const layers = [m.Input(shape), ...seen, new m.Flatten()];
  return new m.Sequential([...layers, new m.Dense(64, { activation: 'relu' })], { name: 'base' });
}

const moved = () => [new m.RandomFlip('horizontal'), new m.RandomTranslation(0.1)];
const answer = () => new m.Dense(1, { activation: 'sigmoid' });

async function trained(layers: m.Layer[], { x, y }: Pictures, options: m.FitOptions): Promise<m.Sequential> {
  const model = new m.Sequential([m.Input(shape), ...layers]);
  const loss = layers.at(-1) instanceof m.Softmax ? 'sparse_categorical_crossentropy' : 'binary_crossentropy';
  model.compile({ optimizer: new m.Adam({ learningRate: 2e-3 }), loss, metrics: ['accuracy'] });
  await model.fit(x, y, options);
  return model;
}

export const { options, run } = lesson('this-or-not', {
  figure: 'test accuracy with transfer',
  async run({ write, show, save, seed, small, verbose, signal }) {
    m.setRandomSeed(seed);
    const [few, test] = [thisOrNot(40, seed), thisOrNot(small ? 200 : 600, seed + 1)];
    const told = { epochs: 60, batchSize: 16, verbose: 0, signal } as const;
    const longer = { ...told, epochs: small ? 10 : 150 };
    const scratch = await trained([base(), answer()], few, told);
    const augmented = await trained([...moved(), base(), answer()], few, longer);

    write('The base learns to tell the nine other kinds apart, from many pictures.');
    const many = chosen(coloured(small ? 1500 : 3000, seed + 2), (label) => label !== object);
    const eyes = base();
    await trained([eyes, new m.Dense(10), new m.Softmax()], many, { epochs: small ? 6 : 8, verbose, signal });
    eyes.trainable = false; // from here on it only looks: 65 numbers are left to learn
    const transfer = await trained([...moved(), eyes, answer()], few, told);
    if (verbose) transfer.summary();
    const models = { 'from scratch': scratch, 'pictures moved': augmented, 'transfer, moved': transfer };
    const scores: Record<string, number> = {};
    for (const [name, model] of Object.entries(models))
      scores[name] = (await model.evaluate(test.x, test.y, { verbose: 0 })).accuracy!;
    const rows = Object.entries(scores).map(([name, score]) => [`  ${name}`, score.toFixed(2)]);
    write(`${aligned([['40 pictures to learn from', 'accuracy'], ...rows])}\n`);
    const chances = Array.from((await transfer.predict(first(test.x, 16), { verbose: 0 })).data(), Number);
    const isRight = (chance: number, i: number) => chance > 0.5 === (i % 2 === 0);
    const images = underChances(test.x, chances, isRight, { title: 'Is this a bag?', columns: 8 });
    const plot = panels([images, plotBars(scores, { title: 'Accuracy on test pictures' })], { columns: 1 });
    show(plot);
    await save(plot);
    return scores['transfer, moved']!;
  },
});

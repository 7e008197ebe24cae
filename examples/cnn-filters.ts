/** A network of 68,770 numbers for colour pictures of 20 x 20: what its filters look for, and what they say of one. */

import * as m from 'myelin';
import { drawnScenes } from 'myelin/datasets';
import { panels, plotActivations, plotFilters, plotImages } from 'myelin/plot';
import { lesson } from './lesson.js';
import { first, type Pictures, scaled, underChances } from './pictures.js';

function network(): m.Sequential {
  const model = new m.Sequential([
    // On each pixel alone: sixteen mixtures of its red, green and blue. 3 * 16 + 16 = 64
    new m.Dense(16, { activation: 'relu', inputShape: [20, 20, 3], name: 'colours' }),
    new m.Conv2D(32, 3, { padding: 'same', name: 'edges' }), // 3 * 3 * 16 * 32 + 32 = 4,640
    new m.MaxPooling2D(2),
    new m.Conv2D(64, 5, { padding: 'same', name: 'parts' }), // 5 * 5 * 32 * 64 + 64 = 51,264
    new m.Flatten(),
    new m.Dense(2, { activation: 'softmax' }), // 10 * 10 * 64 * 2 + 2 = 12,802
  ]);
  model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  return model;
}

/** Pictures that make filters of a layer say most: noise, changed uphill along the gradient of what they say. */
function exciting(model: m.Sequential, depth: number, filters: number, seed: number): m.Tensor {
  const layers = model.layers.slice(0, depth + 1);
  const excitement = (images: m.Tensor) => {
    const output = layers.reduce((x, layer) => layer.apply(x), images);
    const own = m.eye(filters, output.shape[3]!).reshape([filters, 1, 1, -1]); // picture i for filter i
    return output.mul(own).mean([1, 2]).sum();
  };
  const step = m.compiled(({ images }) => {
    // Uphill for each pixel together with its neighbours: else the picture becomes snow.
    const slope = m.averagePool(m.grad(excitement)(images!), 3, { strides: 1, padding: 'same' });
    const size = slope.square().mean([1, 2, 3], { keepDims: true }).sqrt().add(1e-8);
    // Back to grey a little each time: what no filter asks for fades.
    const faded = images!.sub(0.5).mul(0.95).add(0.5);
    return { images: faded.add(slope.div(size).mul(0.02)).clip(0, 1) };
  });
  let images = m.random.uniform([filters, 20, 20, 3], { seed });
  for (let i = 0; i < 60; i++) images = step.call({ images }).images!;
  return images;
}

/** What the network says of pictures, what its filters look for, and what they say of the first picture. */
async function picture(model: m.Sequential, { x, y }: Pictures, seed: number) {
  const said = await model.predict(first(x, 8), { verbose: 0 });
  const chances = Array.from(said.gather(1, 1).data(), Number);
  const isRight = (chance: number, i: number) => Number(chance > 0.5) === y.data()[i];
  const excited = (depth: number, title: string) =>
    plotImages(exciting(model, depth, 8, seed), { columns: 8, title });
  const shown = { layers: ['colours', 'edges', 'parts'], max: 8, title: 'The first picture' };
  return panels(
    [
      underChances(x, chances, isRight, { columns: 8, title: 'Is there a sun?' }),
      plotFilters(model.layers[0]!, { shape: [1, 1, 3], title: "Filters of 'colours'" }),
      excited(1, "What excites filters of 'edges' most"),
      excited(3, "What excites filters of 'parts' most"),
      await plotActivations(model, first(x, 1), shown),
    ],
    { columns: 1 },
  );
}

export const { options, run } = lesson('cnn-filters', {
  figure: 'test accuracy',
  async run({ show, save, seed, small, verbose, signal }) {
    const scenes = (nSamples: number, from: number) =>
      scaled(drawnScenes({ nSamples, seed: from, size: 20, object: 'sun' }));
    const [train, test] = [scenes(small ? 300 : 1000, seed), scenes(500, seed + 1)];
    m.setRandomSeed(seed);
    const model = network();
    if (verbose) model.summary();
    await model.fit(train.x, train.y, { epochs: small ? 3 : 6, verbose, signal });
    const { accuracy } = await model.evaluate(test.x, test.y, { verbose: 0 });
    const plot = await picture(model, test, seed);
    show(plot);
    await save(plot);
    return accuracy!;
  },
});

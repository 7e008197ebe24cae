import { expect, test } from 'vitest';
import {
  Activation,
  Conv2D,
  Conv3D,
  Dense,
  Dropout,
  Flatten,
  GlobalAveragePooling2D,
  MaxPooling2D,
  ones,
  Sequential,
  StringLookup,
  tensor,
  zeros,
} from '../../../src/index.js';
import type { ChartPanel, ImagesPanel } from '../../../src/plot/description.js';
import { plotActivations } from '../../../src/plot/index.js';
import { random } from '../../../src/tensor/random.js';

const small = () =>
  new Sequential([
    new Conv2D(4, 3, { inputShape: [8, 6, 1], activation: 'relu' }),
    new MaxPooling2D(2),
    new Dropout(0.5),
    new Flatten(),
    new Dense(3, { activation: 'softmax' }),
  ]);

test('a panel for each layer that changes values: images of channels, bars for units', async () => {
  const model = small();
  const x = random.uniform([1, 8, 6, 1], { seed: 1 });
  const { picture } = await plotActivations(model, x, { classes: ['a', 'b', 'c'] });
  expect(picture.columns).toBe(1);
  expect(picture.title).toBe("Sequential 'sequential'");
  expect(picture.panels.map(({ kind, title }) => [kind, title?.split(':')[0]])).toEqual([
    ['images', 'conv2d [6, 4, 4]'],
    ['images', 'max_pooling2d [3, 2, 4]'],
    ['chart', 'dense [3]'],
  ]);
  const bars = picture.panels[2] as ChartPanel;
  const expected = (await model.predict(x)).data();
  expect(bars.x.categories).toEqual(['a', 'b', 'c']);
  expect(bars.marks[0]).toMatchObject({ kind: 'rectangles', y1: expected });
});

test('the pixels are the outputs, black at 0 and white at the largest of the layer', async () => {
  const model = new Sequential([new Conv2D(2, 1, { inputShape: [1, 3, 1], useBias: false })]);
  model.setWeights([tensor([[[[1, 2]]]])]);
  const plot = await plotActivations(model, tensor([[[0], [1], [2]]]));
  const { images, title } = plot.picture.panels[0] as ImagesPanel;
  expect(title).toBe('conv2d [1, 3, 2]: 0 to 4');
  expect(images.map(({ pixels }) => [pixels[0], pixels[3], pixels[6]])).toEqual([
    [0, 64, 128],
    [0, 128, 255],
  ]);
  expect(images.map(({ caption }) => caption)).toEqual(['0', '1']);
});

test('channels that stand first are told from the layer, for the layers behind it too', async () => {
  const model = new Sequential([
    new Conv2D(2, 1, { inputShape: [1, 2, 3], dataFormat: 'channels_first' }),
    new Activation('relu'),
  ]);
  const { panels } = (await plotActivations(model, random.normal([1, 2, 3], { seed: 2 }))).picture;
  const sizes = panels.map((panel) =>
    (panel as ImagesPanel).images.map(({ width, height }) => [width, height]),
  );
  expect(sizes).toEqual(Array(2).fill(Array(2).fill([3, 2])));
});

test('more channels than max are left out with a note; more units than bars are a strip', async () => {
  const model = new Sequential([
    new Conv2D(20, 1, { inputShape: [2, 2, 1] }),
    new GlobalAveragePooling2D(),
    new Dense(100),
  ]);
  const { picture } = await plotActivations(model, ones([1, 2, 2, 1]), { max: 6 });
  expect((picture.panels[0] as ImagesPanel).images).toHaveLength(6);
  expect(picture.notes).toEqual(['conv2d: the first 6 of 20 channels.']);
  const strip = picture.panels[2] as ChartPanel;
  expect(strip.marks[0]).toMatchObject({ kind: 'cells', palette: 'diverging', x: [-0.5, 99.5] });
  const [cells] = strip.marks;
  expect(cells?.kind === 'cells' && cells.values[0]?.length).toBe(100);
});

test('layers are chosen by name, place, or as outer/inner', async () => {
  const inner = new Sequential([new Dense(2, { name: 'a' }), new Dropout(0.5, { name: 'b' })], {
    name: 'inner',
  });
  const model = new Sequential([
    new Dense(3, { inputShape: [2], name: 'first' }),
    inner,
    new Dense(1, { name: 'last' }),
  ]);
  const titles = async (layers: (string | number)[]) =>
    (await plotActivations(model, [[1, 2]], { layers })).picture.panels.map(
      ({ title }) => title?.split(' ')[0],
    );
  expect(await titles(['last', 0])).toEqual(['first', 'last']);
  expect(await titles([-1])).toEqual(['last']);
  expect(await titles(['inner/b'])).toEqual(['inner/b']);
  expect(await titles(['inner'])).toEqual(['inner/a', 'inner/b']);
  await expect(titles(['lost'])).rejects.toThrow(
    "plotActivations layers expected 'first', 'inner/a', 'inner/b', 'last' or 'inner', received 'lost'.",
  );
  await expect(titles([3])).rejects.toThrow(
    'plotActivations layers expected places from 0 to 2, received 3.',
  );
});

test('the model stays as it is: weights, names, and what training changes', async () => {
  const model = small();
  model.compile({ loss: 'mse' });
  const before = JSON.stringify([
    model.getWeights(),
    model.layers.map(({ name }) => name),
    model.getConfig(),
  ]);
  await plotActivations(model, zeros([8, 6, 1]));
  expect(JSON.stringify([model.getWeights(), model.layers.map(({ name }) => name), model.getConfig()])).toBe(
    before,
  );
});

test('bytes are taken as predict takes them', async () => {
  const model = new Sequential([new Dense(1, { inputShape: [2], kernelInitializer: 'ones' })]);
  const { panels } = (await plotActivations(model, tensor(new Uint8Array([200, 100])))).picture;
  expect(panels[0]?.title).toBe('dense [1]: 300 to 300');
});

test('words are encoded as predict does it', async () => {
  const model = new Sequential([
    new StringLookup({ vocabulary: ['a', 'b'], outputMode: 'multi_hot' }),
    new Dense(2),
  ]);
  await model.predict([['a']]);
  const { panels } = (await plotActivations(model, [['b']])).picture;
  expect(panels.at(-1)?.title).toMatch(/^dense \[2\]/);
});

test('what has no picture is named in a note', async () => {
  const model = new Sequential([new Conv3D(1, 1, { inputShape: [2, 2, 2, 1] })]);
  const { picture } = await plotActivations(model, ones([1, 2, 2, 2, 1]));
  expect(picture.panels).toEqual([]);
  expect(picture.notes).toEqual(['conv3d gives [2, 2, 2, 1], which has no picture.']);
});

test('NaN is said', async () => {
  const model = new Sequential([new Conv2D(1, 1, { inputShape: [1, 2, 1] })]);
  const { picture } = await plotActivations(model, tensor([[[Number.NaN], [1]]]));
  expect(picture.notes).toEqual(['conv2d: 1 value is not a number, drawn in magenta.']);
});

test('several inputs, other shapes, and models without weights are refused', async () => {
  const model = small();
  await expect(plotActivations(model, zeros([2, 8, 6, 1]))).rejects.toThrow(
    /plotActivations x expected one input, received 2 of them/,
  );
  await expect(plotActivations(model, zeros([1, 8, 7, 1]))).rejects.toThrow(
    /expected inputs of shape \[batch, 8, 6, 1\]/,
  );
  const wrongHeight = await plotActivations(model, zeros([7, 6, 1])).catch((error: Error) => error.message);
  expect(wrongHeight).toContain('plotActivations x expected one input of shape [8, 6, 1]');
  expect(wrongHeight).not.toContain('inputShape');
  await expect(plotActivations(new Sequential([new Dense(1)]), zeros([1, 1]))).rejects.toThrow(
    /has seen no inputs yet/,
  );
  await expect(plotActivations(new Sequential([]), zeros([1, 1]))).rejects.toThrow(/has no layers/);
  await expect(plotActivations(new Dense(1) as never, zeros([1, 1]))).rejects.toThrow(
    /expected a Sequential/,
  );
  await expect(plotActivations(model, zeros([8, 6, 1]), { classes: ['a'] })).rejects.toThrow(
    /expected 3, one for each output of 'dense'/,
  );
});

import { expect, test } from 'vitest';
import {
  Activation,
  BatchNormalization,
  Conv2D,
  Dense,
  Dropout,
  Embedding,
  Flatten,
  Rescaling,
  Sequential,
  tensor,
  zeros,
} from '../../../src/index.js';
import type { DiagramPanel } from '../../../src/plot/description.js';
import { plotNetwork } from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';

const panelOf = (plot: Plot) => plot.picture.panels[0] as DiagramPanel;

function two(): Sequential {
  const model = new Sequential([
    new Dense(2, { inputShape: [3], activation: 'relu', name: 'hidden' }),
    new Dense(1, { name: 'out' }),
  ]);
  model.setWeights([
    tensor([
      [1, -2],
      [0, 4],
      [0.5, 0],
    ]),
    [0, 0],
    [[3], [-1]],
    [0],
  ]);
  return model;
}

test('a circle for each unit, a line for each weight beside the largest of its layer, the strongest last', () => {
  const { nodes, edges, notes, width } = panelOf(plotNetwork(two()));
  expect(nodes).toHaveLength(6);
  expect(nodes.every(({ shape, value }) => shape === 'circle' && value === undefined)).toBe(true);
  const weights = Object.fromEntries(edges.map(({ from, to, weight }) => [`${from}-${to}`, weight]));
  expect(weights).toEqual({
    '0-3': 0.25,
    '0-4': -0.5,
    '1-3': 0,
    '1-4': 1,
    '2-3': 0.125,
    '2-4': 0,
    '3-5': 1,
    '4-5': expect.closeTo(-1 / 3, 6),
  });
  const sizes = edges.map(({ weight }) => Math.abs(weight!));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(notes?.map(({ text }) => text)).toEqual(['input', '3 units', 'hidden', '2 units', 'out', '1 unit']);
  expect(width).toBe(720);
});

test('with an input, units are filled by what they give, beside the largest where it is above 1', () => {
  const { nodes, notes } = panelOf(
    plotNetwork(two(), { activations: tensor([1, 2, 0.5]), classes: ['yes'] }),
  );
  // hidden: relu(1 + 0.25), relu(-2 + 8); out: 3 · 1.25 - 6 = -2.25
  expect(nodes.map(({ value }) => value)).toEqual(
    [0.5, 1, 0.25, 1.25 / 6, 1, -1].map((v) => expect.closeTo(v, 6)),
  );
  expect(notes?.at(-1)).toMatchObject({ text: '-2.25  yes', align: 'start' });
  const weak = panelOf(plotNetwork(two(), { activations: [[0.25, 0, 0]] }));
  expect(weak.nodes[0]?.value).toBe(0.25);
});

test('more units than maxUnits: the first and the last, and how many are between', () => {
  const model = new Sequential([
    new Flatten({ inputShape: [28, 28] }),
    new Dense(16, { activation: 'sigmoid' }),
    new Dense(16, { activation: 'sigmoid' }),
    new Dense(10),
  ]);
  const plot = plotNetwork(model);
  const { nodes, edges, notes, height } = panelOf(plot);
  expect(plot.picture.title).toBe("Sequential 'sequential': 13,002 parameters");
  expect(nodes).toHaveLength(16 + 16 + 16 + 10);
  expect(edges).toHaveLength(256 + 256 + 160);
  expect(notes?.map(({ text }) => text)).toContain('... 768 more');
  expect(nodes.every(({ y }) => y > 40 && y < height)).toBe(true);
  // The 9th circle of the inputs is unit 776.
  const kernel = (model.layers[1] as Dense).kernel.data();
  const largest = Math.max(...kernel.map(Math.abs));
  const edge = edges.find(({ from, to }) => from === 8 && to === 16 + 3);
  expect(edge?.weight).toBeCloseTo(kernel[776 * 16 + 3]! / largest, 6);
  const few = panelOf(plotNetwork(model, { maxUnits: 3 }));
  expect(few.nodes).toHaveLength(12);
  expect(few.notes?.map(({ text }) => text)).toContain('... 781 more');
});

test('layers that change units one by one count with the dense layer before them', () => {
  const model = new Sequential([
    new Rescaling(0.5, { inputShape: [2] }),
    new Dense(2, { kernelInitializer: 'ones' }),
    new BatchNormalization({ epsilon: 0.0001 }),
    new Activation('relu'),
    new Dropout(0.5),
    new Sequential([new Dense(1, { name: 'last', kernelInitializer: 'ones' })], { name: 'inside' }),
  ]);
  const { nodes, notes } = panelOf(plotNetwork(model, { activations: [[1, -3]] }));
  expect(notes?.map(({ text }) => text)).toContain('inside/last');
  expect(nodes.map(({ value }) => value)).toEqual([1 / 3, -1, 0, 0, 0].map((v) => expect.closeTo(v, 6)));
});

test('weights that are not finite are said', () => {
  const model = new Sequential([new Dense(1, { inputShape: [3] })]);
  model.setWeights([[[Number.NaN], [1], [Number.NEGATIVE_INFINITY]], [0]]);
  const plot = plotNetwork(model);
  expect(panelOf(plot).edges.map(({ weight }) => weight)).toEqual([0, 0, 1]);
  expect(plot.picture.notes?.at(-1)).toBe('Some weights are not finite: their lines say nothing.');
});

test('models of other layers, wrong classes and wrong inputs are refused', () => {
  const conv = new Sequential([new Conv2D(2, 3, { inputShape: [8, 8, 1] }), new Flatten(), new Dense(2)]);
  expect(() => plotNetwork(conv)).toThrow(
    /between them what changes units one by one, received Conv2D 'conv2d'/,
  );
  const words = new Sequential([new Embedding(5, 2, { inputShape: [4] }), new Flatten(), new Dense(2)]);
  expect(() => plotNetwork(words)).toThrow(/received Embedding/);
  expect(() => plotNetwork(new Sequential([new Flatten({ inputShape: [2, 2] })]))).toThrow(/received none/);
  expect(() => plotNetwork(new Sequential([new Dense(2)]))).toThrow(/has seen no inputs yet/);
  expect(() => plotNetwork(two(), { classes: ['a', 'b'] })).toThrow(
    /expected 1, one for each unit of 'out', received 2/,
  );
  expect(() => plotNetwork(two(), { activations: zeros([2, 3]) })).toThrow(
    /activations x expected one input/,
  );
  expect(() => plotNetwork(two(), { maxUnits: 1 })).toThrow(/maxUnits expected an integer of 2 or more/);
});

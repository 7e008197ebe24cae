import { expect, test } from 'vitest';
import {
  Conv1D,
  Conv2D,
  Dense,
  DepthwiseConv2D,
  Dropout,
  Flatten,
  type Layer,
  layer,
  SeparableConv2D,
  Sequential,
  tensor,
} from '../../../src/index.js';
import type { ImagesPanel } from '../../../src/plot/description.js';
import { plotFilters } from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';

const panelOf = (plot: Plot) => plot.picture.panels[0] as ImagesPanel;

function built<L extends Layer>(made: L, inputs: readonly number[]): L {
  made.buildOnce([null, ...inputs]);
  return made;
}

test('one input channel: a grey image for each filter, mid grey is 0', () => {
  const conv = built(new Conv2D(2, [1, 2], { name: 'first', useBias: false }), [8, 8, 1]);
  // Kernel [1, 2, 1, 2]: filter 0 is 0.5 and 0, filter 1 is -2 and 2.
  conv.setWeights([tensor([[[[0.5, -2]], [[0, 2]]]])]);
  const { picture } = plotFilters(conv);
  expect(picture.title).toBe("Conv2D 'first': 2 filters of 1 x 2");
  const { images } = panelOf(plotFilters(conv));
  expect(images.map(({ width, height, caption }) => [width, height, caption])).toEqual([
    [2, 1, '0'],
    [2, 1, '1'],
  ]);
  expect([...images[0]!.pixels]).toEqual([159, 159, 159, 128, 128, 128]);
  expect([...images[1]!.pixels]).toEqual([0, 0, 0, 255, 255, 255]);
  expect(picture.notes).toEqual(['Mid grey is 0, white is 2, black is -2.']);
});

test('three input channels are red, green and blue of one image', () => {
  const conv = built(new Conv2D(2, 1, { useBias: false }), [8, 8, 3]);
  conv.setWeights([
    tensor([
      [
        [
          [1, -1],
          [0, 0.5],
          [-1, 0],
        ],
      ],
    ]),
  ]);
  const { images } = panelOf(plotFilters(conv));
  expect(images.map(({ pixels }) => [...pixels])).toEqual([
    [255, 128, 0],
    [0, 191, 128],
  ]);
  expect(plotFilters(conv).picture.notes).toEqual([
    'Mid grey is 0, all of red, green or blue is 1, none of it is -1.',
  ]);
});

test('other numbers of input channels: a row a filter, an image a channel', () => {
  const conv = built(new Conv2D(3, 3), [8, 8, 2]);
  const { images, columns } = panelOf(plotFilters(conv));
  expect(columns).toBe(2);
  expect(images.map(({ caption }) => caption)).toEqual(['0, 0', '0, 1', '1, 0', '1, 1', '2, 0', '2, 1']);
  const values = conv.kernel.data();
  const largest = Math.max(...values.map(Math.abs));
  // Row 1, column 2 of filter 2's look at channel 1.
  const v = values[((1 * 3 + 2) * 2 + 1) * 3 + 2]!;
  expect(images[5]!.pixels[3 * 5]).toBe(Math.round((255 * (v + largest)) / (2 * largest)));
});

test('more than max: the first channels of the first filters, and a note', () => {
  const many = plotFilters(built(new Conv2D(32, 3), [8, 8, 16]));
  expect(panelOf(many).images).toHaveLength(64);
  expect(panelOf(many).columns).toBe(8);
  expect(many.picture.notes?.at(-1)).toBe(
    'The first 8 of 32 filters and the first 8 of 16 channels; `max` is how many pictures.',
  );
  const grey = plotFilters(built(new Conv2D(32, 3), [8, 8, 1]), { max: 5 });
  expect(panelOf(grey).images).toHaveLength(5);
  expect(grey.picture.notes?.at(-1)).toBe('The first 5 of 32 filters; `max` is how many pictures.');
});

test('dense layers on flattened images, with their shape', () => {
  const dense = built(new Dense(4), [6]);
  dense.setWeights([
    tensor([
      [0, 1, 2, 3],
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [-3, 0, 0, 3],
    ]),
    [0, 0, 0, 0],
  ]);
  const { images } = panelOf(plotFilters(dense, { shape: [2, 3] }));
  expect(images.map(({ width, height }) => [width, height])).toEqual(Array(4).fill([3, 2]));
  const reds = [...images[0]!.pixels].filter((_, i) => i % 3 === 0);
  expect(reds).toEqual([128, 170, 128, 128, 128, 0]);
  const colour = panelOf(plotFilters(dense, { shape: [1, 2, 3] })).images;
  expect([...colour[0]!.pixels]).toEqual(reds);
});

test('any layer with such a kernel will do, whatever its class', () => {
  class Mine extends layer('Mine', () => ({})) {
    override build() {
      this.addWeight('kernel', [5, 5, 1, 2]);
    }
    override call(x: never) {
      return x;
    }
  }
  expect(panelOf(plotFilters(built(new Mine(), [8]))).images).toHaveLength(2);
  expect(panelOf(plotFilters(built(new SeparableConv2D(2, 3), [8, 8, 2]))).images).toHaveLength(2);
  // Kernels that see one channel each are no colours.
  expect(panelOf(plotFilters(built(new DepthwiseConv2D(3), [8, 8, 3]))).images).toHaveLength(3);
});

test('with scale picture each has its own white', () => {
  const conv = built(new Conv2D(2, 1, { useBias: false }), [8, 8, 1]);
  conv.setWeights([tensor([[[[1, -4]]]])]);
  const plot = plotFilters(conv, { scale: 'picture' });
  expect(panelOf(plot).images.map(({ pixels }) => pixels[0])).toEqual([255, 0]);
  expect(plot.picture.notes).toEqual([
    'Mid grey is 0, white is the largest weight of each picture, black is minus that.',
  ]);
});

test('weights that are not a number are magenta, with a note', () => {
  const conv = built(new Conv2D(1, 1, { useBias: false }), [8, 8, 1]);
  conv.setWeights([tensor([[[[Number.NaN]]]])]);
  const plot = plotFilters(conv);
  expect([...panelOf(plot).images[0]!.pixels]).toEqual([255, 0, 255]);
  expect(plot.picture.notes?.at(-1)).toBe('Weights that are not a number are drawn in magenta.');
});

test('infinite weights leave the scale to the others', () => {
  const conv = built(new Conv2D(3, 1, { useBias: false }), [8, 8, 1]);
  conv.setWeights([tensor([[[[Number.POSITIVE_INFINITY, 2, -1]]]])]);
  expect(panelOf(plotFilters(conv)).images.map(({ pixels }) => pixels[0])).toEqual([255, 255, 64]);
});

test('layers without such a kernel, without weights yet, and wrong shapes are refused', () => {
  expect(() => plotFilters(new Conv2D(2, 3))).toThrow(/Conv2D 'conv2d', which has seen no inputs yet/);
  expect(() => plotFilters(new Flatten())).toThrow(
    "plotFilters expected a layer with a kernel [h, w, inputs, filters], or [pixels, units] and a `shape`, received Flatten 'flatten', which has no weights.",
  );
  expect(() => plotFilters(built(new Dropout(0.5), [8]))).toThrow(/Dropout 'dropout', which has no weights/);
  expect(() => plotFilters(built(new Conv1D(2, 3), [8, 4]))).toThrow(
    /which has kernel \[3, 4, 2\], bias \[2\]/,
  );
  const model = new Sequential([new Conv2D(1, 1, { inputShape: [2, 2, 1] })]);
  expect(() => plotFilters(model)).toThrow(/plotFilters expected one layer, received a Sequential/);
  expect(() => plotFilters('conv2d' as never)).toThrow(/plotFilters expected one layer, received 'conv2d'/);
  const dense = built(new Dense(2), [784]);
  expect(() => plotFilters(dense)).toThrow(/pictures of 784 pixels.*received nothing.*shape: \[28, 28\]/s);
  expect(() => plotFilters(dense, { shape: [28, 27] })).toThrow(/received \[28, 27\]/);
  const conv = built(new Conv2D(2, 3), [8, 8, 1]);
  expect(() => plotFilters(conv, { shape: [3, 3] })).toThrow(/plotFilters shape expected nothing/);
});

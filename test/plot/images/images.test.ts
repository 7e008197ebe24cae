import { expect, test } from 'vitest';
import { tensor, zeros } from '../../../src/index.js';
import type { ImagesPanel } from '../../../src/plot/description.js';
import { plotImages } from '../../../src/plot/index.js';
import type { Plot } from '../../../src/plot/plot.js';
import type { Tensor } from '../../../src/tensor/tensor.js';

const panelOf = (plot: Plot) => plot.picture.panels[0] as ImagesPanel;
const pixelsOf = (plot: Plot, i = 0) => [...panelOf(plot).images[i]!.pixels];

test('bytes are drawn as they are, floats from 0 to 1', () => {
  expect(pixelsOf(plotImages(tensor(new Uint8Array([0, 128, 255, 7]), { shape: [1, 2, 2] })))).toEqual(
    [0, 128, 255, 7].flatMap((v) => [v, v, v]),
  );
  expect(
    pixelsOf(
      plotImages(
        tensor([
          [
            [0, 0.5],
            [1, 0.2],
          ],
        ]),
      ),
    ),
  ).toEqual([0, 128, 255, 51].flatMap((v) => [v, v, v]));
  expect(pixelsOf(plotImages(tensor([[[0, 255]]], { dtype: 'int32' })))).toEqual([0, 0, 0, 255, 255, 255]);
});

test('an axis of one channel is grey, of three red, green and blue', () => {
  const grey = panelOf(plotImages(zeros([2, 3, 5, 1])));
  expect(grey.images.map(({ width, height }) => [width, height])).toEqual([
    [5, 3],
    [5, 3],
  ]);
  const colour = plotImages(tensor([[[[1, 0, 0.2]]]]));
  expect(pixelsOf(colour)).toEqual([255, 0, 51]);
});

test('low and high say what is black and white', () => {
  const plot = plotImages(tensor([[[-1], [0], [3]]]), { low: -1, high: 3 });
  expect(pixelsOf(plot)).toEqual([0, 0, 0, 64, 64, 64, 255, 255, 255]);
  expect(plot.picture.notes).toBeUndefined();
});

test('values outside are clipped, and NaN is magenta, with a note', () => {
  const plot = plotImages(tensor([[[-1, 1.5, Number.NaN, 1]]]));
  expect(pixelsOf(plot)).toEqual([0, 0, 0, 255, 255, 255, 255, 0, 255, 255, 255, 255]);
  expect(plot.picture.notes).toEqual([
    '2 values are outside of 0 to 1 and drawn as its nearer end; all reach from -1 to 1.5. Give `low` and `high` to draw them.',
    '1 value is not a number, drawn in magenta.',
  ]);
});

test('captions, verdicts, columns and title are handed on', () => {
  const plot = plotImages(zeros([2, 2, 2]), {
    captions: ['bag', ''],
    verdicts: ['right', 'wrong'],
    columns: 1,
    title: 'Test images',
  });
  expect(plot.picture.title).toBe('Test images');
  expect(panelOf(plot).columns).toBe(1);
  expect(panelOf(plot).images.map(({ caption, verdict }) => [caption, verdict])).toEqual([
    ['bag', 'right'],
    [undefined, 'wrong'],
  ]);
});

test('no more than max images are drawn, and a note says how many there are', () => {
  const plot = plotImages(zeros([1200, 1, 1]));
  expect(panelOf(plot).images).toHaveLength(100);
  expect(plot.picture.notes).toEqual(['The first 100 of 1,200 images; `max` is how many.']);
  expect(
    panelOf(plotImages(zeros([12, 1, 1]), { max: 3, captions: Array(12).fill('a') })).images,
  ).toHaveLength(3);
});

test('no images are a picture that says so', () => {
  const plot = plotImages(zeros([0, 2, 2]));
  expect(panelOf(plot).images).toEqual([]);
  expect(plot.picture.notes).toEqual(['There are no images.']);
});

test('three axes are grey images, even when the last has size 3, and a note says so', () => {
  const plot = plotImages(zeros([4, 5, 3]));
  expect(panelOf(plot).images).toHaveLength(4);
  expect(plot.picture.notes).toEqual([
    'Shape [4, 5, 3] is read as 4 grey images of 5 x 3. One colour image is `x.expandDims(0)`.',
  ]);
});

test('shapes that are no images are refused with the way out', () => {
  const messages = [
    [28, 28],
    [1, 3, 28, 28],
    [2, 28, 28, 2],
    [2, 0, 3],
  ].map((shape) => messageOf(zeros(shape)));
  expect(messages).toMatchInlineSnapshot(`
    [
      "plotImages expected images of shape [n, height, width], [n, height, width, 1] or [n, height, width, 3], received [28, 28].
      fix    For one image write \`x.expandDims(0)\`; give flat pixels their axes: \`x.reshape([-1, 28, 28])\`.
      code   shape-mismatch",
      "plotImages expected images of shape [n, height, width], [n, height, width, 1] or [n, height, width, 3], received [1, 3, 28, 28].
      fix    The channels stand at the other end: \`x.transpose([0, 2, 3, 1])\`.
      code   shape-mismatch",
      "plotImages expected images of shape [n, height, width], [n, height, width, 1] or [n, height, width, 3], received [2, 28, 28, 2].
      code   shape-mismatch",
      "plotImages expected images of shape [n, height, width], [n, height, width, 1] or [n, height, width, 3], received [2, 0, 3].
      code   shape-mismatch",
    ]
  `);
  expect(messageOf([[1]] as never)).toMatch(/expected a tensor of images/);
});

test('wrong counts and options are refused', () => {
  const x = zeros([2, 2, 2]);
  expect(() => plotImages(x, { captions: ['one'] })).toThrow(
    /plotImages captions expected 2, one for each image, received 1/,
  );
  expect(() => plotImages(x, { verdicts: ['right'] })).toThrow(/plotImages verdicts expected 2/);
  expect(() => plotImages(x, { verdicts: ['good', 'bad'] as never })).toThrow(/each 'right' or 'wrong'/);
  expect(() => plotImages(x, { low: 2 })).toThrow(
    /plotImages high expected a number above low, which is 2, received 1/,
  );
  expect(() => plotImages(x, { colums: 2 } as never)).toThrow(/Did you mean 'columns'/);
  expect(() => plotImages(x, { max: 0 })).toThrow(/plotImages max expected an integer of 1 or more/);
});

function messageOf(x: Tensor): string {
  try {
    plotImages(x);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('should throw');
}

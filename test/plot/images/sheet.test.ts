import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { tensor, zeros } from '../../../src/index.js';
import { imagesPng, imagesSixel, Plot, plotImages } from '../../../src/plot/index.js';
import { random } from '../../../src/tensor/random.js';
import { decodeSixel } from './sixel-decoder.js';

const grey = tensor(new Uint8Array([0, 50, 100, 150, 200, 250]), { shape: [3, 1, 2] });
const colours = tensor(new Uint8Array([255, 0, 0, 10, 20, 30]), { shape: [1, 1, 2, 3] });
const both = new Plot({
  panels: [
    ...plotImages(grey, { columns: 2 }).picture.panels,
    ...plotImages(zeros([0, 1, 1])).picture.panels,
    ...plotImages(colours).picture.panels,
  ],
});

/** Rows of a decoded PNG, a word a pixel: `r,g,b`, or `-` where it is transparent. */
function rowsOf(bytes: Uint8Array): string[][] {
  const { width, height, data, channels } = decode(bytes);
  expect(channels).toBe(4);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const [red, green, blue, opacity] = data.slice(4 * (y * width + x));
      return opacity === 0 ? '-' : `${red},${green},${blue}`;
    }),
  );
}
const g = (v: number) => `${v},${v},${v}`;

test('a PNG has the images of all panels, in columns, with transparent gaps', () => {
  expect(rowsOf(imagesPng(both, { pixelSize: 1, gap: 1 }))).toEqual([
    [g(0), g(50), '-', g(100), g(150)],
    ['-', '-', '-', '-', '-'],
    [g(200), g(250), '-', '-', '-'],
    ['-', '-', '-', '-', '-'],
    ['255,0,0', '10,20,30', '-', '-', '-'],
  ]);
});

test('pixels become squares', () => {
  const rows = rowsOf(imagesPng(plotImages(colours), { pixelSize: 3 }));
  expect(rows).toHaveLength(3);
  expect(rows[2]).toEqual([...Array(3).fill('255,0,0'), ...Array(3).fill('10,20,30')]);
});

test('without a size of pixels images are about 80 wide, or as their panel says', () => {
  expect(decode(imagesPng(plotImages(zeros([1, 28, 28])))).width).toBe(84);
  expect(decode(imagesPng(plotImages(zeros([1, 2, 200])))).width).toBe(200);
  const { images } = plotImages(zeros([1, 2, 2])).picture.panels[0] as never;
  expect(decode(imagesPng({ panels: [{ kind: 'images', images, pixelSize: 5 }] })).width).toBe(10);
});

test('a picture without images is refused', () => {
  const chart = new Plot({ panels: [] });
  expect(() => imagesPng(chart)).toThrow(/imagesPng expected a picture with images, as plotImages makes it/);
  expect(() => imagesSixel(plotImages(zeros([0, 2, 2])))).toThrow(
    /imagesSixel expected a picture with images/,
  );
  expect(() => imagesPng(plotImages(grey), { pixelSize: 0 })).toThrow(/imagesPng pixelSize/);
});

test('a sheet that no memory holds is refused', () => {
  const large = plotImages(zeros([1, 100, 100]));
  expect(() => imagesPng(large, { pixelSize: 256 })).toThrow(
    /imagesPng pixelSize expected a sheet of no more than 100,000,000 pixels, received 25600 x 25600/,
  );
});

test('sixel text has every pixel in its colour, and leaves gaps out', () => {
  const picture = decodeSixel(imagesSixel(both, { pixelSize: 5, gap: 2 }));
  expect([picture.width, picture.height]).toEqual([22, 19]);
  const percent = (v: number) => Math.round((v / 255) * 100);
  expect(picture.at(0, 0)).toEqual([0, 0, 0]);
  expect(picture.at(9, 4)).toEqual(Array(3).fill(percent(50)));
  expect(picture.at(10, 0)).toBeUndefined();
  expect(picture.at(21, 4)).toEqual(Array(3).fill(percent(150)));
  expect(picture.at(0, 5)).toBeUndefined();
  expect(picture.at(0, 11)).toEqual(Array(3).fill(percent(200)));
  expect(picture.at(4, 18)).toEqual([100, 0, 0]);
  expect(picture.at(5, 14)).toEqual([4, 8, 12]);
});

test('sixel text of pictures with few colours is exact in percent, at every pixel', () => {
  const x = tensor(
    Uint8Array.from({ length: 35 * 31 }, (_, i) => i % 256),
    { shape: [1, 35, 31] },
  );
  const picture = decodeSixel(imagesSixel(plotImages(x), { pixelSize: 1 }));
  for (let i = 0; i < 35 * 31; i++) {
    expect(picture.at(i % 31, Math.floor(i / 31))?.[0]).toBe(Math.round(((i % 256) / 255) * 100));
  }
});

test('sixel text of pictures with many colours has the nearest of 256', () => {
  const x = random.uniform([1, 40, 40, 3], { seed: 1 });
  const text = imagesSixel(plotImages(x), { pixelSize: 1 });
  expect([...text.matchAll(/#\d+;2;/g)].length).toBeLessThanOrEqual(256);
  const picture = decodeSixel(text);
  const values = x.data();
  for (let i = 0; i < 1600; i++) {
    const found = picture.at(i % 40, Math.floor(i / 40))!;
    for (let c = 0; c < 3; c++) expect(Math.abs(found[c]! - 100 * values[3 * i + c]!)).toBeLessThan(11);
  }
});

test('long rows of one colour are written as repeats', () => {
  expect(imagesSixel(plotImages(zeros([1, 6, 100])), { pixelSize: 1 })).toBe(
    '\u001bP0;1q"1;1;100;6#0;2;0;0;0#0!100~\u001b\\',
  );
});

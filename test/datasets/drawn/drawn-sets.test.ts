import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fashionClasses } from '../../../src/data/fashion-mnist.js';
import {
  type DrawnOptions,
  type DrawnPictures,
  drawnCells,
  drawnDigits,
  drawnFashion,
  drawnScenes,
} from '../../../src/datasets/index.js';

interface Case {
  readonly name: string;
  readonly draw: (options?: DrawnOptions) => DrawnPictures;
  readonly shape: readonly number[];
  /** Of the bytes of twenty pictures and of their labels. */
  readonly checksum: string;
}

const cases: readonly Case[] = [
  { name: 'drawnDigits', draw: drawnDigits, shape: [28, 28], checksum: '2a8ac8a7' },
  { name: 'drawnFashion', draw: drawnFashion, shape: [28, 28], checksum: 'c8d8f763' },
  { name: 'drawnScenes', draw: drawnScenes, shape: [48, 48, 3], checksum: '2f32e96e' },
  { name: 'drawnCells', draw: drawnCells, shape: [32, 32, 3], checksum: '58fd5728' },
];

/** FNV-1a over bytes. */
function checksumOf({ x, y }: DrawnPictures): string {
  let hash = 0x811c9dc5;
  for (const byte of [...bytesOf(x), ...y.data()]) hash = Math.imul(hash ^ Number(byte), 0x01000193) >>> 0;
  return hash.toString(16);
}

const bytesOf = (x: DrawnPictures['x']) => x.data() as Uint8Array;
const countsOf = ({ y, classes }: DrawnPictures) =>
  classes.map((_, label) => y.data().filter((value) => value === label).length);

describe.each(cases)('$name', ({ name, draw, shape, checksum }) => {
  test('has the types that it says', () => {
    const { x, y } = draw({ nSamples: 7 });
    expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[7, ...shape], 'uint8', [7], 'int32']);
    expect(draw({ nSamples: 1, size: 16 }).x.shape.slice(1, 3)).toEqual([16, 16]);
  });

  test('draws a thousand pictures unless told otherwise', () => {
    expect(draw().x.shape[0]).toBe(1000);
  });

  test('draws the same bytes in every version and on every machine', () => {
    expect(checksumOf(draw({ nSamples: 20, seed: 7 }))).toBe(checksum);
  });

  test('the first pictures of many are those of few', () => {
    const [few, many] = [draw({ nSamples: 13, seed: 3 }), draw({ nSamples: 50, seed: 3 })];
    expect(bytesOf(many.x).slice(0, few.x.size)).toEqual(bytesOf(few.x));
    expect(many.y.data().slice(0, 13)).toEqual(few.y.data());
  });

  test('another seed gives other pictures and another order, also one above 32 bits', () => {
    const [first, second, far] = [0, 1, 2 ** 32].map((seed) => draw({ nSamples: 40, seed }));
    expect(new Set([first, second, far].map((set) => bytesOf(set!.x).join())).size).toBe(3);
    expect(second!.y.data()).not.toEqual(first!.y.data());
  });

  test('no two pictures are equal, and none is of one shade', () => {
    const { x } = draw({ nSamples: 300 });
    const length = x.size / 300;
    const pictures = Array.from({ length: 300 }, (_, i) => bytesOf(x).slice(i * length, (i + 1) * length));
    expect(new Set(pictures.map((picture) => picture.join())).size).toBe(300);
    for (const picture of pictures) expect(Math.max(...picture) - Math.min(...picture)).toBeGreaterThan(60);
  });

  test.each([
    [{ nSamples: 0 }, 'nSamples expected an integer of 1 or more, received 0'],
    [{ nSamples: 2.5 }, 'nSamples expected an integer of 1 or more, received 2.5'],
    [{ seed: -1 }, 'seed expected an integer of 0 or more, received -1'],
    [{ size: 15 }, 'size expected an integer of 16 or more, received 15'],
    [{ size: Number.NaN }, 'size expected an integer of 16 or more, received NaN'],
    [{ samples: 3 } as DrawnOptions, 'expected options among nSamples, seed, size'],
  ])('refuses %o', (options, message) => {
    expect(() => draw(options)).toThrow(`${name} ${message}`);
  });
});

describe('classes', () => {
  test('digits and clothes come equally often in every ten pictures', () => {
    for (const draw of [drawnDigits, drawnFashion]) {
      expect(countsOf(draw({ nSamples: 120 }))).toEqual(new Array(10).fill(12));
      expect(Math.max(...countsOf(draw({ nSamples: 9 })))).toBe(1);
    }
    expect(drawnFashion({ nSamples: 1 }).classes).toEqual([...fashionClasses]);
  });

  test('a scene has the object as often as not, and the class is named for it', () => {
    const scenes = drawnScenes({ nSamples: 100, object: 'cat' });
    expect(scenes.classes).toEqual(['other', 'cat']);
    expect(countsOf(scenes)).toEqual([50, 50]);
  });

  test('the share of infected cells is kept in every twenty pictures as well as whole numbers can', () => {
    expect(countsOf(drawnCells({ nSamples: 200 }))).toEqual([160, 40]);
    expect(countsOf(drawnCells({ nSamples: 200, share: 0.13 }))).toEqual([174, 26]);
    expect(countsOf(drawnCells({ nSamples: 20, share: 0 }))).toEqual([20, 0]);
    expect(countsOf(drawnCells({ nSamples: 20, share: 1 }))).toEqual([0, 20]);
  });

  test('refuses a share or an object that there is none of', () => {
    expect(() => drawnCells({ share: 1.5 })).toThrow(
      'drawnCells share expected a number from 0 to 1, received 1.5',
    );
    expect(() => drawnCells({ share: Number.NaN })).toThrow('received NaN');
    expect(() => drawnScenes({ object: 'whale' as 'cat' })).toThrow("or 'tree', received 'whale'");
    expect(() => drawnScenes({ object: 'toString' as 'cat' })).toThrow("received 'toString'");
  });
});

test('more pictures than a tensor holds are refused before any is drawn', () => {
  expect(() => drawnScenes({ nSamples: 1e10 })).toThrow('drawnScenes expected at most 268435456 numbers');
  expect(() => drawnCells({ size: 1e6 })).toThrow('nSamples and size that ask for');
});

test('a grey scene is the brightness of the colour one', () => {
  const options = { nSamples: 3, seed: 5, size: 20 };
  const [colours, greys] = [bytesOf(drawnScenes(options).x), drawnScenes({ ...options, colour: false }).x];
  expect(greys.shape).toEqual([3, 20, 20]);
  for (const [pixel, grey] of bytesOf(greys).entries()) {
    const [red, green, blue] = colours.slice(3 * pixel, 3 * pixel + 3);
    expect(Math.abs(grey - (0.299 * red! + 0.587 * green! + 0.114 * blue!))).toBeLessThanOrEqual(1.01);
  }
});

test('drawing uses no function that machines may round differently', () => {
  const folder = 'src/datasets/drawn';
  const text = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join();
  const used = new Set([...text.matchAll(/Math\.(\w+)/g)].map(([, name]) => name));
  const exact = ['SQRT1_2', 'abs', 'ceil', 'floor', 'max', 'min', 'round', 'sqrt'];
  expect([...used].sort()).toEqual(exact);
  expect(text).not.toMatch(/ \*\* (?!\d)/); // powers other than those written in digits
});

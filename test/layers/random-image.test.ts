import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  arange,
  compiled,
  Dense,
  Flatten,
  gradients,
  RandomBrightness,
  RandomContrast,
  RandomFlip,
  type RandomImageLayer,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
  random,
  Sequential,
  setWarnings,
  type Tensor,
  tensor,
} from '../../src/index.js';
import { type Affine, affineTransform } from '../../src/tensor/warp.js';
import { expectNumbersClose } from '../nn/goldens.js';

const training = { training: true } as const;

interface WarpCase {
  readonly kind: string;
  readonly interpolation: 'nearest' | 'bilinear';
  readonly fillMode: 'constant';
  /** a0, a1, a2, b0, b1, b2 of each image. */
  readonly matrix: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly grad?: readonly number[];
}
const warps = JSON.parse(readFileSync('test/layers/warps.json', 'utf8')) as {
  readonly shape: readonly number[];
  readonly images: readonly number[];
  readonly cotangent: readonly number[];
  readonly cases: readonly WarpCase[];
};

describe('images read at moved places are as in Keras', () => {
  const images = tensor(warps.images, { shape: warps.shape });
  test.each(warps.cases)('for $kind, $interpolation, $fillMode', (given) => {
    const affine = given.matrix[0]!.map((_, i) => tensor(given.matrix.map((row) => row[i]!)));
    const y = affineTransform(images, affine as unknown as Affine, { ...given, fillValue: 0.5 });
    expectNumbersClose(y.data(), given.y, 1e-5);
    if (!given.grad) return;
    const loss = y.mul(tensor(warps.cotangent, { shape: warps.shape })).sum();
    expectNumbersClose(gradients(loss, [images])[0]!.data(), given.grad, 2e-5);
  });
});

describe('what was drawn becomes the places that Keras reads', () => {
  type Kind = 'rotation' | 'zoom' | 'translation';
  /** Parts of a turn; how much more comes in; parts of the size: of the height first, as layers draw. */
  const drawn: Readonly<Record<Kind, readonly (readonly number[])[]>> = {
    rotation: [[40 / 360, -100 / 360]],
    zoom: [
      [1.6 - 1, 0.55 - 1],
      [0.7 - 1, 1.3 - 1],
    ],
    translation: [
      [-2.6 / 4, 0.4 / 4],
      [1.3 / 5, -7.2 / 5],
    ],
  };
  const makers = {
    rotation: () => new RandomRotation(0.5),
    zoom: () => new RandomZoom(0.5, { widthFactor: 0.5 }),
    translation: () => new RandomTranslation(0.5),
  };

  test.each(['rotation', 'zoom', 'translation'] as const)('of a %s', (kind) => {
    const draws = drawn[kind].map((numbers) => tensor(numbers).reshape([2, 1, 1, 1]));
    const layer = Object.assign(makers[kind](), { draw: () => draws.shift() });
    const places = layer.places(tensor(warps.images, { shape: warps.shape }));
    const { matrix } = warps.cases.find((given) => given.kind === kind)!;
    for (const [i, place] of places.entries()) {
      const expected = matrix.map((row) => row[i]!);
      const received = typeof place === 'number' ? [place, place] : place.data();
      expectNumbersClose(received, expected, 1e-5);
    }
  });
});

/** A picture whose pixels all differ, many times. */
const copies = (count: number, shape: readonly number[] = [4, 6, 2]): Tensor =>
  arange(shape.reduce((a, b) => a * b))
    .cast('float32')
    .reshape([1, ...shape])
    .broadcastTo([count, ...shape]);

const layers: readonly (readonly [string, () => RandomImageLayer])[] = [
  ['RandomFlip', () => new RandomFlip('horizontal', { seed: 5 })],
  ['RandomRotation', () => new RandomRotation(0.4, { seed: 5 })],
  ['RandomZoom', () => new RandomZoom(0.4, { seed: 5 })],
  ['RandomTranslation', () => new RandomTranslation(0.4, { seed: 5 })],
  ['RandomContrast', () => new RandomContrast(0.4, { seed: 5 })],
  ['RandomBrightness', () => new RandomBrightness(0.4, { seed: 5 })],
];

describe.each(layers)('%s', (_, make) => {
  const x = copies(8);

  test('changes nothing but while training', () => {
    expect(make().apply(x).toArray()).toEqual(x.toArray());
    expect(make().apply(x, training).toArray()).not.toEqual(x.toArray());
  });

  test('gives each image a change of its own, the same for the same seed, another in the next call', () => {
    const layer = make();
    const [first, second] = [layer.apply(x, training), layer.apply(x, training)];
    expect(make().apply(x, training).toArray()).toEqual(first.toArray());
    expect(second.toArray()).not.toEqual(first.toArray());
    const kinds = new Set((first.toArray() as unknown[]).map((image) => JSON.stringify(image)));
    expect(kinds.size).toBeGreaterThan(1);
  });

  test('takes whole numbers, and one image without its batch axis', () => {
    const image = copies(1).squeeze(0);
    const [whole, single] = [make().apply(x.cast('uint8'), training), make().apply(image, training)];
    expect(whole.dtype).toBe('float32');
    expect(whole.toArray()).toEqual(make().apply(x, training).toArray());
    expect(single.toArray()).toEqual(make().apply(image.expandDims(0), training).squeeze(0).toArray());
  });

  test('does the same to channels that come first', () => {
    const Class = make().constructor as unknown as { fromConfig(config: object): RandomImageLayer };
    const first = Class.fromConfig({ ...make().getConfig(), data_format: 'channels_first' });
    const y = first.apply(x.transpose([0, 3, 1, 2]), training).transpose([0, 2, 3, 1]);
    expect(y.toArray()).toEqual(make().apply(x, training).toArray());
  });

  test('changes images anew in each step of a program', () => {
    const layer = make();
    layer.buildOnce([null, 4, 6, 2]);
    const step = compiled(({ images }) => ({ y: layer.apply(images!, training) }));
    const [first, second] = [step.call({ images: x }).y!.data(), step.call({ images: x }).y!.data()];
    expect(first).not.toEqual(second);
    expect(first).toEqual(make().apply(x, training).data());
  });
});

describe('choices', () => {
  const count = 2000;
  const mean = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0) / xs.length;
  /** Draws as a layer makes them from images that show them. */
  const expectSpread = (drawn: ArrayLike<number>, low: number, high: number) => {
    const numbers = Array.from(drawn);
    const deviation = (high - low) / Math.sqrt(12);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(low - 1e-4);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(high + 1e-4);
    expect(Math.abs(mean(numbers) - (low + high) / 2)).toBeLessThan((4 * deviation) / Math.sqrt(count));
    expect(mean(numbers.map((n) => (n - mean(numbers)) ** 2)) / deviation ** 2).toBeCloseTo(1, 0);
  };

  test('half of the images are flipped, in both directions at once by default', () => {
    const image = tensor([1, 2, 3, 4], { shape: [1, 2, 2, 1] }).broadcastTo([count, 2, 2, 1]);
    const rows = new RandomFlip('horizontal_and_vertical', { seed: 1 })
      .apply(image, training)
      .reshape([count, 4])
      .toArray() as number[][];
    const kinds = rows.map((row) => row.join(''));
    expect(new Set(kinds)).toEqual(new Set(['1234', '4321']));
    expect(kinds.filter((kind) => kind === '4321').length / count).toBeCloseTo(0.5, 1);
    const flip = (mode: 'vertical' | 'horizontal') =>
      new Set(
        (new RandomFlip(mode).apply(image, training).reshape([count, 4]).toArray() as number[][]).map((row) =>
          row.join(''),
        ),
      );
    expect(flip('horizontal')).toEqual(new Set(['1234', '2143']));
    expect(flip('vertical')).toEqual(new Set(['1234', '3412']));
  });

  /** Images whose pixel in a column is its number: what stands in the middle says where it was read. */
  const ramp = arange(9).cast('float32').reshape([1, 1, 9, 1]).broadcastTo([count, 9, 9, 1]);
  const middle = (y: Tensor) => y.slice([0, 4, 4, 0], [count, 1, 1, 1]).data();

  test('translations spread evenly over their range, which is that of the height unless given', () => {
    const moved = (layer: RandomTranslation) => middle(layer.apply(ramp, training));
    const to = (from: number) => 4 - from * 9;
    expectSpread(moved(new RandomTranslation(0.2, { seed: 1 })), to(0.2), to(-0.2));
    expectSpread(moved(new RandomTranslation(0, { widthFactor: [0.1, 0.3], seed: 1 })), to(0.3), to(0.1));
    expectSpread(moved(new RandomTranslation(0, { widthFactor: [0.3, 0.1], seed: 1 })), to(0.3), to(0.1));
  });

  test('zooms spread evenly, and keep forms unless the width has a range of its own', () => {
    const reach = (layer: RandomZoom, axis: 1 | 2) => {
      const start = [0, 4, 4, 0].with(axis, 8);
      const x = axis === 2 ? ramp : ramp.transpose([0, 2, 1, 3]);
      return layer.apply(x, training).slice(start, [count, 1, 1, 1]).data();
    };
    const [high, low] = [4 + 4 * 0.9, 4 + 4 * 0.6];
    expectSpread(reach(new RandomZoom([-0.4, -0.1], { seed: 1 }), 1), low, high);
    expect(reach(new RandomZoom([-0.4, -0.1], { seed: 1 }), 2)).toEqual(
      reach(new RandomZoom([-0.4, -0.1], { seed: 1 }), 1),
    );
    expectSpread(reach(new RandomZoom(0, { widthFactor: [-0.4, -0.1], seed: 1 }), 2), low, high);
  });

  test('angles spread evenly, counterclockwise when positive', () => {
    const y = new RandomRotation([0, 0.25], { seed: 1 }).apply(ramp, training);
    // In the column of the center, a pixel above it by 2 is read at 4 + 2 sin(angle).
    const above = Array.from(y.slice([0, 2, 4, 0], [count, 1, 1, 1]).data());
    expectSpread(
      above.map((x) => Math.asin(Math.min(1, (x - 4) / 2))),
      0,
      Math.PI / 2,
    );
  });

  test('contrast is spread about 1, by its upper number alone when there is only one, and keeps the mean', () => {
    const x = tensor([-1, 1], { shape: [1, 1, 2, 1] }).broadcastTo([count, 1, 2, 1]);
    const drawn = (factor: number | [number, number]) => {
      const y = new RandomContrast(factor, { valueRange: [-9, 9], seed: 1 }).apply(x, training);
      expect(Math.abs(y.mean([1, 2, 3]).abs().max().item())).toBeLessThan(1e-6);
      return y.slice([0, 0, 1, 0], [count, 1, 1, 1]).data();
    };
    expectSpread(drawn([0.2, 0.6]), 0.8, 1.6);
    expectSpread(drawn(0.5), 1, 1.5);
  });

  test('brightness moves by shares of the value range, and is cut off at its ends', () => {
    const x = tensor([0.5, 3], { shape: [1, 1, 2, 1] }).broadcastTo([count, 1, 2, 1]);
    const y = new RandomBrightness(0.1, { valueRange: [-1, 3], seed: 1 }).apply(x, training);
    expectSpread(y.slice([0, 0, 0, 0], [count, 1, 1, 1]).data(), 0.1, 0.9);
    expect(y.max().item()).toBe(3);
  });
});

describe('options', () => {
  test('that mean nothing are refused', () => {
    expect(() => new RandomRotation(45)).toThrow(/factor expected a number from -1 to 1/);
    expect(() => new RandomZoom(-1)).toThrow(/heightFactor expected a number above -1/);
    expect(() => new RandomTranslation(0.1, { widthFactor: [0, 1.5] })).toThrow(/widthFactor expected/);
    expect(() => new RandomContrast(-0.5)).toThrow(/factor expected a number from 0 to 1/);
    expect(() => new RandomBrightness([2, 3])).toThrow(/factor expected/);
    expect(() => new RandomRotation(null as never)).toThrow(/factor expected .* received null/);
    expect(() => new RandomContrast([] as never)).toThrow(/factor expected .* received \[\]/);
    expect(() => new RandomContrast([0.1] as never)).toThrow(/factor expected/);
    // @ts-expect-error no such mode
    expect(() => new RandomFlip('diagonal')).toThrow(/horizontal/);
    // @ts-expect-error Keras has it for other layers only
    expect(() => new RandomZoom(0.1, { fillMode: 'mirror' })).toThrow(/fillMode/);
  });

  test('are written as Keras writes them', () => {
    const { name, ...config } = new RandomTranslation([0.2, -0.1], { fillMode: 'wrap', seed: 3 }).getConfig();
    expect(config).toMatchObject({
      height_factor: [0.2, -0.1],
      width_factor: [0.2, -0.1],
      fill_mode: 'wrap',
      fill_value: 0,
      interpolation: 'bilinear',
      data_format: 'channels_last',
      seed: 3,
    });
    expect(new RandomRotation(0.2).getConfig()).toMatchObject({ factor: [-0.2, 0.2] });
    expect(new RandomContrast(0.3).getConfig()).toMatchObject({ factor: [0, 0.3], value_range: [0, 255] });
    expect(new RandomZoom(0.3).getConfig()).toMatchObject({ height_factor: 0.3, width_factor: null });
  });
});

describe('inputs', () => {
  afterEach(() => setWarnings(true));

  test('without an axis of channels are refused, or warned of where they may be one image', () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    expect(() => new RandomFlip().apply(random.normal([32, 784]))).toThrow(
      /expected images of shape \[batch, height, width, channels\], or one image/,
    );
    new RandomFlip('vertical', { name: 'once' }).apply(random.normal([32, 28, 28]));
    expect(said).toEqual([expect.stringContaining('as one image of 28 channels')]);
  });

  test('of a model are changed while it trains and not while it predicts', async () => {
    const model = new Sequential([
      new RandomTranslation(0.5, { inputShape: [4, 4, 1] }),
      new RandomContrast(0.5),
      new Flatten(),
      new Dense(1),
    ]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const x = random.uniform([8, 4, 4, 1]);
    const [first, second] = [await model.predict(x), await model.predict(x)];
    expect(first.toArray()).toEqual(second.toArray());
    const { history } = await model.fit(x, x.mean([1, 2, 3]).expandDims(-1), { epochs: 2, verbose: 0 });
    expect(history.loss!.every(Number.isFinite)).toBe(true);
  });
});

/** Pictures as networks like them: 0 to 1, with an axis of channels. */

import { type Tensor, tensor } from 'myelin';
import { drawnDigits, mnist } from 'myelin/datasets';
import { type ImagesOptions, type Plot, plotImages } from 'myelin/plot';

export interface Pictures {
  /** uint8 `[n, height, width]` or `[n, height, width, 3]`. */
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Whole numbers from 0 to 255 as shares of full light, float32 `[n, height, width, channels]`. */
export function asLight(x: Tensor): Tensor {
  const light = x.cast('float32').div(255);
  return light.rank === 3 ? light.expandDims(-1) : light;
}

export const scaled = ({ x, y }: Pictures): Pictures => ({ x: asLight(x), y });

/** The first pictures of many. */
export const first = (x: Tensor, count: number): Tensor =>
  x.slice(
    x.shape.map(() => 0),
    [count, ...x.shape.slice(1)],
  );

/** The pictures of some labels: the first of them, or all. */
export function chosen({ x, y }: Pictures, isWanted: (label: number) => boolean, most?: number): Pictures {
  const places = Array.from(y.data(), Number).flatMap((label, i) => (isWanted(label) ? [i] : []));
  const rows = tensor(places.slice(0, most), { dtype: 'int32' });
  return { x: x.gather(rows), y: y.gather(rows) };
}

/** The first pictures, each above the chance that a network gives, and whether that was right. */
export function underChances(
  x: Tensor,
  chances: readonly number[],
  isRight: (chance: number, i: number) => boolean,
  options: ImagesOptions,
): Plot {
  return plotImages(first(x, chances.length), {
    captions: chances.map((chance) => `${(100 * chance).toFixed(0)} %`),
    verdicts: chances.map((chance, i) => (isRight(chance, i) ? 'right' : 'wrong')),
    ...options,
  });
}

/** Digits to learn from and others to test with: MNIST of the folder `data`, else drawn ones. */
export async function digits(
  data: string | undefined,
  small: boolean,
  seed: number,
): Promise<[Pictures, Pictures]> {
  if (data !== undefined) {
    const { x, y, xTest, yTest } = await mnist({ directory: data });
    return [scaled({ x, y }), scaled({ x: xTest, y: yTest })];
  }
  const drawn = (nSamples: number, from: number) => scaled(drawnDigits({ nSamples, seed: from }));
  return [drawn(small ? 1000 : 4000, seed), drawn(500, seed + 1)];
}

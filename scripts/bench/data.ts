/** Made-up data with the same numbers on every machine and in every library that is compared. */

/** Numbers in 0..1: a hash of the position (Ellis, "lowbias32"), so any part of them can be made alone. */
export function uniform(count: number, seed: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = (Math.imul(i, 0x9e3779b1) + Math.imul(seed, 0x85ebca77)) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
    hash ^= hash >>> 16;
    values[i] = (hash >>> 8) / 0x1000000;
  }
  return values;
}

export interface Samples {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Rows of 8 numbers with mean 0 and variance 1; the label is the sign of a weighted sum of them. */
export function table(rows: number): Samples {
  const noise = uniform(rows * 8, 1);
  const [x, y] = [new Float32Array(rows * 8), new Float32Array(rows)];
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < 8; column++) {
      const value = (noise[row * 8 + column]! - 0.5) * 3.4641016;
      x[row * 8 + column] = value;
      sum += value * (column % 2 ? -1 : 1) * (1 + column / 8);
    }
    y[row] = sum > 0 ? 1 : 0;
  }
  return { x, y };
}

/** Pictures of so many numbers in 0..1: 70 % noise and 30 % of the pattern of their class. */
export function pictures(count: number, size: number, classes: number): Samples {
  const [noise, patterns, labels] = [uniform(count * size, 2), uniform(classes * size, 3), uniform(count, 4)];
  const [x, y] = [new Float32Array(count * size), new Float32Array(count)];
  for (let picture = 0; picture < count; picture++) {
    const label = Math.floor(labels[picture]! * classes);
    y[picture] = label;
    for (let i = 0; i < size; i++)
      x[picture * size + i] = 0.7 * noise[picture * size + i]! + 0.3 * patterns[label * size + i]!;
  }
  return { x, y };
}

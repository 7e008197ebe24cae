/**
 * Random numbers as a function of a counter and a key: Threefry-2x32 with 20 rounds. Salmon, Moraes, Dror
 * and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
import { integer, type Scalar } from './scalar.js';

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;
const rounds = 20;

const rotate = (x: Scalar, by: number): Scalar => x.shiftLeft(by).or(x.shiftRightUnsigned(32 - by));

/**
 * The two random words of a 64-bit counter under a 64-bit key. All are integers, least significant word
 * first.
 */
export function threefry(
  counter: readonly [Scalar, Scalar],
  key: readonly [Scalar, Scalar],
): [Scalar, Scalar] {
  const keys = [...key, integer(parity).xor(key[0]).xor(key[1])];
  let x = counter[0].add(key[0]);
  let y = counter[1].add(key[1]);
  for (let round = 0; round < rounds; round++) {
    x = x.add(y);
    y = rotate(y, rotations[round % 8]!).xor(x);
    if (round % 4 !== 3) continue;
    const turn = (round + 1) / 4;
    x = x.add(keys[turn % 3]!);
    y = y.add(keys[(turn + 1) % 3]!.add(turn));
  }
  return [x, y];
}

/** A random word as one of 2²⁴ evenly spaced numbers in [0, 1). */
export const uniform = (word: Scalar): Scalar =>
  word
    .shiftRightUnsigned(8)
    .toFloat()
    .mul(2 ** -24);

/** A random word as one of 2²³ evenly spaced numbers in (-1, 1): odd multiples of 2⁻²³, so never 0. */
export const symmetric = (word: Scalar): Scalar =>
  word
    .shiftRightUnsigned(9)
    .mul(2)
    .add(1 - 2 ** 23)
    .toFloat()
    .mul(2 ** -23);

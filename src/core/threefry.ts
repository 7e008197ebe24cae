/** Threefry-2x32 with 20 rounds: random bits as a function of a key and a counter. Salmon et al. 2011. */

export type Words = readonly [number, number];

// Table 2 of the paper; the rounds of odd groups of four take the second half.
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

/** Two words of bits, as unsigned integers. */
export function threefry(key: Words, counter: Words): [number, number] {
  const schedule = [key[0], key[1], key[0] ^ key[1] ^ parity];
  let [x, y] = [(counter[0] + key[0]) | 0, (counter[1] + key[1]) | 0];
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[round % 8]!;
    x = (x + y) | 0;
    y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    if (round % 4 !== 3) continue;
    const group = (round + 1) / 4;
    x = (x + schedule[group % 3]!) | 0;
    y = (y + schedule[(group + 1) % 3]! + group) | 0;
  }
  return [x >>> 0, y >>> 0];
}

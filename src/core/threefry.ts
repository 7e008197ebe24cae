/** Threefry-2x32 with 20 rounds: random bits as a function of a key and a counter. Salmon et al. 2011. */

export type Words = readonly [number, number];

const parity = 0x1bd11bda;

const pair = /* @__PURE__ */ new Uint32Array(2);

/** Two words of bits, as unsigned integers. */
export function threefry(key: Words, counter: Words): [number, number] {
  threefryWords(pair, key, counter);
  return [pair[0]!, pair[1]!];
}

/** Fills an array of even length with the words of a counter and of those after it, which differ in the first word. */
export function threefryWords(words: Uint32Array, key: Words, counter: Words): Uint32Array {
  for (let i = 0; i < words.length; i += 2) {
    let a = key[0] | 0;
    let b = key[1] | 0;
    let c = a ^ b ^ parity;
    let x = (counter[0] + (i >> 1) + a) | 0;
    let y = (counter[1] + b) | 0;
    // The rotations are those of the paper's table 2, written out: looked up in an array they take twice as long.
    for (let group = 1; group <= 5; group++) {
      if (group % 2 === 1) {
        x = (x + y) | 0;
        y = ((y << 13) | (y >>> 19)) ^ x;
        x = (x + y) | 0;
        y = ((y << 15) | (y >>> 17)) ^ x;
        x = (x + y) | 0;
        y = ((y << 26) | (y >>> 6)) ^ x;
        x = (x + y) | 0;
        y = ((y << 6) | (y >>> 26)) ^ x;
      } else {
        x = (x + y) | 0;
        y = ((y << 17) | (y >>> 15)) ^ x;
        x = (x + y) | 0;
        y = ((y << 29) | (y >>> 3)) ^ x;
        x = (x + y) | 0;
        y = ((y << 16) | (y >>> 16)) ^ x;
        x = (x + y) | 0;
        y = ((y << 24) | (y >>> 8)) ^ x;
      }
      x = (x + b) | 0;
      y = (y + c + group) | 0;
      // Lists that are taken apart again cost more than all the rest where the code has just begun to run.
      const last = a;
      a = b;
      b = c;
      c = last;
    }
    words[i] = x;
    words[i + 1] = y;
  }
  return words;
}

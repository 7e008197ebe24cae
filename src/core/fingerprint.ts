/** 64-bit fingerprints of text, those by which TensorFlow and Keras spread unknown words over places. */

const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

const wide = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: number): bigint => wide((wide(x) >> BigInt(by)) | (x << BigInt(64 - by)));
const shiftMix = (x: bigint): bigint => wide(x) ^ (wide(x) >> 47n);

function mix(u: bigint, v: bigint, factor: bigint): bigint {
  const a = shiftMix((wide(u) ^ wide(v)) * factor);
  return wide(shiftMix((wide(v) ^ a) * factor) * factor);
}

type Pair = readonly [bigint, bigint];
/** Eight bytes at a place, the lowest first. */
type Fetch = (at: number) => bigint;

/** `Fingerprint64` of the UTF-8 bytes. FarmHash, Pike 2014, after CityHash, Pike and Alakuijala 2011. */
export function fingerprint64(text: string): bigint {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const fetch: Fetch = (at) => view.getBigUint64(at, true);
  const { length } = bytes;
  const factor = k2 + BigInt(length) * 2n;
  if (length > 64) return ofLong(fetch, length);
  if (length > 32) return of33To64(fetch, length, factor);
  if (length > 16) return mix(...halves(fetch, length, factor, k1), factor);
  if (length >= 8) {
    const [a, b] = [fetch(0) + k2, fetch(length - 8)];
    return mix(rotate(b, 37) * factor + a, (rotate(a, 25) + b) * factor, factor);
  }
  if (length >= 4) {
    const [a, b] = [0, length - 4].map((at) => BigInt(view.getUint32(at, true))) as [bigint, bigint];
    return mix(BigInt(length) + (a << 3n), b, factor);
  }
  if (length === 0) return k2;
  const [a, b, c] = [bytes[0]!, bytes[length >> 1]!, bytes[length - 1]!];
  return wide(shiftMix(wide(BigInt(a + (b << 8)) * k2) ^ wide(BigInt(length + (c << 2)) * k0)) * k2);
}

/** The first sixteen bytes and the last sixteen, mixed. */
function halves(fetch: Fetch, length: number, factor: bigint, first: bigint): Pair {
  const [a, b] = [fetch(0) * first, fetch(8)];
  const [c, d] = [fetch(length - 8) * factor, fetch(length - 16) * k2];
  return [rotate(a + b, 43) + rotate(c, 30) + d, a + rotate(b + k2, 18) + c];
}

function of33To64(fetch: Fetch, length: number, factor: bigint): bigint {
  const [y, rest] = halves(fetch, length, factor, k2);
  const z = mix(y, rest, factor);
  const [e, f] = [fetch(16) * factor, fetch(24)];
  const [g, h] = [(y + fetch(length - 32)) * factor, (z + fetch(length - 24)) * factor];
  return mix(rotate(e + f, 43) + rotate(g, 30) + h, e + rotate(f + fetch(0) * k2, 18) + g, factor);
}

function weak(fetch: Fetch, at: number, seeds: Pair): Pair {
  const [w, x, y, z] = [0, 8, 16, 24].map((by) => fetch(at + by)) as [bigint, bigint, bigint, bigint];
  const a = seeds[0] + w;
  const c = a + x + y;
  return [wide(c + z), wide(rotate(seeds[1] + a + z, 21) + rotate(c, 44) + a)];
}

interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly v: Pair;
  readonly w: Pair;
}

/** Takes in sixty-four bytes; `twist` is 1 but for the last ones. */
function step({ x, y, z, v, w }: State, fetch: Fetch, at: number, factor: bigint, twist: bigint): State {
  const mixedX = wide(rotate(x + y + v[0] + fetch(at + 8), 37) * factor) ^ wide(w[1] * twist);
  const mixedY = wide(rotate(y + v[1] + fetch(at + 48), 42) * factor + v[0] * twist + fetch(at + 40));
  const mixedZ = wide(rotate(z + w[0], 33) * factor);
  return {
    x: mixedZ,
    y: mixedY,
    z: mixedX,
    v: weak(fetch, at, [v[1] * factor, mixedX + w[0]]),
    w: weak(fetch, at + 32, [mixedZ + w[1], mixedY + fetch(at + 16)]),
  };
}

function ofLong(fetch: Fetch, length: number): bigint {
  const y = wide(81n * k1 + 113n);
  const z = wide(shiftMix(y * k2 + 113n) * k2);
  let state: State = { x: wide(81n * k2 + fetch(0)), y, z, v: [0n, 0n], w: [0n, 0n] };
  for (let at = 0; at + 64 < length; at += 64) state = step(state, fetch, at, k1, 1n);
  const factor = k1 + ((state.z & 0xffn) << 1n);
  const w0 = state.w[0] + BigInt((length - 1) & 63);
  const v0 = state.v[0] + w0;
  const before: State = { ...state, v: [v0, state.v[1]], w: [w0 + v0, state.w[1]] };
  const { x, y: lastY, z: lastZ, v, w } = step(before, fetch, length - 64, factor, 9n);
  const first = mix(v[0], w[0], factor) + shiftMix(lastY) * k0 + lastZ;
  return mix(first, mix(v[1], w[1], factor) + x, factor);
}

/** SipHash-2-4 of the UTF-8 bytes under a key. Aumasson and Bernstein 2012. */
export function keyedFingerprint64(text: string, key: readonly [number, number]): bigint {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array((Math.floor(bytes.length / 8) + 1) * 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length;
  const view = new DataView(padded.buffer);
  const [low, high] = key.map((n) => wide(BigInt(n))) as [bigint, bigint];
  let v: SipState = [
    low ^ 0x736f6d6570736575n,
    high ^ 0x646f72616e646f6dn,
    low ^ 0x6c7967656e657261n,
    high ^ 0x7465646279746573n,
  ];
  for (let at = 0; at < padded.length; at += 8) {
    const word = view.getBigUint64(at, true);
    v = sipRounds([v[0], v[1], v[2], v[3] ^ word], 2);
    v = [v[0] ^ word, v[1], v[2], v[3]];
  }
  return sipRounds([v[0], v[1], v[2] ^ 0xffn, v[3]], 4).reduce((a, b) => a ^ b);
}

type SipState = [bigint, bigint, bigint, bigint];

function sipRounds([v0, v1, v2, v3]: SipState, rounds: number): SipState {
  if (rounds === 0) return [v0, v1, v2, v3];
  const [a, b] = [wide(v0 + v1), wide(v2 + v3)];
  const [c, d] = [rotate(v1, 64 - 13) ^ a, rotate(v3, 64 - 16) ^ b];
  const [e, f] = [wide(b + c), wide(rotate(a, 32) + d)];
  return sipRounds([f, rotate(c, 64 - 17) ^ e, rotate(e, 32), rotate(d, 64 - 21) ^ f], rounds - 1);
}

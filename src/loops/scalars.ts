/**
 * The scalar functions, one row each: types, meaning in float64, and the WebAssembly instruction on four lanes.
 * Rows with an instruction are single IEEE or integer operations, so every backend rounds alike. Rows without one are
 * spelt out of other rows in `formulas.ts`, so that `exp` has the same bits everywhere.
 */
import type { ScalarType } from '../core/dtype.js';
import { threefry } from '../core/threefry.js';
import { erf, erfinv } from './special.js';

export interface Row {
  /** Types of the arguments. */
  readonly takes: readonly ScalarType[];
  readonly gives: ScalarType;
  /** The value in float64; integers are whole numbers, truth values 0 and 1. */
  readonly js: (...x: number[]) => number;
  /** SIMD128 opcode; `lanes` is a scalar opcode used lane by lane; `mask` has the bits that stay. */
  readonly wasm?: { readonly simd?: number; readonly lanes?: number; readonly mask?: number };
}

const letters = { f: 'float', i: 'int', b: 'bool' } as const;
/** `'ff>b'`: two floats in, a truth value out. */
const row = (types: string, js: Row['js'], simd?: number): Row => {
  const [takes, gives] = types.split('>') as [string, keyof typeof letters];
  const all = [...takes].map((letter) => letters[letter as keyof typeof letters]);
  return { takes: all, gives: letters[gives], js, ...(simd !== undefined && { wasm: { simd } }) };
};

const wrapped = new Float32Array(1);
const bits = new Int32Array(wrapped.buffer);
const toBits = (x: number): number => {
  wrapped[0] = x;
  return bits[0]!;
};
const fromBits = (x: number): number => {
  bits[0] = x;
  return wrapped[0]!;
};
const floorDivide = (a: number, b: number) => (b === 0 ? 0 : Math.floor(a / b) | 0);
/** With the sign of the divisor, as in Python; never -0. */
const remainder = (a: number, b: number) => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
};
const roundHalfToEven = (x: number) => {
  const floor = Math.floor(x);
  const rest = x - floor;
  const isBelow = rest < 0.5 || (rest === 0.5 && floor % 2 === 0);
  return isBelow ? floor : floor === -1 ? -0 : floor + 1;
};
/** Unlike `**`, as IEEE 754 and numpy have it: 1 to the power of anything is 1, and so is -1 to the power of ±∞. */
const power = (a: number, b: number) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);

export const scalars = {
  add: row('ff>f', (a, b) => a + b, 0xe4),
  subtract: row('ff>f', (a, b) => a - b, 0xe5),
  multiply: row('ff>f', (a, b) => a * b, 0xe6),
  divide: row('ff>f', (a, b) => a / b, 0xe7),
  /** `a * b + c`, rounded once where the machine can. */
  fma: row('fff>f', (a, b, c) => a * b + c, 0x105),
  sqrt: row('f>f', Math.sqrt, 0xe3),
  // Not 0xe0: V8 reads the bits that its own instruction takes from memory, each time.
  abs: { ...row('f>f', Math.abs), wasm: { mask: 0x7fffffff } },
  floor: row('f>f', Math.floor, 0x68),
  round: row('f>f', roundHalfToEven, 0x6a),
  /** The larger; NaN if either is. */
  maximum: row('ff>f', Math.max, 0xe9),
  minimum: row('ff>f', Math.min, 0xe8),
  less: row('ff>b', (a, b) => Number(a < b), 0x43),
  lessEqual: row('ff>b', (a, b) => Number(a <= b), 0x45),
  equal: row('ff>b', (a, b) => Number(a === b), 0x41),
  select: row('bff>f', (condition, a, b) => (condition ? a : b), 0x52),

  addInt: row('ii>i', (a, b) => (a + b) | 0, 0xae),
  subtractInt: row('ii>i', (a, b) => (a - b) | 0, 0xb1),
  multiplyInt: row('ii>i', Math.imul, 0xb5),
  maximumInt: row('ii>i', Math.max, 0xb8),
  minimumInt: row('ii>i', Math.min, 0xb6),
  /** As unsigned numbers: negative ones are the largest. */
  minimumUnsigned: row('ii>i', (a, b) => Math.min(a >>> 0, b >>> 0) | 0, 0xb7),
  lessInt: row('ii>b', (a, b) => Number(a < b), 0x39),
  lessUnsigned: row('ii>b', (a, b) => Number(a >>> 0 < b >>> 0), 0x3a),
  lessEqualInt: row('ii>b', (a, b) => Number(a <= b), 0x3d),
  equalInt: row('ii>b', (a, b) => Number(a === b), 0x37),
  selectInt: row('bii>i', (condition, a, b) => (condition ? a : b), 0x52),
  /** Toward 0. The divisor must not be 0 and the quotient must fit. */
  quotientInt: { ...row('ii>i', (a, b) => Math.trunc(a / b) | 0), wasm: { lanes: 0x6d } },
  andInt: row('ii>i', (a, b) => a & b, 0x4e),
  orInt: row('ii>i', (a, b) => a | b, 0x50),
  xorInt: row('ii>i', (a, b) => a ^ b, 0x51),
  /** Shifts by a constant number of places. */
  shiftLeft: row('ii>i', (a, n) => a << n, 0xab),
  shiftRight: row('ii>i', (a, n) => a >> n, 0xac),
  shiftRightUnsigned: row('ii>i', (a, n) => (a >>> n) | 0, 0xad),

  and: row('bb>b', (a, b) => a & b, 0x4e),
  or: row('bb>b', (a, b) => a | b, 0x50),
  xor: row('bb>b', (a, b) => a ^ b, 0x51),
  not: row('b>b', (a) => 1 - a, 0x4d),
  selectBool: row('bbb>b', (condition, a, b) => (condition ? a : b), 0x52),

  toFloat: row('i>f', (a) => a, 0xfa),
  /** Toward 0; beyond the range the nearest integer in it, NaN is 0. */
  toInt: row(
    'f>i',
    // `|| 0` takes NaN, and -0, which no integer is.
    (a) => Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), Math.trunc(a) || 0)),
    0xf8,
  ),
  /** The 32 bits of a float32 as an integer, and back. */
  bitsOf: row('f>i', toBits),
  fromBits: row('i>f', fromBits),

  exp: row('f>f', Math.exp),
  expm1: row('f>f', Math.expm1),
  log: row('f>f', Math.log),
  log1p: row('f>f', Math.log1p),
  sin: row('f>f', Math.sin),
  cos: row('f>f', Math.cos),
  tanh: row('f>f', Math.tanh),
  sigmoid: row('f>f', (x) => 1 / (1 + Math.exp(-x))),
  softplus: row('f>f', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  erf: row('f>f', erf),
  erfinv: row('f>f', erfinv),
  /** -1, 0 or 1; NaN stays. */
  sign: row('f>f', Math.sign),
  power: row('ff>f', power),
  arctan2: row('ff>f', Math.atan2),
  remainder: row('ff>f', remainder),
  floorDivideInt: row('ii>i', floorDivide),
  /** The two random words of a counter (two words) under a key (two words): Threefry-2x32. */
  threefryFirst: row('iiii>i', (c0, c1, k0, k1) => threefry([k0!, k1!], [c0!, c1!])[0] | 0),
  threefrySecond: row('iiii>i', (c0, c1, k0, k1) => threefry([k0!, k1!], [c0!, c1!])[1] | 0),
} as const satisfies Record<string, Row>;

export type ScalarName = keyof typeof scalars;

export const rowOf = (name: ScalarName): Row => scalars[name];

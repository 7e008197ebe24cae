/** The scalar rows as expressions of C. */
import type { Value } from '../../loops/nest.js';
import type { ScalarName } from '../../loops/scalars.js';

/** Made of the arguments' expressions, each in brackets where it needs them; the values say which are constants. */
type Row = (args: Operands, values: readonly Value[]) => string;
type Operands = readonly string[];
const constantOf = (v: Value | undefined): number | undefined =>
  v?.kind === 'constant' ? v.value : undefined;

/**
 * Which argument is a constant beside which a maximum or minimum is one instruction that gives the same bits: any number,
 * not NaN.
 */
function boundOf([a, b]: readonly Value[]): 0 | 1 | undefined {
  const at = constantOf(a) === undefined ? 1 : 0;
  const bound = constantOf([a, b][at]);
  return bound === undefined || Number.isNaN(bound) ? undefined : at;
}

/** Of a shift by a constant the last five bits count. */
const placesOf = (places: Value | undefined): number => constantOf(places)! & 31;

const infix =
  (operator: string) =>
  ([a, b]: Operands) =>
    `(${a} ${operator} ${b})`;
/** Signed integers of C must not leave their range; unsigned ones wrap. */
const wrapped =
  (operator: string) =>
  ([a, b]: Operands) =>
    `(I)((N)${a} ${operator} (N)${b})`;
const call = (name: string) => (args: Operands) => `${name}(${args.join(', ')})`;

/** What each row that is one instruction of WebAssembly is in C, with the same bits. */
export const rows: { readonly [K in ScalarName]?: Row } = {
  add: infix('+'),
  subtract: infix('-'),
  multiply: infix('*'),
  divide: infix('/'),
  fma: call('fma_of'),
  sqrt: call('sqrt_of'),
  abs: ([a]) => `(F)((I)${a} & splat_int(2147483647))`,
  floor: call('floor_of'),
  round: call('rint_of'),
  maximum: (args, values) => {
    const at = boundOf(values);
    if (at === undefined) return `maximum(${args.join(', ')})`;
    const higher = `higher(${args[1 - at]}, ${args[at]})`;
    // The larger of -0 and 0 is 0, but the instruction keeps -0.
    return Object.is(constantOf(values[at]!), 0) ? `(${higher} + ${args[at]})` : higher;
  },
  minimum: (args, values) => {
    const at = boundOf(values);
    const isZero = at !== undefined && Object.is(constantOf(values[at]!), -0);
    return at === undefined || isZero ? `minimum(${args.join(', ')})` : `lower(${args[1 - at]}, ${args[at]})`;
  },
  less: infix('<'),
  lessEqual: infix('<='),
  equal: infix('=='),
  select: call('choose'),
  addInt: wrapped('+'),
  subtractInt: wrapped('-'),
  multiplyInt: wrapped('*'),
  maximumInt: call('higher_int'),
  minimumInt: call('lower_int'),
  minimumUnsigned: call('lower_unsigned'),
  lessInt: infix('<'),
  lessUnsigned: ([a, b]) => `((N)${a} < (N)${b})`,
  lessEqualInt: infix('<='),
  equalInt: infix('=='),
  selectInt: call('choose_int'),
  quotientInt: call('quotient'),
  andInt: infix('&'),
  orInt: infix('|'),
  xorInt: infix('^'),
  shiftLeft: ([a], [, places]) => `(I)((N)${a} << ${placesOf(places)})`,
  shiftRight: ([a], [, places]) => `(${a} >> ${placesOf(places)})`,
  shiftRightUnsigned: ([a], [, places]) => `(I)((N)${a} >> ${placesOf(places)})`,
  and: infix('&'),
  or: infix('|'),
  xor: infix('^'),
  not: ([a]) => `~${a}`,
  selectBool: call('choose_int'),
  toFloat: call('to_float'),
  toInt: call('to_int'),
  bitsOf: ([a]) => `(I)${a}`,
  fromBits: ([a]) => `(F)${a}`,
};

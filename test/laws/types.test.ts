/** Element types: what a record's letters promise, for inputs of every type. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { convert, type DType } from '../../src/core/dtype.js';
import { ones } from '../../src/tensor/create.js';
import {
  type AnyOp,
  allOps,
  apply,
  casesOf,
  letterOf,
  parameters,
  showCase,
  wholeInputsOf,
} from './cases.js';
import { expectClose } from './compare.js';

const types = ['float32', 'int32', 'bool', 'uint8'] as const satisfies readonly DType[];

/** The result's type for inputs of one type, by the letter of the inputs that count. */
const promised: Readonly<Record<string, Readonly<Record<DType, DType>>>> = {
  f: { float32: 'float32', int32: 'float32', bool: 'float32', uint8: 'float32' },
  n: { float32: 'float32', int32: 'int32', bool: 'int32', uint8: 'int32' },
  t: { float32: 'float32', int32: 'int32', bool: 'bool', uint8: 'int32' },
  a: { float32: 'float32', int32: 'int32', bool: 'bool', uint8: 'uint8' },
};
/** Of two types, as numpy has it for these; uint8 is read as int32. */
const promotion = [
  ['bool', 'bool', 'int32'],
  ['bool', 'int32', 'int32'],
  ['bool', 'float32', 'float32'],
  ['int32', 'int32', 'int32'],
  ['int32', 'float32', 'float32'],
  ['uint8', 'uint8', 'int32'],
  ['uint8', 'bool', 'int32'],
  ['uint8', 'float32', 'float32'],
  ['float32', 'float32', 'float32'],
] as const;

/** Ops whose inputs are all indices and keys have no choice of types. */
const choosing = allOps.filter(({ record }) => /[fnta]/.test(record.types));
const letterThatCounts = (op: AnyOp): string => op.record.types.replace(/[ib]/g, '')[0]!;
const hasOwnType = (op: AnyOp): boolean => op.record.dtype !== undefined;

/** Whether a record works on truth values as numbers, so that their sum or product is one. */
const isSameAsFloats = (op: AnyOp, type: DType): boolean =>
  letterOf(op.record, op.record.types.length - 1) !== 't' || type !== 'bool' || op.record.name === 'where';

beforeAll(() => setBackend('reference', { precision: 'float64' }));

describe('the type of a result', () => {
  const table = choosing.flatMap((op) => types.map((type) => [op.record.name, type, op] as const));

  it.each(table)('of %s on %s inputs is the promised one', (_, type, op) => {
    fc.assert(
      fc.property(casesOf(op), (given) => {
        const inputs = wholeInputsOf(given, type);
        const expected = hasOwnType(op)
          ? apply(given, wholeInputsOf(given, 'float32')).dtype
          : promised[letterThatCounts(op)]![type];
        expect(apply(given, inputs).dtype, showCase(given)).toBe(expected);
      }),
      parameters,
    );
  });

  it.each(table.filter(([, type, op]) => type !== 'float32' && isSameAsFloats(op, type)))(
    'of %s on %s inputs changes no value: small whole numbers give what floats give',
    (name, type, op) => {
      fc.assert(
        fc.property(casesOf(op), (given) => {
          const inputs = wholeInputsOf(given, type);
          const floats = inputs.map((x, i) => (letterOf(op.record, i) === 'i' ? x : x.cast('float32')));
          const [whole, float] = [apply(given, inputs), apply(given, floats)];
          expectClose(
            whole.data(),
            expectedOf(name, whole.dtype, float.data()),
            { absolute: 1e-12, relative: 1e-12 },
            showCase(given),
          );
        }),
        parameters,
      );
    },
  );

  it.each(promotion)('of %s with %s is %s', (a, b, result) => {
    expect(ones([2], { dtype: a }).add(ones([2], { dtype: b })).dtype).toBe(result);
    expect(ones([2], { dtype: b }).mul(ones([2], { dtype: a })).dtype).toBe(result);
    expect(ones([2], { dtype: a }).div(ones([2], { dtype: b })).dtype).toBe('float32');
  });

  it('of a comparison is bool for every type', () => {
    for (const a of types) {
      for (const b of types) expect(ones([2], { dtype: a }).less(ones([2], { dtype: b })).dtype).toBe('bool');
    }
  });

  it('stays that of an integer tensor beside a whole number, and becomes float32 beside a fraction', () => {
    expect(ones([2], { dtype: 'int32' }).add(1).dtype).toBe('int32');
    expect(ones([2], { dtype: 'int32' }).add(1.5).dtype).toBe('float32');
    expect(ones([2], { dtype: 'bool' }).mul(3).dtype).toBe('int32');
    expect(ones([2]).add(1).dtype).toBe('float32');
  });
});

/** The floats' result in the type of the whole result; division by zero has its own rule for integers. */
function expectedOf(name: string, to: DType, floats: ArrayLike<number>): number[] {
  const values = Array.from(floats);
  if (to === 'float32') return values;
  if (name === 'floorDivide') return values.map((x) => (Number.isFinite(x) ? x : 0));
  return values.map((x) => convert(x, to));
}

/** Methods of tensors against what numpy 2.4 computes; `numpy-cases.py` made the cases. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { tensor } from '../../src/tensor/create.js';
import { concatenate, einsum, stack, where } from '../../src/tensor/functions.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { expectClose } from '../laws/compare.js';

interface Written {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly (number | string)[];
}
interface NumpyCase {
  readonly call: string;
  readonly inputs: readonly Written[];
  readonly expected: Written;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const given = ({ shape, dtype, data }: Written): Tensor => tensor(data.map(Number), { shape, dtype });

/** Runs the text of a call with inputs named x, y and z. */
function run(call: string, inputs: readonly Tensor[]): Tensor {
  const names = ['x', 'y', 'z', 'concatenate', 'einsum', 'stack', 'where'];
  const values = [inputs[0], inputs[1], inputs[2], concatenate, einsum, stack, where];
  return new Function(...names, `return ${call};`)(...values) as Tensor;
}

const single = { absolute: 2e-6, relative: 2e-6 };
const exact = { absolute: 0, relative: 0 };

describe('numpy computes the same', () => {
  const cases = (read('numpy-cases.json') as NumpyCase[]).map(
    (c) => [`${c.call} of ${c.inputs.map((x) => `[${x.shape}]`).join(', ')}`, c] as const,
  );

  it.each(cases)('%s', (title, { call, inputs, expected }) => {
    const y = run(call, inputs.map(given));
    expect([y.dtype, ...y.shape]).toEqual([expected.dtype, ...expected.shape]);
    expectClose(y.data(), expected.data.map(Number), expected.dtype === 'float32' ? single : exact, title);
  });
});

describe('numpy prints the same', () => {
  const cases = read('printed.json') as (Written & { readonly text: string })[];

  it.each(cases.map((c) => [`${c.dtype} [${c.shape}] as ${c.text.split('\n')[0]}`, c] as const))(
    '%s',
    (_, c) => {
      expect(String(given(c))).toBe(c.text);
    },
  );
});

/** Products of any axes, whatever they are called. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { zeros } from '../../src/tensor/create.js';
import { einsum } from '../../src/tensor/functions.js';
import { availableBackends, choose } from '../laws/backends.js';
import { randomLike } from '../laws/cases.js';
import { expectClose, single } from '../laws/compare.js';

/** Names that generated code has as well, or comes to when it puts numbers behind them. */
const names = [
  'p',
  'p1',
  't',
  't1',
  'n',
  'n1',
  'sum',
  'sum1',
  'sum2',
  'share',
  'part',
  'steps',
  'end',
  'at_x',
];
const axes = fc.shuffledSubarray(names, { minLength: 5, maxLength: 5 });
const size = fc.integer({ min: 1, max: 20 });
const sizes = fc.tuple(size, size, size, size, size);

describe.each(availableBackends)('on %s', (backend) => {
  beforeAll(() => choose(backend));

  it('names of axes have no say in the result', () => {
    fc.assert(
      fc.property(axes, sizes, ([a, b, m, k, n], [sizeA, sizeB, rows, depth, columns]) => {
        const x = randomLike(zeros([sizeA % 4 || 4, sizeB % 4 || 4, rows, depth]), 1);
        const y = randomLike(zeros([sizeA % 4 || 4, sizeB % 4 || 4, depth, columns]), 2);
        const found = einsum(`${a} ${b} ${m} ${k}, ${a} ${b} ${k} ${n} -> ${a} ${b} ${m} ${n}`, x, y);
        expectClose(found.data(), x.matmul(y).data(), single, 'product');
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('two axes that are gone over together are no pointer: `p1` with 0 behind it, `p` with 10', () => {
    const [x, y] = [randomLike(zeros([4, 4, 1, 1, 1, 16]), 1), randomLike(zeros([4, 4, 16, 16]), 2)];
    const found = einsum('p0 p1 n o0 o1 c, p0 p1 c f -> p0 p1 n o0 o1 f', x, y);
    const expected = x.reshape([4, 4, 1, 16]).matmul(y);
    expectClose(found.data(), expected.data(), single, 'product');
    expect(found.shape).toEqual([4, 4, 1, 1, 1, 16]);
  });
});

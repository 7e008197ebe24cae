import { describe, expect, it } from 'vitest';
import type { Axis } from '../../src/loops/axis.js';
import { type FoldKind, type FoldOrder, fold } from '../../src/loops/expression.js';
import { argmax, max, min, Scalar, sum } from '../../src/loops/scalar.js';
import { axis, buffer, expectSame, kernel, mapKernel, read, runCompiled, storeAt } from './wasm-run.js';

const folded = (axes: readonly Axis[], body: Scalar, order: FoldOrder, by: FoldKind = 'sum'): Scalar =>
  new Scalar(fold(by, axes, body.expression, order));
const sizes = [1, 2, 5, 15, 16, 17, 32, 40, 257, 600];
const orders: FoldOrder[] = ['sequence', 'lanes'];

describe('sums keep their order to the bit', () => {
  it('along rows', () => {
    for (const size of sizes) {
      for (const order of orders) {
        const [i, k] = [axis('i', 3), axis('k', size)];
        expectSame(mapKernel([i], folded([k], read(buffer('x', [3, size]), [i, k]), order)));
        expectSame(mapKernel([], folded([k], read(buffer('x', [size]), [k]), order)));
      }
    }
  });

  it('along columns', () => {
    for (const size of sizes) {
      for (const order of orders) {
        const [j, k] = [axis('j', 11), axis('k', size)];
        expectSame(mapKernel([j], folded([k], read(buffer('x', [size, 11]), [k, j]), order)));
      }
    }
  });

  it('over several axes that memory does not join', () => {
    for (const [m, n] of [
      [3, 16],
      [5, 7],
      [4, 33],
      [20, 2],
    ] as const) {
      for (const order of orders) {
        const [i, k, l] = [axis('i', 4), axis('k', m), axis('l', n)];
        const body = read(buffer('x', [m, 4, n]), [k, i, l]).mul(read(buffer('y', [n]), [l]));
        expectSame(mapKernel([i], folded([k, l], body, order)));
        expectSame(mapKernel([i], folded([k, l], read(buffer('x', [n, m, 4]), [l, k, i]), order)));
      }
    }
  });

  it('of products in blocks of 256', () => {
    // Products of small integers are exact, and sums beyond 2^24 are not, so the order shows.
    for (const size of [1, 8, 255, 256, 257, 512, 700]) {
      const [i, j, k] = [axis('i', 3), axis('j', 7), axis('k', size)];
      const [x, y] = [buffer('x', [3, size]), buffer('y', [size, 7])];
      const large = (n: number, salt: number) =>
        Float32Array.from({ length: n }, (_, at) => ((at * 7919 + salt) % 3001) - 500);
      const given = new Map([
        ['x', large(3 * size, 1)],
        ['y', large(7 * size, 5)],
      ]);
      const product = read(x, [i, k]).mul(read(y, [k, j]));
      expectSame(mapKernel([i, j], folded([k], product, 'blocks')), given);
      expectSame(mapKernel([i], folded([k], read(x, [i, k]).mul(read(x, [i, k])), 'blocks')), given);
    }
  });
});

describe('folds', () => {
  it('find the largest and smallest, and NaN wins', () => {
    for (const [m, n] of [
      [3, 1],
      [4, 9],
      [5, 50],
    ] as const) {
      const [i, k] = [axis('i', m), axis('k', n)];
      const x = read(buffer('x', [m, n]), [i, k]);
      expectSame(mapKernel([i], max(k, x)));
      expectSame(mapKernel([k], min(i, x)));
      const values = Float32Array.from({ length: m * n }, (_, at) => (at % 4 === 1 ? Number.NaN : at % 3));
      expectSame(mapKernel([i], max(k, x)), new Map([['x', values]]));
      expectSame(mapKernel([k], min(i, x)), new Map([['x', values]]));
    }
  });

  it('fold integers and truth values', () => {
    const [i, k] = [axis('i', 5), axis('k', 21)];
    const x = read(buffer('x', [5, 21], 'int32'), [i, k]);
    const m = read(buffer('m', [5, 21], 'bool'), [i, k]);
    for (const by of ['sum', 'max', 'min'] as const) {
      expectSame(mapKernel([i], folded([k], x, 'sequence', by), 'int32'));
      expectSame(mapKernel([k], folded([i], x, 'sequence', by), 'int32'));
      if (by === 'sum') continue;
      expectSame(mapKernel([i], folded([k], m, 'sequence', by), 'bool'));
      expectSame(mapKernel([k], folded([i], m, 'sequence', by), 'bool'));
    }
  });

  it('give the first place of the largest', () => {
    for (const n of [1, 3, 16, 45]) {
      const [i, k] = [axis('i', 9), axis('k', n)];
      const values = Float32Array.from({ length: 9 * n }, (_, at) => (at * 7) % 5);
      const holes = values.map((x, at) => (at % 11 === 6 ? Number.NaN : x));
      const low = values.map(() => -Infinity);
      for (const given of [values, holes, low]) {
        const arrays = new Map([['x', given]]);
        expectSame(mapKernel([i], argmax(k, read(buffer('x', [9, n]), [i, k])), 'int32'), arrays);
        expectSame(mapKernel([i], argmax(k, read(buffer('x', [n, 9]), [k, i])), 'int32'), arrays);
      }
      expectSame(mapKernel([i], argmax(k, read(buffer('x', [9, n], 'int32'), [i, k])), 'int32'));
      expectSame(mapKernel([i], argmax(k, read(buffer('m', [n, 9], 'bool'), [k, i])), 'int32'));
      expectSame(mapKernel([i], argmax(k, read(buffer('m', [9, n], 'bool'), [i, k])), 'int32'));
    }
  });

  it('over nothing give their identity', () => {
    const [i, k] = [axis('i', 5), axis('k', 0)];
    const x = read(buffer('x', [5, 0]), [i, k]);
    for (const order of ['sequence', 'lanes', 'blocks'] as const)
      expectSame(mapKernel([i], folded([k], x.mul(x), order)));
    expectSame(mapKernel([i], max(k, x)));
    expectSame(mapKernel([i], min(k, x.toInt()), 'int32'));
  });

  it('stand inside the body of other folds, whether or not they depend on them', () => {
    const [i, k, l] = [axis('i', 6), axis('k', 19), axis('l', 5)];
    const x = buffer('x', [6, 19]);
    const mean = sum(k, read(x, [i, k])).div(19);
    const other = axis('k', 19);
    const centred = read(x, [i, other]).sub(mean);
    expectSame(mapKernel([i], sum(other, centred.mul(centred))));
    for (const order of orders) {
      const y = buffer('y', [19, 5]);
      expectSame(
        mapKernel([i], folded([k], read(x, [i, k]).mul(folded([l], read(y, [k, l]), order)), order)),
      );
      const z = buffer('z', [6, 5, 19]);
      expectSame(mapKernel([i], folded([k], folded([l], read(z, [i, l, k]), order), order)));
    }
  });

  it('may reuse an axis of the loops around', () => {
    const [i, k] = [axis('i', 6), axis('k', 6)];
    const x = buffer('x', [6]);
    expectSame(mapKernel([i], read(x, [i]).mul(sum(i, read(x, [i])))));
    const y = buffer('y', [6, 6]);
    expectSame(mapKernel([], sum([i, k], read(y, [i, k]).mul(sum(i, read(y, [i, k]))))));
    const nested = sum(k, read(y, [i, k]).add(sum(k, read(y, [k, i]).mul(sum(i, read(y, [k, i]))))));
    expectSame(mapKernel([i], nested.add(sum(k, read(y, [k, i])))));
    expectSame(mapKernel([i, k], nested.add(read(x, [sum(i, read(x, [i])).toInt()], 3))));
  });

  it('feed several stores and later values', () => {
    const [i, k, l] = [axis('i', 9), axis('k', 30), axis('l', 30)];
    const [x, y] = [buffer('x', [9, 30]), buffer('y', [30, 9])];
    const rows = sum(k, read(x, [i, k]));
    const columns = max(l, read(y, [l, i]));
    const made = kernel(
      [i],
      storeAt(buffer('a', []), [i], rows.mul(columns)),
      storeAt(buffer('b', []), [i], rows.sub(1)),
    );
    expectSame(made);
    expect(
      runCompiled(
        made,
        new Map([
          ['x', new Float32Array(270).fill(1)],
          ['y', new Float32Array(270)],
          ['a', new Float32Array(9)],
          ['b', new Float32Array(9)],
        ]),
      ).get('b'),
    ).toEqual(new Float32Array(9).fill(29));
  });
});

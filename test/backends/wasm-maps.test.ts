import { describe, it } from 'vitest';
import { indexValue, integer, max, real, sum } from '../../src/loops/scalar.js';
import { axis, buffer, expectSame, kernel, mapKernel, read, storeAt } from './wasm-run.js';

describe('maps', () => {
  it('adds two arrays of any size', () => {
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 1000]) {
      const i = axis('i', size);
      expectSame(mapKernel([i], read(buffer('x', [size]), [i]).add(read(buffer('y', [size]), [i]))));
    }
  });

  it('adds a bias to rows and clips at 0', () => {
    const [i, j] = [axis('i', 5), axis('j', 11)];
    const x = read(buffer('x', [5, 11]), [i, j]);
    expectSame(mapKernel([i, j], x.add(read(buffer('b', [11]), [j])).maximum(0)));
  });

  it('reads transposed, reversed and strided', () => {
    const [i, j] = [axis('i', 6), axis('j', 9)];
    expectSame(mapKernel([i, j], read(buffer('x', [9, 6]), [j, i])));
    expectSame(mapKernel([i, j], read(buffer('x', [6, 9]), [i, j.index.times(-1).plus(8)])));
    expectSame(mapKernel([i, j], read(buffer('x', [12, 27]), [i.index.times(2), j.index.times(3).plus(1)])));
  });

  it('gives an index as a value', () => {
    const [i, j] = [axis('i', 3), axis('j', 10)];
    const number = indexValue(i)
      .mul(10)
      .add(indexValue(j.index.times(2).plus(-3)));
    expectSame(mapKernel([i, j], number, 'int32'));
    expectSame(mapKernel([i, j], number.toFloat()));
    expectSame(mapKernel([i, j], number.less(7), 'bool'));
  });

  it('runs a kernel without axes and one without points', () => {
    expectSame(mapKernel([], read(buffer('x', [1]), [0]).add(1)));
    expectSame(mapKernel([axis('i', 0), axis('j', 4)], real(1)));
    expectSame(mapKernel([axis('i', 1), axis('j', 1)], read(buffer('x', [1, 1]), [0, 0]).mul(2)));
  });

  it('stores several arrays of different types at once', () => {
    const i = axis('i', 13);
    const x = read(buffer('x', [13]), [i]);
    const small = x.less(0.5);
    expectSame(
      kernel(
        [i],
        storeAt(buffer('a', []), [i], x.mul(2)),
        storeAt(buffer('b', [], 'bool'), [i], small),
        storeAt(buffer('c', [], 'int32'), [i], small.select(integer(3), x.toInt())),
      ),
    );
  });

  it('computes a softmax over rows', () => {
    for (const size of [1, 3, 10, 16, 37]) {
      const [i, j] = [axis('i', 4), axis('j', size)];
      const [k, l] = [axis('k', size), axis('l', size)];
      const x = buffer('x', [4, size]);
      const top = max(k, read(x, [i, k]));
      const total = sum(l, read(x, [i, l]).sub(top).exp());
      expectSame(mapKernel([i, j], read(x, [i, j]).sub(top).exp().div(total)), undefined, 1e-6);
    }
  });

  it('bounds numbers by constants as by arrays, NaN and -0 included', () => {
    const values = Float32Array.from([-0, 0, Number.NaN, 1, -1, Infinity, -Infinity, 1e-45, -1e-45, 3]);
    const i = axis('i', values.length);
    const x = read(buffer('x', [values.length]), [i]);
    for (const bound of [0, -0, 1, -1, Infinity, -Infinity, Number.NaN]) {
      const given = new Map([['x', values]]);
      expectSame(mapKernel([i], x.maximum(bound)), given);
      expectSame(mapKernel([i], x.minimum(bound)), given);
      expectSame(mapKernel([i], real(bound).maximum(x)), given);
      expectSame(mapKernel([i], real(bound).minimum(x)), given);
    }
  });

  it('takes the sign from every kind of number', () => {
    const values = Float32Array.from([-0, 0, Number.NaN, -1, Infinity, -Infinity, -1e-45, 3, -3.4e38]);
    const i = axis('i', values.length);
    const absolute = read(buffer('x', [values.length]), [i]).abs();
    expectSame(mapKernel([i], absolute), new Map([['x', values]]));
    // Of which infinity -0 is the reciprocal tells its sign.
    expectSame(mapKernel([i], real(1).div(absolute)), new Map([['x', values]]));
  });

  it('reads and writes each type', () => {
    const i = axis('i', 11);
    expectSame(
      mapKernel(
        [i],
        read(buffer('x', [11], 'uint8'), [i])
          .toFloat()
          .div(255),
      ),
    );
    expectSame(mapKernel([i], read(buffer('x', [11], 'bool'), [i]).not(), 'bool'));
    expectSame(mapKernel([i], read(buffer('x', [11], 'bool'), [i]).toFloat()));
    expectSame(
      mapKernel(
        [i],
        read(buffer('x', [11], 'int32'), [i])
          .mul(3)
          .xor(5),
        'int32',
      ),
    );
    expectSame(mapKernel([i], read(buffer('x', [11], 'int32'), [i]), 'uint8'));
  });
});

import { describe, it } from 'vitest';
import { max, sum } from '../../src/loops/scalar.js';
import type { Arrays } from './evaluate.js';
import { axis, buffer, expectSame, mapKernel, read } from './wasm-run.js';

describe('reads outside an array', () => {
  it('give the fill for whole rows', () => {
    const [i, j] = [axis('i', 7), axis('j', 9)];
    const x = buffer('x', [3, 9]);
    for (const fill of [0, -Infinity, 2.5])
      expectSame(mapKernel([i, j], read(x, [i.index.plus(-2), j], fill)));
    const flags = buffer('m', [3, 9], 'bool');
    expectSame(mapKernel([i, j], read(flags, [i.index.plus(-2), j], 1), 'bool'));
  });

  it('give the fill for single elements of a row', () => {
    const [i, j] = [axis('i', 4), axis('j', 13)];
    expectSame(mapKernel([i, j], read(buffer('x', [4, 6]), [i, j.index.plus(-3)], -1)));
    expectSame(mapKernel([i, j], read(buffer('x', [4, 6]), [i, j.index.times(2).plus(-5)])));
    expectSame(
      mapKernel(
        [i, j],
        read(buffer('x', [3, 20], 'int32'), [i.index.plus(-1), j.index.times(-1).plus(9)], 7),
        'int32',
      ),
    );
    expectSame(
      mapKernel([i, j], read(buffer('x', [13, 4], 'uint8'), [j.index.plus(5), i.index.plus(1)], 7), 'int32'),
    );
  });

  it('never leave the memory, however far they are', () => {
    const [i, j] = [axis('i', 4), axis('j', 13)];
    expectSame(mapKernel([i, j], read(buffer('x', [2, 2]), [i.index.plus(1e6), j.index.plus(1e8)], 3)));
    expectSame(mapKernel([i, j], read(buffer('x', [2, 2]), [i.index.plus(1e8), j.index.times(0)], 3)));
    expectSame(mapKernel([i, j], read(buffer('x', [0, 2]), [i, j], 3)));
  });

  it('pool windows that overlap the border', () => {
    const [n, h, w, c] = [axis('n', 2), axis('h', 4), axis('w', 3), axis('c', 6)];
    const [p, q] = [axis('p', 3), axis('q', 3)];
    const x = buffer('x', [2, 7, 5, 6]);
    const at = [
      n.index,
      h.index.times(2).plus(p.index).plus(-1),
      w.index.times(2).plus(q.index).plus(-1),
      c.index,
    ];
    expectSame(mapKernel([n, h, w, c], max([p, q], read(x, at, -Infinity))));
    expectSame(mapKernel([n, h, w, c], sum([p, q], read(x, at))));
  });
});

describe('reads at computed places', () => {
  const places = (values: number[]): Arrays => new Map([['at', Int32Array.from(values)]]);

  it('take whole rows', () => {
    const [i, j] = [axis('i', 5), axis('j', 11)];
    const row = read(buffer('at', [5], 'int32'), [i]);
    const given = places([3, 0, 7, -1, 3]);
    expectSame(mapKernel([i, j], read(buffer('x', [4, 11]), [row, j], 9)), given);
    expectSame(mapKernel([i, j], read(buffer('x', [11, 4]), [j, row], 9)), given);
    expectSame(mapKernel([i, j], read(buffer('x', [4, 6]), [row, j.index.plus(-2)], 9)), given);
    expectSame(
      mapKernel([i, j], read(buffer('x', [2, 4, 11], 'bool'), [i.index.plus(-1), row, j]), 'bool'),
      given,
    );
  });

  it('take one element a lane', () => {
    const [i, j] = [axis('i', 3), axis('j', 5)];
    const place = read(buffer('at', [3, 5], 'int32'), [i, j]);
    const given = places([0, 1, 2, 3, 4, 5, -1, -(2 ** 31), 2 ** 31 - 1, 7, 0, 0, 1, 1, 2]);
    expectSame(mapKernel([i, j], read(buffer('x', [6]), [place], -3)), given);
    expectSame(mapKernel([i, j], read(buffer('x', [3, 6]), [i, place], -3)), given);
    expectSame(mapKernel([i, j], read(buffer('x', [6, 5], 'uint8'), [place, j], 4), 'int32'), given);
    expectSame(mapKernel([i, j], read(buffer('x', [6, 6]), [place, place])), given);
    expectSame(mapKernel([i, j], read(buffer('x', [0]), [place], 8)), given);
  });

  it('follow places that are looked up themselves', () => {
    const i = axis('i', 10);
    const first = read(buffer('at', [10], 'int32'), [i]);
    const given: Arrays = new Map([
      ...places([3, 1, 4, 1, 5, 9, 2, 6, 5, 30]),
      ['to', Int32Array.from([5, 4, 3, 2, 1, 0, 9, 8, 7, 6])],
    ]);
    expectSame(
      mapKernel([i], read(buffer('x', [12]), [read(buffer('to', [10], 'int32'), [first], -1)], -7)),
      given,
    );
  });

  it('work inside folds', () => {
    const [i, k] = [axis('i', 9), axis('k', 3)];
    const place = read(buffer('at', [9, 3], 'int32'), [i, k]);
    const given = places(Array.from({ length: 27 }, (_, n) => (n * 7) % 13));
    expectSame(mapKernel([i], sum(k, read(buffer('x', [11]), [place]))), given);
  });
});

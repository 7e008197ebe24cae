import { describe, it } from 'vitest';
import { Index } from '../../src/loops/axis.js';
import { indexValue, integer } from '../../src/loops/scalar.js';
import { axis, buffer, expectSame, kernel, read, storeAt, storeInto } from './wasm-run.js';

const constantAt = (n: number) => new Index([], n);

describe('stores', () => {
  it('go to transposed, strided and shifted places', () => {
    const [i, j] = [axis('i', 5), axis('j', 7)];
    const x = read(buffer('x', [5, 7]), [i, j]);
    expectSame(kernel([i, j], storeInto(buffer('y', [7, 5]), [j, i], x)));
    expectSame(
      kernel([i, j], storeInto(buffer('y', [12, 20]), [i.index.times(2).plus(1), j.index.times(3)], x)),
    );
    expectSame(kernel([i, j], storeInto(buffer('y', [5, 9], 'bool'), [i, j.index.plus(2)], x.less(0))));
    expectSame(kernel([i, j], storeInto(buffer('y', [5, 7]), [i, j.index.times(-1).plus(6)], x)));
  });

  it('outside the array write nothing', () => {
    const [i, j] = [axis('i', 5), axis('j', 7)];
    const x = read(buffer('x', [5, 7]), [i, j]);
    expectSame(kernel([i, j], storeInto(buffer('y', [3, 7]), [i.index.plus(-1), j], x)));
    expectSame(kernel([i, j], storeInto(buffer('y', [5, 4]), [i, j.index.plus(-2)], x)));
    expectSame(kernel([i, j], storeInto(buffer('y', [0, 4]), [i, j], x)));
  });

  it('go to computed places', () => {
    const [i, j] = [axis('i', 4), axis('j', 6)];
    const x = read(buffer('x', [4, 6]), [i, j]);
    const row = read(buffer('at', [4], 'int32'), [i]);
    expectSame(
      kernel([i, j], storeInto(buffer('y', [5, 6]), [row, j], x)),
      new Map([['at', Int32Array.from([3, 9, 0, -1])]]),
    );
    const place = read(buffer('at', [4, 6], 'int32'), [i, j]);
    const order = Int32Array.from({ length: 24 }, (_, n) => (n * 7) % 29);
    expectSame(kernel([i, j], storeInto(buffer('y', [24]), [place], x)), new Map([['at', order]]));
    expectSame(
      kernel([i, j], storeInto(buffer('y', [24], 'uint8'), [place], integer(7))),
      new Map([['at', order]]),
    );
  });

  it('read what they replace at the same point', () => {
    const i = axis('i', 21);
    const w = buffer('w', [21]);
    const g = read(buffer('g', [21]), [i]);
    expectSame(kernel([i], storeAt(w, [i], read(w, [i]).sub(g.mul(0.5)))));
    const m = buffer('m', [21]);
    const next = read(m, [i]).mul(0.75).add(g);
    expectSame(kernel([i], storeAt(m, [i], next), storeAt(w, [i], read(w, [i]).sub(next))));
  });
});

describe('stores that add', () => {
  it('add rows in order, however often they meet', () => {
    const [i, j] = [axis('i', 9), axis('j', 7)];
    const x = read(buffer('x', [9, 7]), [i, j]);
    const row = read(buffer('at', [9], 'int32'), [i]);
    const given = new Map([['at', Int32Array.from([3, 0, 3, 3, -1, 0, 4, 3, 8])]]);
    expectSame(kernel([i, j], storeInto(buffer('y', [5, 7]), [row, j], x, 'add')), given);
    expectSame(kernel([i, j], storeInto(buffer('y', [7, 5]), [j, row], x, 'add')), given);
    expectSame(kernel([i, j], storeInto(buffer('y', [5], 'int32'), [row], x.toInt(), 'add')), given);
  });

  it('asks of each element whether its place is inside where places differ along the row', () => {
    const [i, j, k] = [axis('i', 3), axis('j', 5), axis('k', 20)];
    const places = Int32Array.from({ length: 60 }, (_, at) => (at % 20 === 0 ? 9 : at % 3));
    const row = read(buffer('index', [3, 20], 'int32'), [i, k]);
    const store = storeInto(buffer('y', [2, 20]), [row, k], read(buffer('x', [3, 5, 20]), [i, j, k]), 'add');
    expectSame(kernel([i, j, k], store), new Map([['index', places]]));
  });

  it('add single elements in order', () => {
    const i = axis('i', 30);
    const x = read(buffer('x', [30]), [i]);
    const place = read(buffer('at', [30], 'int32'), [i]);
    const given = new Map([['at', Int32Array.from({ length: 30 }, (_, n) => (n * n) % 7)]]);
    expectSame(kernel([i], storeInto(buffer('y', [6]), [place], x, 'add')), given);
    expectSame(kernel([i], storeInto(buffer('y', [1]), [constantAt(0)], x, 'add')), given);
    const y = buffer('y', [8]);
    expectSame(
      kernel([i], storeInto(y, [place], x, 'add'), storeInto(y, [place.add(1)], x.mul(2), 'add')),
      given,
    );
    expectSame(kernel([i], storeInto(y, [place], x.add(read(y, [place])), 'add')), given);
  });

  it('count truth values and integers', () => {
    const i = axis('i', 30);
    const place = read(buffer('at', [30], 'int32'), [i]).and(7);
    expectSame(kernel([i], storeInto(buffer('y', [8], 'int32'), [place], indexValue(i), 'add')));
    expectSame(kernel([i], storeInto(buffer('y', [8], 'bool'), [place], indexValue(i).less(3), 'add')));
  });
});

describe('recurrences', () => {
  it('run along the first axis, a vector of the last at a time', () => {
    const [t, j] = [axis('t', 6), axis('j', 11)];
    const y = buffer('y', [6, 11]);
    const x = read(buffer('x', [6, 11]), [t, j]);
    expectSame(kernel([t, j], storeAt(y, [t, j], x.add(read(y, [t.index.plus(-1), j])))));
    const back = t.index.times(-1).plus(5);
    expectSame(kernel([t, j], storeInto(y, [back, j], x.add(read(y, [back.plus(1), j], 2)))));
  });

  it('run along the last axis', () => {
    const [i, t] = [axis('i', 5), axis('t', 13)];
    const y = buffer('y', [5, 13]);
    const x = read(buffer('x', [5, 13]), [i, t]);
    expectSame(kernel([i, t], storeAt(y, [i, t], x.add(read(y, [i, t.index.plus(-1)])))));
    expectSame(
      kernel(
        [i, t],
        storeAt(y, [i, t], x.add(read(y, [i, t.index.plus(-2)]).mul(read(y, [i, t.index.plus(-1)])))),
      ),
    );
  });

  it('run diagonally and through places that are not known', () => {
    const [i, t] = [axis('i', 5), axis('t', 9)];
    const y = buffer('y', [5, 9]);
    const x = read(buffer('x', [5, 9]), [i, t]);
    expectSame(kernel([i, t], storeAt(y, [i, t], x.add(read(y, [i.index.plus(-1), t.index.plus(-1)])))));
    const z = buffer('z', [9]);
    const place = read(buffer('at', [9], 'int32'), [t]).and(7);
    expectSame(kernel([t], storeAt(z, [t], read(z, [place]).mul(0.5).add(1))));
    expectSame(
      kernel(
        [t],
        storeAt(
          z,
          [t],
          read(z, [constantAt(0)])
            .mul(0.5)
            .add(1),
        ),
      ),
    );
  });
});

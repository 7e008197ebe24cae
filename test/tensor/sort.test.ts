import { beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../../src/core/errors.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { argsort, sort, topK } from '../../src/tensor/sort.js';
import { availableBackends, choose } from '../laws/backends.js';
import { below, randomOf } from '../laws/numbers.js';

const { NaN: nan } = Number;

/** Places in sorted order by the engine's own stable sort; NaN last. */
function placesOf(row: readonly number[], descending: boolean): number[] {
  const compare = (a: number, b: number) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a === b ? 0 : a < b !== descending ? -1 : 1;
  };
  return [...row.keys()].sort((i, j) => compare(row[i]!, row[j]!));
}

const oddities = [nan, 0, -0, Infinity, -Infinity];

describe.each(availableBackends)('sorting, on %s,', (backend) => {
  beforeAll(() => choose(backend));

  it.each([1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 100, 257])('of %i elements is stable both ways', (size) => {
    const random = randomOf(size);
    for (const dtype of ['float32', 'int32'] as const) {
      const rows = Array.from({ length: 2 }, () =>
        Array.from({ length: size }, () =>
          dtype === 'float32' && random() < 0.3 ? oddities[below(random, 5)]! : below(random, 9) - 4,
        ),
      );
      for (const descending of [false, true]) {
        const found = argsort(tensor(rows, { dtype }), { descending }).toArray();
        expect(found).toEqual(rows.map((row) => placesOf(row, descending)));
      }
    }
  });

  it('goes along any axis', () => {
    const x = tensor([
      [3, 1],
      [2, 5],
      [9, 0],
    ]);
    expect(sort(x, { axis: 0 }).toArray()).toEqual([
      [2, 0],
      [3, 1],
      [9, 5],
    ]);
    expect(sort(x, { descending: true }).toArray()).toEqual([
      [3, 1],
      [5, 2],
      [9, 0],
    ]);
    expect(sort(zeros([2, 0])).shape).toEqual([2, 0]);
    expect(() => sort(x, { axis: 2 })).toThrow(ShapeError);
  });

  it('takes truth values, and keeps the type of what it sorts', () => {
    const x = sort(tensor([true, false, true]));
    expect([x.dtype, x.toArray()]).toEqual(['bool', [false, true, true]]);
    expect(sort(tensor([3, 1], { dtype: 'int32' })).dtype).toBe('int32');
  });

  it('sends gradients back to where the elements were', () => {
    const x = tensor([3, 1, 2]);
    expect(
      gradients(
        sort(x)
          .mul(tensor([10, 20, 30]))
          .sum(),
        [x],
      )[0]!.toArray(),
    ).toEqual([30, 10, 20]);
    const { values } = topK(x, 2);
    expect(gradients(values.mul(tensor([5, 7])).sum(), [x])[0]!.toArray()).toEqual([5, 0, 7]);
  });

  it('gives the largest few, the first of equals first', () => {
    const { values, indices } = topK(tensor([[1, 7, 7, 2]]), 3);
    expect([values.toArray(), indices.toArray()]).toEqual([[[7, 7, 2]], [[1, 2, 3]]]);
    expect(() => topK(tensor([1, 2]), 3)).toThrow(ConfigError);
  });
});

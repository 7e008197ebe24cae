import { describe, expect, test } from 'vitest';
import { Axis, constantIndex } from '../../src/loops/axis.js';
import {
  type Buffer,
  call,
  constant,
  counter,
  fold,
  forgetFormulas,
  load,
  walk,
} from '../../src/loops/expression.js';
import { storeAtPoint } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { rewrite, substitute } from '../../src/loops/rewrite.js';

const x: Buffer = { name: 'x', shape: [4, 6], dtype: 'float32' };
const y: Buffer = { name: 'y', shape: [6, 4], dtype: 'float32' };
const i = new Axis('i', 4);
const j = new Axis('j', 6);
const at = (row: Axis, column: Axis) => load(x, [row.index, column.index]);

describe('interning', () => {
  test('equal formulas are one object', () => {
    expect(call('add', [at(i, j), constant(1, 'float')])).toBe(call('add', [at(i, j), constant(1, 'float')]));
    expect(load(x, [i.index.plus(1), j.index])).toBe(load(x, [i.index.plus(1), j.index]));
  });

  test('formulas that differ in value, type, sign of zero, fill or place are not', () => {
    expect(constant(1, 'float')).not.toBe(constant(1, 'int'));
    expect(constant(0, 'float')).not.toBe(constant(-0, 'float'));
    expect(load(x, [i.index, j.index], 1)).not.toBe(at(i, j));
    expect(load(x, [i.index, j.index.plus(1)])).not.toBe(at(i, j));
    expect(call('subtract', [at(i, j), constant(1, 'float')])).not.toBe(
      call('subtract', [constant(1, 'float'), at(i, j)]),
    );
  });

  test('a counter without axes is a constant', () => {
    expect(counter(constantIndex(3))).toBe(constant(3, 'int'));
    expect(counter(new Axis('one', 1).index)).toBe(constant(0, 'int'));
  });

  test('after formulas are forgotten the same text makes a new object', () => {
    const before = at(i, j);
    forgetFormulas();
    expect(at(i, j)).not.toBe(before);
  });

  test('a part that occurs twice is walked once, parts first', () => {
    const shared = at(i, j);
    const square = call('multiply', [shared, shared]);
    expect([...walk(call('add', [square, shared]))].slice(0, 2)).toEqual([shared, square]);
    expect(walk(call('add', [square, shared])).size).toBe(3);
  });
});

describe('folds', () => {
  const k = new Axis('k', 6);
  const other = new Axis('other', 6);

  test('are one object when only their own axes differ', () => {
    expect(fold('sum', [k], at(i, k))).toBe(fold('sum', [other], at(i, other)));
    const product = (axis: Axis) => call('multiply', [at(i, axis), load(y, [axis.index, i.index])]);
    expect(fold('sum', [k], product(k))).toBe(fold('sum', [other], product(other)));
  });

  test('are different when an outer axis, the kind, the order or the size differs', () => {
    const row = new Axis('row', 4);
    const sum = fold('sum', [k], at(i, k));
    expect(fold('sum', [k], at(row, k))).not.toBe(sum);
    expect(fold('max', [k], at(i, k))).not.toBe(sum);
    expect(fold('sum', [k], at(i, k), 'lanes')).not.toBe(sum);
    const short = new Axis('k', 5);
    expect(fold('sum', [short], at(i, short))).not.toBe(sum);
  });

  test('are different when shared parts stand in different places', () => {
    const root = call('sqrt', [at(i, k)]);
    const twice = fold('sum', [k], call('add', [root, root]));
    const once = fold('sum', [k], call('add', [root, at(i, k)]));
    expect(twice).not.toBe(once);
  });

  test('are different when two own axes are exchanged in the body', () => {
    const a = new Axis('a', 4);
    const b = new Axis('b', 4);
    const square: Buffer = { name: 'square', shape: [4, 4], dtype: 'float32' };
    const skewed = (row: Axis, column: Axis) =>
      call('add', [load(square, [row.index, column.index]), counterFloat(row)]);
    expect(fold('sum', [a, b], skewed(a, b))).not.toBe(fold('sum', [a, b], skewed(b, a)));
    expect(fold('sum', [a, b], skewed(a, b))).toBe(fold('sum', [b, a], skewed(b, a)));
  });

  test('depend on the axes around them, not on their own', () => {
    expect([...fold('sum', [k], at(i, k)).free]).toEqual([i]);
    expect(fold('argmax', [k], at(i, k)).type).toBe('int');
  });
});

const counterFloat = (axis: Axis) => call('toFloat', [counter(axis.index)]);

describe('substitution', () => {
  const k = new Axis('k', 6);

  test('puts indices in place of axes in loads and counters', () => {
    const sum = call('add', [at(i, j), counterFloat(j)]);
    const by = new Map([[j, k.index.times(-1).plus(5)]]);
    const expected = call('add', [
      load(x, [i.index, k.index.times(-1).plus(5)]),
      call('toFloat', [counter(k.index.times(-1).plus(5))]),
    ]);
    expect(substitute(sum, by)).toBe(expected);
  });

  test('leaves a formula without these axes as it is', () => {
    expect(substitute(at(i, k), new Map([[j, k.index]]))).toBe(at(i, k));
  });

  test('of an axis that a fold owns by its own name captures nothing', () => {
    const product = call('multiply', [at(i, k), load(y, [j.index, i.index])]);
    const captured = substitute(fold('sum', [k], product), new Map([[j, k.index]]));
    expect([...captured.free]).toEqual(expect.arrayContaining([i, k]));
    const fresh = new Axis('fresh', 6);
    const expected = fold('sum', [fresh], call('multiply', [at(i, fresh), load(y, [k.index, i.index])]));
    expect(captured).toBe(expected);
  });
});

test('a rewrite changes a shared part once and keeps what it leaves alone', () => {
  const shared = call('exp', [at(i, j)]);
  let calls = 0;
  const result = rewrite(call('add', [shared, call('sqrt', [shared])]), (e) => {
    if (e.kind !== 'call' || e.name !== 'exp') return e;
    calls++;
    return e.args[0]!;
  });
  expect(calls).toBe(1);
  expect(result).toBe(call('add', [at(i, j), call('sqrt', [at(i, j)])]));
  expect(rewrite(shared, (e) => e)).toBe(shared);
});

describe('printing', () => {
  test('shows loops, places and values, and names what occurs twice', () => {
    const out: Buffer = { name: 'out', shape: [4], dtype: 'float32' };
    const k = new Axis('k', 6);
    const sum = fold('sum', [k], at(i, k));
    const value = call('divide', [sum, call('add', [sum, constant(1, 'float')])]);
    const kernel = { name: 'mean', axes: [i], stores: [storeAtPoint(out, [i], value)], path: 'dense' };
    expect(printKernel(kernel)).toBe(
      [
        'mean: for i < 4    (dense)',
        '  t0 = sum over k < 6 of x[i, k]',
        '  out[i] = divide(t0, add(t0, 1))',
      ].join('\n'),
    );
  });

  test('shows fills, negative zero, truth values and sums of indices', () => {
    const out: Buffer = { name: 'out', shape: [4], dtype: 'float32' };
    const value = call('select', [
      constant(1, 'bool'),
      load(x, [i.index.times(2).plus(-1), constantIndex(0)], -Infinity),
      constant(-0, 'float'),
    ]);
    const kernel = { name: 'pick', axes: [i], stores: [storeAtPoint(out, [i], value)], path: '' };
    expect(printKernel(kernel)).toBe(
      'pick: for i < 4\n  out[i] = select(true, x[2 i - 1, 0 else -Infinity], -0)',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { dependenceOf } from '../../src/compiler/schedule/dependence.js';
import { prepare } from '../../src/compiler/schedule/prepare.js';
import { structureOf } from '../../src/compiler/schedule/structure.js';
import { fold } from '../../src/loops/expression.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { layoutOf, merge } from '../../src/loops/layout.js';
import { plus, times } from '../../src/loops/nest.js';
import { printKernel } from '../../src/loops/print.js';
import { Scalar } from '../../src/loops/scalar.js';
import { axis, buffer, kernel, mapKernel, read, storeAt, storeInto } from '../backends/wasm-run.js';

describe('layouts', () => {
  const [i, j] = [axis('i', 4), axis('j', 6)];

  it('give strides in bytes of the element type', () => {
    const l = layoutOf([i.index, j.index.times(2).plus(1)], buffer('x', [4, 13], 'int32'));
    expect([l.stride(i), l.stride(j), l.place.offset]).toEqual([52, 8, 4]);
    expect(layoutOf([i.index, j.index], buffer('m', [4, 6], 'bool')).stride(i)).toBe(6);
  });

  it('name the coordinates that may leave the array', () => {
    const { checks } = layoutOf([i.index.plus(-1), j.index, i.index], buffer('x', [4, 6, 4]));
    expect(checks.map((c) => [`${c.index}`, c.below, c.stride])).toEqual([['i - 1', 4, 96]]);
  });

  it('join axes that are walked as one, unless they must stay apart', () => {
    const names = (groups: ReturnType<typeof merge>) =>
      groups.map((g) => `${g.axes.map((a) => a.name).join('')} ${g.size}`);
    const linear = i.index.times(6).plus(j.index);
    expect(names(merge([i, j], [linear]))).toEqual(['ij 24']);
    expect(names(merge([i, j], [linear, j.index]))).toEqual(['i 4', 'j 6']);
    expect(names(merge([i, j], [linear], new Set([j])))).toEqual(['i 4', 'j 6']);
    expect(names(merge([axis('one', 1), i], [linear]))).toEqual(['i 4']);
    expect(names(merge([], []))).toEqual([]);
  });
});

describe('integers of a nest', () => {
  it('keep their constant part last', () => {
    expect(plus('a', 4, plus('b', 8))).toEqual({ op: '+', a: { op: '+', a: 'a', b: 'b' }, b: 12 });
    expect(plus('a', 4, -4)).toBe('a');
    expect(times(plus('a', 1), 0)).toBe(0);
  });
});

describe('dependence', () => {
  const [t, j] = [axis('t', 5), axis('j', 7)];
  const y = buffer('y', [5, 7]);
  const sequential = (made: Kernel) => [...dependenceOf(made).sequential].map((a) => a.name);

  it('is none at the same point, through whatever shape', () => {
    const same = kernel([t, j], storeAt(y, [t, j], read(y, [t, j]).mul(2)));
    const flat = kernel(
      [t, j],
      storeAt(y, [t, j], read(buffer('y', [35]), [t.index.times(7).plus(j.index)]).mul(2)),
    );
    expect(sequential(same)).toEqual([]);
    expect(sequential(flat)).toEqual([]);
    expect(dependenceOf(flat).pinned.size).toBe(0);
  });

  it('names the axes along which earlier points are read', () => {
    expect(sequential(kernel([t, j], storeAt(y, [t, j], read(y, [t.index.plus(-1), j]))))).toEqual(['t']);
    expect(sequential(kernel([t, j], storeAt(y, [t, j], read(y, [t, j.index.plus(1)]))))).toEqual(['j']);
    expect(
      sequential(kernel([t, j], storeAt(y, [t, j], read(y, [t.index.plus(-1), j.index.plus(1)])))),
    ).toEqual(['t', 'j']);
  });

  it('is on all axes where the place is not known', () => {
    const place = read(buffer('at', [5], 'int32'), [t]);
    expect(sequential(kernel([t, j], storeAt(y, [t, j], read(y, [place, j]))))).toEqual(['t', 'j']);
    expect(sequential(kernel([t, j], storeAt(y, [t, j], read(buffer('y', [7, 5]), [j, t]))))).toEqual([
      't',
      'j',
    ]);
    const twice = kernel(
      [t],
      storeInto(y, [place, 0], place.toFloat(), 'add'),
      storeInto(y, [place, 1], place.toFloat(), 'add'),
    );
    expect(sequential(twice)).toEqual(['t']);
  });
});

describe('preparing', () => {
  it('spells composite rows out and leaves other kernels alone', () => {
    const i = axis('i', 4);
    const x = read(buffer('x', [4]), [i]);
    const plain = mapKernel([i], x.add(1));
    expect(prepare(plain)).toEqual(plain);
    expect(printKernel(prepare(mapKernel([i], x.sigmoid())))).not.toContain('sigmoid');
  });

  it('gives a fold axes of its own when the loops around use them', () => {
    const i = axis('i', 60);
    const x = buffer('x', [60]);
    const made = prepare(
      mapKernel([i], read(x, [i]).sub(new Scalar(fold('sum', [i], read(x, [i]).expression)))),
    );
    const value = made.stores[0]!.value;
    const inner = value.kind === 'call' ? value.args[1]! : value;
    expect(inner.kind === 'fold' && inner.axes[0] !== i && inner.body.free.has(inner.axes[0]!)).toBe(true);
    expect([...value.free]).toEqual([i]);
  });
});

describe('a short fold', () => {
  const [i, j] = [axis('i', 8), axis('j', 3)];
  const x = buffer('x', [8, 3]);
  const made = (by: 'max' | 'sum', order: 'sequence' | 'lanes') =>
    printKernel(prepare(mapKernel([i], new Scalar(fold(by, [j], read(x, [i, j]).expression, order)))))
      .split('\n')[1]!
      .trim();

  it('is written out in its order', () => {
    expect(made('max', 'sequence')).toBe('out[i] = maximum(maximum(x[i, 0], x[i, 1]), x[i, 2])');
    expect(made('sum', 'sequence')).toBe('out[i] = add(add(add(0, x[i, 0]), x[i, 1]), x[i, 2])');
  });

  it('stays one where that is another order', () => {
    expect(made('sum', 'lanes')).toBe('out[i] = sum over j < 3 of x[i, j]');
  });
});

describe('the structure of a kernel', () => {
  const made = (from: string, to: string, size = 8, factor = 2) => {
    const i = axis('i', size);
    return mapKernel(
      [i],
      read(buffer(from, [size]), [i])
        .mul(factor)
        .add(read(buffer(to, [size]), [i])),
    );
  };

  it('does not depend on the names of arrays and axes', () => {
    expect(structureOf(made('a', 'b'))).toBe(structureOf(made('x', 'y')));
  });

  it('depends on sizes, numbers and which arrays are the same', () => {
    expect(structureOf(made('a', 'b'))).not.toBe(structureOf(made('a', 'a')));
    expect(structureOf(made('a', 'b'))).not.toBe(structureOf(made('a', 'b', 9)));
    expect(structureOf(made('a', 'b'))).not.toBe(structureOf(made('a', 'b', 8, 3)));
  });
});

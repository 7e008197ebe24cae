import { describe, expect, it } from 'vitest';
import { schedule } from '../../src/compiler/schedule/schedule.js';
import type { Axis } from '../../src/loops/axis.js';
import { forgetFormulas } from '../../src/loops/expression.js';
import { buffersOf, type Kernel } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { indexValue, type Scalar } from '../../src/loops/scalar.js';
import { layouts, matmul, product, randomContraction } from './random-contractions.js';
import {
  asMap,
  axis,
  backend,
  buffer,
  expectSame,
  kernel,
  mapKernel,
  randomArrays,
  randomFrom,
  read,
  runCompiled,
  storeAt,
  storeInto,
} from './wasm-run.js';

/** As a contraction: right, and with the very bits of plain loops. */
function expectContraction(made: Kernel, exact = true): void {
  expect(schedule(made, backend.machine!).form).toBe('contraction');
  const arrays = randomArrays(buffersOf(made), randomFrom(7));
  const [tiled, plain] = [runCompiled(made, arrays), runCompiled(made, arrays, asMap)];
  for (const [name, values] of tiled)
    expect(Buffer.compare(bytesOf(values), bytesOf(plain.get(name)!)), name).toBe(0);
  if (exact) expectSame(made, arrays, 1e-4);
}

const bytesOf = (x: ArrayBufferView) => new Uint8Array(x.buffer);

describe('products of matrices', () => {
  it('have the bits of plain loops in every layout and size', () => {
    const sizes = [
      { m: 4, n: 8, k: 64 },
      { m: 5, n: 9, k: 33 },
      { m: 13, n: 3, k: 70 },
      { m: 33, n: 31, k: 300 },
      { m: 2, n: 40, k: 600 },
      { m: 130, n: 17, k: 20 },
    ];
    for (const size of sizes) {
      for (const layout of layouts) {
        const { axes, sum } = matmul(size, layout);
        expectContraction(mapKernel(axes, sum));
      }
    }
  });

  it('of one row have the bits of plain loops', () => {
    for (const [n, k] of [
      [128, 784],
      [10, 300],
      [33, 64],
    ] as const) {
      const { axes, sum } = matmul({ m: 1, n, k }, 'ab');
      expectContraction(mapKernel(axes, sum));
      expectContraction(mapKernel(axes.slice(1), sum.add(read(buffer('bias', [n]), [axes[1]!])).maximum(0)));
    }
  });

  it('span several blocks of rows and of k', () => {
    for (const layout of layouts) {
      const { axes, sum } = matmul({ m: 270, n: 20, k: 1100 }, layout);
      expectContraction(mapKernel(axes, sum), false);
    }
  });

  it('end in any formula', () => {
    for (const k of [40, 300]) {
      const {
        axes: [i, j],
        sum,
      } = matmul({ m: 22, n: 13, k }, 'ab') as { axes: [Axis, Axis]; sum: Scalar };
      const bias = read(buffer('bias', [13]), [j]);
      expectContraction(mapKernel([i, j], sum.add(bias).maximum(0)));
      const h = read(buffer('h', [22, 13]), [i, j]);
      expectContraction(mapKernel([i, j], h.less(0).select(sum, read(buffer('row', [22]), [i]))));
      expectContraction(mapKernel([i, j], sum.less(bias), 'bool'));
      expectContraction(mapKernel([i, j], sum.mul(8).toInt(), 'int32'), false);
      expectContraction(
        mapKernel(
          [i, j],
          read(buffer('t', [13, 22]), [j, i])
            .mul(sum)
            .add(read(buffer('m', [22, 13], 'bool'), [i, j]).toFloat()),
        ),
      );
      expectContraction(mapKernel([i, j], indexValue(j.index.minus(i.index)).less(1).select(sum, -1)));
      expectContraction(mapKernel([i, j], sum.mul(read(buffer('rate', [1]), [0]))));
      expectContraction(mapKernel([i, j], sum.add(read(buffer('near', [22, 13]), [i, j.index.plus(1)]))));
      const column = read(buffer('at', [13], 'int32'), [j]);
      expectContraction(mapKernel([i, j], sum.add(read(buffer('table', [30]), [column]))));
      expectContraction(mapKernel([i, j], read(buffer('chosen', [30]), [sum.toInt()])));
    }
  });

  it('replace an array that their epilogue reads', () => {
    for (const k of [40, 600]) {
      const { axes, sum } = matmul({ m: 9, n: 14, k }, 'aᵀb');
      const w = buffer('w', [9, 14]);
      expectContraction(kernel(axes, storeAt(w, axes, read(w, axes).sub(sum.mul(0.1)))));
    }
  });

  it('run over batch axes wherever they stand', () => {
    const [b, h, i, j, k] = [axis('b', 2), axis('h', 3), axis('i', 7), axis('j', 9), axis('k', 24)];
    const q = read(buffer('q', [2, 7, 3, 24]), [b, i, h, k]);
    const keys = read(buffer('keys', [2, 9, 3, 24]), [b, j, h, k]);
    expectContraction(mapKernel([b, h, i, j], product([k], q, keys).mul(0.25)));
    const scores = read(buffer('s', [2, 3, 7, 9]), [b, h, i, j]);
    const made = product([j], scores, read(buffer('v', [2, 9, 3, 24]), [b, j, h, k]));
    expectContraction(mapKernel([b, i, h, k], made));
  });
});

describe('convolutions', () => {
  const sizes = { n: 3, h: 6, w: 7, c: 5, f: 10, kh: 3, kw: 2 };
  const { n, h, w, c, f, kh, kw } = sizes;
  const axes = () => ({
    n: axis('n', n),
    h: axis('h', h),
    w: axis('w', w),
    c: axis('c', c),
    f: axis('f', f),
    p: axis('p', kh),
    q: axis('q', kw),
  });
  const [x, g, kernelBuffer] = [
    buffer('x', [n, h, w, c]),
    buffer('g', [n, h, w, f]),
    buffer('w', [kh, kw, c, f]),
  ];

  it('with padding read the fill outside', () => {
    for (const fill of [0, 1.5]) {
      const a = axes();
      const at = [a.n.index, a.h.index.plus(a.p.index).plus(-1), a.w.index.plus(a.q.index), a.c.index];
      const sum = product([a.p, a.q, a.c], read(x, at, fill), read(kernelBuffer, [a.p, a.q, a.c, a.f]));
      expectContraction(mapKernel([a.n, a.h, a.w, a.f], sum));
    }
  });

  it('give the gradients of input and kernel', () => {
    const a = axes();
    const from = [a.n.index, a.h.index.minus(a.p.index).plus(1), a.w.index.minus(a.q.index), a.f.index];
    const input = product([a.p, a.q, a.f], read(g, from), read(kernelBuffer, [a.p, a.q, a.c, a.f]));
    expectContraction(mapKernel([a.n, a.h, a.w, a.c], input));
    const at = [a.n.index, a.h.index.plus(a.p.index).plus(-1), a.w.index.plus(a.q.index), a.c.index];
    const weights = product([a.n, a.h, a.w], read(x, at), read(g, [a.n, a.h, a.w, a.f]));
    expectContraction(mapKernel([a.p, a.q, a.c, a.f], weights));
  });

  it('with strides and more than 256 products', () => {
    const [i, p, q, ch, out] = [axis('i', 9), axis('p', 3), axis('q', 4), axis('ch', 30), axis('o', 11)];
    const r = axis('r', 5);
    const image = buffer('image', [20, 16, 30]);
    const at = [i.index.times(2).plus(p.index), r.index.times(3).plus(q.index), ch.index];
    const sum = product([p, q, ch], read(image, at), read(buffer('taps', [3, 4, 30, 11]), [p, q, ch, out]));
    expectContraction(mapKernel([i, r, out], sum));
  });
});

describe('factors that do not walk forwards along k', () => {
  it.each([1, 2, 4, 9])('are read in their order by %s rows', (m) => {
    const [i, j, l] = [axis('i', m), axis('j', 9), axis('k', 300)];
    const back = l.index.times(-1).plus(299);
    const ofA = [
      [i, l],
      [i, back],
    ].map((at) => read(buffer('a', [m, 300]), at));
    const ofB = [read(buffer('b', [300, 9]), [back, j]), read(buffer('c', [9]), [j])];
    for (const a of ofA)
      for (const b of ofB) expectSame(mapKernel([i, j], product([l], a, b)), undefined, 1e-4);
  });
});

describe('random contractions', () => {
  it('have the bits of plain loops', () => {
    const seeds = Number(process.env.FUZZ_SEEDS ?? 60);
    const from = Number(process.env.FUZZ_FROM ?? 1);
    let ran = 0;
    for (let seed = from; seed < from + seeds; seed++) {
      forgetFormulas();
      const made = randomContraction(randomFrom(seed * 31 + 5));
      if (schedule(made, backend.machine!).form !== 'contraction') continue;
      ran++;
      try {
        expectContraction(made, false);
      } catch (error) {
        throw new Error(`seed ${seed}\n${printKernel(made)}`, { cause: error });
      }
    }
    expect(ran).toBeGreaterThan(seeds / 4);
  });
});

describe('what is not a contraction', () => {
  const { axes, sum } = matmul({ m: 12, n: 20, k: 30 }, 'ab');

  it('runs as plain loops', () => {
    const [i, j] = axes as [Axis, Axis];
    const out = buffer('out', [20, 12]);
    const made = kernel(axes, storeInto(out, [j, i], sum), storeInto(buffer('o2', [12, 20]), [i, j], sum));
    expect(schedule(made, backend.machine!).form).toBe('map');
    expectSame(made, undefined, 1e-4);
  });

  it('may store transposed as a contraction with its factors swapped', () => {
    const [i, j] = axes as [Axis, Axis];
    expectContraction(kernel(axes, storeInto(buffer('out', [20, 12]), [j, i], sum)));
  });
});

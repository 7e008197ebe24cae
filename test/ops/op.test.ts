/** An op of one's own: one record, and everything follows. */
import { describe, expect, it } from 'vitest';
import { float } from '../../src/core/fields.js';
import { sum } from '../../src/loops/scalar.js';
import * as ops from '../../src/ops/index.js';
import { op } from '../../src/ops/op.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { availableBackends, choose } from '../laws/backends.js';

const softsign = op('softsign', {
  shape: '*s -> *s',
  lower: ([x], { s }) =>
    x.at(...s).div(
      x
        .at(...s)
        .abs()
        .add(1),
    ),
  vjp: (g, [x]) => [g.div(x.abs().add(1).square())],
});

const scaled = op('scaled', {
  shape: 'm k, k -> m',
  attrs: () => ({
    /** What each result is multiplied with. */
    by: float(2),
  }),
  lower: ([x, w], { m, k }, { by }) => sum([k], x.at(m, k).mul(w.at(k))).mul(by),
});

describe.each(availableBackends)('an op declared in one record, on %s', (name) => {
  it('computes and has first and second gradients', () => {
    choose(name);
    const x = tensor([-3, 0, 1]);
    expect(softsign(x).toArray()).toEqual([-0.75, 0, 0.5]);
    const [g] = gradients(softsign(x).sum(), [x]);
    expect(g!.toArray()).toEqual([1 / 16, 1, 0.25]);
    expect(gradients(g!.sum(), [x])[0]!.toArray()).toEqual([2 / 64, expect.closeTo(0), -2 / 8]);
  });
});

describe('a record', () => {
  it('names axes for its formula, and takes its options', () => {
    const [x, w] = [
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([10, 1]),
    ];
    expect(scaled(x, w).toArray()).toEqual([24, 68]);
    expect(scaled(x, w, { by: 1 }).toArray()).toEqual([12, 34]);
  });

  it('checks the shapes it names', () => {
    expect(() => scaled(zeros([2, 3]), zeros([4]))).toThrow(
      "Tensor.scaled expected axis 'k' of size 3 for input 2, received [2, 3] and [4].",
    );
    expect(() => scaled(zeros([3]), zeros([3]))).toThrow(
      'Tensor.scaled expected 2 axes (m k) for input 1, received [3] and [3].',
    );
  });

  it('checks its options, and offers the nearest name', () => {
    expect(() => scaled(zeros([2, 3]), zeros([3]), { by: 'a' as never })).toThrow(
      "scaled by expected a number, received 'a'.",
    );
    expect(() => ops.sum(zeros([2]), { axes: 0 } as never)).toThrow("Did you mean 'axis'?");
    expect(() => ops.random(zeros([2]), 0, { shape: [2], kind: 'unifrom' as never })).toThrow(
      "Did you mean 'uniform'?",
    );
  });

  it('takes numbers beside tensors, but needs one tensor', () => {
    expect(ops.add(1, tensor([1, 2])).toArray()).toEqual([2, 3]);
    expect(() => ops.add(1, 2)).toThrow('ops.add expected at least one tensor, received 1, 2.');
    expect(() => ops.concatenate([], { axis: 0 })).toThrow(
      'ops.concatenate expected at least one tensor, received nothing.',
    );
  });

  it('is kept beside the function, with a default domain and types', () => {
    expect([softsign.record.name, softsign.record.types, softsign.record.domain]).toEqual([
      'softsign',
      'f',
      [{}],
    ]);
  });
});

describe('all ops', () => {
  it('have the names under which they are exported', () => {
    const wrong = Object.entries(ops).filter(([name, value]) => value.record.name !== name);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

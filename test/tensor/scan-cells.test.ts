/** Recurrent cells, written with tensors: a scan trains a net as its steps one after another do. */
import { describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { compiled } from '../../src/tensor/compiled.js';
import { zeros } from '../../src/tensor/create.js';
import { concatenate } from '../../src/tensor/functions.js';
import { gradients } from '../../src/tensor/gradient.js';
import { random, setRandomSeed } from '../../src/tensor/random.js';
import { scan } from '../../src/tensor/scan.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { expectTensorClose } from '../laws/compare.js';
import { type Tensors, unrolled } from '../laws/scan-bodies.js';

interface Sizes {
  readonly steps: number;
  readonly batch: number;
  readonly units: number;
}
const small: Sizes = { steps: 6, batch: 5, units: 7 };

interface Cell {
  readonly gates: number;
  readonly carry: readonly string[];
  next(carry: Tensors, xw: Tensor, u: Tensor): Tensors;
}

/** Part of the gates, of which there are so many. */
function gate(z: Tensor, i: number, gates: number): Tensor {
  const [batch, units] = [z.shape[0]!, z.shape[1]! / gates];
  return z.slice([0, i * units], [batch, units]);
}

const cells: Record<string, Cell> = {
  SimpleRNN: { gates: 1, carry: ['h'], next: ({ h }, xw, u) => ({ h: xw.add(h!.matmul(u)).tanh() }) },
  LSTM: {
    gates: 4,
    carry: ['h', 'c'],
    next({ h, c }, xw, u) {
      const z = xw.add(h!.matmul(u));
      const [i, f, o] = [0, 1, 3].map((k) => gate(z, k, 4).sigmoid()) as [Tensor, Tensor, Tensor];
      const kept = f.mul(c!).add(i.mul(gate(z, 2, 4).tanh()));
      return { h: o.mul(kept.tanh()), c: kept };
    },
  },
  GRU: {
    gates: 3,
    carry: ['h'],
    next({ h }, xw, u) {
      const inner = h!.matmul(u);
      const [z, r] = [0, 1].map((k) =>
        gate(xw, k, 3)
          .add(gate(inner, k, 3))
          .sigmoid(),
      ) as [Tensor, Tensor];
      const fresh = gate(xw, 2, 3)
        .add(r.mul(gate(inner, 2, 3)))
        .tanh();
      return { h: z.mul(h!).add(fresh.mul(z.mul(-1).add(1))) };
    },
  },
};

type Loop = typeof unrolled;

/** The weights after some steps of plain descent. */
function trained(
  { gates, carry, next }: Cell,
  loop: Loop,
  { steps, batch, units }: Sizes,
  times = 8,
): Tensor[] {
  setRandomSeed(11);
  const [x, target] = [random.normal([steps, batch, 3]), random.normal([batch, units])];
  const weights = [
    random.normal([3, gates * units]),
    random.normal([units, gates * units]),
    random.normal([gates * units]),
  ];
  const [w, u, b] = weights.map((value) => new Variable(value.mul(0.3))) as [Variable, Variable, Variable];
  const step = compiled((given) => {
    const xw = given.x!.matmul(w).add(b);
    const first = Object.fromEntries(carry.map((name) => [name, zeros([batch, units])]));
    const [last, y] = loop({ carry: first, each: { xw } }, (state, each) => {
      const after = next(state, each.xw!, u);
      return [after, { h: after.h! }];
    });
    const loss = last.h!.sub(given.target!).square().mean().add(y.h!.square().mean());
    for (const [i, g] of gradients(loss, [w, u, b]).entries()) {
      const variable = [w, u, b][i]!;
      variable.assign(variable.sub(g.mul(0.5)));
    }
    return { loss };
  });
  const bound = step.bind({ x, target });
  for (let run = 0; run < times; run++) bound.run();
  const { loss } = bound.outputs();
  bound.release();
  return [loss!, concatenate([w, u, b].map((v) => v.flatten()))];
}

describe.each(['wasm', 'reference'] as const)('on backend %s', (backend) => {
  it.each(Object.keys(cells))('%s learns in a scan as it does unrolled', (name) => {
    setBackend(backend);
    const [loss, weights] = trained(cells[name]!, (given, body) => scan(given, body), small) as [
      Tensor,
      Tensor,
    ];
    const [expectedLoss, expected] = trained(cells[name]!, unrolled, small) as [Tensor, Tensor];
    expectTensorClose(loss, expectedLoss, { absolute: 1e-5, relative: 1e-5 }, 'loss');
    expectTensorClose(weights, expected, { absolute: 2e-5, relative: 2e-5 }, 'weights');
  });
});

it('two threads that share the kernels of a step give the bits of one', () => {
  const large: Sizes = { steps: 5, batch: 48, units: 64 };
  const bits = (threads: number) => {
    setBackend('wasm', { threads });
    return trained(cells.LSTM!, (given, body) => scan(given, body), large, 12).map((x) => x.toArray());
  };
  expect(bits(2)).toEqual(bits(1));
});

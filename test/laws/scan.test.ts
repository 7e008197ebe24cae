/** A scan is its steps one after another, in values and in gradients of every order, on every backend. */
import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import { concatenate } from '../../src/tensor/functions.js';
import { gradients } from '../../src/tensor/gradient.js';
import { random, setRandomSeed } from '../../src/tensor/random.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, onBackend, onOracle } from './backends.js';
import { dataTensor, randomLike, runs } from './cases.js';
import { expectClose, tight } from './compare.js';
import { below, between, randomOf } from './numbers.js';
import { bodyOf, looped, type Steps, type Tensors, unrolled } from './scan-bodies.js';

type Loop = typeof looped;

function inputsOf(seed: number) {
  const draw = randomOf(seed);
  const floats = (...shape: number[]) =>
    dataTensor(
      Array.from({ length: shape.reduce((n, d) => n * d, 1) }, () => between(draw, -1, 1)),
      shape,
      'float32',
    );
  const length = 1 + below(draw, 4);
  const whole = Array.from({ length }, () => below(draw, 4));
  const given = { a: floats(2, 3), c: floats(3), x: floats(length, 2, 3), w: floats(3, 3), b: floats(3) };
  const steps = { n: dataTensor([2], [], 'int32'), k: dataTensor(whole, [length], 'int32') };
  return { given, ...steps, reverse: draw() < 0.5 };
}

/** Values of all results, the gradients of a weighting of them, and those of a weighting of these. */
function resultsOf(seed: number, loop: Loop): Record<string, Tensor> {
  const { given, n, k, reverse } = inputsOf(seed);
  const { a, c, x, w, b } = given;
  const steps: Steps = { carry: { a, c, n }, each: { x, k }, reverse };
  const [last, y] = loop(steps, bodyOf(seed, w, b, loop));
  const values: Tensors = {
    ...Object.fromEntries(Object.entries(last).map(([name, v]) => [`last ${name}`, v])),
    ...y,
  };
  const xs = Object.values(given);
  const weighted = (all: readonly Tensor[], by: number) =>
    concatenate(
      all.map((v, i) =>
        v
          .cast('float32')
          .mul(randomLike(v, seed + by + i))
          .flatten(),
      ),
    ).sum();
  const slopes = gradients(weighted(Object.values(values), 10), xs);
  const curves = gradients(weighted(slopes, 50), xs);
  const names = Object.keys(given);
  return {
    ...values,
    ...Object.fromEntries(slopes.map((g, i) => [`slope of ${names[i]}`, g])),
    ...Object.fromEntries(curves.map((g, i) => [`curve of ${names[i]}`, g])),
  };
}

/** All results, of one program. */
const read = (seed: number, loop: Loop) =>
  Object.entries(compiled(() => resultsOf(seed, loop)).call({})).map(([name, x]) => ({
    name,
    type: `${x.dtype} [${x.shape}]`,
    values: x.data(),
  }));

const seeds = Array.from({ length: Math.ceil(runs / 2) }, (_, i) => 1000 + i);
/** For three sweeps over a few steps in float32. */
const chained = { absolute: 2e-4, relative: 2e-4 };

describe('a scan is its steps one after another', () => {
  it.each(seeds)('in float64, with first and second gradients: %i', (seed) => {
    onOracle(() => {
      const expected = read(seed, unrolled);
      for (const [i, { name, type, values }] of read(seed, looped).entries()) {
        expect(type, name).toBe(expected[i]!.type);
        expectClose(values, expected[i]!.values, tight, name);
      }
    });
  });

  it.each(availableBackends)('on backend %s', (backend) => {
    for (const seed of seeds) {
      const expected = onOracle(() => read(seed, looped));
      const received = onBackend(backend, () => read(seed, looped));
      for (const [i, { name, type, values }] of received.entries()) {
        expect(type, name).toBe(expected[i]!.type);
        expectClose(values, expected[i]!.values, chained, `${name} of ${seed}`);
      }
    }
  });
});

it('its gradient is the difference quotient', () => {
  onOracle(() => {
    setRandomSeed(3);
    const [x, direction] = [random.normal([4, 2, 3]), random.normal([4, 2, 3])];
    const w = random.normal([3, 3]);
    const f = (moved: Tensor) =>
      looped({ carry: { h: random.normal([2, 3], { seed: 1 }) }, each: { x: moved } }, ({ h }, each) => {
        const next = each.x!.add(h!.matmul(w)).tanh();
        return [{ h: next }, { y: next.mul(each.x!) }];
      })[1].y!.sum();
    const step = 1e-5;
    const [up, down] = [f(x.add(direction.mul(step))), f(x.sub(direction.mul(step)))];
    const slope = gradients(f(x), [x])[0]!.mul(direction).sum().item();
    expect(slope).toBeCloseTo(up.sub(down).item() / (2 * step), 7);
  });
});

describe.each(availableBackends)('backend %s', (backend) => {
  it.each([false, true])('adds up as cumsum does, reverse %s', (reverse) => {
    onBackend(backend, () => {
      const x = dataTensor([1.5, -2, 0.25, 3, 1e-3, 7], [3, 2], 'float32');
      const sums = (rows: Tensor) =>
        looped({ carry: { sum: x.sum(0).mul(0) }, each: { x: rows }, reverse }, (carry, each) => {
          const sum = carry.sum!.add(each.x!);
          return [{ sum }, { sum }];
        })[1].sum!;
      expect(sums(x).toArray()).toEqual(x.cumsum(0, { reverse }).toArray());
      const slope = (y: Tensor) => gradients(y.mul(y).sum(), [x])[0]!.data();
      expectClose(
        slope(sums(x)),
        slope(x.cumsum(0, { reverse })),
        { absolute: 1e-5, relative: 1e-5 },
        'slope',
      );
    });
  });

  it('of no steps gives the first carry, no rows, and a gradient to the first carry alone', () => {
    onBackend(backend, () => {
      const h = dataTensor([1, 2], [2], 'float32');
      const x = dataTensor([], [0, 2], 'float32');
      const [last, y] = looped({ carry: { h }, each: { x } }, (carry, each) => {
        const next = carry.h!.mul(each.x!);
        return [{ h: next }, { next }];
      });
      expect(last.h!.toArray()).toEqual([1, 2]);
      expect(y.next!.shape).toEqual([0, 2]);
      const [toFirst, toRows] = gradients(last.h!.square().sum(), [h, x]);
      expect([toFirst!.toArray(), toRows!.shape]).toEqual([
        [2, 4],
        [0, 2],
      ]);
    });
  });
});

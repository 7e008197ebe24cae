/** Convolutions before pooling with and without the rewrites that make them faster. */
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import type { Draft } from '../../src/compiler/draft.js';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { printDraft } from '../../src/compiler/print.js';
import { leaveOut, type RewriteName, rewriteNames } from '../../src/core/rewrites.js';
import { type CompiledFunction, compiled } from '../../src/tensor/compiled.js';
import { conv } from '../../src/tensor/convolution.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { maxPool } from '../../src/tensor/pooling.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose, onOracle } from '../laws/backends.js';
import { dataTensor, randomLike } from '../laws/cases.js';
import { chooseCrew } from '../laws/crew-backend.js';

afterEach(() => leaveOut());

interface Setting {
  readonly batch: number;
  readonly sizes: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  readonly taps: number;
  readonly stride: number;
  readonly padding: 'valid' | 'same';
  readonly pool: number;
  readonly poolStride: number;
  readonly poolPadding: 'valid' | 'same';
  readonly activation?: 'relu' | 'tanh' | 'swish';
}
const usual: Setting = {
  batch: 3,
  sizes: [12, 11],
  channels: 16,
  filters: 32,
  taps: 3,
  stride: 1,
  padding: 'valid',
  pool: 2,
  poolStride: 2,
  poolPadding: 'valid',
};

const inputsFor = ({ batch, sizes, channels, filters, taps }: Setting): Record<string, Tensor> => ({
  x: randomLike(zeros([batch, ...sizes, channels]), 1),
  k: randomLike(zeros([taps, taps, channels, filters]), 2),
  b: randomLike(zeros([filters]), 3),
});
/** Whole numbers: every sum is exact in any order, and many windows have several largest elements. */
const wholeInputsFor = (setting: Setting): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(inputsFor(setting)).map(([name, x]) => [name, x.mul(2).round()]));

const activations = {
  relu: (x: Tensor) => x.relu(),
  tanh: (x: Tensor) => x.tanh(),
  swish: (x: Tensor) => x.mul(x.sigmoid()),
};

/** A layer with bias, activation and pooling: its result, and all gradients of a sum of it. */
const stepOf = ({ stride, padding, pool, poolStride, poolPadding, activation }: Setting): CompiledFunction =>
  compiled(({ x, k, b }) => {
    const sums = conv(x!, k!, { strides: stride, padding }).add(b!);
    const layer = activation ? activations[activation](sums) : sums.relu();
    const y = maxPool(layer, pool, { strides: poolStride, padding: poolPadding });
    const [toX, toK, toB] = gradients(y.mul(y).sum(), [x!, k!, b!]);
    return { y, toX: toX!, toK: toK!, toB: toB! };
  });

function resultsOf(setting: Setting, inputs: Record<string, Tensor>, without: readonly RewriteName[]) {
  leaveOut(without);
  const outputs = stepOf(setting).call(inputs);
  return Object.fromEntries(Object.entries(outputs).map(([name, y]) => [name, [...y.data()]]));
}

function kernelsOf(setting: Setting, without: readonly RewriteName[] = []): string {
  leaveOut(without);
  let text = '';
  compileGraph(stepOf(setting).graph(inputsFor(setting)), undefined, (pass, stage) => {
    if (pass === 'border') text = printDraft(stage as Draft);
  });
  return text;
}

const settings: fc.Arbitrary<Setting> = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  sizes: fc.tuple(fc.integer({ min: 5, max: 10 }), fc.integer({ min: 5, max: 10 })),
  channels: fc.constantFrom(1, 3, 8, 16),
  filters: fc.constantFrom(1, 4, 16),
  taps: fc.constantFrom(1, 2, 3, 5),
  stride: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom('valid', 'same'),
  pool: fc.constantFrom(2, 2, 3, 1),
  poolStride: fc.constantFrom(2, 2, 1, 3),
  poolPadding: fc.constantFrom('valid', 'same'),
});
/** Tiles of five taps come with thirds, which no sum of floats is exact with. */
const hasThirds = ({ taps, channels, filters }: Setting): boolean => taps === 5 && channels * filters >= 256;
const fits = ({ sizes, taps, stride, padding, pool }: Setting): boolean =>
  padding === 'same' || sizes.every((n) => Math.floor((n - taps) / stride) + 1 >= pool);

describe.each([...availableBackends])('a convolution before pooling, on %s', (backend) => {
  beforeAll(() => choose(backend));

  it('has the same numbers with and without rewrites, of any shape, with ties in its windows', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(
        settings.filter((setting) => fits(setting) && !hasThirds(setting)),
        (setting) => {
          const inputs = wholeInputsFor(setting);
          expect(resultsOf(setting, inputs, [])).toEqual(resultsOf(setting, inputs, rewriteNames));
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('has the same numbers where an image is too large to stay near', () => {
    const setting = { ...usual, batch: 1, sizes: [22, 22], padding: 'same' } as const;
    const inputs = wholeInputsFor(setting);
    expect(resultsOf(setting, inputs, [])).toEqual(resultsOf(setting, inputs, rewriteNames));
  });

  it.each<[string, Partial<Setting>]>([
    ['with tanh', { activation: 'tanh' }],
    ['with swish', { activation: 'swish' }],
    ['with five taps', { taps: 5, padding: 'same' }],
  ])('differs in last digits only %s', (_, changed) => {
    const setting = { ...usual, ...changed };
    const inputs = inputsFor(setting);
    const [all, none] = [resultsOf(setting, inputs, []), resultsOf(setting, inputs, rewriteNames)];
    for (const [result, values] of Object.entries(all)) {
      const scale = Math.max(...values.map(Math.abs));
      const apart = Math.max(...values.map((v, i) => Math.abs(v - none[result]![i]!)));
      expect(apart, result).toBeLessThan(1e-5 * scale);
    }
  });

  it.each(rewriteNames)('differs in last digits only without %s', (name) => {
    const inputs = inputsFor(usual);
    const [all, rest] = [resultsOf(usual, inputs, []), resultsOf(usual, inputs, [name])];
    for (const [result, values] of Object.entries(all)) {
      const scale = Math.max(...values.map(Math.abs));
      const apart = Math.max(...values.map((v, i) => Math.abs(v - rest[result]![i]!)));
      expect(apart, result).toBeLessThan(1e-5 * scale);
    }
  });

  it('finds NaN in the windows where it is without rewrites', () => {
    const { x, ...others } = inputsFor(usual);
    const values = Float32Array.from(x!.data());
    values[500] = Number.NaN;
    const inputs = { x: dataTensor([...values], x!.shape, 'float32'), ...others };
    const nowhere = resultsOf(usual, inputs, rewriteNames).y!.map(Number.isNaN);
    expect(nowhere).toContain(true);
    // An element that is no number spoils the tile it is in, as decided for short convolutions.
    expect(resultsOf(usual, inputs, ['winograd']).y!.map(Number.isNaN)).toEqual(nowhere);
  });
});

describe('a convolution before pooling', () => {
  it('is near float64', () => {
    const inputs = inputsFor(usual);
    const exact = onOracle(() => resultsOf(usual, inputs, rewriteNames));
    setBackend('wasm');
    const found = resultsOf(usual, inputs, []);
    for (const [result, values] of Object.entries(exact)) {
      const scale = Math.max(...values.map(Math.abs));
      const apart = Math.max(...values.map((v, i) => Math.abs(v - found[result]![i]!)));
      expect(apart, result).toBeLessThan(1e-5 * scale);
    }
  });

  it('has the same bits with two threads', async () => {
    const inputs = inputsFor(usual);
    await chooseCrew(1);
    setBackend('wasm', { threads: 1 });
    const alone = resultsOf(usual, inputs, []);
    await chooseCrew(2);
    setBackend('wasm', { threads: 2 });
    expect(resultsOf(usual, inputs, [])).toEqual(alone);
  });

  it('adds to its gradients from the one element of a window that is not 0', () => {
    const text = kernelsOf(usual);
    expect(text.match(/\+=/g)).toHaveLength(2);
    expect(text).not.toMatch(/sum over s0 < 3, s1 < 10/);
    expect(kernelsOf(usual, ['sparsity'])).not.toContain('+=');
    expect(kernelsOf({ ...usual, sizes: [12, 12], activation: 'tanh' }).match(/\+=/g)).toHaveLength(2);
  });

  it('goes through all filters for each row of windows where an image is large', () => {
    const loops = (sizes: readonly [number, number]) =>
      [...kernelsOf({ ...usual, sizes }).matchAll(/: for (s0.*)\n(?: {2}t\d.*\n)*.* \+= /g)].map(([, axes]) =>
        axes!.slice(0, 34),
      );
    expect(loops([12, 12])).toEqual(Array(2).fill('s0 < 3, s3 < 32, s1q < 5, s2q < 5,'));
    expect(loops([34, 34])).toEqual(Array(2).fill('s0 < 3, s1q < 16, s3 < 32, s2q < 1'));
  });

  it('multiplies in tiles where its gradient is whole', () => {
    const wide = { channels: 80, sizes: [6, 6] } as const;
    for (const changed of [{ poolStride: 1 }, { activation: 'swish' }, { activation: 'tanh' }, wide] as const)
      expect(kernelsOf({ ...usual, ...changed })).not.toMatch(/sum over t0 < 3, t1 < 3/);
  });

  it('looks once at each window for the kernel of an image with few channels', () => {
    const [few, many] = [kernelsOf({ ...usual, channels: 3 }), kernelsOf({ ...usual, channels: 4 })];
    expect(few.match(/^ {2}parts of \S+\[.* = sum over s1q < 5, s2q < 4 of/gm)).toHaveLength(27);
    expect(many).not.toContain('parts of');
  });

  it.each([
    ['windows overlap', { poolStride: 1 }],
    ['windows leave gaps', { poolStride: 3 }],
    ['an image has no channels to go along', { channels: 1 }],
    ['what it is multiplied by is not known of the largest', { activation: 'swish' }],
    ['windows are of one element', { pool: 1, poolStride: 1 }],
  ] as const)('has whole gradients where %s', (_, changed) => {
    expect(kernelsOf({ ...usual, ...changed })).not.toContain('+=');
  });

  it('stores no output of a convolution where windows are made in place', () => {
    for (const [channels, array] of [
      [16, /^ {2}untiled\[/m],
      [1, /^ {2}relu\[/m],
    ] as const) {
      expect(kernelsOf({ ...usual, channels })).not.toMatch(array);
      expect(kernelsOf({ ...usual, channels }, ['pooling'])).toMatch(array);
    }
  });

  it('stores none either where nothing but the pooled result is wanted', () => {
    const step = compiled(({ x, k, b }) => ({ y: maxPool(conv(x!, k!).add(b!).relu(), 2) }));
    for (const channels of [1, 16]) {
      leaveOut([]);
      let text = '';
      compileGraph(step.graph(inputsFor({ ...usual, channels })), undefined, (pass, stage) => {
        if (pass === 'border') text = printDraft(stage as Draft);
      });
      expect(text).not.toMatch(/^ {2}(conv|untiled)\[/m);
    }
  });

  it('keeps outputs that are read again', () => {
    const step = compiled(({ x, k }) => {
      const layer = conv(x!, k!).relu();
      return { layer, y: maxPool(layer, 2) };
    });
    const { x, k } = wholeInputsFor(usual);
    leaveOut([]);
    const { layer, y } = step.call({ x: x!, k: k! });
    expect([...maxPool(layer!, 2).data()]).toEqual([...y!.data()]);
  });
});

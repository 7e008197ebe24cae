/**
 * What a graph's values are in float64, and how far rounding may move them in float32: every rounded result is disturbed
 * by about one rounding, several times, which shows how much of it arrives at each value, cancellations included.
 */
import type { TypedArray } from '../../src/core/dtype.js';
import { arange, tensor } from '../../src/tensor/create.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { onOracle } from './backends.js';
import { mostElements, type Rounding } from './graph-draw.js';
import { namedInputsOf, programOf, type Recipe, variablesOf } from './graphs.js';

/** Half a unit in the last place of 1, in float32. */
const unit = 2 ** -24;
const samples = 4;
/** Errors of a sum grow like the root of its length; four times as much is left to chance. */
const mostRoundings = 4 * Math.sqrt(mostElements);
/** Runs in a row, so that variables carry values from one to the next. */
export const runs = 2;

export interface Expected {
  readonly values: readonly TypedArray[];
  /** For each value how far its elements may be off. */
  readonly tolerances: readonly number[];
  /** Whether rounding cannot make a result jump. */
  readonly isSteady: boolean;
}

/** One number of a disturbed graph for each disturbance, the first without any. */
type Sampled = readonly [TypedArray, ...TypedArray[]];

export function expectedOf(recipe: Recipe): Expected {
  return onOracle(() => {
    const { values, distances } = sample(recipe);
    return {
      values: values.map(([base]) => base),
      tolerances: values.map(reachOf),
      isSteady: distances.every(isClear),
    };
  });
}

/**
 * How far rounding reaches: as far as disturbances do, anywhere in the tensor, and the roundings of its own. Numbers of
 * size 1 go into every graph, and what is left when they cancel has their errors.
 */
function reachOf([base, ...others]: Sampled): number {
  let [most, largest] = [0, 1];
  for (const [i, x] of base.entries()) {
    largest = Math.max(largest, Math.abs(x));
    for (const other of others) most = Math.max(most, Math.abs(other[i]! - x));
  }
  return mostRoundings * (most + unit * largest);
}

/** Whether each distance to an edge is beyond reach, or 0 whatever the disturbance: a tie of equal formulas. */
function isClear(all: Sampled): boolean {
  const reach = reachOf(all);
  return all[0].every((x, i) => Math.abs(x) > reach || all.every((values) => values[i] === 0));
}

/** Values and distances to edges of a graph, undisturbed and disturbed. */
function sample(recipe: Recipe): { readonly values: Sampled[]; readonly distances: Sampled[] } {
  const variables = variablesOf(recipe);
  const start = variables.map((v) => v.data());
  const results: Tensor[] = [];
  const step = programOf(recipe, variables, ({ amount, phase }) => {
    const waveOf = (x: Tensor) => x.mul(9973).add(phase!).sin().mul(amount!).stopGradient();
    // The same for equal values, as rounding is, so that ties stay ties, unless the same numbers were summed in another order.
    const disturbed = (x: Tensor, { size = 0, isOrdered = false }: Rounding) => {
      const wave = waveOf(isOrdered ? x.add(arange(x.size).reshape(x.shape)) : x);
      return x.mul(wave.add(1)).add(wave.mul(size));
    };
    return {
      rounded: (x, rounding) => (x.dtype === 'float32' ? disturbed(x, rounding) : x),
      edge: (distance, isKink) => void ((!isKink || recipe.hasGradients) && results.push(distance)),
      results,
    };
  });
  const bound = step.bind({ ...namedInputsOf(recipe), amount: tensor(0), phase: tensor(0) });
  const runWith = (amount: number, phase: number): TypedArray[] => {
    for (const [i, v] of variables.entries()) v.assign(tensor(start[i]!, { shape: v.shape }));
    bound.write('amount', [amount]);
    bound.write('phase', [phase]);
    for (let i = 0; i < runs; i++) bound.run();
    return [...variables, ...Object.values(bound.outputs())].map((x) => x.data());
  };
  const base = runWith(0, 0);
  const others = Array.from({ length: samples }, (_, i) => runWith(unit, i));
  bound.release();
  const all = base.map((values, i): Sampled => [values, ...others.map((other) => other[i]!)]);
  const count = all.length - results.length;
  return { values: all.slice(0, count), distances: all.slice(count) };
}

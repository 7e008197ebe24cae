/** Random computations of 3 to 30 steps, each a pure function of its recipe and its inputs. */
import * as fc from 'fast-check';
import type { DType } from '../../src/core/dtype.js';
import { type Shape, sizeOf } from '../../src/core/shape.js';
import { type CompiledFunction, compiled, type Inputs } from '../../src/tensor/compiled.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { dataTensor, randomLike } from './cases.js';
import { Draw, type Watch } from './graph-draw.js';
import { allSteps } from './graph-steps.js';
import { below, randomOf } from './numbers.js';

/** What decides everything about a graph. */
export interface Recipe {
  /** A seed for each input and for each variable: of its shape, type and values. */
  readonly inputs: readonly number[];
  readonly variables: readonly number[];
  /** A step each: which one, and what it is made from. */
  readonly steps: readonly number[];
  readonly hasGradients: boolean;
}

const seeds = fc.nat(2 ** 31 - 1);
/** Shrinks to fewer steps. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  inputs: fc.array(seeds, { minLength: 1, maxLength: 3 }),
  variables: fc.array(seeds, { maxLength: 2 }),
  steps: fc.array(seeds, { minLength: 3, maxLength: 30, size: 'max' }),
  hasGradients: fc.boolean(),
});

/** The recipe with this number. */
export function recipeOf(seed: number): Recipe {
  const random = randomOf(seed);
  const some = (count: number) => Array.from({ length: count }, () => below(random, 2 ** 31));
  return {
    inputs: some(1 + below(random, 3)),
    variables: some(below(random, 3)),
    steps: some(3 + Math.floor(28 * random() ** 2)),
    hasGradients: random() < 0.5,
  };
}

const shapes: readonly Shape[] = [
  [2, 3],
  [3],
  [2, 1],
  [4, 2, 3],
  [],
  [5],
  [1, 3],
  [9, 37],
  [65],
  [2, 9, 37],
  [9, 1],
];
const types: readonly DType[] = ['float32', 'float32', 'float32', 'int32', 'bool', 'uint8'];

/** Floats between -1 and 1, small whole numbers. The first leaf of a graph are floats. */
function leafOf(seed: number, isFloat: boolean): Tensor {
  const random = randomOf(seed);
  const shape = shapes[below(random, shapes.length)]!;
  const dtype = isFloat ? 'float32' : types[below(random, types.length)]!;
  const [low, high] = { float32: [-1, 1], int32: [-9, 10], bool: [0, 2], uint8: [0, 256] }[dtype] as [
    number,
    number,
  ];
  const one = () => low + (high - low) * random();
  return dataTensor(
    Array.from({ length: sizeOf(shape) }, () => (isFloat || dtype === 'float32' ? one() : Math.floor(one()))),
    shape,
    dtype,
  );
}

export const inputsOf = ({ inputs }: Recipe): Tensor[] => inputs.map((seed, i) => leafOf(seed, i === 0));
export const variablesOf = ({ variables }: Recipe): Variable[] =>
  variables.map((seed, i) => new Variable(leafOf(seed, false), { name: `v${i}` }));

/** Tensors by number. */
const numbered = (letter: string, tensors: readonly Tensor[]): Inputs =>
  Object.fromEntries(tensors.map((x, i) => [`${letter}${i}`, x]));
export const namedInputsOf = (recipe: Recipe): Inputs => numbered('x', inputsOf(recipe));

/** The graph as a program of its inputs; `more` says what to watch, and may add results. */
export const programOf = (
  recipe: Recipe,
  variables: readonly Variable[],
  more: (given: Inputs) => Watch & { readonly results?: readonly Tensor[] } = () => ({}),
): CompiledFunction =>
  compiled((given) => {
    const inputs = recipe.inputs.map((_, i) => given[`x${i}`]!);
    const watch = more(given);
    return numbered('y', [...buildGraph(recipe, inputs, variables, watch), ...(watch.results ?? [])]);
  });

const bySeed = (seed: number) => allSteps[seed % allSteps.length]!;

/** The last results of a graph, and the gradients of a weighed sum of them. */
export function buildGraph(
  recipe: Recipe,
  inputs: readonly Tensor[],
  variables: readonly Variable[],
  watch: Watch = {},
): Tensor[] {
  const draw = new Draw(inputs, variables, watch);
  for (const seed of recipe.steps) {
    draw.step(randomOf(seed), bySeed(seed));
  }
  // Not a variable, whose value changes: its value now.
  const results = draw.pool.slice(-4).map((x) => x.node);
  if (!recipe.hasGradients) return results;
  const loss = results
    .filter((y) => y.dtype === 'float32')
    .map((y, i) => y.mul(randomLike(y, i)).sum())
    .reduce((a, b) => a.add(b), inputs[0]!.sum());
  const moving = [...inputs, ...variables].filter((x) => x.dtype === 'float32');
  return [...results, ...gradients(loss, moving)];
}

/** Contractions: copies of the factors and register tiles, so that each read feeds many multiplications. */
import { movingAxes } from '../../loops/axis.js';
import type { Kernel } from '../../loops/kernel.js';
import type { Machine } from '../../loops/machine.js';
import { type Choice, choose } from './contraction-choice.js';
import { type Ending, endingOf } from './contraction-ending.js';
import { type MapSchedule, scheduleMap } from './map.js';
import { type Product, productIn } from './product.js';

export interface ContractionSchedule extends Product, Choice {
  readonly form: 'contraction';
  /** What tiles make of their sums while they are in registers. */
  readonly ending: Ending | undefined;
  /** What makes the result of the sums when all of them are in memory, where tiles cannot. */
  readonly then: MapSchedule | undefined;
}

/** Below this many multiplications copying costs more than it gives. */
const least = 1024;

export function scheduleContraction(kernel: Kernel, machine: Machine): ContractionSchedule | undefined {
  const product = productIn(kernel);
  if (!product || product.m * product.n * product.k < least) return undefined;
  // Where the batch is the inner loop, and wider than the rows of products, its vectors are better than tiles.
  const inner = movingAxes(kernel.axes).at(-1)!;
  if (product.batch.includes(inner) && inner.size > product.n) return undefined;
  const choice = choose(product, machine);
  // A copy that is read once costs more than it gives.
  if (product.m === 1 && choice.pack !== 'none') return undefined;
  const ending = endingOf(product);
  const then = ending ? undefined : product.epilogue && scheduleMap(product.epilogue, machine);
  return { form: 'contraction', ...product, ...choice, ending, then };
}

/** Learning rates that change as training goes on: formulas of the step, part of the training program. */

import { Configurable, type DeclaredClass } from '../core/configurable.js';
import type { Config, Declaration, Declares, noOptions } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { arg, bool, float, int, listOf, maybe, text } from '../core/fields.js';
import { where } from '../tensor/functions.js';
import { full, type Tensor } from '../tensor/tensor.js';
import { formula, formulaOf } from './formula.js';

export type ScheduleFunction = (step: Tensor) => Tensor;

/** A learning rate for each step, counted from 0. */
export abstract class LearningRateSchedule extends Configurable {
  /** The learning rate, a scalar, at a step: a scalar, float32. */
  declare readonly call: ScheduleFunction;

  /** The learning rate at a step. */
  at(step: number): number {
    return this.call(full([], step)).item();
  }
}

export interface ScheduleClass<D extends Declaration>
  extends DeclaredClass<D, typeof noOptions, LearningRateSchedule> {}

/**
 * Declares a schedule: its options, and the learning rate for a step.
 *
 * @example
 * class InverseRoot extends schedule(
 *   'InverseRoot',
 *   (first = arg(float(0.1))) => ({ first }),
 *   (step, { first }) => step.add(1).sqrt().reciprocal().mul(first),
 * ) {}
 * new InverseRoot(0.5).at(24); // 0.1
 */
export const schedule = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  rate: (step: Tensor, config: Config<D>) => Tensor,
): ScheduleClass<D> => formula(LearningRateSchedule, className, declare, rate);

/** A user's function of the step as a schedule. */
export const scheduleOf = /* @__PURE__ */ formulaOf(LearningRateSchedule);

const nameOf = (fallback: string) => ({ ...text(), fallback });
const steps = () => float({ above: 0 });

const decay =
  (name: string) =>
  (initialLearningRate = arg(float()), decaySteps = arg(steps()), decayRate = arg(float())) => ({
    /** Learning rate at step 0. */
    initialLearningRate,
    /** Steps after which `decayRate` has had its effect once. */
    decaySteps,
    /** How much the rate falls. */
    decayRate,
    /** Whether the rate stays the same within each `decaySteps`. */
    staircase: bool(false),
    name: nameOf(name),
  });

interface DecaySteps {
  readonly decaySteps: number;
  readonly staircase: boolean;
}

/** How often `decaySteps` have passed. */
const passed = (step: Tensor, { decaySteps, staircase }: DecaySteps): Tensor =>
  staircase ? step.div(decaySteps).floor() : step.div(decaySteps);

/**
 * `initialLearningRate · decayRate^(step / decaySteps)`.
 *
 * @example
 * new ExponentialDecay(0.1, 1000, 0.5).at(2000); // 0.025
 */
export class ExponentialDecay extends /* @__PURE__ */ schedule(
  'ExponentialDecay',
  /* @__PURE__ */ decay('ExponentialDecay'),
  (step, config) => full([], config.decayRate).pow(passed(step, config)).mul(config.initialLearningRate),
) {}

/**
 * `initialLearningRate / (1 + decayRate · step / decaySteps)`.
 *
 * @example
 * new InverseTimeDecay(0.1, 1000, 0.5).at(2000); // 0.05
 */
export class InverseTimeDecay extends /* @__PURE__ */ schedule(
  'InverseTimeDecay',
  /* @__PURE__ */ decay('InverseTimeDecay'),
  (step, config) =>
    full([], config.initialLearningRate).div(passed(step, config).mul(config.decayRate).add(1)),
) {}

/**
 * `(initialLearningRate - endLearningRate) · (1 - step / decaySteps)^power + endLearningRate`, and `endLearningRate`
 * from `decaySteps` on; with `cycle`, `decaySteps` grows to its next multiple instead.
 *
 * @example
 * new PolynomialDecay(0.1, 1000, { endLearningRate: 0.01 }).at(500); // 0.055
 */
export class PolynomialDecay extends /* @__PURE__ */ schedule(
  'PolynomialDecay',
  (initialLearningRate = arg(float()), decaySteps = arg(steps())) => ({
    /** Learning rate at step 0. */
    initialLearningRate,
    /** Steps down to `endLearningRate`. */
    decaySteps,
    /** Learning rate at the end. */
    endLearningRate: float(0.0001),
    /** 1 is a straight line, 2 starts faster. */
    power: float(1),
    /** Whether the rate rises again after `decaySteps`, to fall more slowly. */
    cycle: bool(false),
    name: nameOf('PolynomialDecay'),
  }),
  (step, { initialLearningRate, decaySteps, endLearningRate, power, cycle }) => {
    const done = cycle
      ? step.div(step.div(decaySteps).ceil().maximum(1).mul(decaySteps))
      : step.minimum(decaySteps).div(decaySteps);
    const left = done.neg().add(1).pow(power);
    return left.mul(full([], initialLearningRate).sub(endLearningRate)).add(endLearningRate);
  },
) {}

/**
 * One of `values`: the first up to and including the step `boundaries[0]`, the next up to `boundaries[1]`, and so on.
 *
 * @example
 * new PiecewiseConstantDecay([100, 200], [0.1, 0.05, 0.01]).at(150); // 0.05
 */
export class PiecewiseConstantDecay extends /* @__PURE__ */ schedule(
  'PiecewiseConstantDecay',
  (boundaries = arg(listOf(float())), values = arg(listOf(float()))) => ({
    /** Steps, in order. */
    boundaries,
    /** Learning rates, one more than boundaries. */
    values,
    name: nameOf('PiecewiseConstant'),
  }),
  (step, { boundaries, values }) =>
    boundaries.reduceRight(
      (later, boundary, i) => where(step.lessEqual(boundary), values[i]!, later),
      full([], values.at(-1)!),
    ),
) {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: any) {
    super(...(args as [readonly number[], readonly number[]]));
    const { boundaries, values } = this.config;
    if (values.length === boundaries.length + 1) return;
    throw problem('option-value', {
      subject: `${this.className} values`,
      expected: `one value more than there are boundaries, ${boundaries.length + 1}`,
      received: `${values.length}`,
    });
  }
}

/** From 1 to `alpha` along half a wave of the cosine. */
const halfCosine = (done: Tensor, alpha: number, height: Tensor | number = 1): Tensor =>
  done
    .mul(Math.PI)
    .cos()
    .add(1)
    .mul(0.5)
    .mul(height)
    .mul(1 - alpha)
    .add(alpha);

/**
 * `initialLearningRate · ((1 - alpha) · (1 + cos(π · step / decaySteps)) / 2 + alpha)`. With `warmupTarget` the rate
 * first rises to it in a straight line, and falls from there.
 *
 * Source: Loshchilov and Hutter 2016.
 *
 * @example
 * const rate = new CosineDecay(0, 1000, { warmupTarget: 0.1, warmupSteps: 100 });
 * [rate.at(50), rate.at(100), rate.at(600)]; // [0.05, 0.1, 0.05]
 */
export class CosineDecay extends /* @__PURE__ */ schedule(
  'CosineDecay',
  (initialLearningRate = arg(float()), decaySteps = arg(steps())) => ({
    /** Learning rate at step 0. */
    initialLearningRate,
    /** Steps of the fall, those of the warm-up not counted. */
    decaySteps,
    /** Share of the rate that stays at the end. */
    alpha: float(0),
    name: nameOf('CosineDecay'),
    /** What the rate rises to at first; it falls from the start when null. */
    warmupTarget: maybe(float()),
    /** Steps of the rise. */
    warmupSteps: int(0, { min: 0 }),
  }),
  (step, { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps }) => {
    const [top, rise] = warmupTarget === null ? [initialLearningRate, 0] : [warmupTarget, warmupSteps];
    const fall = halfCosine(step.sub(rise).minimum(decaySteps).div(decaySteps), alpha).mul(top);
    if (rise === 0) return fall;
    const up = step.div(rise).mul(full([], top).sub(initialLearningRate)).add(initialLearningRate);
    return where(step.less(rise), up, fall);
  },
) {}

/**
 * Falls as `CosineDecay` does, and begins anew: the first time after `firstDecaySteps`, then after `tMul` times as many
 * steps as the last time, from `mMul` times as high.
 *
 * Source: Loshchilov and Hutter 2016.
 *
 * @example
 * const rate = new CosineDecayRestarts(0.1, 100, { mMul: 0.5 });
 * [rate.at(0), rate.at(50), rate.at(100), rate.at(300)]; // [0.1, 0.05, 0.05, 0.025]
 */
export class CosineDecayRestarts extends /* @__PURE__ */ schedule(
  'CosineDecayRestarts',
  (initialLearningRate = arg(float()), firstDecaySteps = arg(steps())) => ({
    /** Learning rate at step 0. */
    initialLearningRate,
    /** Steps of the first fall. */
    firstDecaySteps,
    /** How many times longer each fall is than the one before. */
    tMul: float(2, { above: 0 }),
    /** How many times higher each fall begins than the one before. */
    mMul: float(1),
    /** Share of the rate that stays at the end of a fall. */
    alpha: float(0),
    name: nameOf('SGDRDecay'),
  }),
  (step, { initialLearningRate, firstDecaySteps, tMul, mMul, alpha }) => {
    const all = step.div(firstDecaySteps);
    const [growth, height] = [full([], tMul), full([], mMul)];
    // Falls take 1, tMul, tMul², … together (1 - tMulⁿ) / (1 - tMul).
    const restarts =
      tMul === 1
        ? all.floor()
        : all
            .mul(tMul - 1)
            .add(1)
            .log()
            .div(growth.log())
            .floor();
    const length = growth.pow(restarts);
    const before =
      tMul === 1
        ? restarts
        : length
            .neg()
            .add(1)
            .div(1 - tMul);
    const done = all.sub(before).div(length);
    return halfCosine(done, alpha, height.pow(restarts)).mul(initialLearningRate);
  },
) {}

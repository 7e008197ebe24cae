/**
 * What every optimizer does around its formula: clipping, decay, averages, accumulation, and its Variables.
 */

import { type DeclaredClass, declared, Named } from '../../core/configurable.js';
import type { Config, Declaration, Declares } from '../../core/declaration.js';
import { float, type JsonObject, type Optional } from '../../core/fields.js';
import { entryOf, mapValues } from '../../core/record.js';
import { parseValue, type WriteOptions } from '../../core/schema.js';
import { zeros } from '../../tensor/create.js';
import { where } from '../../tensor/functions.js';
import { eachElement } from '../../tensor/pointwise.js';
import { full, type Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import type { LearningRateSchedule } from '../schedules.js';
import { state } from '../state.js';
import { clipped } from './clip.js';
import { type DecayExclusion, isExcluded } from './decay.js';
import { type OptimizerFields, optimizerFields } from './fields.js';
import { type Kept, keepBeside, type Slots, settled } from './kept.js';
import { alreadyBuilt, checkClipping, checkKept, checkLength, rateScheduled, scheduleFix } from './misuse.js';
import { joined, parted } from './one-weight.js';
import type { Step, Update } from './step.js';

export type { Step, Update } from './step.js';

/** What they are now, though variables among them are assigned later: a weight and a slot may change places. */
const valuesOf = (slots: Slots): Slots => mapValues(slots, ({ node }) => node);

/** From a weight and what is kept for it to the same after a step. */
type Formulas = (before: Slots) => Slots;

/** What all weights of a step share. */
interface StepNow extends Pick<Step, 'count' | 'learningRate' | 'shared'> {
  readonly isStep: Tensor | null;
}

interface OwnConfig extends Config<() => OptimizerFields> {
  readonly learningRate: number | LearningRateSchedule;
}

/**
 * How weights follow gradients. All state is in `variables`, and `apply` only assigns, so that it can be part
 * of a compiled training step; `learningRate` may be set at any time.
 *
 * A subclass made by `optimizer` names the tensors it keeps for each weight (`slotBlocks`) and gives the
 * formula of one step (`update`), which assigns nothing.
 */
export abstract class Optimizer extends Named<OwnConfig> {
  readonly #iteration = state(zeros([], { dtype: 'int32' }), 'iteration');
  /** Null where a schedule tells the rate. */
  readonly #learningRate: Variable | null;
  #exclusion: DecayExclusion = {};
  /** The average and the sum of gradients of each weight, where options ask for them. */
  #own: Kept | undefined;
  #kept: Kept | undefined;
  #shared: Slots<Variable> = {};

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    checkClipping(this.className, this.config);
    const { learningRate: rate } = this.config;
    this.#learningRate = typeof rate === 'number' ? state(full([], rate), 'learning_rate') : null;
  }

  /** Names of the tensors kept for each weight: block after block, side by side within a block. */
  slotBlocks(): readonly (readonly string[])[] {
    return [];
  }

  /** What a slot begins with: zeros of the weight's shape. Null keeps none for this weight. */
  firstValue(_name: string, weight: Variable): Tensor | null {
    return zeros(weight.shape);
  }

  /** First values of what is kept once for all weights, by name. */
  sharedSlots(): Slots {
    return {};
  }

  /** What is kept once for all weights, before a step changes them. `count` is that of `Step`. */
  advance(shared: Slots, _count: Tensor): Slots {
    return shared;
  }

  /**
   * Whether `update` does the same to each element of a weight, whatever its shape, and looks at no other one: then a
   * traced step calls it for one weight of a kind only, with one element of each tensor, and training starts sooner.
   */
  get isPointwise(): boolean {
    return false;
  }

  /** The weight and what is kept for it after one step. */
  abstract update(step: Step): Update;

  /** Share of a weight that decay takes away, times the learning rate. */
  decayOf(_weight: Variable): number | null {
    return this.config.weightDecay;
  }

  /** The size of a step now. It cannot be set where a schedule tells it. */
  get learningRate(): number {
    return Number(this.#rate().item());
  }

  set learningRate(value: number) {
    if (!this.#learningRate) throw rateScheduled(this.className, this.config.learningRate);
    const fix = typeof value === 'number' ? undefined : scheduleFix(this.className);
    this.#learningRate.assign(parseValue(`${this.className} learningRate`, float({ min: 0 }), value, fix));
  }

  #rate(): Tensor {
    const { learningRate: rate } = this.config;
    return typeof rate === 'number' ? this.#learningRate! : rate.call(this.#iteration.cast('float32'));
  }

  /** Excludes weights from decay; replaces what an earlier call excluded. Before the first step only. */
  excludeFromWeightDecay(exclusion: DecayExclusion): void {
    if (this.isBuilt) throw alreadyBuilt(this.className);
    this.#exclusion = exclusion;
  }

  /** Steps taken so far: a scalar, int32. */
  get iterations(): Tensor {
    const batches = this.config.gradientAccumulationSteps;
    return batches === null ? this.#iteration : this.#iteration.floorDivide(batches);
  }

  /** All state in Keras's order: iteration, learning rate, averages, accumulated gradients, slots. */
  get variables(): readonly Variable[] {
    const kept = [this.#own, this.#kept].flatMap((part) => part?.variables ?? []);
    const rate = this.#learningRate ? [this.#learningRate] : [];
    return [this.#iteration, ...rate, ...kept, ...Object.values(this.#shared)];
  }

  /** Whether it has met the weights that it changes. */
  get isBuilt(): boolean {
    return this.#kept !== undefined;
  }

  /** Makes the tensors kept for these weights, at the first call. */
  build(weights: readonly Variable[]): void {
    const { useEma, gradientAccumulationSteps } = this.config;
    if (this.isBuilt) return;
    const blocks = [
      ...(useEma ? [['average']] : []),
      ...(gradientAccumulationSteps ? [['gradient_accumulator']] : []),
    ];
    this.#own = keepBeside(weights, blocks, (_, { shape }) => zeros(shape));
    this.#kept = keepBeside(weights, this.slotBlocks(), (name, weight) => this.firstValue(name, weight));
    this.#shared = mapValues(this.sharedSlots(), (first, name) => state(first, name));
  }

  /** Takes one step: assigns every weight and everything kept for it. The first call builds. */
  apply(gradients: readonly Tensor[], weights: readonly Variable[]): void {
    checkLength(`${this.className}.apply`, gradients, weights);
    if (weights.length === 0) return; // as Keras, which then counts no step either
    this.build(weights);
    checkKept(this.className, weights, this.#kept!);
    const { lossScaleFactor: scale, gradientAccumulationSteps: batches } = this.config;
    const unscaled = scale === null ? gradients : gradients.map((g) => g.div(scale));
    if (batches === null) this.#step(unscaled, weights, null);
    else this.#accumulate(unscaled, weights, batches);
    this.#average();
    for (const weight of weights) if (weight.constraint) weight.assign(weight.constraint(weight));
    this.#iteration.assign(this.#iteration.add(1));
  }

  /** What to differentiate in place of the loss. */
  scaleLoss(loss: Tensor): Tensor {
    const scale = this.config.lossScaleFactor;
    return scale === null ? loss : loss.mul(scale);
  }

  /** Each weight with its running average, where `useEma` keeps one. */
  get averages(): readonly (readonly [weight: Variable, average: Variable])[] {
    return [...(this.#own?.slots ?? [])].flatMap(([weight, { average }]) =>
      average ? [[weight, average] as const] : [],
    );
  }

  /** Puts the averages in place of the weights, at the end of training. */
  finalize(): void {
    for (const [weight, average] of this.averages) weight.assign(average);
  }

  override getConfig(options: WriteOptions = {}): JsonObject {
    const config = super.getConfig(options);
    const { learningRate: given } = this.config;
    if (typeof given !== 'number') return config;
    const rate = this.learningRate;
    return options.minimal && Math.fround(given) === rate ? config : { ...config, learning_rate: rate };
  }

  /** Steps where `isStep` is true, and leaves everything as it is elsewhere. */
  #step(gradients: readonly Tensor[], weights: readonly Variable[], isStep: Tensor | null): void {
    const [count, learningRate] = [this.iterations.add(1).cast('float32'), this.#rate()];
    const shared = this.advance(valuesOf(this.#shared), count);
    const now: StepNow = { count, learningRate, shared, isStep };
    const short = clipped(gradients, this.config);
    const known = new Map<number | null, Formulas>();
    for (const [i, weight] of weights.entries()) {
      const slots = this.#kept!.slots.get(weight)!;
      const decay = isExcluded(weight, this.#exclusion) ? null : this.decayOf(weight);
      const own: Formulas = (before) => this.#updated(before, decay, now);
      const update = this.isPointwise ? entryOf(known, decay, () => eachElement(own)) : own;
      const before = joined({ variable: weight, gradient: short[i]!, slots });
      const after = parted(update(valuesOf(before)));
      for (const [name, value] of Object.entries(after.slots)) slots[name]!.assign(value);
      weight.assign(after.variable);
    }
    for (const [name, value] of Object.entries(shared)) {
      const to = this.#shared[name]!;
      to.assign(isStep ? where(isStep, value, to) : value);
    }
  }

  /** A weight and what is kept for it after a step, if it is one. */
  #updated(before: Slots, decay: number | null, { isStep, ...now }: StepNow): Slots {
    const { variable: weight, gradient, slots } = parted(before);
    const variable = decay === null ? weight : weight.sub(weight.mul(decay).mul(now.learningRate));
    const after = this.update({ variable, gradient: gradient!, slots, ...now });
    const made = joined({ variable: after.variable, slots: mapValues(after.slots ?? {}, settled) });
    return isStep ? mapValues(made, (value, name) => where(isStep, value, before[name]!)) : made;
  }

  #accumulate(gradients: readonly Tensor[], weights: readonly Variable[], batches: number): void {
    const isStep = this.#iteration.add(1).mod(batches).equal(0);
    const accumulators = weights.map((weight) => this.#own!.slots.get(weight)!.gradient_accumulator!);
    const sums = gradients.map((g, i) => g.add(accumulators[i]!));
    const means = sums.map((sum) => sum.div(batches));
    this.#step(means, weights, isStep);
    for (const [i, accumulator] of accumulators.entries()) accumulator.assign(where(isStep, 0, sums[i]!));
  }

  #average(): void {
    const { useEma, emaMomentum, emaOverwriteFrequency: every } = this.config;
    if (!useEma) return;
    const momentum = this.iterations.notEqual(0).cast('float32').mul(emaMomentum);
    for (const [weight, { average }] of this.#own!.slots) {
      const value = momentum.mul(average!).add(momentum.neg().add(1).mul(weight));
      average!.assign(value);
      if (every === null) continue;
      weight.assign(where(this.iterations.add(1).mod(every).equal(0), value, weight));
    }
  }
}

/** Options of an optimizer of one's own: a size of a step, and whatever else. */
export type OptimizerDeclaration = (...positional: never) => {
  // biome-ignore lint/suspicious/noExplicitAny: whatever it is made from
  readonly learningRate: Optional<any, number | LearningRateSchedule>;
};

export interface OptimizerClass<D extends Declaration>
  extends DeclaredClass<D, typeof optimizerFields, Optimizer> {}

/**
 * Declares an optimizer: its options, `learningRate` among them.
 * The class that extends the result adds `slotBlocks` and `update`.
 *
 * @example
 * class SignDescent extends optimizer('SignDescent', () => ({ learningRate: float(0.01) })) {
 *   override update({ variable, gradient, learningRate }: Step): Update {
 *     return { variable: variable.sub(gradient.sign().mul(learningRate)) };
 *   }
 * }
 */
export function optimizer<D extends OptimizerDeclaration>(
  className: string,
  declare: D & Declares<D>,
): OptimizerClass<D> {
  return declared(Optimizer, className, declare, optimizerFields);
}

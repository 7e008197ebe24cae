/**
 * What every optimizer does around its formula: clipping, decay, averages, accumulation, and its Variables.
 */

import { type DeclaredClass, declared, Named } from '../../core/configurable.js';
import type { Config, Declaration, Declares } from '../../core/declaration.js';
import { problem } from '../../core/errors.js';
import { float, type JsonObject, type Optional } from '../../core/fields.js';
import { parseValue, type WriteOptions } from '../../core/schema.js';
import { zeros } from '../../tensor/create.js';
import { where } from '../../tensor/functions.js';
import { full, type Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { state } from '../state.js';
import { clipped } from './clip.js';
import { type OptimizerFields, optimizerFields } from './fields.js';
import { type Kept, keepBeside, type Slots } from './kept.js';

/** One weight at one step. */
export interface Step {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  /** What is kept for the weight, by the names of `slotBlocks`. */
  readonly slots: Slots;
  readonly learningRate: Tensor;
  /** Which step it is, counted from 1; float32. */
  readonly count: Tensor;
}

/** What a step makes of a weight and of what is kept for it. */
export interface Update {
  readonly variable: Tensor;
  readonly slots?: Slots;
}

interface OwnConfig extends Config<() => OptimizerFields> {
  readonly learningRate: number;
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
  readonly #learningRate: Variable;
  /** The average and the sum of gradients of each weight, where options ask for them. */
  #own: Kept | undefined;
  #kept: Kept | undefined;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    this.#checkClipping();
    this.#learningRate = state(full([], this.config.learningRate), 'learning_rate');
  }

  /** Names of the tensors kept for each weight: block after block, side by side within a block. */
  slotBlocks(): readonly (readonly string[])[] {
    return [];
  }

  /** The weight and what is kept for it after one step. */
  abstract update(step: Step): Update;

  /** The size of a step now. */
  get learningRate(): number {
    return Number(this.#learningRate.item());
  }

  set learningRate(value: number) {
    this.#learningRate.assign(parseValue(`${this.className} learningRate`, float({ min: 0 }), value));
  }

  /** Steps taken so far: a scalar, int32. */
  get iterations(): Tensor {
    const batches = this.config.gradientAccumulationSteps;
    return batches === null ? this.#iteration : this.#iteration.floorDivide(batches);
  }

  /** All state in Keras's order: iteration, learning rate, averages, accumulated gradients, slots. */
  get variables(): readonly Variable[] {
    const kept = [this.#own, this.#kept].flatMap((part) => part?.variables ?? []);
    return [this.#iteration, this.#learningRate, ...kept];
  }

  /** Whether it has met the weights that it changes. */
  get isBuilt(): boolean {
    return this.#kept !== undefined;
  }

  /** Makes the tensors kept for these weights, at the first call. */
  build(weights: readonly Variable[]): void {
    const { useEma, gradientAccumulationSteps } = this.config;
    const own = [useEma && 'average', gradientAccumulationSteps !== null && 'gradient_accumulator'];
    this.#own ??= keepBeside(weights, [own.filter((name) => name !== false)]);
    this.#kept ??= keepBeside(weights, this.slotBlocks());
  }

  /** Takes one step: assigns every weight and everything kept for it. The first call builds. */
  apply(gradients: readonly Tensor[], weights: readonly Variable[]): void {
    this.#checkLength(gradients, weights);
    this.build(weights);
    this.#checkKept(weights);
    const { lossScaleFactor: scale, gradientAccumulationSteps: batches } = this.config;
    const unscaled = scale === null ? gradients : gradients.map((g) => g.div(scale));
    if (batches === null) this.#step(unscaled, weights, null);
    else this.#accumulate(unscaled, weights, batches);
    this.#average();
    this.#iteration.assign(this.#iteration.add(1));
  }

  /** What to differentiate in place of the loss. */
  scaleLoss(loss: Tensor): Tensor {
    const scale = this.config.lossScaleFactor;
    return scale === null ? loss : loss.mul(scale);
  }

  /** Puts the averages in place of the weights, at the end of training. */
  finalize(): void {
    for (const [weight, { average }] of this.#own?.slots ?? []) if (average) weight.assign(average);
  }

  override getConfig(options: WriteOptions = {}): JsonObject {
    const rate = this.learningRate;
    const isDefault = Math.fround(this.config.learningRate) === rate;
    const config = super.getConfig(options);
    return options.minimal && isDefault ? config : { ...config, learning_rate: rate };
  }

  /** Steps where `isStep` is true, and leaves everything as it is elsewhere. */
  #step(gradients: readonly Tensor[], weights: readonly Variable[], isStep: Tensor | null): void {
    const assign = (to: Variable, value: Tensor) => to.assign(isStep ? where(isStep, value, to) : value);
    const count = this.iterations.add(1).cast('float32');
    const short = clipped(gradients, this.config);
    for (const [i, weight] of weights.entries()) {
      const slots = this.#kept!.slots.get(weight)!;
      const variable = this.#decayed(weight);
      const gradient = short[i]!;
      const after = this.update({ variable, gradient, slots, count, learningRate: this.#learningRate });
      for (const [name, value] of Object.entries(after.slots ?? {})) assign(slots[name]!, value);
      assign(weight, after.variable);
    }
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

  #decayed(weight: Variable): Tensor {
    const decay = this.config.weightDecay;
    return decay === null ? weight : weight.sub(weight.mul(decay).mul(this.#learningRate));
  }

  #checkKept(weights: readonly Variable[]): void {
    const other = weights.find((weight) => !this.#kept!.slots.has(weight));
    if (!other) return;
    throw problem('not-built', {
      subject: `${this.className}.apply`,
      expected: 'the weights it was built with',
      received: `'${other.name}', which is not among them`,
      fix: `Call \`model.compile\` again, with a new ${this.className}, after a change of layers.`,
    });
  }

  #checkLength(gradients: readonly Tensor[], weights: readonly Variable[]): void {
    if (gradients.length === weights.length) return;
    throw problem('length-mismatch', {
      subject: `${this.className}.apply`,
      expected: `one gradient for each of ${weights.length} weights`,
      received: `${gradients.length} gradients`,
    });
  }

  #checkClipping(): void {
    const names = ['clipnorm', 'globalClipnorm', 'clipvalue'] as const;
    const given = names.filter((name) => this.config[name] !== null);
    if (given.length < 2) return;
    throw problem('option-value', {
      subject: this.className,
      expected: 'one of clipnorm, globalClipnorm and clipvalue',
      received: given.map((name) => `${name} ${this.config[name]}`).join(' and '),
    });
  }
}

/** Options of an optimizer of one's own: a size of a step, and whatever else. */
export type OptimizerDeclaration = (...positional: never) => { readonly learningRate: Optional<number> };

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

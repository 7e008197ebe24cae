/** What every layer is: options, weights, and a function of tensors. */

import { type DeclaredClass, declared, Named } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { bool, dtypePolicy, maybe, shape, text, unsaved } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import type { PartialShape } from '../core/shape.js';
import type { Initializer } from '../nn/initializer.js';
import type { Regularizer } from '../nn/regularizers.js';
import { returned } from '../nn/returned.js';
import type { NestedInput } from '../tensor/nested.js';
import { inPath, outsideRecording } from '../tensor/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import { Variable, type VariableOptions } from '../tensor/variable.js';
import { checkInput, type InputSpec } from './input-spec.js';
import { outputShapeOf } from './output-shape.js';
import { copyWeights, replaceWeights } from './weights.js';

const fields = () => ({
  /** Name in summaries, saved files and error messages. Models name the layers that have none. */
  name: maybe(text()),
  /** Whether training changes the weights. */
  trainable: bool(true),
  /** Type of the numbers inside. */
  dtype: dtypePolicy(),
  /** Shape of one example, without the batch axis. The first layer of a model may state it to show shapes early. */
  inputShape: unsaved(maybe(shape())),
});

/** Options of every layer. Named, so that published types of other files refer to it with its comments. */
export interface LayerFields extends ReturnType<typeof fields> {}
export const layerFields: () => LayerFields = fields;

export interface CallContext {
  /** Whether the model trains: dropout and the like do nothing otherwise. */
  readonly training?: boolean;
}

export interface WeightOptions extends VariableOptions {
  /** Makes the first values. */
  readonly initializer: Initializer;
  /** Penalty on the values, added to the loss. */
  readonly regularizer?: Regularizer | null;
}

interface Penalty {
  readonly weight: Variable;
  readonly regularizer: Regularizer;
}

/** The layer whose `call` is running. */
let running: Layer | undefined;

/**
 * A layer: `build` makes its weights once the shape of the inputs is known, `call` says what it computes. Layers that `call` applies
 * to their inputs are part of the layer: their weights are its weights.
 *
 * @example
 * class Scale extends layer('Scale', (factor = arg(float())) => ({ factor })) {
 *   override call(x: Tensor) {
 *     return x.mul(this.config.factor);
 *   }
 * }
 */
export abstract class Layer extends Named<Config<typeof layerFields>> {
  readonly #weights: Variable[] = [];
  readonly #penalties: Penalty[] = [];
  /** Layers that `call` has applied. */
  readonly #inner = new Set<Layer>();
  #name: string | undefined;
  #builtShape: PartialShape | null = null;
  /** Whether training changes the weights. Counts from the next `fit` on. */
  trainable: boolean = this.config.trainable;

  /** The name given, or the one that the model gave. */
  override get name(): string {
    return this.config.name ?? this.#name ?? defaultName(this.className);
  }

  /** Names a layer that was given no name. */
  nameAs(name: string): void {
    this.#name = name;
  }

  /** The layer in messages: `Dense 'head'`. */
  get subject(): string {
    return `${this.className} '${this.name}'`;
  }

  /** Shape of the inputs for which the weights were made, batch axis first; null before. */
  get builtShape(): PartialShape | null {
    return this.#builtShape;
  }

  /** Shape of inputs as the options state it, batch axis first; null when they do not. */
  get statedShape(): PartialShape | null {
    const { inputShape } = this.config;
    return inputShape && [null, ...inputShape];
  }

  /** Makes the weights, once the shape of the inputs is known; its batch axis is open. */
  build(_inputShape: PartialShape): void {}

  /** What the layer computes. The type of `inputs` and of the result become the type of `apply`. */
  // biome-ignore lint/suspicious/noExplicitAny: each layer says what it takes
  abstract call(inputs: any, context?: CallContext): Tensor;

  /** Which inputs the built layer takes; anything when null. */
  get inputSpec(): InputSpec | null {
    return null;
  }

  /** Builds at the first call, checks the shape, and computes. */
  apply(inputs: Parameters<this['call']>[0], context: CallContext = {}): Tensor {
    const { shape } = inputs as Tensor;
    this.buildOnce([null, ...shape.slice(1)]);
    if (this.inputSpec) checkInput(this.subject, this.inputSpec, shape);
    const outer = running;
    if (outer && outer !== this) outer.#inner.add(this);
    running = this;
    try {
      return returned(
        `${this.subject} call`,
        inPath(this.name, () => this.call(inputs, context)),
      );
    } finally {
      running = outer;
    }
  }

  /** `build`, unless it has been called. */
  buildOnce(inputShape: PartialShape): void {
    if (this.#builtShape) return;
    outsideRecording(() => this.build(inputShape));
    this.#builtShape = inputShape;
  }

  /** Shape of the outputs for inputs of a shape, found by running `call` on placeholders. Builds the layer. */
  computeOutputShape(inputShape: PartialShape): PartialShape {
    this.buildOnce(inputShape);
    return outputShapeOf(inputShape, (x) => this.apply(x));
  }

  /** All weights in Keras's order: those that training changes first, then those of the layers that `call` applies. */
  get weights(): readonly Variable[] {
    const own = [true, false].flatMap((trainable) => this.#weights.filter((w) => w.trainable === trainable));
    return [...new Set([...own, ...this.#ofInner(({ weights }) => weights)])];
  }

  get trainableWeights(): readonly Variable[] {
    if (!this.trainable) return [];
    const own = this.#weights.filter((weight) => weight.trainable);
    return [...new Set([...own, ...this.#ofInner(({ trainableWeights }) => trainableWeights)])];
  }

  get nonTrainableWeights(): readonly Variable[] {
    const trained = this.trainableWeights;
    return this.weights.filter((weight) => !trained.includes(weight));
  }

  /** Penalties of the regularizers on weights that training changes. */
  get losses(): readonly Tensor[] {
    const trained = this.trainableWeights;
    const counted = this.#penalties.filter(({ weight }) => trained.includes(weight));
    return inPath(this.name, () => [
      ...counted.map(({ weight, regularizer }) => regularizer.call(weight)),
      ...(this.trainable ? this.#ofInner(({ losses }) => losses) : []),
    ]);
  }

  /** Number of elements of all weights. */
  countParams(): number {
    if (this.#builtShape) return this.weights.reduce((total, { size }) => total + size, 0);
    throw problem('not-built', {
      subject: this.subject,
      expected: 'inputs before its weights are counted',
      received: 'none',
      fix: 'Give the first layer of the model an `inputShape`, or call `build`.',
    });
  }

  /** Copies of the weights, in the order of `weights`. */
  getWeights(): Tensor[] {
    return copyWeights(this.weights);
  }

  /** Replaces all weights. Throws a ShapeError before any is changed when one does not fit. */
  setWeights(values: readonly (Tensor | NestedInput)[]): void {
    replaceWeights(this.subject, this.weights, values);
  }

  #ofInner<T>(part: (layer: Layer) => readonly T[]): T[] {
    return [...this.#inner].flatMap(part);
  }

  /** Makes a weight. To be called in `build`, in the order in which Keras makes them. */
  protected addWeight(name: string, size: readonly number[], options: WeightOptions): Variable {
    const { initializer, regularizer, ...rest } = options;
    const weight = new Variable(initializer.call(size), { name, ...rest });
    this.#weights.push(weight);
    if (regularizer) this.#penalties.push({ weight, regularizer });
    return weight;
  }
}

export interface LayerClass<D extends Declaration> extends DeclaredClass<D, typeof layerFields, Layer> {}

/** Declares a layer: its Keras name and its options. The class that extends the result adds `build` and `call`. */
export function layer<D extends Declaration>(className: string, declare: D & Declares<D>): LayerClass<D> {
  return declared(Layer, className, declare, layerFields);
}

/** What every layer is: options, weights, and a function of tensors. */

import { type DeclaredClass, declared, Named } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import { bool, dtypePolicy, maybe, shape, text, unsaved, unsavedNull } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import type { PartialShape, Shape } from '../core/shape.js';
import { regularizer } from '../nn/fields.js';
import type { Regularizer } from '../nn/regularizers.js';
import { returned } from '../nn/returned.js';
import type { NestedInput } from '../tensor/nested.js';
import { activeRecording, inPath, outsideRecording } from '../tensor/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { AddedLosses } from './added-losses.js';
import { noteChange } from './changes.js';
import { checkCall, checkInput, type InputSpec } from './input-spec.js';
import { maskOf, warnOfEnd, withMask } from './masks.js';
import { outputShapeOf } from './output-shape.js';
import type { WeightOptions } from './weights.js';
import { copyWeights, makeWeight, notBuilt, optionsOf, replaceWeights } from './weights.js';

export type { WeightOptions };

const fields = () => ({
  /** Name in summaries, saved files and error messages. Models name the layers that have none. */
  name: maybe(text()),
  /** Whether training changes the weights. */
  trainable: bool(true),
  /** Type of the numbers inside. */
  dtype: dtypePolicy(),
  /** Penalty on the outputs, added to the loss as its mean over the batch. */
  activityRegularizer: unsavedNull(regularizer()),
  /** Shape of one example, without the batch axis. The first layer of a model may state it to show shapes early. */
  inputShape: unsaved(maybe(shape())),
});

/** Options of every layer. Named, so that published types of other files refer to it with its comments. */
export interface LayerFields extends ReturnType<typeof fields> {}
export const layerFields: () => LayerFields = fields;

export interface CallContext {
  /** Whether the model trains: dropout and the like do nothing otherwise. That of the layer around when left out. */
  readonly training?: boolean;
  /** True where a step of the inputs counts, `[batch, steps]`. The one that the inputs carry when left out. */
  readonly mask?: Tensor | null;
}

interface Running {
  readonly layer: Layer;
  readonly training: boolean;
  /** The program that is traced, or else the call of the outermost layer: what losses are counted in. */
  readonly during: object;
}

/** The layer whose `call` is running. */
let running: Running | undefined;

/**
 * A layer: `build` makes its weights once the shape of the inputs is known, `call` says what it computes. Layers that `call` applies
 * to their inputs are part of the layer: their weights are its weights, and they train when it does.
 *
 * @example
 * class Scale extends layer('Scale', (factor = arg(float())) => ({ factor })) {
 *   override call(x: Tensor) {
 *     return x.mul(this.config.factor);
 *   }
 * }
 */
export abstract class Layer extends Named<Config<typeof layerFields>> {
  static override get shared() {
    return layerFields;
  }

  readonly #weights: Variable[] = [];
  readonly #regularizers = new Map<Variable, Regularizer>();
  /** Layers that `call` has applied. */
  readonly #inner = new Set<Layer>();
  #name: string | undefined;
  #builtShape: PartialShape | null = null;
  #trainable = this.config.trainable;
  readonly #added = new AddedLosses();
  /** Whether the mask of the inputs, or what `computeMask` makes of it, is the outputs' too; else it ends here, with a warning. */
  supportsMasking: boolean = this.computeMask !== Layer.prototype.computeMask;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    // Whoever calls `build` by hand has built: another time would make other weights.
    const { build } = this;
    this.build = (shape) => {
      outsideRecording(() => build.call(this, shape));
      this.#builtShape = shape;
    };
  }

  /** Whether training changes the weights, those of inner layers too. Counts from the next `fit` on. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
    noteChange();
    for (const layer of this.innerLayers) layer.trainable = value;
  }

  /** The layers that are part of this one: those that `call` has applied. */
  protected get innerLayers(): readonly Layer[] {
    return [...this.#inner];
  }

  /** This layer and all layers inside. */
  get allLayers(): readonly Layer[] {
    return [this, ...this.#ofInner(({ allLayers }) => allLayers)];
  }

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

  /** Whether the weights are made, or there are none whatever the inputs. */
  get built(): boolean {
    return this.builtShape !== null;
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

  /** Warns of values that inputs of a model, whose first layer this is, can hardly mean. */
  inspect(_what: string, _inputs: Tensor): void {}

  /** Which inputs the built layer takes; anything when null. */
  get inputSpec(): InputSpec | null {
    return null;
  }

  /** The mask of the outputs, for inputs and their mask; null for none. */
  // biome-ignore lint/suspicious/noExplicitAny: as `call`
  computeMask(_inputs: any, mask: Tensor | null): Tensor | null {
    return mask;
  }

  /** Builds at the first call, checks the shape, and computes. The result carries its mask. */
  apply(inputs: Parameters<this['call']>[0], context: CallContext = {}): Tensor {
    checkCall(this, inputs);
    const { shape } = inputs as Tensor;
    this.buildOnce([null, ...shape.slice(1)]);
    if (this.inputSpec) checkInput(this.subject, this.inputSpec, shape);
    const mask = context.mask ?? maskOf(inputs);
    const output = this.#run(context, (training) => this.call(inputs, { ...context, training, mask }));
    if (mask && !this.supportsMasking) warnOfEnd(this.subject);
    return withMask(output, inputs, this.supportsMasking ? this.computeMask(inputs, mask) : null);
  }

  /** Runs `call` as part of the layer around, and adds the penalty on the outputs. */
  #run(context: CallContext, call: (training: boolean) => Tensor): Tensor {
    const outer = running;
    if (outer && outer.layer !== this) outer.layer.#adopt(this);
    const { training = outer?.training ?? false } = context;
    running = { layer: this, training, during: activeRecording() ?? outer?.during ?? {} };
    try {
      return inPath(this.name, () => {
        const output = returned(`${this.subject} call`, call(training));
        const { activityRegularizer } = this.config;
        if (activityRegularizer) this.addPenalty(activityRegularizer, output);
        return output;
      });
    } finally {
      running = outer;
    }
  }

  #adopt(inner: Layer): void {
    if (!this.innerLayers.includes(inner) && !this.trainable) inner.trainable = false;
    this.#inner.add(inner);
  }

  /** Adds a number to the loss of the model. To be called in `call`. */
  protected addLoss(value: Tensor): void {
    this.#added.add(value, running!.during);
  }

  /** Adds a penalty on outputs to the loss, as its mean over the batch. To be called in `call`. */
  protected addPenalty(regularizer: Regularizer, output: Tensor): void {
    this.addLoss(regularizer.call(output).div(Math.max(1, output.shape[0] ?? 1)));
  }

  /** `build`, unless it has been called. */
  buildOnce(inputShape: PartialShape): void {
    if (this.#builtShape) return;
    outsideRecording(() => this.build(inputShape));
    this.#builtShape = inputShape; // also where a class has `build` as a field
  }

  /** Shape of the outputs for inputs of a shape, found by running `call` on placeholders. Builds the layer. */
  computeOutputShape(inputShape: PartialShape): PartialShape {
    this.buildOnce(inputShape);
    if (this.inputSpec) checkInput(this.subject, this.inputSpec, inputShape);
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
    if (this.innerLayers.length === 0) return own;
    return [...new Set([...own, ...this.#ofInner(({ trainableWeights }) => trainableWeights)])];
  }

  get nonTrainableWeights(): readonly Variable[] {
    const trained = this.trainableWeights;
    return this.weights.filter((weight) => !trained.includes(weight));
  }

  /** Penalties on weights that training changes, and what the last call has added. */
  get losses(): readonly Tensor[] {
    const trained = new Set(this.trainableWeights);
    return [...new Set(this.allLayers)].flatMap((layer) => layer.#lossesOf(trained));
  }

  #lossesOf(trained: ReadonlySet<Variable>): Tensor[] {
    const counted = [...this.#regularizers].filter(([weight]) => trained.has(weight));
    return inPath(this.name, () => [
      ...counted.map(([weight, regularizer]) => regularizer.call(weight)),
      ...this.#added.current,
    ]);
  }

  /** Number of elements of all weights. */
  countParams(): number {
    if (this.built) return this.weights.reduce((total, { size }) => total + size, 0);
    throw notBuilt(this.subject);
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
    return this.innerLayers.flatMap(part);
  }

  /** Makes a weight. To be called in `build`, in the order in which Keras makes them. */
  protected addWeight(name: string, size: Shape, options: WeightOptions = {}): Variable {
    const { weight, regularizer } = makeWeight(this, name, size, options);
    this.#weights.push(weight);
    if (regularizer) this.#regularizers.set(weight, regularizer);
    return weight;
  }

  /** Makes the weight `kernel` with the options `kernelInitializer`, `kernelRegularizer` and `kernelConstraint`; others alike. */
  protected addOwnWeight(name: string, size: Shape, prefix: string = name): Variable {
    return this.addWeight(name, size, optionsOf(this.config, prefix));
  }
}

export interface LayerClass<D extends Declaration> extends DeclaredClass<D, typeof layerFields, Layer> {}

/** Declares a layer: its Keras name and its options. The class that extends the result adds `build` and `call`. */
export function layer<D extends Declaration>(className: string, declare: D & Declares<D>): LayerClass<D> {
  return declared(Layer, className, declare, layerFields);
}

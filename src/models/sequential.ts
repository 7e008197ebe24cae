import { type Configurable, type DeclaredClass, declared, type ReadOptions } from '../core/configurable.js';
import { inContext, problem } from '../core/errors.js';
import { arg, bool, type JsonObject, maybe, type OptionalArg, text } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import type { WriteOptions } from '../core/schema.js';
import { isSameShape, type PartialShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { noteChange } from '../layers/changes.js';
import type { HostLayer } from '../layers/host-layer.js';
import { InputLayer } from '../layers/input.js';
import type { InputSpec } from '../layers/input-spec.js';
import { type CallContext, Layer } from '../layers/layer.js';
import { outsideRecording } from '../tensor/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import { type LayerClasses, sequentialFromJson, sequentialJson } from './config.js';
import type { Inputs, Numbers } from './data-adapter.js';
import { TrainableModel } from './model.js';
import { nameLayers } from './names.js';

const modelFields = () => ({
  /** Shown in summaries and messages. Default `'sequential'`. */
  name: maybe(text()),
  /** Whether training changes the weights. */
  trainable: bool(true),
});
interface ModelFields extends ReturnType<typeof modelFields> {}

/** Checked one by one, for messages that name the model. */
const layerList = (): OptionalArg<readonly Layer[]> =>
  arg({ expected: 'an array of layers', fallback: [], parse: (given) => given });

/** The options of a Sequential, beside its layers. */
export interface SequentialOptions {
  readonly name?: string | undefined;
  readonly trainable?: boolean | undefined;
}

const Base: DeclaredClass<
  (layers?: OptionalArg<readonly Layer[]>) => { layers: OptionalArg<readonly Layer[]> },
  () => ModelFields,
  TrainableModel
> = /* @__PURE__ */ declared(
  TrainableModel,
  'Sequential',
  (layers = layerList()) => ({ layers }),
  modelFields as never,
);

const isHost = (layer: Layer | undefined): layer is HostLayer => layer !== undefined && 'isHost' in layer;

/**
 * One layer after another. Weights are made as soon as the shape of the inputs is known: from the first layer's
 * `inputShape`, or from the first data.
 *
 * @example
 * const model = new Sequential([new Dense(16, { activation: 'relu', inputShape: [4] }), new Dense(1)]);
 */
export class Sequential extends Base {
  readonly #all: Layer[] = [];
  #layers: readonly Layer[] = [];
  /** The first layers, as far as they work on data outside of programs. */
  #hosts: readonly HostLayer[] = [];
  readonly #outputShapes = new Map<Layer, PartialShape>();
  #inputShape: PartialShape | null = null;

  constructor(layers: readonly Layer[] = [], options: SequentialOptions = {}) {
    super(layers, options);
    if (!Array.isArray(layers)) throw notALayer(this.subject, layers);
    for (const layer of layers) this.#push(layer);
    this.#settle();
  }

  /** The layers, without one that only states the shape of the inputs. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Puts a layer at the end. */
  add(layer: Layer): void {
    this.#push(layer);
    this.#settle();
  }

  /** Takes the last layer away, and gives it. */
  pop(): Layer | undefined {
    const last = this.#all.pop();
    this.#list();
    if (last) this.#outputShapes.delete(last);
    if (this.#all.length === 0) this.#inputShape = null;
    return last;
  }

  /** Shape of the inputs, batch axis first, or of what the first layers make of words; null before it is known. */
  get inputShape(): PartialShape | null {
    return this.#inputShape;
  }

  override get statedShape(): PartialShape | null {
    return this.#inputShape;
  }

  override get inputSpec(): InputSpec | null {
    return this.#inputShape && { shape: this.#inputShape };
  }

  get outputShape(): PartialShape | null {
    const last = this.layers.at(-1);
    return last ? this.outputShapeOf(last) : this.#inputShape;
  }

  outputShapeOf(layer: Layer): PartialShape | null {
    return this.#outputShapes.get(layer) ?? null;
  }

  override buildOnce(inputShape: PartialShape): void {
    if (!this.outputShape) outsideRecording(() => this.build(inputShape));
  }

  override build(inputShape: PartialShape): void {
    if (!this.#inputShape || !isSameShape(this.#inputShape, inputShape)) this.#outputShapes.clear();
    this.#inputShape = inputShape;
    let shape = inputShape;
    for (const [i, layer] of this.layers.entries()) {
      const known = i < this.#hosts.length ? inputShape : this.#outputShapes.get(layer);
      shape = known ?? this.#at(i, () => layer.computeOutputShape(shape));
      this.#outputShapes.set(layer, shape);
    }
  }

  /** What the first layers make of words and the like, which programs cannot take. */
  encode(given: Inputs): Numbers {
    return this.#hosts.reduce(
      (values, layer, i) => this.#at(i, () => layer.encode(values)),
      given,
    ) as Numbers;
  }

  /** What the layers compute, on tensors of any kind; those that work on words are left to `encode`. */
  forward(x: Tensor, context: CallContext = {}): Tensor {
    return super.apply(x, context);
  }

  /** What the model computes of inputs, as any layer does. */
  override apply(x: Tensor, context: CallContext = {}): Tensor {
    return this.forward(this.#hosts.length > 0 ? (this.encode(x) as Tensor) : x, context);
  }

  override call(x: Tensor, { mask = null, ...context }: CallContext = {}): Tensor {
    if (this.layers.length === 0) throw this.#noLayers();
    const first = this.#hosts.length;
    return this.layers
      .slice(first)
      .reduce(
        (value, layer, i) =>
          this.#at(first + i, () => layer.apply(value, i === 0 ? { ...context, mask } : context)),
        x,
      );
  }

  /** The model in Keras's JSON, without weights; of its layers only options that differ from their defaults when `minimal`. */
  override getConfig(options: WriteOptions = {}): JsonObject {
    const input =
      this.#all.find((layer) => layer instanceof InputLayer)?.name ?? defaultName(InputLayer.className);
    return sequentialJson(this, input, options);
  }

  /**
   * A model from Keras's JSON: a config, or the object around it.
   *
   * @example
   * const model = new Sequential([new Dense(1, { inputShape: [2] })]);
   * const copy = Sequential.fromConfig(model.getConfig(), { layers: { Dense } });
   * copy.countParams(); // 3
   */
  static override fromConfig<T>(
    this: new (
      // biome-ignore lint/suspicious/noExplicitAny: any subclass
      ...args: any
    ) => T,
    json: JsonObject,
    { layers, classes }: { readonly layers?: LayerClasses | undefined } & ReadOptions = {},
  ): T {
    const { make, options } = sequentialFromJson(json, { Sequential, ...classes, ...layers });
    // Checked first: what is no Sequential has other keys, and layers in an order that says nothing.
    const [, known] = (Base as unknown as typeof Configurable).schema.arguments(options, {});
    return new this(make(), known);
  }

  #list(): void {
    this.#layers = this.#all.filter((layer) => !(layer instanceof InputLayer));
    const first = this.#layers.findIndex((layer) => !isHost(layer));
    this.#hosts = this.#layers.slice(0, first < 0 ? undefined : first) as HostLayer[];
    noteChange();
  }

  #push(layer: Layer): void {
    if (!(layer instanceof Layer)) throw notALayer(this.subject, layer);
    if (isHost(layer) && this.layers.length > this.#hosts.length) throw this.#hostInside(layer);
    if (this.#all.includes(layer)) throw this.#twice(layer);
    if (layer instanceof InputLayer && this.#all.length > 0) throw this.#lateInput(layer);
    nameLayers(this.subject, [...this.#all, layer]);
    this.#all.push(layer);
    this.#list();
  }

  /** Builds as far as shapes are known. */
  #settle(): void {
    const stated = this.#inputShape ?? this.#all[0]?.statedShape ?? null;
    // What follows words is known once there are some.
    if (stated && (this.#inputShape || this.#hosts.length === 0)) this.build(stated);
  }

  /** The frame of a layer around errors. */
  #at<T>(i: number, body: () => T): T {
    return inContext(this.subject, () => inContext(`layer ${i + 1} of ${this.layers.length}`, body));
  }

  #noLayers() {
    return problem('not-built', {
      subject: this.subject,
      expected: 'at least one layer',
      received: 'none',
      fix: 'Add one: `model.add(new Dense(1))`.',
    });
  }

  #hostInside(layer: Layer) {
    return problem('argument-value', {
      subject: this.subject,
      expected: 'layers that take words or look numbers up before all others',
      received: `${layer.subject} after ${this.layers.at(-1)!.subject}`,
      fix: 'Put it first, or apply it to the data before training.',
    });
  }

  #lateInput(layer: Layer) {
    return problem('argument-value', {
      subject: this.subject,
      expected: 'one Input, before all layers',
      received: `${layer.subject} after ${this.#all.at(-1)!.subject}`,
      fix: 'Leave it out: further shapes follow from the first.',
    });
  }

  #twice(layer: Layer) {
    return problem('name-taken', {
      subject: this.subject,
      expected: 'each layer once',
      received: `${layer.subject} a second time`,
      fix: `Make another one: \`new ${layer.className}(…)\`.`,
    });
  }
}

const notALayer = (subject: string, received: unknown) =>
  problem('argument-value', {
    subject,
    expected: 'layers, such as `new Dense(1)`',
    received: show(received),
    fix:
      received instanceof Layer
        ? 'Put it in an array: `new Sequential([layer])`.'
        : typeof received === 'function'
          ? 'Write `new` before it.'
          : undefined,
  });

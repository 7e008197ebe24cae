import { inContext, problem } from '../core/errors.js';
import { type JsonObject, text } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import { parseValue } from '../core/schema.js';
import { isSameShape, type PartialShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { InputLayer } from '../layers/input.js';
import { type CallContext, Layer } from '../layers/layer.js';
import { inPath } from '../tensor/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import { type LayerClasses, sequentialFromJson, sequentialJson } from './config.js';
import { TrainableModel } from './model.js';
import { nameLayers } from './names.js';
import { checkOptionNames } from './options.js';

export interface SequentialOptions {
  /** Shown in summaries and messages. Default `'sequential'`. */
  readonly name?: string | undefined;
}

/**
 * One layer after another. Weights are made as soon as the shape of the inputs is known: from the first layer's
 * `inputShape`, or from the first data.
 *
 * @example
 * const model = new Sequential([new Dense(16, { activation: 'relu', inputShape: [4] }), new Dense(1)]);
 */
export class Sequential extends TrainableModel {
  readonly className: string = 'Sequential';
  readonly name: string;
  readonly #all: Layer[] = [];
  readonly #outputShapes = new Map<Layer, PartialShape>();
  #inputShape: PartialShape | null = null;

  constructor(layers: readonly Layer[] = [], options: SequentialOptions = {}) {
    super();
    checkOptionNames('Sequential', ['name'], options, "new Sequential([…], { name: 'mine' })");
    const { name = defaultName('Sequential') } = options;
    this.name = parseValue('Sequential name', text(), name);
    if (!Array.isArray(layers)) throw notALayer(this.subject, layers);
    for (const layer of layers) this.#push(layer);
    this.#settle();
  }

  /** The layers, without one that only states the shape of the inputs. */
  get layers(): readonly Layer[] {
    return this.#all.filter((layer) => !(layer instanceof InputLayer));
  }

  /** Puts a layer at the end. */
  add(layer: Layer): void {
    this.#push(layer);
    this.#settle();
  }

  /** Takes the last layer away, and gives it. */
  pop(): Layer | undefined {
    const last = this.#all.pop();
    if (last) this.#outputShapes.delete(last);
    if (this.#all.length === 0) this.#inputShape = null;
    return last;
  }

  get inputShape(): PartialShape | null {
    return this.#inputShape;
  }

  get outputShape(): PartialShape | null {
    const last = this.layers.at(-1);
    return last ? this.outputShapeOf(last) : this.#inputShape;
  }

  outputShapeOf(layer: Layer): PartialShape | null {
    return this.#outputShapes.get(layer) ?? null;
  }

  build(inputShape: PartialShape): void {
    if (!this.#inputShape || !isSameShape(this.#inputShape, inputShape)) this.#outputShapes.clear();
    this.#inputShape = inputShape;
    let shape = inputShape;
    for (const [i, layer] of this.layers.entries()) {
      const known = this.#outputShapes.get(layer);
      shape = known ?? this.#at(i, () => layer.computeOutputShape(shape));
      this.#outputShapes.set(layer, shape);
    }
  }

  forward(x: Tensor, context: CallContext = {}): Tensor {
    if (this.layers.length === 0) throw this.#noLayers();
    return inPath(this.name, () =>
      this.layers.reduce((value, layer, i) => this.#at(i, () => layer.apply(value, context)), x),
    );
  }

  /** The model in Keras's JSON, without weights. */
  getConfig(): JsonObject {
    const input =
      this.#all.find((layer) => layer instanceof InputLayer)?.name ?? defaultName(InputLayer.className);
    return sequentialJson(this.name, this.layers, this.#inputShape, input);
  }

  /**
   * A model from Keras's JSON: a config, or the object around it.
   *
   * @example
   * const model = new Sequential([new Dense(1, { inputShape: [2] })]);
   * const copy = Sequential.fromConfig(model.getConfig(), { layers: { Dense } });
   * copy.countParams(); // 3
   */
  static fromConfig<T extends Sequential>(
    this: new (
      layers: readonly Layer[],
      options: SequentialOptions,
    ) => T,
    json: JsonObject,
    { layers }: { readonly layers: LayerClasses } = { layers: {} },
  ): T {
    const { name, made } = sequentialFromJson(json, layers);
    return new this(made, { name });
  }

  #push(layer: Layer): void {
    if (!(layer instanceof Layer)) throw notALayer(this.subject, layer);
    if (this.#all.includes(layer)) throw this.#twice(layer);
    nameLayers(this.subject, [...this.#all, layer]);
    this.#all.push(layer);
  }

  /** Builds as far as shapes are known. */
  #settle(): void {
    const stated = this.#inputShape ?? this.#all[0]?.statedShape ?? null;
    if (stated) this.build(stated);
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

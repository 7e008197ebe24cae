/** Sequential models in Keras's JSON. */

import type { ReadOptions } from '../core/configurable.js';
import { problem } from '../core/errors.js';
import { type Classes, dtypePolicy, type Json, type JsonObject, toJson } from '../core/fields.js';
import { didYouMean, type WriteOptions } from '../core/schema.js';
import type { PartialShape } from '../core/shape.js';
import { isPlainObject, listSome, show } from '../core/text.js';
import { InputLayer, inputConfig } from '../layers/input.js';
import { Layer } from '../layers/layer.js';

/** Classes of layers, and of what their options name, such as `import * as layers from 'myelin'`. */
export type LayerClasses = Classes;

interface LayerType {
  readonly className: string;
  fromConfig(config: JsonObject, options: ReadOptions): Layer;
}

/** What is written of a model. */
interface Written {
  readonly name: string;
  readonly trainable: boolean;
  readonly layers: readonly Layer[];
  readonly inputShape: PartialShape | null;
}

export function sequentialJson(
  { name, trainable, layers, inputShape }: Written,
  inputName: string,
  options: WriteOptions,
): JsonObject {
  const input = inputShape && layerJson(InputLayer.className, inputConfig(inputShape, inputName));
  const shape = inputShape as Json;
  return {
    name,
    trainable,
    dtype: toJson(dtypePolicy(), 'float32'),
    layers: [...(input ? [input] : []), ...layers.map((layer) => builtLayerJson(layer, options))],
    ...(inputShape && { build_input_shape: shape }),
  };
}

const layerJson = (className: string, config: JsonObject, module = 'keras.layers'): JsonObject => ({
  module,
  class_name: className,
  config,
  registered_name: null,
});

function builtLayerJson(layer: Layer, options: WriteOptions): JsonObject {
  const { builtShape, weights } = layer;
  const built = weights.length > 0 && { build_config: { input_shape: builtShape as Json } };
  const config = layer.getConfig(options);
  // Models have layers of their own, and stand in another module.
  const module = 'layers' in config ? 'keras' : undefined;
  return { ...layerJson(layer.className, config, module), ...built };
}

export function sequentialFromJson(json: JsonObject, classes: LayerClasses) {
  const config = (isPlainObject(json?.config) ? json.config : json) as JsonObject;
  const { layers, build_input_shape: _, ...options } = config ?? {};
  if (!Array.isArray(layers)) throw notSequential(config);
  const types = layerTypes(classes);
  const make = () => layers.map((layer: Json) => layerFromJson(layer as JsonObject, types, classes));
  return { make, options };
}

function layerTypes(classes: LayerClasses): Map<string, LayerType> {
  const isLayerType = (value: unknown): value is LayerType =>
    typeof value === 'function' && value.prototype instanceof Layer && 'fromConfig' in value;
  const types = Object.values(classes ?? {}).filter(isLayerType);
  return new Map([InputLayer, ...types].map((type) => [type.className, type]));
}

function layerFromJson(json: JsonObject, types: ReadonlyMap<string, LayerType>, classes: Classes): Layer {
  if (!isPlainObject(json?.config)) throw notSequential(json);
  const type = types.get(String(json.class_name));
  if (!type) throw unknownLayer(json.class_name, [...types.keys()]);
  const { batch_input_shape, ...config } = json.config as JsonObject;
  const isOld = Array.isArray(batch_input_shape) && !('batch_shape' in config) && type !== InputLayer;
  const whole = isOld
    ? { ...config, input_shape: batch_input_shape.slice(1) }
    : { ...config, ...(batch_input_shape !== undefined && { batch_input_shape }) };
  return keepsOptions(type.fromConfig(whole, { classes }), config.name);
}

/** Refuses a copy made by a constructor of the user's own, which took the options for something else. */
export function keepsOptions(made: Layer, name: unknown): Layer {
  const type = made.constructor;
  if (type.length === 0 || typeof name !== 'string' || (made.config as Named).name === name) return made;
  throw problem('config-class', {
    subject: made.className,
    expected: 'its constructor to take declared options',
    received: 'one that is its own',
    fix: `Declare the options, \`class ${type.name} extends layer('${type.name}', …)\`, or add a \`static fromConfig\`.`,
  });
}

interface Named {
  readonly name?: unknown;
}

const notSequential = (config: JsonObject) =>
  problem('config-key', {
    subject: 'Sequential.fromConfig',
    expected: "a configuration with a list of 'layers'",
    received: show(config),
  });

const unknownLayer = (name: Json | undefined, known: readonly string[]) =>
  problem('config-class', {
    subject: 'Sequential.fromConfig',
    expected: known.length > 0 ? `class_name ${listSome(known)}` : 'classes of layers',
    received: show(name),
    fix:
      (typeof name === 'string' ? didYouMean(name, known) : undefined) ??
      'Give the classes of all layers: `Sequential.fromConfig(config, { layers: { Dense, Mine } })`.',
  });

/** Models of the same layers with weights of their own. */

import { problem } from '../core/errors.js';
import type { JsonObject } from '../core/fields.js';
import { checkOptionNames } from '../core/option-names.js';
import type { Schema } from '../core/schema.js';
import { show } from '../core/text.js';
import { learntBy } from '../layers/changes.js';
import { InputLayer } from '../layers/input.js';
import { Layer } from '../layers/layer.js';
import { keepsOptions } from './config.js';
import { Sequential } from './sequential.js';

export interface CloneOptions {
  /** Makes the copy of each layer. Default one of the same options. */
  readonly cloneFunction?: ((layer: Layer) => Layer) | undefined;
}

/**
 * A model of the same layers, options and names, with first weights of its own, and not compiled.
 *
 * @example
 * const model = new Sequential([new Dense(2, { inputShape: [3] })]);
 * const copy = cloneModel(model);
 * copy.setWeights(model.getWeights());
 */
export function cloneModel(model: Sequential, options: CloneOptions = {}): Sequential {
  if (!(model instanceof Sequential)) throw notAModel(model);
  checkOptionNames('cloneModel', ['cloneFunction'], options, 'cloneModel(model, { cloneFunction })');
  const { cloneFunction = copyOf } = options;
  const { name, trainable, inputShape } = model;
  const copies = model.layers.map((layer) =>
    layer instanceof Sequential ? cloneModel(layer, options) : checked(cloneFunction(layer)),
  );
  const [first] = copies;
  const states = inputShape && first && !first.statedShape && !('isHost' in first);
  const input = states ? [new InputLayer(inputShape.slice(1), { batchSize: inputShape[0] })] : [];
  return new Sequential([...input, ...copies], { name, trainable });
}

interface LayerType {
  readonly schema: Schema;
  new (...args: readonly unknown[]): Layer;
  fromConfig(config: JsonObject): Layer;
}

/** A layer of the same options and name; what it learnt that is no weight, such as a vocabulary, is kept too, as in Keras. */
function copyOf(layer: Layer): Layer {
  const type = layer.constructor as unknown as LayerType;
  const isOwn = type.fromConfig !== (Layer as unknown as LayerType).fromConfig;
  if (isOwn || 'isHost' in layer || learntBy(layer)) return type.fromConfig(layer.getConfig());
  const { config, name, trainable } = layer;
  return keepsOptions(new type(...type.schema.spread({ ...config, name, trainable })), name);
}

function checked(layer: unknown): Layer {
  if (layer instanceof Layer) return layer;
  throw problem('argument-value', {
    subject: 'cloneModel cloneFunction',
    expected: 'to return a layer',
    received: show(layer),
  });
}

const notAModel = (received: unknown) =>
  problem('argument-value', {
    subject: 'cloneModel',
    expected: 'a Sequential',
    received: show(received),
  });

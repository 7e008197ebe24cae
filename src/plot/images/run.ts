/** What the layers of a model give for one input, one after another. */

import { problem } from '../../core/errors.js';
import { type PartialShape, type Shape, showShape } from '../../core/shape.js';
import { show } from '../../core/text.js';
import { isOneSample } from '../../layers/input-spec.js';
import type { Layer } from '../../layers/layer.js';
import { type Inputs, inputsOf, type Numbers } from '../../models/data-adapter.js';
import { Sequential } from '../../models/sequential.js';
import { Tensor } from '../../tensor/tensor.js';

/** A layer of a model by the name it has from outside: `outer/inner`. */
export interface NamedLayer {
  readonly name: string;
  readonly layer: Layer;
  /** Batch axis first; null before it is known. */
  readonly outputShape: PartialShape | null;
}

/** What a layer gives. */
export interface Given extends NamedLayer {
  readonly output: Tensor;
}

/** The layers in order, those of models inside in place of these. */
export function layersOf(model: Sequential, prefix = ''): NamedLayer[] {
  return model.layers.flatMap((layer) => {
    const name = `${prefix}${layer.name}`;
    if (layer instanceof Sequential) return layersOf(layer, `${name}/`);
    return [{ name, layer, outputShape: model.outputShapeOf(layer) }];
  });
}

/** Throws a ConfigError for anything but a model, a StateError for one that has no weights yet. */
export function checkModel(method: string, model: Sequential): void {
  if (!(model instanceof Sequential)) {
    throw problem('argument-value', {
      subject: method,
      expected: 'a Sequential',
      received: show(model),
      fix: 'For one layer write `new Sequential([layer])`.',
    });
  }
  if (model.outputShape && model.layers.length > 0) return;
  throw problem('not-built', {
    subject: method,
    expected: 'a model that knows the shape of its inputs',
    received: `${model.subject}, which ${model.layers.length > 0 ? 'has seen no inputs yet' : 'has no layers'}`,
    fix: 'Give its first layer an `inputShape`, or fit it first.',
  });
}

/**
 * One input with its batch axis, which may have been left out. Throws a ShapeError for several and for other
 * shapes.
 */
export function oneInput(method: string, model: Sequential, given: Inputs): Tensor {
  const { inputShape, subject } = model;
  const isAlone = given instanceof Tensor && inputShape !== null && isOneSample(inputShape, given.shape);
  if (given instanceof Tensor && !isAlone && inputShape?.length === given.shape.length + 1)
    throw otherSample(method, inputShape, given.shape);
  const inputs = model.encode(isAlone ? given.expandDims(0) : given) as Numbers;
  const layer = ['layer 1', (model.layers[0] ?? model).subject] as const;
  const asker = { method, model: subject, layer, inputShape, outputShape: model.outputShape };
  const x = inputsOf(asker, inputs);
  if (x.shape[0] === 1) return x.cast('float32');
  throw problem('shape-mismatch', {
    subject: `${method} x`,
    expected: 'one input',
    received: `${x.shape[0]} of them, of shape ${showShape(x.shape)}`,
    fix: 'Take one: `x.gather(0)`.',
  });
}

const otherSample = (method: string, inputShape: PartialShape, received: Shape) =>
  problem('shape-mismatch', {
    subject: `${method} x`,
    expected: `one input of shape ${showShape(inputShape.slice(1))}, with or without its batch axis`,
    received: showShape(received),
  });

/** What each layer gives for an input, computed as `predict` does: no layer is changed. */
export function outputsOf(model: Sequential, x: Tensor): Given[] {
  const given: Given[] = [];
  let value = x;
  for (const named of layersOf(model)) {
    // What the first layers take has been encoded.
    const isEncoded = 'isHost' in named.layer && model.layers.includes(named.layer);
    if (!isEncoded) value = named.layer.apply(value, { training: false });
    given.push({ ...named, output: value });
  }
  return given;
}

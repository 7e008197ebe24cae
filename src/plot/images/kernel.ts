/** The weights of a layer that look at pictures. */

import { problem } from '../../core/errors.js';
import { type Shape, showShape, sizeOf } from '../../core/shape.js';
import { show } from '../../core/text.js';
import { Layer } from '../../layers/layer.js';
import { Sequential } from '../../models/sequential.js';
import type { Variable } from '../../tensor/variable.js';

/** A kernel as pictures. */
export interface Slices {
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly filters: number;
  /** Whether the three inputs are red, green and blue of one picture. */
  readonly isColour: boolean;
}

/** The weight that looks at pictures, by its name and its axes. */
export function kernelOf(layer: Layer): Variable {
  // A model is a layer too, and has kernels of others.
  if (!(layer instanceof Layer) || layer instanceof Sequential) throw notALayer(layer);
  // What makes no weights has none after it was built either.
  if (!layer.builtShape && Object.getPrototypeOf(layer).build !== Layer.prototype.build)
    throw notBuilt(layer);
  const named = layer.weights.filter(({ name }) => name.endsWith('kernel'));
  const kernel = named.find(({ rank }) => rank === 4) ?? named.find(({ rank }) => rank === 2);
  if (kernel) return kernel;
  const weights = layer.weights.map(({ name, shape }) => `${name} ${showShape(shape)}`);
  throw problem('argument-value', {
    subject: 'plotFilters',
    expected: 'a layer with a kernel [h, w, inputs, filters], or [pixels, units] and a `shape`',
    received: `${layer.subject}, which has ${weights.join(', ') || 'no weights'}`,
    fix: 'Give a layer of a model: `plotFilters(model.getLayer(0))`.',
  });
}

export function slicesOf(layer: Layer, { rank, shape: axes }: Variable, shape: Shape | null): Slices {
  if (rank === 4) {
    if (shape) throw shapeBesides(layer, axes);
    const [height, width, inputs, filters] = axes as [number, number, number, number];
    // Kernels that see one channel each are no colours.
    const isColour = inputs === 3 && !('depthMultiplier' in (layer.config as object));
    return { height, width, inputs, filters, isColour };
  }
  const [pixels, filters] = axes as [number, number];
  const [height = 0, width = 0, channels = 1] = shape ?? [];
  const isPicture = shape !== null && sizeOf(shape) === pixels && (shape.length === 2 || shape.length === 3);
  if (isPicture) return { height, width, inputs: channels, filters, isColour: channels === 3 };
  const side = Math.sqrt(pixels);
  throw problem('shape-mismatch', {
    subject: 'plotFilters shape',
    expected: `the axes of pictures of ${pixels} pixels, which ${layer.subject} looks at`,
    received: show(shape ?? undefined),
    fix: Number.isInteger(side) ? `Write \`{ shape: [${side}, ${side}] }\`.` : undefined,
  });
}

const notALayer = (received: unknown) =>
  problem('argument-value', {
    subject: 'plotFilters',
    expected: 'one layer',
    received: show(received),
    fix: 'Give a layer of a model: `plotFilters(model.getLayer(0))`.',
  });

const notBuilt = ({ subject }: Layer) =>
  problem('not-built', {
    subject: 'plotFilters',
    expected: 'a layer whose weights are made',
    received: `${subject}, which has seen no inputs yet`,
    fix: 'Give the first layer of the model an `inputShape`, or fit the model first.',
  });

const shapeBesides = ({ subject }: Layer, axes: Shape) =>
  problem('option-value', {
    subject: 'plotFilters shape',
    expected: `nothing: the kernel of ${subject} has the shape ${showShape(axes)}`,
    received: 'a shape',
    fix: 'Leave it out; it is for dense layers on flattened pictures.',
  });

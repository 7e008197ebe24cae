/** Folds over all spatial axes: one number for each channel of an example. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, merge, noOptions } from '../core/declaration.js';
import { bool } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { channelAxis, dataFormat, type SpatialRank, spatialAxes } from './data-format.js';
import { type CallContext, layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

const fields = () => ({
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
  /** Whether spatial axes stay with size 1. */
  keepdims: bool(false),
});

/** Options of every global pooling layer. */
export interface GlobalPoolingFields extends ReturnType<typeof fields> {}
const ownFields: () => GlobalPoolingFields = fields;
const sharedFields = () => merge(layerFields(), ownFields());
type Fold = (x: Tensor, axes: readonly number[], options: { readonly keepDims: boolean }) => Tensor;

export abstract class GlobalPooling extends SpatialLayer {
  declare readonly config: Config<typeof sharedFields>;
  declare readonly fold: Fold;

  override get built() {
    return true;
  }

  override call(x: Tensor, _context: CallContext = {}): Tensor {
    return this.foldAll(x, this.fold);
  }

  protected foldAll(x: Tensor, fold: Fold): Tensor {
    return fold(x, spatialAxes(this.dataFormat, x.rank), { keepDims: this.config.keepdims });
  }
}

export interface GlobalPoolingClass
  extends DeclaredClass<typeof noOptions, typeof sharedFields, GlobalPooling> {}

const globalPooling = (className: string, spatialRank: SpatialRank, fold: Fold): GlobalPoolingClass =>
  declared(GlobalPooling, className, noOptions, sharedFields, { spatialRank, fold });

const largest: Fold = (x, axes, options) => x.max(axes, options);
const total: Fold = (x, axes, options) => x.sum(axes, options);
const average: Fold = (x, axes, options) => x.mean(axes, options);

/**
 * Largest value of each channel over all steps.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, channels]`; `[batch, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalMaxPooling1D().apply(tensor([[[1, 4], [3, 2]]])).toArray(); // [[3, 4]]
 */
export class GlobalMaxPooling1D extends /* @__PURE__ */ globalPooling('GlobalMaxPooling1D', 1, largest) {}

/**
 * Largest value of each channel over height and width.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, channels]`; `[batch, 1, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalMaxPooling2D().apply(ones([2, 7, 7, 64])).shape; // [2, 64]
 */
export class GlobalMaxPooling2D extends /* @__PURE__ */ globalPooling('GlobalMaxPooling2D', 2, largest) {}

/**
 * Largest value of each channel over depth, height and width.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   `[batch, channels]`; `[batch, 1, 1, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalMaxPooling3D({ keepdims: true }).apply(ones([2, 4, 7, 7, 8])).shape; // [2, 1, 1, 1, 8]
 */
export class GlobalMaxPooling3D extends /* @__PURE__ */ globalPooling('GlobalMaxPooling3D', 3, largest) {}

/**
 * Mean of each channel over all steps, of those that a mask keeps if there is one; NaN where it keeps none.
 *
 * Inputs    `[batch, steps, channels]`, float32, mask `[batch, steps]`
 * Outputs   `[batch, channels]`; `[batch, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalAveragePooling1D().apply(tensor([[[1, 4], [3, 2]]])).toArray(); // [[2, 3]]
 */
export class GlobalAveragePooling1D extends /* @__PURE__ */ globalPooling(
  'GlobalAveragePooling1D',
  1,
  average,
) {
  override call(x: Tensor, { mask }: CallContext = {}): Tensor {
    if (!mask) return this.foldAll(x, average);
    const isKept = mask.cast('bool').expandDims(channelAxis(this.dataFormat, x.rank));
    return this.foldAll(isKept.where(x, 0), total).div(this.foldAll(isKept.cast('float32'), total));
  }

  override computeMask(): null {
    return null;
  }
}

/**
 * Mean of each channel over height and width.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, channels]`; `[batch, 1, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalAveragePooling2D({ dataFormat: 'channels_first' }).apply(ones([2, 64, 7, 7])).shape; // [2, 64]
 */
export class GlobalAveragePooling2D extends /* @__PURE__ */ globalPooling(
  'GlobalAveragePooling2D',
  2,
  average,
) {}

/**
 * Mean of each channel over depth, height and width.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   `[batch, channels]`; `[batch, 1, 1, 1, channels]` with `keepdims`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new GlobalAveragePooling3D().apply(ones([2, 4, 7, 7, 8])).shape; // [2, 8]
 */
export class GlobalAveragePooling3D extends /* @__PURE__ */ globalPooling(
  'GlobalAveragePooling3D',
  3,
  average,
) {}

/** Largest values and means of windows that slide over spatial axes. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { arg, type JsonObject, maybe, oneOf } from '../core/fields.js';
import type { WriteOptions } from '../core/schema.js';
import type { PartialShape } from '../core/shape.js';
import { averagePool, maxPool } from '../tensor/pooling.js';
import type { Tensor } from '../tensor/tensor.js';
import { dataFormat, type SpatialRank, sizes } from './data-format.js';
import { layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

const fields = <R extends SpatialRank>(rank: R) => ({
  /** Step of the window: one number for all axes, or one for each. As large as the window when null. */
  strides: maybe(sizes(rank)),
  /** `'valid'` keeps the window inside; `'same'` lets it stick out, and leaves out what is outside. */
  padding: oneOf(['valid', 'same'], 'valid'),
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
});

/** Options of every pooling layer. */
export interface PoolingFields<R extends SpatialRank> extends ReturnType<typeof fields<R>> {}
const ownFields: <R extends SpatialRank>(rank: R) => PoolingFields<R> = fields;
const sharedFields =
  <R extends SpatialRank>(rank: R) =>
  () =>
    merge(layerFields(), ownFields(rank));
type Shared<R extends SpatialRank> = ReturnType<typeof sharedFields<R>>;

const maxWindow =
  <R extends SpatialRank>(rank: R) =>
  (poolSize = arg(sizes(rank, 2))) => ({
    /** Size of the window: one number for all axes, or one for each. */
    poolSize,
  });
const averageWindow =
  <R extends SpatialRank>(rank: R) =>
  (poolSize = arg(sizes(rank))) => ({
    /** Size of the window: one number for all axes, or one for each. */
    poolSize,
  });

export abstract class Pooling extends SpatialLayer {
  declare readonly config: Config<Shared<SpatialRank>> & { readonly poolSize: readonly number[] };
  declare readonly pool: typeof maxPool;

  override get built() {
    return true;
  }

  override call(x: Tensor): Tensor {
    const { poolSize, strides, padding, dataFormat } = this.config;
    return this.pool(x, poolSize, { strides: strides ?? poolSize, padding, dataFormat });
  }

  /** Keras writes the strides that follow from the window. */
  override getConfig(options: WriteOptions = {}): JsonObject {
    const config = super.getConfig(options);
    return config.strides === null ? { ...config, strides: this.config.poolSize } : config;
  }

  protected override checkInput(shape: PartialShape): void {
    super.checkInput(shape);
    const { poolSize, strides, padding } = this.config;
    this.checkWindow('window', shape, poolSize, { strides: strides ?? poolSize, padding });
  }
}

export interface PoolingClass<D extends Declaration, R extends SpatialRank>
  extends DeclaredClass<D, Shared<R>, Pooling> {}

function pooling<D extends Declaration, R extends SpatialRank>(
  className: string,
  spatialRank: R,
  pool: typeof maxPool,
  declare: D & Declares<D>,
): PoolingClass<D, R> {
  return declared(Pooling, className, declare, sharedFields(spatialRank), { spatialRank, pool });
}
const maxPooling = <R extends SpatialRank>(className: string, rank: R) =>
  pooling(className, rank, maxPool, maxWindow(rank));
const averagePooling = <R extends SpatialRank>(className: string, rank: R) =>
  pooling(className, rank, averagePool, averageWindow(rank));

/**
 * Largest value of each channel in windows along the steps; the first of equals takes the gradient.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, steps', channels]`: `⌊(steps - poolSize) / strides⌋ + 1` when padding is `'valid'`,
 *           `⌈steps / strides⌉` when it is `'same'`
 * Throws    ShapeError for fewer steps than the window has
 *
 * @example
 * new MaxPooling1D().apply(ones([2, 8, 3])).shape; // [2, 4, 3]
 */
export class MaxPooling1D extends /* @__PURE__ */ maxPooling('MaxPooling1D', 1) {}

/**
 * Largest value of each channel in windows of height and width; the first of equals takes the gradient.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, height', width', channels]`, sizes as those of `MaxPooling1D`
 * Throws    ShapeError for inputs smaller than the window
 *
 * @example
 * new MaxPooling2D([2, 3]).apply(ones([2, 8, 6, 3])).shape; // [2, 4, 2, 3]
 */
export class MaxPooling2D extends /* @__PURE__ */ maxPooling('MaxPooling2D', 2) {}

/**
 * Largest value of each channel in windows of depth, height and width; the first of equals takes the gradient.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   `[batch, depth', height', width', channels]`, sizes as those of `MaxPooling1D`
 * Throws    ShapeError for inputs smaller than the window
 *
 * @example
 * new MaxPooling3D().apply(ones([2, 4, 8, 6, 3])).shape; // [2, 2, 4, 3, 3]
 */
export class MaxPooling3D extends /* @__PURE__ */ maxPooling('MaxPooling3D', 3) {}

/**
 * Mean of each channel in windows along the steps; padding is not counted.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, steps', channels]`: `⌊(steps - poolSize) / strides⌋ + 1` when padding is `'valid'`,
 *           `⌈steps / strides⌉` when it is `'same'`
 * Throws    ShapeError for fewer steps than the window has
 *
 * @example
 * new AveragePooling1D(2).apply(tensor([[[1], [3], [5], [9]]])).toArray(); // [[[2], [7]]]
 */
export class AveragePooling1D extends /* @__PURE__ */ averagePooling('AveragePooling1D', 1) {}

/**
 * Mean of each channel in windows of height and width; padding is not counted.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, height', width', channels]`, sizes as those of `AveragePooling1D`
 * Throws    ShapeError for inputs smaller than the window
 *
 * @example
 * new AveragePooling2D(3, { strides: 1, padding: 'same' }).apply(ones([2, 8, 6, 3])).shape; // [2, 8, 6, 3]
 */
export class AveragePooling2D extends /* @__PURE__ */ averagePooling('AveragePooling2D', 2) {}

/**
 * Mean of each channel in windows of depth, height and width; padding is not counted.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   `[batch, depth', height', width', channels]`, sizes as those of `AveragePooling1D`
 * Throws    ShapeError for inputs smaller than the window
 *
 * @example
 * new AveragePooling3D(2).apply(ones([2, 4, 8, 6, 3])).shape; // [2, 2, 4, 3, 3]
 */
export class AveragePooling3D extends /* @__PURE__ */ averagePooling('AveragePooling3D', 3) {}

/** Zeros around spatial axes. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config } from '../core/declaration.js';
import { arg } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { alongAxes, borders, dataFormat, type SpatialRank } from './data-format.js';
import { layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

const fields =
  <R extends SpatialRank>(rank: R) =>
  (padding = arg(borders(rank, 1))) => ({
    /** Zeros before and after: one number for all, one for each axis, or `[before, after]` for each axis. */
    padding,
    /** Where the channels are: last, or right after the batch axis. */
    dataFormat: dataFormat(),
  });

export abstract class ZeroPadding extends SpatialLayer {
  declare readonly config: Config<ReturnType<typeof fields<SpatialRank>>> & Config<typeof layerFields>;

  override call(x: Tensor): Tensor {
    return x.pad(alongAxes(this.dataFormat, this.config.padding, [0, 0]));
  }
}

export interface ZeroPaddingClass<R extends SpatialRank>
  extends DeclaredClass<ReturnType<typeof fields<R>>, typeof layerFields, ZeroPadding> {}

const zeroPadding = <R extends SpatialRank>(className: string, rank: R): ZeroPaddingClass<R> =>
  declared(ZeroPadding, className, fields(rank), layerFields, { spatialRank: rank });

/**
 * Zeros before and after the steps.
 *
 * Inputs    `[batch, steps, channels]`, any type
 * Outputs   `[batch, before + steps + after, channels]`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new ZeroPadding1D([0, 2]).apply(tensor([[[1], [2]]])).toArray(); // [[[1], [2], [0], [0]]]
 */
export class ZeroPadding1D extends /* @__PURE__ */ zeroPadding('ZeroPadding1D', 1) {}

/**
 * Zeros around images.
 *
 * Inputs    `[batch, height, width, channels]`, any type
 * Outputs   `[batch, top + height + bottom, left + width + right, channels]`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new ZeroPadding2D([[1, 0], [2, 2]]).apply(ones([1, 5, 5, 3])).shape; // [1, 6, 9, 3]
 */
export class ZeroPadding2D extends /* @__PURE__ */ zeroPadding('ZeroPadding2D', 2) {}

/**
 * Zeros around volumes.
 *
 * Inputs    `[batch, depth, height, width, channels]`, any type
 * Outputs   the same axes, each spatial one longer by what is put before and after it
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new ZeroPadding3D([1, 0, 2]).apply(ones([1, 4, 5, 5, 3])).shape; // [1, 6, 5, 9, 3]
 */
export class ZeroPadding3D extends /* @__PURE__ */ zeroPadding('ZeroPadding3D', 3) {}

/** Spatial axes made longer by whole factors. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import { arg, int, oneOf } from '../core/fields.js';
import { type Interpolation, interpolations, resize } from '../tensor/resize.js';
import type { Tensor } from '../tensor/tensor.js';
import { dataFormat, type SpatialRank, sizes, spatialAxes } from './data-format.js';
import { layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

const fields1d = (size = arg(int(2, { min: 1 }))) => ({
  /** How often each step is repeated. */
  size,
});
const fields2d = (size = arg(sizes(2, 2))) => ({
  /** Factors of height and width; one number stands for both. */
  size,
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
  /** `'nearest'` repeats each element; the others compute what lies between. */
  interpolation: oneOf(interpolations, 'nearest'),
});
const fields3d = (size = arg(sizes(3, 2))) => ({
  /** Factors of depth, height and width; one number stands for all. */
  size,
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
});

export abstract class UpSampling extends SpatialLayer {
  declare readonly config: Config<typeof layerFields> & {
    readonly size: number | readonly number[];
    readonly interpolation?: Interpolation;
  };

  override call(x: Tensor): Tensor {
    const { size, interpolation = 'nearest' } = this.config;
    const factors = [size].flat();
    return spatialAxes(this.dataFormat, x.rank).reduce(
      (y, axis, i) =>
        interpolation === 'nearest'
          ? y.repeat(factors[i]!, axis)
          : resize(y, axis, x.shape[axis]! * factors[i]!, { interpolation }),
      x,
    );
  }
}

export interface UpSamplingClass<D extends Declaration>
  extends DeclaredClass<D, typeof layerFields, UpSampling> {}

const upSampling = <D extends Declaration>(
  className: string,
  spatialRank: SpatialRank,
  declare: D & Declares<D>,
): UpSamplingClass<D> => declared(UpSampling, className, declare, layerFields, { spatialRank });

/**
 * Repeats each step.
 *
 * Inputs    `[batch, steps, channels]`, any type
 * Outputs   `[batch, steps · size, channels]`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new UpSampling1D(2).apply(tensor([[[1], [2]]])).toArray(); // [[[1], [1], [2], [2]]]
 */
export class UpSampling1D extends /* @__PURE__ */ upSampling('UpSampling1D', 1, fields1d) {}

/**
 * Makes images larger: repeats rows and columns, or computes what lies between with the centers of elements half a step
 * from the edges.
 *
 * Inputs    `[batch, height, width, channels]`, any type
 * Outputs   `[batch, height · size, width · size, channels]`, float32 unless rows and columns are repeated
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new UpSampling2D([1, 2], { interpolation: 'bilinear' })
 *   .apply(tensor([[[[0], [4]]]]))
 *   .toArray(); // [[[[0], [1], [3], [4]]]]
 */
export class UpSampling2D extends /* @__PURE__ */ upSampling('UpSampling2D', 2, fields2d) {}

/**
 * Makes volumes larger by repeating their elements.
 *
 * Inputs    `[batch, depth, height, width, channels]`, any type
 * Outputs   the same axes, each spatial one multiplied by its factor
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new UpSampling3D([1, 2, 3]).apply(ones([1, 4, 4, 4, 2])).shape; // [1, 4, 8, 12, 2]
 */
export class UpSampling3D extends /* @__PURE__ */ upSampling('UpSampling3D', 3, fields3d) {}

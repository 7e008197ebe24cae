/** Borders cut off spatial axes. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { arg } from '../core/fields.js';
import { type PartialShape, showShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { alongAxes, borders, dataFormat, type SpatialRank, spatialAxes } from './data-format.js';
import { layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

const steps = (cropping = arg(borders(1, 1))) => ({
  /** Steps cut off: one number for both ends, or `[before, after]`. */
  cropping,
});
const fields =
  <R extends 2 | 3>(rank: R, fallback: number) =>
  (cropping = arg(borders(rank, fallback))) => ({
    /** Cells cut off: one number for all, one for each axis, or `[before, after]` for each axis. */
    cropping,
    /** Where the channels are: last, or right after the batch axis. */
    dataFormat: dataFormat(),
  });

export abstract class Cropping extends SpatialLayer {
  declare readonly config: Config<typeof steps> & Config<typeof layerFields>;

  override call(x: Tensor): Tensor {
    const cut = alongAxes(this.dataFormat, this.config.cropping, [0, 0]);
    return x.slice(
      cut.map(([before]) => before),
      x.shape.map((n, d) => n - cut[d]![0] - cut[d]![1]),
    );
  }

  protected override checkInput(shape: PartialShape): void {
    super.checkInput(shape);
    const { cropping } = this.config;
    const axes = spatialAxes(this.dataFormat, shape.length);
    if (axes.every((d, i) => shape[d] === null || shape[d]! > cropping[i]![0] + cropping[i]![1])) return;
    throw problem('window-too-large', {
      subject: this.subject,
      expected: `inputs larger than the ${JSON.stringify(cropping)} that is cut off`,
      received: showShape(shape),
    });
  }
}

export interface CroppingClass<D extends Declaration>
  extends DeclaredClass<D, typeof layerFields, Cropping> {}

const croppingLayer = <D extends Declaration>(
  className: string,
  spatialRank: SpatialRank,
  declare: D & Declares<D>,
): CroppingClass<D> => declared(Cropping, className, declare, layerFields, { spatialRank });
const bordersLayer = <R extends 2 | 3>(className: string, rank: R, fallback: number) =>
  croppingLayer(className, rank, fields(rank, fallback));

/**
 * Cuts off the first and last steps.
 *
 * Inputs    `[batch, steps, channels]`, any type
 * Outputs   `[batch, steps - before - after, channels]`
 * Throws    ShapeError when nothing is left
 *
 * @example
 * new Cropping1D([1, 0]).apply(tensor([[[1], [2], [3]]])).toArray(); // [[[2], [3]]]
 */
export class Cropping1D extends /* @__PURE__ */ croppingLayer('Cropping1D', 1, steps) {}

/**
 * Cuts off the borders of images.
 *
 * Inputs    `[batch, height, width, channels]`, any type
 * Outputs   `[batch, height - top - bottom, width - left - right, channels]`
 * Throws    ShapeError when nothing is left
 *
 * @example
 * new Cropping2D([[1, 0], [2, 2]]).apply(ones([1, 6, 9, 3])).shape; // [1, 5, 5, 3]
 */
export class Cropping2D extends /* @__PURE__ */ bordersLayer('Cropping2D', 2, 0) {}

/**
 * Cuts off the borders of volumes.
 *
 * Inputs    `[batch, depth, height, width, channels]`, any type
 * Outputs   the same axes, each spatial one shorter by what is cut off
 * Throws    ShapeError when nothing is left
 *
 * @example
 * new Cropping3D().apply(ones([1, 6, 9, 5, 3])).shape; // [1, 4, 7, 3, 3]
 */
export class Cropping3D extends /* @__PURE__ */ bordersLayer('Cropping3D', 3, 1) {}

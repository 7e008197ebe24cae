import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { bool } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { constraint, initializer, regularizer } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { Layer, layerFields } from './layer.js';

const bias = () => ({
  /** Whether to add a bias. */
  useBias: bool(true),
  /** First values of the bias. */
  biasInitializer: initializer('zeros'),
  /** Penalty on the bias, added to the loss. */
  biasRegularizer: regularizer(),
  /** What the optimizer does to each new bias. */
  biasConstraint: constraint(),
});
const kernel = () => ({
  /** First values of the kernel. */
  kernelInitializer: initializer('glorot_uniform'),
  /** Penalty on the kernel, added to the loss. */
  kernelRegularizer: regularizer(),
  /** What the optimizer does to each new kernel. */
  kernelConstraint: constraint(),
});

/** Options of every layer with a bias. */
export interface BiasFields extends ReturnType<typeof bias> {}
export const biasFields: () => BiasFields = bias;
/** Options of every layer with a kernel. */
export interface KernelFields extends ReturnType<typeof kernel> {}
export const kernelFields: () => KernelFields = kernel;
const sharedFields = () => merge(merge(layerFields(), biasFields()), kernelFields());

/** A layer with a kernel and a bias. */
export abstract class KernelLayer extends Layer {
  declare readonly config: Config<typeof sharedFields>;
  declare kernel: Variable;
  declare bias?: Variable;

  protected addKernel(shape: Shape, outputs: number): void {
    this.kernel = this.addOwnWeight('kernel', shape);
    if (this.config.useBias) this.bias = this.addOwnWeight('bias', [outputs]);
  }

  protected addBias(x: Tensor): Tensor {
    return this.bias ? x.add(this.bias) : x;
  }
}

export interface KernelLayerClass<D extends Declaration>
  extends DeclaredClass<D, typeof sharedFields, KernelLayer> {}

/**
 * Declares a layer with a kernel and a bias, whose options it then has.
 *
 * @example
 * class Projection extends kernelLayer('Projection', (units = arg(int())) => ({ units })) {
 *   override build(shape: PartialShape) {
 *     this.addKernel([shape.at(-1)!, this.config.units], this.config.units);
 *   }
 *   override call(x: Tensor) {
 *     return this.addBias(x.matmul(this.kernel));
 *   }
 * }
 */
export function kernelLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): KernelLayerClass<D> {
  return declared(KernelLayer, className, declare, sharedFields);
}

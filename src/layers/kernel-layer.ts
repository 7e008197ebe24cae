import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { bool } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { initializer, regularizer } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { Layer, layerFields } from './layer.js';

const kernelFields = () => ({
  /** Whether to add a bias. */
  useBias: bool(true),
  /** First values of the kernel. */
  kernelInitializer: initializer('glorot_uniform'),
  /** First values of the bias. */
  biasInitializer: initializer('zeros'),
  /** Penalty on the kernel, added to the loss. */
  kernelRegularizer: regularizer(),
  /** Penalty on the bias, added to the loss. */
  biasRegularizer: regularizer(),
});

/** Options of every layer with a kernel and a bias. */
export interface KernelFields extends ReturnType<typeof kernelFields> {}
const ownFields: () => KernelFields = kernelFields;
const sharedFields = () => merge(layerFields(), ownFields());

/** A layer with a kernel and a bias. */
export abstract class KernelLayer extends Layer {
  declare readonly config: Config<typeof sharedFields>;
  declare kernel: Variable;
  declare bias?: Variable;

  protected addKernel(shape: Shape, outputs: number): void {
    const { useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = this.config;
    this.kernel = this.addWeight('kernel', shape, {
      initializer: kernelInitializer,
      regularizer: kernelRegularizer,
    });
    if (!useBias) return;
    this.bias = this.addWeight('bias', [outputs], {
      initializer: biasInitializer,
      regularizer: biasRegularizer,
    });
  }

  protected addBias(x: Tensor): Tensor {
    return this.bias ? x.add(this.bias) : x;
  }
}

export interface KernelLayerClass<D extends Declaration>
  extends DeclaredClass<D, typeof sharedFields, KernelLayer> {}

/** Declares a layer with a kernel and a bias, whose options it then has. */
export function kernelLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): KernelLayerClass<D> {
  return declared(KernelLayer, className, declare, sharedFields);
}

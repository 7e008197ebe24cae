import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { bool, float } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { constraint, initializer, regularizer } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { Layer, layerFields } from './layer.js';

const normalizingFields = () => ({
  /** Added to the variance, against a division by 0. */
  epsilon: float(1e-3, { min: 0 }),
  /** Whether to add `beta`. */
  center: bool(true),
  /** Whether to multiply by `gamma`. */
  scale: bool(true),
  /** First values of `beta`. */
  betaInitializer: initializer('zeros'),
  /** First values of `gamma`. */
  gammaInitializer: initializer('ones'),
  /** Penalty on `beta`, added to the loss. */
  betaRegularizer: regularizer(),
  /** Penalty on `gamma`, added to the loss. */
  gammaRegularizer: regularizer(),
  /** What the optimizer does to each new `beta`. */
  betaConstraint: constraint(),
  /** What the optimizer does to each new `gamma`. */
  gammaConstraint: constraint(),
});

/** Options of layers that shift and scale to mean 0 and variance 1, and then to a mean and a variance that are learnt. */
export interface NormalizingFields extends ReturnType<typeof normalizingFields> {}
const ownFields: () => NormalizingFields = normalizingFields;
const sharedFields = () => merge(layerFields(), ownFields());

/** What standardized inputs are multiplied by, and what is added. */
interface Affine {
  readonly scale?: Tensor | undefined;
  readonly shift?: Tensor | undefined;
}

/** A layer that shifts and scales to mean 0 and variance 1, and then by weights. */
export abstract class NormalizingLayer extends Layer {
  declare readonly config: Config<typeof sharedFields>;
  declare gamma?: Variable;
  declare beta?: Variable;
  /** Shape of the weights beside the inputs. */
  #spread: Shape = [];
  override supportsMasking = true;

  /** Makes the weights; `spread` is their shape when they stand beside the inputs. */
  protected addAffine(
    size: Shape,
    spread: Shape,
    { scale, center }: { readonly scale: boolean; readonly center: boolean } = this.config,
  ): void {
    this.#spread = spread;
    if (scale) this.gamma = this.addOwnWeight('gamma', size);
    if (center) this.beta = this.addOwnWeight('beta', size);
  }

  /** The weights beside the inputs. */
  protected get affine(): Affine {
    const [scale, shift] = [this.gamma, this.beta].map((weight) => weight?.reshape(this.#spread));
    return { scale, shift };
  }

  /** `scale (x - mean) / √(variance + epsilon) + shift`, by the weights unless other factors are given. */
  protected normalize(x: Tensor, mean: Tensor, variance: Tensor, { scale, shift } = this.affine): Tensor {
    const factor = variance.add(this.config.epsilon).rsqrt();
    // The product of both factors first: where each channel has one, it is small, and rounds once for all elements.
    const scaled = x.sub(mean).mul(scale ? factor.mul(scale) : factor);
    return shift ? scaled.add(shift) : scaled;
  }
}

export interface NormalizingLayerClass<D extends Declaration>
  extends DeclaredClass<D, typeof sharedFields, NormalizingLayer> {}

/** Declares a layer that shifts and scales its inputs, whose options it then has. */
export function normalizingLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): NormalizingLayerClass<D> {
  return declared(NormalizingLayer, className, declare, sharedFields);
}

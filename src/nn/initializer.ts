import { Configurable, type DeclaredClass } from '../core/configurable.js';
import type { Config, Declaration, Declares, noOptions } from '../core/declaration.js';
import type { Shape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { formula, formulaOf } from './formula.js';

export type InitializerFunction = (shape: Shape) => Tensor;

/** Makes the first values of a weight. */
export abstract class Initializer extends Configurable {
  declare readonly call: InitializerFunction;
}

export interface InitializerClass<D extends Declaration>
  extends DeclaredClass<D, typeof noOptions, Initializer> {}

/**
 * Declares an initializer: its options and the tensor it makes for a shape.
 *
 * @example
 * class Step extends initializer('Step', () => ({}), (shape) => arange(shape[0]!)) {}
 * new Step().call([3]).toArray(); // [0, 1, 2]
 */
export const initializer = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  make: (shape: Shape, config: Config<D>) => Tensor,
): InitializerClass<D> => formula(Initializer, className, declare, make);

/** A user's function of a shape as an initializer. */
export const initializerOf = /* @__PURE__ */ formulaOf(Initializer);

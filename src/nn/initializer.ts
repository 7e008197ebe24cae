import { Configurable, type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, noOptions } from '../core/declaration.js';
import type { Shape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';

export type InitializerFunction = (shape: Shape) => Tensor;

/** Makes the first values of a weight. */
export abstract class Initializer extends Configurable {
  declare readonly call: InitializerFunction;
}

export interface InitializerClass<D extends Declaration>
  extends DeclaredClass<D, typeof noOptions, Initializer> {}

/** Declares an initializer: its options and the tensor it makes for a shape. */
export function initializer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  make: (shape: Shape, config: Config<D>) => Tensor,
): InitializerClass<D> {
  return declared(Initializer, className, declare, noOptions, {
    call(shape) {
      return make(shape, this.config);
    },
  });
}

const FunctionInitializer = /* @__PURE__ */ declared(
  Initializer,
  'FunctionInitializer',
  noOptions,
  noOptions,
);

/** A user's function of a shape as an initializer. */
export const initializerOf = (given: InitializerFunction): Initializer =>
  Object.assign(new FunctionInitializer(), { given, call: given });

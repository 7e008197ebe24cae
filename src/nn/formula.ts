/** Kinds of classes that are one function and its options: initializers, regularizers, constraints. */

import { type Configurable, type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, noOptions } from '../core/declaration.js';
import type { Tensor } from '../tensor/tensor.js';
import { returned } from './returned.js';

/** An instance whose `call` is all it does. */
export interface Formula extends Configurable {
  readonly call: (given: never) => Tensor;
}

/** Declares a class of a kind: its options, and what `call` computes with them. */
export function formula<Base extends Formula, D extends Declaration>(
  Kind: abstract new (...args: never) => Base,
  className: string,
  declare: D,
  compute: (given: Parameters<Base['call']>[0], config: Config<D>) => Tensor,
): DeclaredClass<D, typeof noOptions, Base> {
  const methods = {
    call(this: { config: Config<D> }, given: Parameters<Base['call']>[0]) {
      return compute(given, this.config);
    },
  };
  return declared(Kind as never, className, declare, noOptions, methods as never) as never;
}

/** For a kind, what makes an instance of a user's function. */
export function formulaOf<Base extends Formula>(
  Kind: abstract new (...args: never) => Base,
): (given: Base['call']) => Base {
  const Given = declared(Kind as never, 'Function', noOptions, noOptions);
  return (given) => {
    const call = (of: never) => returned(`The function ${given.name || '(unnamed)'}`, given(of));
    return Object.assign(new Given(), { given, call }) as never;
  };
}

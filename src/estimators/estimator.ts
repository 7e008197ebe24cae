/** What all estimators share: options, copies that have learnt nothing, and the check of what they are given. */

import { Configurable, type DeclaredClass, declared } from '../core/configurable.js';
import { type Declaration, type Declares, noOptions } from '../core/declaration.js';
import { problem, type StateError } from '../core/errors.js';
import type { Numbers } from '../models/data-adapter.js';
import { type Matrix, matrixOf } from './matrix.js';

/** Something that learns from samples in rows. Its options are in `config`. */
export abstract class Estimator extends Configurable {
  readonly #arguments: readonly unknown[];

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    this.#arguments = args;
  }

  /** One of the same options that has learnt nothing. */
  clone(): this {
    return new (this.constructor as new (...args: readonly unknown[]) => this)(...this.#arguments);
  }

  /** What `fit` has found out; a StateError before. */
  protected learnt<T>(found: T | undefined, wanted: string): T {
    if (found === undefined) throw this.#notFitted(wanted);
    return found;
  }

  /** Samples for `method`, of as many features as `fit` had. */
  protected samples(
    method: string,
    x: Numbers,
    features: number,
    allowed: { readonly missing?: boolean } = {},
  ): Matrix {
    const subject = `${this.className}.${method} x`;
    const made = matrixOf(subject, x, allowed);
    if (made.columns === features) return made;
    throw problem('shape-mismatch', {
      subject,
      expected: `${features} features in each row, as \`fit\` had`,
      received: `${made.columns}`,
    });
  }

  #notFitted(wanted: string): StateError {
    return problem('not-fitted', {
      subject: this.className,
      expected: `\`fit\` before \`${wanted}\``,
      received: 'no data yet',
      fix: 'Call `fit` with the training data first, and wait for its promise.',
    });
  }
}

export interface EstimatorClass<D extends Declaration, Base>
  extends DeclaredClass<D, typeof noOptions, Base> {}

/** Declares an estimator: its options. The class that extends the result adds what it does. */
export function estimator<D extends Declaration, Base extends Estimator = Estimator>(
  className: string,
  declare: D & Declares<D>,
  // biome-ignore lint/suspicious/noExplicitAny: any base
  Parent: abstract new (...args: any) => Base = Estimator as never,
): EstimatorClass<D, Base> {
  return declared(Parent, className, declare, noOptions);
}

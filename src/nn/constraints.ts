/** Constraints: what an optimizer does to a weight after it has moved it. */

import { Configurable, type DeclaredClass } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, noOptions } from '../core/declaration.js';
import { either, float, maybe, type Optional } from '../core/fields.js';
import { byNames } from '../core/named.js';
import { integers, oneAxis } from '../ops/fields.js';
import { norm } from '../tensor/arrays.js';
import type { Axes, Tensor } from '../tensor/tensor.js';
import { formula, formulaOf } from './formula.js';

export type ConstraintFunction = (weight: Tensor) => Tensor;

/** What a weight may be: gives the nearest allowed one. */
export abstract class Constraint extends Configurable {
  declare readonly call: ConstraintFunction;
}

export interface ConstraintClass<D extends Declaration>
  extends DeclaredClass<D, typeof noOptions, Constraint> {}

/**
 * Declares a constraint: its options, and the allowed weight for a weight.
 *
 * @example
 * class AtMost extends constraint(
 *   'AtMost',
 *   (most = arg(float())) => ({ most }),
 *   (weight, { most }) => weight.minimum(most),
 * ) {}
 * new AtMost(1).call(tensor([0, 2])).toArray(); // [0, 1]
 */
export const constraint = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  project: (weight: Tensor, config: Config<D>) => Tensor,
): ConstraintClass<D> => formula(Constraint, className, declare, project);

const normAxis = (): Optional<Axes> => ({ ...maybe(either(oneAxis(0), integers())), fallback: 0 });

/** The weight with each norm moved; a norm of 0 stays. Keras adds 1e-7 to what it divides by. */
function withNorm(weight: Tensor, axis: Axes, desired: (length: Tensor) => Tensor): Tensor {
  const length = norm(weight, { axis, keepDims: true });
  return weight.mul(desired(length).div(length.add(1e-7)));
}

/**
 * Shrinks what is longer than `maxValue` to that length. Srivastava et al. 2014.
 *
 * @example
 * new MaxNorm({ maxValue: 2 }).call(tensor([[3], [4]])).toArray(); // [[1.2], [1.6]]
 */
export class MaxNorm extends /* @__PURE__ */ constraint(
  'MaxNorm',
  () => ({
    /** Greatest norm. */
    maxValue: float(2, { min: 0 }),
    /** Axes along which a norm is taken: 0 for a Dense kernel, `[0, 1, 2]` for one of Conv2D. */
    axis: normAxis(),
  }),
  (weight, { maxValue, axis }) => withNorm(weight, axis, (length) => length.minimum(maxValue)),
) {}

/**
 * Moves norms towards the range from `minValue` to `maxValue`: `(1 - rate) · norm + rate · clip(norm)`.
 *
 * @example
 * new MinMaxNorm({ minValue: 10, maxValue: 20, rate: 0.5 }).call(tensor([3, 4])).toArray(); // [4.5, 6]
 */
export class MinMaxNorm extends /* @__PURE__ */ constraint(
  'MinMaxNorm',
  () => ({
    /** Smallest norm. */
    minValue: float(0, { min: 0 }),
    /** Greatest norm. */
    maxValue: float(1, { min: 0 }),
    /** How far a norm outside is moved at once: 1 is all the way. */
    rate: float(1),
    /** Axes along which a norm is taken: 0 for a Dense kernel, `[0, 1, 2]` for one of Conv2D. */
    axis: normAxis(),
  }),
  (weight, { minValue, maxValue, rate, axis }) =>
    withNorm(weight, axis, (length) =>
      length
        .clip(minValue, maxValue)
        .mul(rate)
        .add(length.mul(1 - rate)),
    ),
) {}

/**
 * `max(w, 0)`.
 *
 * @example
 * new NonNeg().call(tensor([-1, 2])).toArray(); // [0, 2]
 */
export class NonNeg extends /* @__PURE__ */ constraint('NonNeg', noOptions, (weight) => weight.maximum(0)) {}

/**
 * `w / norm`: every norm is 1.
 *
 * @example
 * new UnitNorm().call(tensor([3, 4])).toArray(); // [0.6, 0.8]
 */
export class UnitNorm extends /* @__PURE__ */ constraint(
  'UnitNorm',
  () => ({
    /** Axes along which a norm is taken: 0 for a Dense kernel, `[0, 1, 2]` for one of Conv2D. */
    axis: normAxis(),
  }),
  (weight, { axis }) => withNorm(weight, axis, (length) => length.lift(1)),
) {}

/** A user's function of a weight as a constraint. */
export const constraintOf = /* @__PURE__ */ formulaOf(Constraint);

/** Every constraint by its Keras names. */
export const constraints = /* @__PURE__ */ byNames({ MaxNorm, MinMaxNorm, NonNeg, UnitNorm }, {});
export type ConstraintName = keyof typeof constraints;

/** Penalties on weights, added to the loss. */

import { Configurable, type DeclaredClass } from '../core/configurable.js';
import type { Config, Declaration, Declares, noOptions } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { arg, float, oneOf } from '../core/fields.js';
import { byNames } from '../core/named.js';
import { showShape } from '../core/shape.js';
import { normalize } from '../tensor/arrays.js';
import { eye } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { absolute } from './absolute.js';
import { formula, formulaOf } from './formula.js';

export type RegularizerFunction = (weight: Tensor) => Tensor;

/** A penalty: one number for a weight. */
export abstract class Regularizer extends Configurable {
  declare readonly call: RegularizerFunction;
}

export interface RegularizerClass<D extends Declaration>
  extends DeclaredClass<D, typeof noOptions, Regularizer> {}

/**
 * Declares a penalty on a weight.
 *
 * @example
 * class Largest extends regularizer('Largest', () => ({}), (weight) => weight.abs().max()) {}
 * new Largest().call(tensor([1, -2])).item(); // 2
 */
export const regularizer = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  penalty: (weight: Tensor, config: Config<D>) => Tensor,
): RegularizerClass<D> => formula(Regularizer, className, declare, penalty);

const l1Penalty = (weight: Tensor, l1: number) => absolute(weight).sum().mul(l1);
const l2Penalty = (weight: Tensor, l2: number) => weight.square().sum().mul(l2);

/**
 * `l1 · Σ|w|`: makes many weights small. Tibshirani 1996.
 *
 * @example
 * new L1(0.1).call(tensor([1, -2])).item(); // 0.3
 */
export class L1 extends /* @__PURE__ */ regularizer(
  'L1',
  (l1 = arg(float(0.01, { min: 0 }))) => ({
    /** Weight of the penalty. */
    l1,
  }),
  (weight, { l1 }) => l1Penalty(weight, l1),
) {}

/**
 * `l2 · Σw²`: keeps weights from growing. Hoerl and Kennard 1970.
 *
 * @example
 * new L2(0.1).call(tensor([1, -2])).item(); // 0.5
 */
export class L2 extends /* @__PURE__ */ regularizer(
  'L2',
  (l2 = arg(float(0.01, { min: 0 }))) => ({
    /** Weight of the penalty. */
    l2,
  }),
  (weight, { l2 }) => l2Penalty(weight, l2),
) {}

/**
 * `l1 · Σ|w| + l2 · Σw²`. Zou and Hastie 2005.
 *
 * @example
 * new L1L2(0.1, 0.1).call(tensor([1, -2])).item(); // 0.8
 */
export class L1L2 extends /* @__PURE__ */ regularizer(
  'L1L2',
  (l1 = arg(float(0, { min: 0 })), l2 = arg(float(0, { min: 0 }))) => ({
    /** Weight of the absolute values. */
    l1,
    /** Weight of the squares. */
    l2,
  }),
  (weight, { l1, l2 }) => l1Penalty(weight, l1).add(l2Penalty(weight, l2)),
) {}

/**
 * `factor · mean |cos|` over the angles between each two rows of a matrix, or columns: makes them orthogonal.
 *
 * Throws    ShapeError for a weight of other than two axes
 *
 * @example
 * new OrthogonalRegularizer({ factor: 1 }).call(tensor([[1, 0], [3, 4]])).item(); // 0.6
 */
export class OrthogonalRegularizer extends /* @__PURE__ */ regularizer(
  'OrthogonalRegularizer',
  () => ({
    /** Weight of the penalty. */
    factor: float(0.01, { min: 0 }),
    /** Whether `'rows'` are made orthogonal, or `'columns'`. */
    mode: oneOf(['rows', 'columns'], 'rows'),
  }),
  (weight, { factor, mode }) => {
    if (weight.rank !== 2) {
      const [expected, received] = ['a weight of two axes', showShape(weight.shape)];
      throw problem('shape-mismatch', { subject: 'OrthogonalRegularizer', expected, received });
    }
    const rows = mode === 'rows' ? weight : weight.transpose();
    const count = rows.shape[0]!;
    const directions = normalize(rows);
    const cosines = directions.matmul(directions.transpose()).mul(eye(count).mul(-1).add(1));
    return absolute(cosines)
      .sum()
      .mul(factor / (count * (count - 1)));
  },
) {}

/** A user's function of a weight as a regularizer. */
export const regularizerOf = /* @__PURE__ */ formulaOf(Regularizer);

/** The regularizers that strings reach, by Keras's names. `'l1_l2'` penalises nothing: its weights are 0 unless given. */
export const regularizers = /* @__PURE__ */ byNames({ L1, L2, L1L2 }, { l1_l2: L1L2 });
export type RegularizerName = keyof typeof regularizers;

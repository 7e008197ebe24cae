/** What every loss does around its formula: types, ranks, weights, and one number out of many. */

import { type DeclaredClass, declared, Named } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, noOptions } from '../core/declaration.js';
import { type Json, maybe, oneOf, text, unsaved } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import type { PartialShape } from '../core/shape.js';
import { full, type Tensor } from '../tensor/tensor.js';
import { sameRank } from './ranks.js';
import { noFormula, returned, samplewiseFunction } from './returned.js';
import { aligned, divideNoNan, masked } from './weighting.js';

/** One value for each sample, or one for all of them. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** What targets must be, so that data can be checked before training. */
export interface Targets {
  /** Whether they have the outputs' shape; otherwise they have one class number for each row of outputs. */
  readonly isPaired: boolean;
  /** The values they may have: from 0 to `last`, whole or not, and one that does not count. */
  readonly labels?: { readonly last: number; readonly whole: boolean; readonly ignored: number | null };
}

/** Options of every loss. */
const fields = () => ({
  /**
   * How the values of the samples become one: `'none'` keeps them; the means divide by the number of values,
   * or by the sum of their weights.
   */
  reduction: {
    ...oneOf(
      ['sum_over_batch_size', 'sum', 'mean', 'mean_with_sample_weight', 'none'],
      'sum_over_batch_size',
    ),
    fromJson: (json: Json) => (json ?? 'none') as 'none',
  },
  /** Shown in logs and files. */
  name: maybe(text()),
  /** Type of the numbers inside. */
  dtype: unsaved(maybe(oneOf(['float32']))),
});

export interface LossFields extends ReturnType<typeof fields> {}
export const lossFields: () => LossFields = fields;

export type Reduction = Config<typeof lossFields>['reduction'];

/**
 * How far predictions are from the truth: what training makes small.
 *
 * A subclass has the formula of one sample, `values`; `call` adds weights and the reduction. `loss` declares one with
 * options; one without extends `Loss` itself.
 * As in Keras, `'sum_over_batch_size'` divides by the number of values also when they are weighted.
 */
export abstract class Loss extends Named<Config<typeof lossFields>> {
  static override get shared() {
    return lossFields;
  }

  /** One value for each sample. */
  values(_yTrue: Tensor, _yPred: Tensor): Tensor {
    throw noFormula(`The loss '${this.name}'`);
  }

  /** What targets must be beside outputs of this shape; null for what `values` checks itself, as a user's own loss. */
  targets(_outputShape: PartialShape): Targets | null {
    return null;
  }
  /** Which values count; all when null. */
  valid(_yTrue: Tensor, _values: Tensor): Tensor | null {
    return null;
  }

  /**
   * The loss of a batch.
   *
   * @param sampleWeight one weight for each value, or for each sample
   * @param mask which values count, as layers hand it on beside their outputs
   */
  call(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, mask?: Tensor | null): Tensor {
    const [truth, prediction] = sameRank(yTrue.cast('float32'), yPred.cast('float32'));
    const values = returned(`The loss '${this.name}'`, this.values(truth, prediction));
    const valid = this.valid(truth, values)?.reshape(values.shape);
    const { reduction } = this.config;
    const counted = valid && mask ? valid.logicalAnd(mask) : (valid ?? mask);
    return reduce(values, masked(sampleWeight, counted && maskWeights(counted, reduction)), reduction);
  }
}

/** A mean divides by the number of values; masked ones do not count, so the others count for more. */
function maskWeights(mask: Tensor, reduction: Reduction): Tensor {
  const weights = mask.cast('float32');
  if (reduction !== 'mean' && reduction !== 'sum_over_batch_size') return weights;
  return weights.mul(divideNoNan(full([], mask.size), weights.sum()));
}

function reduce(values: Tensor, weights: Tensor | undefined, reduction: Reduction): Tensor {
  const [kept, factors] = weights ? aligned(values, weights) : [values];
  const weighted = factors ? kept.mul(factors) : kept;
  if (reduction === 'none' || weighted.rank === 0) return weighted;
  const total = weighted.sum();
  if (reduction === 'sum') return total;
  if (reduction === 'mean_with_sample_weight' && factors) return divideNoNan(total, factors.sum());
  return weighted.size === 0 ? total : total.div(weighted.size);
}

export interface LossClass<D extends Declaration> extends DeclaredClass<D, typeof lossFields, Loss> {}

/**
 * Declares a loss: its options, its formula, one value for each sample, and what targets it takes, any when null.
 *
 * @example
 * class Absolute extends loss('Absolute', () => ({}), (yTrue, yPred) => yPred.sub(yTrue).abs().mean(-1)) {}
 */
export function loss<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  formula: (yTrue: Tensor, yPred: Tensor, config: Config<D>) => Tensor,
  targets: Targets | null = null,
): LossClass<D> {
  return declared(Loss, className, declare, lossFields, {
    values(yTrue, yPred) {
      return formula(yTrue, yPred, this.config);
    },
    targets: () => targets,
  });
}

const FunctionLoss = /* @__PURE__ */ declared(Loss, 'FunctionLoss', noOptions, lossFields);

/** A user's function of targets and predictions as a loss, under the function's name. */
export function lossOf(given: LossFunction): Loss {
  const name = defaultName(given.name) || 'loss';
  const values = samplewiseFunction(`The loss '${name}'`, given);
  return Object.assign(new FunctionLoss({ name }), { given, values });
}

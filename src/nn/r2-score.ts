/** How much of the targets' variance predictions explain. */

import { declared } from '../core/configurable.js';
import { int, maybe, oneOf } from '../core/fields.js';
import type { PartialShape } from '../core/shape.js';
import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { checkColumns } from './columns.js';
import { count, Metric, metricFields } from './metric.js';
import { sameRank } from './ranks.js';
import { inside } from './weighting.js';

type Five = readonly [Variable, Variable, Variable, Variable, Variable];

/**
 * Share of the targets' variance that predictions explain: `1 - Σ (yTrue - yPred)² / Σ (yTrue - mean)²`; 0 where the
 * targets have none.
 *
 * Inputs    `yTrue`, `yPred` `[batch, outputs]`
 *
 * @example
 * const r2 = new R2Score();
 * r2.updateState(tensor([[1], [4], [3]]), tensor([[2], [4], [4]]));
 * r2.result().item(); // 0.57143
 */
export class R2Score extends /* @__PURE__ */ declared(
  Metric,
  'R2Score',
  () => ({
    /** The mean of the outputs' scores, one weighted by their variances, or a score for each when null. */
    classAggregation: {
      ...maybe(oneOf(['uniform_average', 'variance_weighted_average'])),
      fallback: 'uniform_average' as const,
    },
    /** Number of inputs for the adjusted score; not adjusted when 0, or when there are as many as samples. */
    numRegressors: int(0, { min: 0 }),
  }),
  metricFields,
) {
  override build(_yTrue: PartialShape, yPred: PartialShape): void {
    this.addVariable('num_samples');
    for (const name of ['squared_sum', 'sum', 'residual', 'count']) this.addVariable(name, [yPred.at(-1)!]);
  }

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const [y, p] = sameRank(yTrue.cast('float32'), yPred.cast('float32'));
    checkColumns(this.name, y, p);
    this.ensureBuilt(y.shape, p.shape);
    const [samples, ...sums] = this.built<Five>();
    const weights = (sampleWeight ? inside(sampleWeight.cast('float32'), 2) : y.lift(1)).broadcastTo(y.shape);
    count(samples, y.size);
    for (const [i, part] of [y.square(), y, y.sub(p).square(), y.lift(1)].entries())
      count(sums[i]!, part.mul(weights).sum(0));
  }

  override result(): Tensor {
    const { classAggregation, numRegressors } = this.config;
    const [samples, squares, sum, residual, weight] = this.built<Five>();
    // In Keras's order: the variance of one sample is then 0, and not what rounding leaves.
    const total = squares.sub(sum.mul(sum.div(weight)));
    const raw = residual.div(total).neg().add(1);
    const scores = where(raw.abs().equal(Infinity), 0, raw);
    const score =
      classAggregation === null
        ? scores
        : classAggregation === 'uniform_average'
          ? scores.mean()
          : scores.mul(total).sum().div(total.sum());
    if (numRegressors === 0) return score;
    const free = samples.sub(numRegressors + 1);
    return where(free.greater(0), score.sub(1).mul(samples.sub(1)).div(free).add(1), score);
  }
}

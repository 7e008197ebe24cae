/** Correlations of targets and predictions along an axis, as functions. Formulas as in Keras. */

import type { Tensor } from '../tensor/tensor.js';
import type { AxisOption } from './distances.js';
import { sameRank } from './ranks.js';

const moments = (x: Tensor, axis: number) => {
  const mean = x.mean(axis, { keepDims: true });
  const distance = x.sub(mean);
  return { mean, distance, variance: distance.square().mean(axis, { keepDims: true }) };
};

const both = (yTrue: Tensor, yPred: Tensor, axis: number) => {
  const [y, p] = sameRank(yTrue.cast('float32'), yPred.cast('float32'));
  const [ofTruth, ofPrediction] = [moments(y, axis), moments(p, axis)];
  return { y: ofTruth, p: ofPrediction, product: ofTruth.distance.mul(ofPrediction.distance) };
};

/** `covariance / (deviation of yTrue · deviation of yPred)`. */
export function pearsonCorrelation(yTrue: Tensor, yPred: Tensor, { axis = -1 }: AxisOption = {}): Tensor {
  const { y, p, product } = both(yTrue, yPred, axis);
  return product.div(y.variance.sqrt()).div(p.variance.sqrt()).mean(axis);
}

/** `2 covariance / (variance of yTrue + variance of yPred + (difference of the means)²)`. */
export function concordanceCorrelation(yTrue: Tensor, yPred: Tensor, { axis = -1 }: AxisOption = {}): Tensor {
  const { y, p, product } = both(yTrue, yPred, axis);
  const distance = y.mean.sub(p.mean).square();
  return product.mul(2).div(y.variance.add(p.variance).add(distance).add(1e-7)).mean(axis);
}

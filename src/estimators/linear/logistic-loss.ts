/** What logistic regression makes small, with its gradient, in float64. */

import type { Matrix } from '../matrix.js';
import { linear } from './dense-model.js';
import type { Objective } from './l-bfgs.js';

/** Scores of classes: of two, the first has none, and the second's is the difference of both. */
export interface Scores {
  readonly kernel: Matrix;
  readonly bias: Float64Array;
}

/** Weights and biases as one point, `kernel` first. */
export function scoresAt(point: Float64Array, features: number, outputs: number): Scores {
  const values = point.subarray(0, features * outputs);
  const bias = new Float64Array(outputs);
  bias.set(point.subarray(values.length));
  return { kernel: { values, rows: features, columns: outputs }, bias };
}

/** Chances of all classes, row after row: the softmax of the scores. */
export function chances(x: Matrix, { kernel, bias }: Scores): Float64Array {
  const scores = linear(x, kernel, bias);
  const outputs = bias.length;
  const count = outputs === 1 ? 2 : outputs;
  const result = new Float64Array(x.rows * count);
  for (let i = 0; i < x.rows; i++) {
    const at = i * count;
    for (let j = 0; j < outputs; j++) result[at + count - outputs + j] = scores[i * outputs + j]!;
    let most = result[at]!;
    for (let c = 1; c < count; c++) most = Math.max(most, result[at + c]!);
    let sum = 0;
    for (let c = 0; c < count; c++) {
      result[at + c] = Math.exp(result[at + c]! - most);
      sum += result[at + c]!;
    }
    for (let c = 0; c < count; c++) result[at + c]! /= sum;
  }
  return result;
}

export interface Problem {
  readonly x: Matrix;
  /** Class numbers. */
  readonly y: Int32Array;
  /** Classes, 1 where there are two. */
  readonly outputs: number;
  readonly hasBias: boolean;
  /** Factor of `Σw² / 2`. */
  readonly penalty: number;
}

/** `-mean log(chance of the right class) + penalty / 2 · Σw²`. */
export function logisticLoss({ x, y, outputs, hasBias, penalty }: Problem): Objective {
  const { rows, columns: features } = x;
  const first = outputs === 1 ? 1 : 0;
  const count = outputs + first;
  return (point, gradient) => {
    const scores = scoresAt(point, features, outputs);
    const found = chances(x, scores);
    const { values } = scores.kernel;
    let loss = (penalty / 2) * values.reduce((sum, w) => sum + w * w, 0);
    gradient.fill(0);
    for (let at = 0; at < values.length; at++) gradient[at] = penalty * values[at]!;
    const errors = new Float64Array(outputs);
    for (let i = 0, from = 0; i < rows; i++) {
      // A chance that rounds to 0 still has a finite logarithm.
      loss -= Math.log(Math.max(found[i * count + y[i]!]!, Number.MIN_VALUE)) / rows;
      for (let j = 0; j < outputs; j++) {
        errors[j] = (found[i * count + j + first]! - Number(y[i] === j + first)) / rows;
        if (hasBias) gradient[features * outputs + j]! += errors[j]!;
      }
      for (let d = 0, at = 0; d < features; d++) {
        const value = x.values[from++]!;
        for (let j = 0; j < outputs; j++) gradient[at++]! += value * errors[j]!;
      }
    }
    return loss;
  };
}

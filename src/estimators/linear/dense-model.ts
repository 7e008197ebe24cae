/** A linear estimator as a model of one layer, for plots, files and everything else that takes models. */

import { Dense } from '../../layers/dense.js';
import { Sequential } from '../../models/sequential.js';
import { floats, type Matrix } from '../matrix.js';

/** `x · kernel + bias`, of `[n, kernel.rows]`. */
export function denseModel(
  { values, rows, columns }: Matrix,
  bias: Float64Array,
  activation: 'linear' | 'sigmoid' | 'softmax',
): Sequential {
  const model = new Sequential([new Dense(columns, { activation, inputShape: [rows] })]);
  model.setWeights([floats(values, [rows, columns]), floats(bias, [columns])]);
  return model;
}

/** `x · kernel + bias` in float64, row after row. */
export function linear(x: Matrix, kernel: Matrix, bias: Float64Array): Float64Array {
  const outputs = kernel.columns;
  const result = new Float64Array(x.rows * outputs);
  for (let i = 0, from = 0, at = 0; i < x.rows; i++, at += outputs) {
    for (let j = 0; j < outputs; j++) result[at + j] = bias[j]!;
    for (let d = 0, w = 0; d < x.columns; d++) {
      const value = x.values[from++]!;
      for (let j = 0; j < outputs; j++) result[at + j]! += value * kernel.values[w++]!;
    }
  }
  return result;
}

/** Rows as columns. */
export function transposed({ values, rows, columns }: Matrix): Matrix {
  const turned = values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
  return { values: turned, rows: columns, columns: rows };
}

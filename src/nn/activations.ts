/** Activations: plain functions of a tensor, by the names Keras has for them. */

import type { Tensor } from '../tensor/tensor.js';

export type ActivationFunction = (x: Tensor) => Tensor;

/** `x`, unchanged. */
export const linear: ActivationFunction = (x) => x;

/** `max(x, 0)`. Nair and Hinton 2010. */
export const relu: ActivationFunction = (x) => x.relu();

/** `1 / (1 + exp(-x))`. */
export const sigmoid: ActivationFunction = (x) => x.sigmoid();

/** `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`. */
export const tanh: ActivationFunction = (x) => x.tanh();

/** `exp(x) / Σ exp(x)` along the last axis: positive numbers that add up to 1. */
export const softmax: ActivationFunction = (x) => x.softmax(-1);

/** `x`, and `exp(x) - 1` below 0. Clevert et al. 2016. */
export const elu: ActivationFunction = (x) => x.greater(0).where(x, x.minimum(0).expm1());

/** Every activation by its Keras name. A new row is a new legal string everywhere. */
export const activations = { linear, relu, sigmoid, tanh, softmax, elu };
export type ActivationName = keyof typeof activations;

/** What follows from a list of layers: weights, penalties, sizes. */

import type { Layer } from '../layers/layer.js';
import { copyWeights, replaceWeights } from '../layers/weights.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import type { Numbers } from './data-adapter.js';
import { findLayer } from './names.js';

/** Layers under one name. */
export abstract class Layered {
  /** Keras's name of the class. */
  abstract readonly className: string;
  abstract readonly name: string;
  abstract readonly layers: readonly Layer[];

  /** The model in messages: `Sequential 'digits'`. */
  get subject(): string {
    return `${this.className} '${this.name}'`;
  }

  /** All weights in Keras's order. */
  get weights(): readonly Variable[] {
    return [...new Set(this.layers.flatMap(({ weights }) => weights))];
  }

  get trainableWeights(): readonly Variable[] {
    return [...new Set(this.layers.flatMap(({ trainableWeights }) => trainableWeights))];
  }

  get nonTrainableWeights(): readonly Variable[] {
    return [...new Set(this.layers.flatMap(({ nonTrainableWeights }) => nonTrainableWeights))];
  }

  get losses(): readonly Tensor[] {
    return this.layers.flatMap(({ losses }) => losses);
  }

  /** Copies of all weights, in the order of `weights`. */
  getWeights(): Tensor[] {
    return copyWeights(this.weights);
  }

  /** Replaces all weights, none of them unless all fit. */
  setWeights(values: readonly Numbers[]): void {
    const names = this.layers.flatMap(({ name, weights }) =>
      weights.map((weight) => `${name}/${weight.name}`),
    );
    replaceWeights(this.subject, this.weights, values, names);
  }

  /** Number of elements of all weights. */
  countParams(): number {
    return this.layers.reduce((total, layer) => total + layer.countParams(), 0);
  }

  /** A layer by name, or by place from 0 on; negative places count from the end. */
  getLayer(which: string | number): Layer {
    return findLayer(this.subject, this.layers, which);
  }
}

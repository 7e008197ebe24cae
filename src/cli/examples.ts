/** The examples that the command line runs. Each is loaded when it is asked for. */

import type { Options } from './arguments.js';
import type { Surroundings } from './surroundings.js';

/** What the main module of an example exports. */
export interface Example {
  readonly options: Options;
  run(words: readonly string[], surroundings: Surroundings): Promise<void>;
}

export interface Entry {
  readonly summary: string;
  load(): Promise<Example>;
}

/** In the order of a first course. */
export const examples: Readonly<Record<string, Entry>> = {
  perceptron: {
    summary: 'one neuron with four activations, why no line solves XOR, and what does',
    load: () => import('../../examples/perceptron.js'),
  },
  'backprop-by-hand': {
    summary: 'every number of one training step by hand, equal to autograd',
    load: () => import('../../examples/backprop-by-hand.js'),
  },
  'learning-rates': {
    summary: 'four optimizers with steps too small, right and too large',
    load: () => import('../../examples/learning-rates.js'),
  },
  'weight-height': {
    summary: 'a first network on weights and heights, with a validation split',
    load: () => import('../../examples/weight-height.js'),
  },
  titanic: {
    summary: 'who survives: logistic regression, then a small network with dropout',
    load: () => import('../../examples/titanic/main.js'),
  },
  'digits-16-16-10': {
    summary: 'a network of 13,002 numbers that reads digits, drawn with its activations',
    load: () => import('../../examples/digits-16-16-10.js'),
  },
  'fashion-mlp': {
    summary: 'ten kinds of clothes, told apart by a dense network',
    load: () => import('../../examples/fashion-mlp.js'),
  },
  'fashion-cnn': {
    summary: 'the same by convolutions, with pictures moved a little while training',
    load: () => import('../../examples/fashion-cnn.js'),
  },
  overfitting: {
    summary: 'a network too big for its pictures, and six cures',
    load: () => import('../../examples/overfitting.js'),
  },
  regression: {
    summary: 'what houses cost: linear regression, then a network',
    load: () => import('../../examples/regression.js'),
  },
  autoencoder: {
    summary: 'digits through a neck of 32 numbers, and their codes as a map',
    load: () => import('../../examples/autoencoder.js'),
  },
  'denoise-colorize': {
    summary: 'noise taken from pictures, and colour given to grey ones',
    load: () => import('../../examples/denoise-colorize.js'),
  },
  'cell-images': {
    summary: 'infected or healthy: class weights, ROC curve, and what a threshold costs',
    load: () => import('../../examples/cell-images.js'),
  },
  'this-or-not': {
    summary: 'one object against all others: few pictures, moved ones, a trained base',
    load: () => import('../../examples/this-or-not.js'),
  },
  'cnn-filters': {
    summary: 'what the filters of a network of 68,770 numbers look for',
    load: () => import('../../examples/cnn-filters.js'),
  },
  characters: {
    summary: 'the next character of a verse, sampled at three temperatures',
    load: () => import('../../examples/characters.js'),
  },
  kmeans: {
    summary: 'groups without labels, their centres moving step by step',
    load: () => import('../../examples/kmeans.js'),
  },
  'train-generator': {
    summary: 'batches from a generator that never ends',
    load: () => import('../../examples/train-generator.js'),
  },
};

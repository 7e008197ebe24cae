import { describe } from 'vitest';
import {
  Dense,
  Flatten,
  MeanSquaredError,
  Normalization,
  oneHot,
  Sequential,
  tensor,
  zeros,
} from '../../src/index.js';
import { any, check, compiled, digits, three } from './error-cases.js';

describe('inputs', () => {
  check([
    [
      'without the batch axis',
      () => digits().predict(zeros([784])),
      "ShapeError: Sequential 'digits' expected inputs of shape [batch, 784], received [784].",
      '  where  model.predict',
      '  fix    This is one sample without its batch axis. Put it in an array, `[x]`; for a tensor write `x.expandDims(0)`.',
      '  code   missing-batch-axis',
    ],
    [
      'in rows and columns',
      () => digits().fit(zeros([32, 28, 28]), zeros([32])),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, 784], received [32, 28, 28].",
      "  where  model.fit > Sequential 'digits' > layer 1 of 2",
      '  fix    Add `new Flatten()` before this layer.',
      '  code   not-flattened',
    ],
    [
      'in rows and columns, where the model was built for them and each sample has one label',
      () =>
        compiled(new Sequential([new Dense(10)]), 'sparse_categorical_crossentropy').fit(
          zeros([3, 28, 28]),
          [1, 2, 3],
        ),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, features] where each sample has one label, received [batch, 28, 28], which leads to outputs of shape [batch, 28, 10].",
      '  where  model.fit',
      '  fix    Add `new Flatten()` before this layer.',
      '  code   not-flattened',
    ],
    [
      'of another number of features',
      () => digits().evaluate(zeros([32, 10]), zeros([32])),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, 784], received [32, 10].",
      "  where  model.evaluate > Sequential 'digits' > layer 1 of 2",
      '  fix    The weights are made for [batch, 784]: give such inputs, or make the model anew for others.',
      '  code   shape-mismatch',
    ],
    [
      'of the shape that was stated but for its first axis, meant for the batch',
      () => new Sequential([new Dense(1, { inputShape: [32, 784] })]).predict(zeros([100, 784])),
      "ShapeError: Sequential 'sequential' expected inputs of shape [batch, 32, 784], as its inputShape says, received [100, 784].",
      '  where  model.predict',
      '  fix    Leave the batch axis out: `inputShape: [784]`.',
      '  code   batch-in-shape',
    ],
    [
      'as a flat list of numbers, which has no axis to leave out',
      () => digits().predict([1, 2, 3]),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, 784], received [3].",
      "  where  model.predict > Sequential 'digits' > layer 1 of 2",
      '  fix    The weights are made for [batch, 784]: give such inputs, or make the model anew for others.',
      '  code   shape-mismatch',
    ],
    [
      'as a flat array that ends within a sample',
      () => digits().predict(new Float32Array(785)),
      'ShapeError: predict x expected 784 values for each sample of shape [784], received 785 values.',
      '  where  model.predict',
      '  fix    Give a multiple of 784, or state another `inputShape`.',
      '  code   shape-mismatch',
    ],
    [
      'as a list where each sample needs an array',
      () => new Sequential([new Dense(2)]).predict([1, 2, 3]),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, ..., features] with a known number of features, received [batch].",
      "  where  model.predict > Sequential 'sequential' > layer 1 of 1",
      '  fix    Give each sample its own array, `[[1], [2]]`; for a tensor write `x.expandDims(-1)`.',
      '  code   shape-mismatch',
    ],
    [
      'of unequal lengths',
      () => digits().fit([[1, 2], [3]], [1, 2]),
      'ShapeError: fit x expected rows of one length: 2 values on this level, received 1 values at [1].',
      '  where  model.fit',
      '  code   ragged-array',
    ],
    [
      'with text',
      () => digits().fit(any([['a', 'b']]), [1]),
      "DataError: fit x expected numbers or truth values, received 'a' at [0, 0].",
      '  where  model.fit',
      '  fix    Turn text into numbers first: `Number(text)`, or one number for each category.',
      '  code   text-in-data',
    ],
    [
      'as a list of tensors',
      () => digits().fit(any([zeros([784])]), [1]),
      'DataError: fit x expected numbers or truth values, received a Tensor at [0].',
      '  where  model.fit',
      '  fix    Make one tensor of them: `stack(tensors)`.',
      '  code   text-in-data',
    ],
    [
      'that are none',
      () => digits().fit([], []),
      'DataError: fit expected at least one sample, received none.',
      '  where  model.fit',
      '  code   empty-data',
    ],
    [
      'that fail in a layer further on',
      () =>
        new Sequential([new Flatten({ inputShape: [2, 2] }), new Normalization({ axis: 3 })], {
          name: 'digits',
        }),
      "ShapeError: Normalization 'normalization' axis expected axes of known size, each once, of inputs of shape [batch, 4], received 3.",
      "  where  Sequential 'digits' > layer 2 of 2",
      '  code   axis-out-of-range',
    ],
  ]);
});

describe('targets', () => {
  check([
    [
      'of another number',
      () => digits().fit(three, [1, 2]),
      'DataError: fit expected as many targets as inputs, received 3 inputs and 2 targets.',
      '  where  model.fit',
      '  fix    Give x and y as many rows each: row i of y answers row i of x.',
      '  code   length-mismatch',
    ],
    [
      'of another number, for validation',
      () => digits().fit(three, [1, 2, 3], { validationData: [zeros([2, 784]), [1]] }),
      'DataError: fit validationData expected as many targets as inputs, received 2 inputs and 1 targets.',
      '  where  model.fit > validationData',
      '  fix    Give x and y as many rows each: row i of y answers row i of x.',
      '  code   length-mismatch',
    ],
    [
      'that were forgotten',
      () => digits().fit(three, any(undefined)),
      'ConfigError: fit y expected a tensor, nested arrays or a typed array, received nothing.',
      '  where  model.fit',
      '  code   argument-value',
    ],
    [
      'that are words',
      () => digits().fit(three, any(['cat', 'dog', 'cat'])),
      "DataError: fit y expected numbers or truth values, received 'cat' at [0].",
      '  where  model.fit',
      '  fix    Turn text into numbers first: `Number(text)`, or one number for each category.',
      '  code   text-in-data',
    ],
    [
      'beyond the last class',
      () => digits().fit(three, [1, 2, 10]),
      'DataError: sparse_categorical_crossentropy expected class numbers from 0 to 9, received 10 in row 2.',
      '  where  model.fit',
      '  fix    Class numbers count from 0: 10 units need labels 0 to 9.',
      '  code   label-range',
    ],
    [
      'between two classes',
      () => digits().fit(three, [1, 2.5, 1]),
      'DataError: sparse_categorical_crossentropy expected class numbers from 0 to 9, received 2.5 in row 1.',
      '  where  model.fit',
      '  fix    Class numbers count from 0: 10 units need labels 0 to 9.',
      '  code   label-range',
    ],
    [
      'of three classes for a yes or no',
      () => compiled(new Sequential([new Dense(1)]), 'binary_crossentropy').fit(zeros([3, 4]), [0, 1, 2]),
      'DataError: binary_crossentropy expected labels from 0 to 1, received 2 in row 2.',
      '  where  model.fit',
      "  fix    Use 'sparse_categorical_crossentropy' with a unit for each class, or labels 0 and 1.",
      '  code   label-range',
    ],
    [
      'as one-hot rows for a loss that takes numbers',
      () => digits().fit(zeros([2, 784]), oneHot(tensor([1, 2]), 10)),
      'DataError: sparse_categorical_crossentropy expected class numbers of shape [2], received one-hot rows of shape [2, 10].',
      '  where  model.fit > loss of targets [2, 10] and outputs [2, 10]',
      "  fix    Use 'categorical_crossentropy', or `tensor(labels).argmax(-1)`.",
      '  code   label-form',
    ],
    [
      'as numbers for a loss that takes one-hot rows',
      () => digits('categorical_crossentropy').fit(three, [1, 2, 3]),
      'DataError: categorical_crossentropy expected one-hot labels of shape [3, 10], received class numbers of shape [3].',
      '  where  model.fit > loss of targets [3] and outputs [3, 10]',
      "  fix    Use 'sparse_categorical_crossentropy', or `oneHot(labels, 10)`.",
      '  code   label-form',
    ],
    [
      'of another shape than the outputs',
      () => compiled(new Sequential([new Dense(2)])).fit(zeros([3, 4]), zeros([3, 3])),
      "ShapeError: mean_squared_error expected targets of the outputs' shape [batch, 2], received [3, 3].",
      "  where  model.fit > Sequential 'sequential'",
      '  fix    Give such targets, or end the model with outputs of their shape, as of `new Dense(3)`.',
      '  code   shape-mismatch',
    ],
    [
      'of a loss that is not one number',
      () => {
        const model = new Sequential([new Dense(2)]);
        model.compile({ loss: new MeanSquaredError({ reduction: 'none' }) });
        return model.fit(zeros([3, 2]), zeros([3, 2]));
      },
      "ShapeError: The loss 'mean_squared_error' expected to be one number for a batch, received shape [3].",
      '  where  model.fit',
      "  fix    Leave `reduction` at 'sum_over_batch_size'; a formula of one value for each sample is the method `values`, not `call`.",
      '  code   shape-mismatch',
    ],
  ]);
});

/** Which functions of a batch do the same for each row, whatever the size of the batch. */
import { describe, expect, test } from 'vitest';
import { isSameForm, rowDraftOf } from '../../src/compiler/row-wise.js';
import { atOnce } from '../../src/core/pieces.js';
import {
  argsort,
  BatchNormalization,
  Conv1D,
  Conv2D,
  concatenate,
  Dense,
  DepthwiseConv2D,
  Embedding,
  Flatten,
  GlobalAveragePooling2D,
  Input,
  type Layer,
  LayerNormalization,
  MaxPooling2D,
  Permute,
  Reshape,
  random,
  Sequential,
  scan,
  sort,
  type Tensor,
  tensor,
  UpSampling2D,
  Variable,
  where,
  ZeroPadding2D,
} from '../../src/index.js';
import { withOwnFormulas } from '../../src/loops/expression.js';
import { predictStep } from '../../src/models/steps.js';
import { type CompiledFunction, compiled } from '../../src/tensor/compiled.js';
import { arange, ones, zeros } from '../../src/tensor/create.js';

type Body = (x: Tensor) => Tensor;

const formOf = (step: CompiledFunction, rows: number, shape: readonly number[]) =>
  atOnce(withOwnFormulas(rowDraftOf(step.graph({ x: zeros([rows, ...shape]) }), rows))).form;

/** Whether a function is seen to do the same for a row of batches of these sizes. */
function isRowWise(step: CompiledFunction, shape: readonly number[], sizes = [12, 5]): boolean {
  const [first, ...others] = sizes.map((rows) => formOf(step, rows, shape));
  return first !== undefined && others.every((form) => form !== undefined && isSameForm(first, form));
}

const stepOf = (body: Body): CompiledFunction => compiled(({ x }) => ({ y: body(x!) }));

describe('rows of a batch do not depend on each other', () => {
  const w = new Variable(ones([6, 6]), { name: 'w' });
  const table: Readonly<Record<string, Body>> = {
    'one value at a time': (x) => x.mul(2).add(1).tanh(),
    'the input itself': (x) => x,
    'a product with weights': (x) => x.matmul(w).relu(),
    'sums along the row': (x) =>
      x.sub(x.mean(1, { keepDims: true })).div(x.square().sum(1, { keepDims: true })),
    'a softmax': (x) => x.softmax(),
    'places within the row': (x) => x.add(arange(6).cast('float32')),
    'a constant that is made anew each time': (x) => x.mul(tensor([1, 2, 3, 4, 5, 6])),
    'the order of the row': (x) => x.flip(1).sub(x.max(1, { keepDims: true })),
    'another order of axes and back': (x) => x.transpose([1, 0]).exp().transpose([1, 0]),
    'a choice by value': (x) => where(x.greater(0), x, x.mul(w.sum())),
    'shapes that keep the rows': (x) => x.reshape([x.shape[0]!, 3, 2]).sum(2).expandDims(1),
    'pieces of the row': (x) => concatenate([x.slice([0, 1], [x.shape[0]!, 2]), x], 1),
    attention: (x) => {
      const parts = x.reshape([x.shape[0]!, 3, 2]);
      return parts
        .matmul(parts.transpose([0, 2, 1]))
        .softmax()
        .matmul(parts);
    },
  };

  test.each(Object.entries(table))('%s', (_, body) => {
    const step = stepOf(body);
    expect(isRowWise(step, [6])).toBe(true);
    const values = Array.from({ length: 72 }, (_, i) => 3 * Math.sin(i * i));
    const [y, part] = [72, 30].map((size) =>
      step.call({ x: tensor(values.slice(72 - size), { shape: [size / 6, 6] }) }).y!.data(),
    );
    expect(part).toEqual(y!.subarray(y!.length - part!.length));
  });

  test('also where the row has as many elements as the batch rows', () => {
    expect(
      isRowWise(
        stepOf((x) => x.matmul(w).add(w.sum(0)).softmax()),
        [6],
        [6, 12],
      ),
    ).toBe(true);
  });

  const nets: Readonly<Record<string, readonly Layer[]>> = {
    'convolutions, pooling and softmax': [
      Input([12, 12, 3]),
      new Conv2D(16, 3, { activation: 'relu' }),
      new MaxPooling2D(2),
      new Conv2D(16, 3, { padding: 'same' }),
      new Flatten(),
      new Dense(4, { activation: 'softmax' }),
    ],
    'five taps, strides, padding and normalization': [
      Input([13, 11, 2]),
      new ZeroPadding2D(1),
      new Conv2D(16, 5, { padding: 'same' }),
      new BatchNormalization(),
      new Conv2D(4, 3, { strides: 2, padding: 'same' }),
      new LayerNormalization(),
      new UpSampling2D(2),
      new DepthwiseConv2D(3),
      new GlobalAveragePooling2D(),
    ],
    'words, along time': [
      Input([9]),
      new Embedding(7, 4),
      new Conv1D(8, 3, { activation: 'gelu' }),
      new Permute([2, 1]),
      new Reshape([4, 14]),
      new Dense(3),
    ],
  };

  test.each(Object.entries(nets))('%s', (_, layers) => {
    const model = new Sequential([...layers]);
    expect(isRowWise(predictStep(model), model.inputShape!.slice(1) as number[], [64, 9, 10])).toBe(true);
  });
});

describe('rows of a batch are mixed', () => {
  const moved = new Variable(zeros([6]), { name: 'moved' });
  const table: Readonly<Record<string, Body>> = {
    'by a sum over the batch': (x) => x.sub(x.mean(0)),
    'by the largest of the batch': (x) => x.div(x.max(0)),
    'by the places of rows': (x) => x.add(arange(x.shape[0]!).cast('float32').expandDims(1)),
    'by reading one row for all': (x) => x.sub(x.slice([0, 0], [1, 6])),
    'by reading rows backwards': (x) => x.flip(0),
    'by products of rows': (x) => x.matmul(x.transpose([1, 0])).matmul(x),
    'by sorting the batch': (x) => sort(x, { axis: 0 }),
    'by the order of the batch': (x) => argsort(x, { axis: 0 }),
    'by a shape that takes rows apart': (x) =>
      x.reshape([6, x.shape[0]!]).softmax().reshape([x.shape[0]!, 6]),
    'by rows as columns': (x) => x.reshape([6, x.shape[0]!]).transpose([1, 0]),
    'by random numbers': (x) => x.add(random.uniform(x.shape, { seed: 1 })),
    'by how many there are': (x) => x.mul(x.shape[0]!),
    'by a layer that asks for the size of the batch': (x) => (x.shape[0]! > 8 ? x.relu() : x.tanh()),
    'by constants that differ each time': (x) =>
      x.mul(tensor(Array.from({ length: 6 }, () => Math.random()))),
    'where outputs are fewer': (x) => x.slice([1, 0], [x.shape[0]! - 1, 6]),
    'where outputs are more': (x) => concatenate([x, x], 0),
    'where outputs are one for all': (x) => x.sum(0, { keepDims: true }),
    'where outputs do not depend on the input': () => ones([6, 6]),
    'where outputs have rows along another axis': (x) => x.transpose([1, 0]),
    'where variables change': (x) => {
      moved.assign(moved.add(1));
      return x.add(moved);
    },
    'in steps over the batch': (x) =>
      scan({ carry: { sum: zeros([6]) }, each: { x } }, ({ sum }, each) => {
        const next = sum.add(each.x);
        return [{ sum: next }, { sum: next }];
      })[1].sum,
  };

  test.each(Object.entries(table))('%s', (_, body) => {
    expect(isRowWise(stepOf(body), [6])).toBe(false);
    expect(isRowWise(stepOf(body), [6], [6, 12])).toBe(false);
  });
});

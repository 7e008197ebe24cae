import { afterEach, describe, expect, it } from 'vitest';
import { float } from '../../src/core/fields.js';
import { resetWarnings, setWarnings } from '../../src/core/warnings.js';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from '../../src/nn/crossentropy.js';
import { loss, lossOf, type Reduction } from '../../src/nn/loss.js';
import {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  CategoricalFocalCrossentropy,
  Huber,
  LogCosh,
  losses,
  MeanAbsoluteError,
  MeanSquaredError,
  SparseCategoricalCrossentropy,
} from '../../src/nn/losses.js';
import { oneHot, tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { expectClose, expectNumbersClose } from './goldens.js';

// Cases of the goldens `losses.json`, made by Keras 3.15.1.
const probabilities = tensor([
  [0.55, 0.389, 0.061],
  [0.234, 0.596, 0.17],
  [0.746, 0.19, 0.064],
  [0.543, 0.236, 0.22],
]);
const labels = tensor([2, 1, 2, 2], { dtype: 'int32' });
const rows = oneHot(labels, 3);
const weights = tensor([0.34, 1.22, 1.78, 1.9]);
const binaryLabels = tensor([0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1], { shape: [4, 3] });
const binaryProbabilities = tensor(
  [0.239, 0.092, 0.657, 0.736, 0.611, 0.542, 0.283, 0.728, 0.406, 0.719, 0.422, 0.976],
  { shape: [4, 3] },
);

describe('categorical cross-entropy', () => {
  it.each<[Reduction, number[]]>([
    ['sum_over_batch_size', [2.3375604]],
    ['none', [0.9509397, 0.6313678, 4.892992, 2.8749416]],
    ['sum', [9.350242]],
    ['mean_with_sample_weight', [1.7843971]],
  ])('with weights and reduction %s is as in Keras', (reduction, expected) => {
    const value = new CategoricalCrossentropy({ reduction }).call(rows, probabilities, weights);
    expectNumbersClose(value.data(), expected, 1e-5);
    const sparse = new SparseCategoricalCrossentropy({ reduction }).call(labels, probabilities, weights);
    expectNumbersClose(sparse.data(), expected, 1e-5);
  });

  it('divides probabilities by their sum', () => {
    const scaled = probabilities.mul(3);
    const value = new CategoricalCrossentropy().call(rows, scaled);
    expectNumbersClose(value.data(), [1.8940988], 1e-5);
  });

  it('of one class warns once', () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    categoricalCrossentropy(tensor([[1]]), tensor([[0.5]]));
    categoricalCrossentropy(tensor([[1]]), tensor([[0.5]]));
    expect(said).toEqual([
      "categorical_crossentropy of one class is always 0. Use 'sigmoid' and 'binary_crossentropy' for two classes in one output.",
    ]);
  });
  afterEach(() => {
    setWarnings(true);
    resetWarnings();
  });
});

describe('binary cross-entropy', () => {
  it('with smoothed labels and weights is as in Keras, gradient included', () => {
    const value = new BinaryCrossentropy({ labelSmoothing: 0.1 }).call(
      binaryLabels,
      binaryProbabilities,
      weights,
    );
    expectNumbersClose(value.data(), [1.0717865], 1e-5);
    const [gradient] = gradients(value, [binaryProbabilities]);
    expectNumbersClose(gradient!.slice([0, 0], [1, 3]).data(), [0.02944265, -0.29101226, 0.07631799], 2e-5);
  });

  it('keeps probabilities of 0 and 1 finite, without gradient', () => {
    const certain = tensor([[0, 1, 1, 0]]);
    const value = new BinaryCrossentropy().call(tensor([[0, 1, 0, 1]]), certain);
    expectNumbersClose(value.data(), [8.01512], 1e-5);
    expect(gradients(value, [certain])[0]!.toArray()).toEqual([[0, 0, 0, 0]]);
  });

  it('takes large logits', () => {
    const logits = tensor([[60, 60, -90, -90, 0]]);
    const value = new BinaryCrossentropy({ fromLogits: true }).call(tensor([[0, 1, 0, 1, 1]]), logits);
    expectNumbersClose(value.data(), [30.13863], 1e-5);
    expectNumbersClose(gradients(value, [logits])[0]!.data(), [0.2, 0, 0, -0.2, -0.1], 2e-5);
  });
});

describe('sparse categorical cross-entropy', () => {
  it('counts only the classes that are not ignored', () => {
    const ignoring = new SparseCategoricalCrossentropy({ ignoreClass: 1 });
    const value = ignoring.call(labels, probabilities);
    expectNumbersClose(value.data(), [2.3529603], 1e-5);
    const expected = [1, 1, -15.393442, 0, 0, 0, 1, 1, -14.6249985, 1.0010011, 1.0010011, -3.5444535];
    expectNumbersClose(gradients(value, [probabilities])[0]!.mul(3).data(), expected, 6e-5);
  });

  it('takes labels outside the classes when they are the ignored one', () => {
    const ignoring = new SparseCategoricalCrossentropy({ ignoreClass: -1, reduction: 'none' });
    const value = ignoring.call(tensor([2, -1], { dtype: 'int32' }), probabilities.slice([0, 0], [2, 3]));
    expectNumbersClose(value.data(), [2.7968814, 0], 1e-5);
  });

  it('takes a column of labels, and classes along another axis', () => {
    const column = new SparseCategoricalCrossentropy().call(labels.expandDims(-1), probabilities);
    expectNumbersClose(column.data(), [1.8940988], 1e-5);
    const first = sparseCategoricalCrossentropy(labels, probabilities.transpose(), { axis: 0 });
    expectNumbersClose(first.mean().data(), [1.8940988], 1e-5);
  });
});

describe('squared and absolute errors', () => {
  it('expand a list of targets beside a column of predictions', () => {
    const targets = tensor([0.288, 2.72, -0.292, -0.664]);
    const predictions = tensor([[0.351], [0.426], [-0.113], [0.656]]);
    const each = new MeanSquaredError({ reduction: 'none' }).call(targets, predictions);
    expectClose(each, { shape: [4], data: [0.003969003, 5.262437, 0.032041, 1.7423998] });
    expect(new MeanAbsoluteError().call(targets, predictions).item()).toBeCloseTo(0.964, 5);
  });

  it('take integer and boolean targets', () => {
    const truth = tensor([[true], [false]]);
    expect(new MeanSquaredError().call(truth, tensor([[0.5], [0.5]])).item()).toBeCloseTo(0.25, 6);
    expect(new MeanAbsoluteError().call(truth.cast('int32'), tensor([[0.5], [0.5]])).item()).toBeCloseTo(
      0.5,
      6,
    );
  });

  it('of no samples are 0', () => {
    expect(new MeanSquaredError().call(zeros([0, 2]), zeros([0, 2])).item()).toBe(0);
  });
});

describe('wrong labels', () => {
  it('of one-hot rows are named by the sparse loss', () => {
    expect(() => new SparseCategoricalCrossentropy().call(rows, probabilities)).toThrow(
      'sparse_categorical_crossentropy expected class numbers of shape [4], received one-hot rows of shape [4, 3].\n' +
        "  fix    Use 'categorical_crossentropy', or `tensor(labels).argmax(-1)`.\n  code   label-form",
    );
  });

  it.each([labels, labels.expandDims(-1)])('of class numbers are named by the categorical loss', (given) => {
    expect(() => new CategoricalCrossentropy().call(given, probabilities)).toThrow(
      `categorical_crossentropy expected one-hot labels of shape [4, 3], received class numbers of shape [${given.shape.join(', ')}].\n` +
        "  fix    Use 'sparse_categorical_crossentropy', or `oneHot(labels, 3)`.\n  code   label-form",
    );
  });

  it('of another shape are refused', () => {
    expect(() => binaryCrossentropy(zeros([4, 2]), probabilities)).toThrow(
      "binary_crossentropy expected targets of the predictions' shape [4, 3], received [4, 2].\n  code   shape-mismatch",
    );
    expect(() => sparseCategoricalCrossentropy(zeros([5]), probabilities)).toThrow(
      'sparse_categorical_crossentropy expected class numbers of shape [4], received [5].\n  code   shape-mismatch',
    );
  });
});

describe('a loss of the user', () => {
  it('may be a plain function of one value a sample, or of one value', () => {
    const squared = lossOf((yTrue, yPred) => yPred.sub(yTrue).square().mean(-1));
    const total = lossOf((yTrue, yPred) => yPred.sub(yTrue).abs().sum());
    const [truth, prediction] = [tensor([[0], [0]]), tensor([[1], [3]])];
    expect(squared.call(truth, prediction).item()).toBe(5);
    expect(total.call(truth, prediction).item()).toBe(4);
  });

  it('is refused when it gives no number for each sample', () => {
    const folded = lossOf(function folded(yTrue, yPred) {
      return yPred.sub(yTrue).square().mean(0);
    });
    expect(() => folded.call(zeros([4, 3]), zeros([4, 3]))).toThrow(
      "The loss 'folded' expected to return one number for each of 4 samples, received shape [3].\n" +
        '  fix    Keep the first axis and fold the others: `.mean(-1)`.\n  code   shape-mismatch',
    );
    const elements = lossOf((yTrue, yPred) => yPred.sub(yTrue).square());
    expect(elements.call(zeros([4, 3]), zeros([4, 3]).add(2)).item()).toBe(4);
  });

  it('may be a class with options of its own', () => {
    class Scaled extends loss(
      'Scaled',
      () => ({ factor: float(2) }),
      (yTrue, yPred, { factor }) => yPred.sub(yTrue).abs().mean(-1).mul(factor),
    ) {}
    const scaled = new Scaled({ factor: 3, reduction: 'sum' });
    expect(scaled.call(tensor([[0], [0]]), tensor([[1], [3]])).item()).toBe(12);
    expect(scaled.name).toBe('scaled');
  });
});

describe('names of losses', () => {
  it.each([
    ['kullback_leibler_divergence', 'KLDivergence'],
    ['logcosh', 'LogCosh'],
    ['cosine_proximity', 'CosineSimilarity'],
    ['MSLE', 'MeanSquaredLogarithmicError'],
    ['kl_divergence', 'KLDivergence'],
    ['dice', 'Dice'],
    ['tversky', 'Tversky'],
    ['circle', 'Circle'],
  ] as const)('include %s', (name, className) => {
    expect(losses[name].className).toBe(className);
  });

  it('in logs are those of Keras', () => {
    expect([new Huber().name, new LogCosh().name]).toEqual(['huber_loss', 'log_cosh']);
  });
});

describe('masks and weights of sequences', () => {
  const [truth, prediction] = [
    zeros([2, 3, 1]),
    tensor([
      [[1], [2], [3]],
      [[4], [5], [6]],
    ]),
  ];
  const mask = tensor([
    [true, true, false],
    [true, false, false],
  ]);

  it.each<[Reduction, number[]]>([
    ['sum_over_batch_size', [7]],
    ['sum', [21]],
    ['mean_with_sample_weight', [7]],
    ['none', [1, 4, 0, 16, 0, 0]],
  ])('a mask leaves steps out with reduction %s', (reduction, expected) => {
    const found = new MeanSquaredError({ reduction }).call(truth, prediction, undefined, mask);
    expectNumbersClose(found.data(), expected, 1e-6);
  });

  it('a weight of each sample counts for all of its steps', () => {
    const loss = new MeanSquaredError({ reduction: 'sum' });
    expect(loss.call(truth, prediction, tensor([1, 0])).item()).toBe(14);
    expect(loss.call(truth, prediction, tensor([0, 1]), mask).item()).toBe(16);
  });
});

describe('one sigmoid or softmax unit', () => {
  it('with a loss of classes is warned of', () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    new CategoricalFocalCrossentropy().call(tensor([[1], [1]]), tensor([[0.5], [0.5]]));
    new SparseCategoricalCrossentropy().call(tensor([0, 0]), tensor([[0.5], [0.5]]));
    setWarnings(true);
    resetWarnings();
    const advice =
      "of one class is always 0. Use 'sigmoid' and 'binary_crossentropy' for two classes in one output.";
    expect(said).toEqual([
      `categorical_focal_crossentropy ${advice}`,
      `sparse_categorical_crossentropy ${advice}`,
    ]);
  });
});

describe("Keras's JSON of a loss", () => {
  it('has every option, and makes an equal loss', () => {
    const made = new BinaryCrossentropy({ fromLogits: true, labelSmoothing: 0.2, name: 'bits' });
    expect(made.getConfig()).toEqual({
      name: 'bits',
      reduction: 'sum_over_batch_size',
      from_logits: true,
      label_smoothing: 0.2,
      axis: -1,
    });
    expect(BinaryCrossentropy.fromConfig(made.getConfig()).getConfig()).toEqual(made.getConfig());
    expect(new MeanSquaredError().getConfig().name).toBe('mean_squared_error');
  });

  it('is read as Keras writes it', () => {
    const config = {
      name: 'sparse_categorical_crossentropy',
      reduction: 'sum_over_batch_size',
      from_logits: true,
      ignore_class: null,
    };
    expect(SparseCategoricalCrossentropy.fromConfig(config).config.fromLogits).toBe(true);
    expect(MeanSquaredError.fromConfig({ reduction: null }).config.reduction).toBe('none');
  });
});

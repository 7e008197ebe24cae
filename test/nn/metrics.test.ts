import { describe, expect, it } from 'vitest';
import { AUC } from '../../src/nn/auc.js';
import { Precision, Recall } from '../../src/nn/confusion-metrics.js';
import { F1Score } from '../../src/nn/f-score.js';
import { IoU } from '../../src/nn/iou.js';
import { metricOf } from '../../src/nn/metric.js';
import {
  Accuracy,
  BinaryAccuracy,
  CategoricalAccuracy,
  Mean,
  metrics,
  RootMeanSquaredError,
  SparseCategoricalAccuracy,
  Sum,
} from '../../src/nn/metrics.js';
import { SensitivityAtSpecificity } from '../../src/nn/operating-points.js';
import { R2Score } from '../../src/nn/r2-score.js';
import { compiled } from '../../src/tensor/compiled.js';
import { oneHot, tensor } from '../../src/tensor/create.js';

const column = (values: readonly number[]) => tensor(values, { shape: [values.length, 1] });

describe('a metric', () => {
  // The case BinaryAccuracy of the goldens `metrics.json`, made by Keras 3.15.1.
  const batches = [
    {
      y: [0, 1, 0, 0, 0, 1],
      p: [0.04, 0.31, 0.52, 0.85, 0.48, 0.49],
      w: [0.88, 1.28, 1.94, 0.78, 1.35, 0.55],
    },
    { y: [1, 0, 1, 1, 0, 0], p: [0, 0.03, 0.9, 0.64, 0.57, 0.17], w: [1.16, 0.96, 1.07, 1.46, 0.33, 1.23] },
    { y: [1, 0, 1, 0, 0, 0], p: [0.39, 0.48, 0.67, 0.77, 0.76, 0.63], w: [0.74, 0, 0.72, 0.86, 1.32, 0.11] },
  ];

  it('is the mean over all samples since it was reset', () => {
    const accuracy = new BinaryAccuracy();
    const seen = batches.map(({ y, p }) => {
      accuracy.updateState(column(y), column(p));
      return accuracy.result().item();
    });
    expect(seen[0]).toBeCloseTo(1 / 3, 6);
    expect(seen[1]).toBeCloseTo(1 / 2, 6);
    expect(seen[2]).toBeCloseTo(4 / 9, 6);
    expect(accuracy.variables.map(({ name }) => name)).toEqual(['total', 'count']);
    expect(accuracy.variables.map((state) => state.item())).toEqual([8, 18]);
    accuracy.resetState();
    expect(accuracy.result().item()).toBe(0);
  });

  it('counts samples by their weights', () => {
    const accuracy = new BinaryAccuracy();
    for (const { y, p, w } of batches) accuracy.updateState(column(y), column(p), tensor(w));
    expect(accuracy.result().item()).toBeCloseTo(0.458184, 5);
  });

  it('is the same when it is updated inside a program', () => {
    const accuracy = new BinaryAccuracy();
    const step = compiled(({ y, p, w }) => {
      accuracy.updateState(y!, p!, w!);
      return { now: accuracy.result() };
    });
    const seen = batches.map(({ y, p, w }) =>
      step.call({ y: column(y), p: column(p), w: tensor(w) }).now!.item(),
    );
    expect(seen[2]).toBeCloseTo(0.458184, 5);
    expect(accuracy.result().item()).toBeCloseTo(0.458184, 5);
  });

  it('takes weights of each step of a sequence', () => {
    // First batch of the golden case SparseCategoricalAccuracy/rank3.
    const labels = tensor([0, 1, 0, 3, 1, 0], { shape: [3, 2], dtype: 'int32' });
    const best = tensor([0, 3, 1, 2, 0, 0], { shape: [3, 2], dtype: 'int32' });
    const weights = tensor([0.38, 0.8, 0.1, 0.45, 0.42, 0.55], { shape: [3, 2] });
    const accuracy = new SparseCategoricalAccuracy();
    accuracy.updateState(labels, oneHot(best, 4), weights);
    expect(accuracy.result().item()).toBeCloseTo(0.34444445, 6);
  });
});

describe('accuracies', () => {
  const scores = tensor([
    [0.1, 0.9, 0],
    [0.8, 0.1, 0.1],
    [0.3, 0.3, 0.4],
    [0.5, 0.5, 0],
  ]);
  const labels = tensor([1, 2, 2, 0], { dtype: 'int32' });

  it('of classes take class numbers, columns of them, and one-hot rows; the first of equal scores is chosen', () => {
    const sparse = new SparseCategoricalAccuracy();
    sparse.updateState(labels, scores);
    sparse.updateState(labels.expandDims(-1), scores);
    const categorical = new CategoricalAccuracy();
    categorical.updateState(oneHot(labels, 3), scores);
    expect([sparse.result().item(), categorical.result().item()]).toEqual([0.75, 0.75]);
  });

  it('of equal values take any numbers', () => {
    const accuracy = new Accuracy();
    accuracy.updateState(tensor([1, 2, 3]), tensor([[1], [2], [4]]));
    expect(accuracy.result().item()).toBeCloseTo(2 / 3, 6);
    expect(accuracy.name).toBe('accuracy');
  });

  it('of two classes take another threshold', () => {
    const accuracy = new BinaryAccuracy({ threshold: 0.3 });
    accuracy.updateState(column([1, 1, 0, 0]), column([0.4, 0.3, 0.2, 0.9]));
    expect(accuracy.result().item()).toBe(0.5);
  });
});

describe('means and sums of values', () => {
  it('take weights', () => {
    const [mean, sum] = [new Mean(), new Sum()];
    for (const each of [mean, sum]) each.updateState(tensor([1, 3, 5, 7]), tensor([1, 1, 0, 0]));
    expect([mean.result().item(), sum.result().item()]).toEqual([2, 4]);
  });

  it('of errors have a root', () => {
    const rmse = new RootMeanSquaredError();
    rmse.updateState(tensor([[0], [0]]), tensor([[3], [4]]));
    expect(rmse.result().item()).toBeCloseTo(Math.sqrt(12.5), 6);
  });
});

describe('a metric of the user', () => {
  it('may be a plain function, whose name it has', () => {
    const worstError = metricOf(function worstError(yTrue, yPred) {
      return yPred.sub(yTrue).abs().max(-1);
    });
    worstError.updateState(tensor([[0, 0]]), tensor([[1, -3]]));
    expect(worstError.result().item()).toBe(3);
    expect(worstError.name).toBe('worst_error');
  });
});

describe('metrics of decisions', () => {
  it('of several thresholds give a number for each', () => {
    const recall = new Recall({ thresholds: [0.2, 0.6] });
    expect(recall.result().toArray()).toEqual([0, 0]);
    recall.updateState(tensor([1, 1, 0]), tensor([0.5, 0.7, 0.9]));
    expect(recall.result().toArray()).toEqual([1, 0.5]);
  });

  it('of several labels know how many after the first batch', () => {
    const score = new F1Score();
    expect(() => score.result()).toThrow("The metric 'f1_score' expected a batch");
    score.updateState(tensor([[1, 0]]), tensor([[0.9, 0.1]]));
    expect(score.result().toArray()).toEqual([expect.closeTo(1), 0]);
    score.resetState();
    expect(score.variables.map((state) => state.toArray())).toEqual(Array(4).fill([0, 0]));
  });

  it.each([
    [
      () => new F1Score().updateState(tensor([0]), tensor([[0.5, 0.5]])),
      "The metric 'f1_score' expected targets and",
    ],
    [
      () => new F1Score().updateState(tensor([0]), tensor([[0.5]])),
      'Make the targets a column: `tensor(y).expandDims(-1)`.',
    ],
    [() => new AUC({ numLabels: 2 }), 'AUC numLabels expected multiLabel: true beside it, received 2.'],
    [
      () => new AUC({ multiLabel: true }).updateState(tensor([0]), tensor([1])),
      'shape [batch, labels], received [1]',
    ],
    [() => new IoU(2, [2]), 'IoU targetClassIds expected class numbers from 0 to 1, received 2.'],
    [() => new Precision({ thresholds: [0.5, 2] }), 'Precision thresholds expected'],
    [
      () => new SensitivityAtSpecificity(1.5),
      'SensitivityAtSpecificity specificity expected a number from 0 to 1',
    ],
  ])('refuse what they cannot count (%#)', (run, message) => {
    expect(run).toThrow(message);
  });

  it('cut weights to whole numbers where they count in those, as Keras does', () => {
    const [labels, weights] = [tensor([0, 1, 1]), tensor([1.5, 0.5, 2])];
    const whole = new IoU(2, [0, 1]);
    const real = new IoU(2, [0, 1], { dtype: 'float32' });
    for (const metric of [whole, real]) metric.updateState(labels, labels, weights);
    expect(whole.matrix.toArray()).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(real.matrix.toArray()).toEqual([
      [1.5, 0],
      [0, 2.5],
    ]);
  });
});

it.each(['auc', 'AUC', 'precision', 'r2_score', 'f1_score', 'top_k_categorical_accuracy', 'log_cosh_error'])(
  'the string %s is a metric',
  (name) => {
    expect(Object.hasOwn(metrics, name)).toBe(true);
  },
);

describe("Keras's JSON of a metric", () => {
  it('has every option, and makes an equal metric', () => {
    const made = new metrics.BinaryCrossentropy({ fromLogits: true });
    const config = {
      name: 'binary_crossentropy',
      dtype: 'float32',
      from_logits: true,
      label_smoothing: 0,
    };
    expect(made.getConfig()).toEqual(config);
    expect(metrics.BinaryCrossentropy.fromConfig(config).getConfig()).toEqual(config);
  });
});

it('R2Score of one weighted sample, which varies by nothing, is 0 and not what rounding leaves', () => {
  const score = new R2Score();
  score.updateState(tensor([[1.1, 0.13]]), tensor([[1, 2]]), tensor([0.7]));
  // Keras 3.15.1.
  expect(score.result().item()).toBe(0);
});

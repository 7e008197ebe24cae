import { expect, it } from 'vitest';
import { Dense } from '../../src/layers/dense.js';
import { Sequential } from '../../src/models/sequential.js';
import { AUC } from '../../src/nn/auc.js';
import { Precision } from '../../src/nn/confusion-metrics.js';
import { F1Score } from '../../src/nn/f-score.js';
import { R2Score } from '../../src/nn/r2-score.js';
import { random } from '../../src/tensor/random.js';

const x = random.normal([20, 3], { seed: 1 });
const y = random.uniform([20, 2], { seed: 2 }).greater(0.5).cast('float32');

const metrics = () => [
  new AUC({ curve: 'PR', multiLabel: true, name: 'labels' }),
  new F1Score({ average: 'macro' }),
  new Precision({ topK: 1 }),
  new R2Score(),
];

it('metrics that count are exact over the batches of fit and evaluate', async () => {
  const model = new Sequential([new Dense(2, { activation: 'sigmoid', inputShape: [3] })]);
  model.compile({ optimizer: 'sgd', loss: 'bce', metrics: [...metrics(), 'top_k_categorical_accuracy'] });
  await model.fit(x, y, { epochs: 1, batchSize: 10, verbose: 0 });
  const logs = await model.evaluate(x, y, { batchSize: 10, verbose: 0 });
  const predictions = await model.predict(x);
  for (const whole of metrics()) {
    whole.updateState(y, predictions);
    expect(logs[whole.name]).toBeCloseTo(whole.result().item(), 5);
  }
  expect(logs.top_k_categorical_accuracy).toBe(1);
  expect(Object.keys(logs)).toContain('labels');
});

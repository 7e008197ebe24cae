import { expect, test } from 'vitest';
import { Dense, Dropout, explain, Sequential } from '../../src/index.js';

function network() {
  const model = new Sequential(
    [
      new Dense(16, { activation: 'relu', inputShape: [9] }),
      new Dropout(0.5),
      new Dense(3, { activation: 'softmax' }),
    ],
    { name: 'small' },
  );
  model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  return model;
}

const titles = (text: string) => text.match(/^== .* ==$/gm)!;

test('explain shows every stage of the training step and of the prediction', () => {
  const stages = titles(explain(network()));
  expect(stages[0]).toBe('== small: training step, graph ==');
  expect(stages.at(-1)).toMatch(/^== small: prediction, /);
  expect(stages.length).toBeGreaterThan(10);
});

test('explain shows the prediction alone before compile', () => {
  const model = new Sequential([new Dense(1, { inputShape: [2] })]);
  expect(titles(explain(model)).every((title) => title.includes('prediction'))).toBe(true);
});

test('kernels carry the name of the layer that they come from', () => {
  const text = explain(network());
  for (const path of ['small/dense', 'small/dropout', 'small/dense_1', 'loss', 'optimizer'])
    expect(text).toContain(path);
});

test('explain trains nothing and decides nothing', async () => {
  const model = network();
  const before = String(model.getWeights());
  explain(model, { batchSize: 4 });
  expect(String(model.getWeights())).toBe(before);
  const { history } = await model.fit([Array(9).fill(1)], [2], { verbose: 0 });
  expect(Object.keys(history)).toEqual(['accuracy', 'loss']);
});

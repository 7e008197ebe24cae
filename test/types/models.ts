// What must compile, and, below each `@ts-expect-error`, what must not.
import {
  Activation,
  Adam,
  cloneModel,
  Dense,
  Dropout,
  EarlyStopping,
  L2,
  Sequential,
  type Tensor,
  tensor,
} from 'myelin';

const model = new Sequential([
  new Dense(8, { activation: 'relu', kernelRegularizer: new L2(1e-3), inputShape: [2] }),
  new Dense(4, { activation: (x: Tensor) => x.tanh(), kernelInitializer: 'he_normal' }),
  new Activation('sigmoid'),
  new Dropout(0.5, { seed: 1 }),
  new Dense(1),
]);
model.add(new Dense(2, { activation: 'softmax', name: 'head' }));
model.compile({
  optimizer: 'adam',
  loss: 'sparse_categorical_crossentropy',
  metrics: ['accuracy', 'sparse_categorical_accuracy'],
});
model.compile({
  optimizer: new Adam({ learningRate: 1e-3 }),
  loss: (yTrue: Tensor, yPred: Tensor) => yTrue.sub(yPred).square().mean(-1),
});

const x = tensor([[0, 1]]);
export async function train(signal: AbortSignal): Promise<readonly number[] | undefined> {
  const { history } = await model.fit(x, [1], {
    epochs: 2,
    batchSize: 1,
    shuffle: false,
    validationSplit: 0.1,
    validationData: [x, [1]],
    verbose: 2,
    signal,
    callbacks: [
      new EarlyStopping({ monitor: 'val_loss', patience: 2 }),
      { onEpochEnd: (epoch) => void epoch },
    ],
  });
  const { loss } = await model.evaluate(new Float32Array(2), new Int32Array(1));
  const prediction: Tensor = await model.predict([[0, 1]]);
  void [loss, prediction];
  return history.val_loss;
}

type Rows = readonly (readonly [number[][], number[]])[];
export async function stream(rows: Rows) {
  async function* later() {
    yield* rows;
  }
  const { history } = await model.fit(() => later(), {
    stepsPerEpoch: 2,
    validationData: rows.values(),
    validationSteps: 1,
    validationFreq: [1, 3],
    classWeight: { 0: 1, 1: 2.5 },
  });
  await model.fit(x, [1], { sampleWeight: [1], validationData: [x, [1], [2]] });
  await model.evaluate(rows, { steps: 2, sampleWeight: null });
  await model.predict(later(), { steps: 1 });
  const { loss } = await model.trainOnBatch(x, [1], { classWeight: new Map([[1, 2]]) });
  await model.testOnBatch(x, [1], { sampleWeight: [1] });
  const outputs: Tensor = await model.predictOnBatch(x);
  const nested: Sequential = new Sequential([model, new Sequential([new Dense(1)])]);
  return [history.loss, loss, outputs, cloneModel(nested).apply(x)];
}

// @ts-expect-error batches hold inputs and targets
void model.fit([1, 2, 3]);
// @ts-expect-error there is no such option of evaluate
void model.evaluate(x, [1], { epochs: 3 });
// @ts-expect-error units are a number
new Dense('8');
// @ts-expect-error a misspelt option
new Dense(8, { activaton: 'relu' });
// @ts-expect-error an unknown activation
new Dense(8, { activation: 'rleu' });
// @ts-expect-error rate is positional
new Dropout({ rate: 0.5 });
// @ts-expect-error options are camelCase
new Adam({ learning_rate: 1e-3 });
// @ts-expect-error a loss is needed
model.compile({ optimizer: 'adam' });
// @ts-expect-error an unknown loss
model.compile({ optimizer: 'adam', loss: 'binary_crossentrop' });
// @ts-expect-error an unknown optimizer
model.compile({ optimizer: 'adamm', loss: 'mse' });
// @ts-expect-error no such verbosity
void model.fit(x, x, { verbose: 3 });
// @ts-expect-error layers are made with new
new Sequential([Dense]);
// @ts-expect-error labels are needed
void model.fit(x);

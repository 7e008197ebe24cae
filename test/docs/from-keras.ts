/** Lines of Keras and what they are here. `docs/from-keras.md` is made of this file, and the tests run each line. */
import { blobs, iris, moons } from '../../src/datasets/index.js';
import {
  accuracyScore,
  confusionMatrix,
  crossValidate,
  KMeans,
  LinearRegression,
  LogisticRegression,
  MLPClassifier,
  r2Score,
  rocAucScore,
  StandardScaler,
  trainTestSplit,
} from '../../src/estimators/index.js';
import {
  Adam,
  AveragePooling2D,
  BatchNormalization,
  BinaryCrossentropy,
  CategoricalCrossentropy,
  CategoryEncoding,
  Conv1D,
  Conv2D,
  CosineDecay,
  cloneModel,
  Dense,
  Dropout,
  EarlyStopping,
  Embedding,
  ExponentialDecay,
  Flatten,
  GaussianNoise,
  GlobalAveragePooling2D,
  gradients,
  HeNormal,
  Input,
  L2,
  LayerNormalization,
  LeakyReLU,
  LearningRateScheduler,
  MaxNorm,
  MaxPooling2D,
  Normalization,
  ops,
  Precision,
  RandomFlip,
  ReduceLROnPlateau,
  Rescaling,
  Reshape,
  Sequential,
  SGD,
  SparseTopKCategoricalAccuracy,
  StringLookup,
  setRandomSeed,
  type Tensor,
  tensor,
  Variable,
  ZeroPadding2D,
  zeros,
} from '../../src/index.js';
import { plotConfusion, plotFilters, plotHistory, plotModel } from '../../src/plot/index.js';

const x = zeros([8, 4]);
const data = x;
const y = zeros([8, 1]);
function* generator() {
  for (;;) yield [x, y] as const;
}
const layers = () => [new Dense(3, { activation: 'relu', inputShape: [4] }), new Dense(1)];
const model = new Sequential(layers());
const optimizer = new Adam();
const weights = [new Variable(zeros([3]))];
const loss = weights[0]!.square().sum();
const callbacks = [new EarlyStopping({ monitor: 'loss' })];

/** A heading, and under it pairs of a line of Python and a function whose body is the counterpart. */
export const sections: Readonly<Record<string, readonly (readonly [python: string, run: () => unknown])[]>> =
  {
    Models: [
      ['keras.Sequential([...])', () => new Sequential(layers())],
      ['model.add(keras.layers.Dense(1))', () => model.add(new Dense(1))],
      ['model.pop()', () => model.pop()],
      ['keras.Input(shape=(28, 28, 1))', () => Input([28, 28, 1])],
      ['keras.layers.Dense(3, input_shape=(4,))', () => new Dense(3, { inputShape: [4] })],
      ['model.summary()', () => model.summary()],
      ['model.layers[0].name', () => model.layers[0]!.name],
      ['model.get_weights()', () => model.getWeights()],
      ['model.set_weights(weights)', () => model.setWeights(model.getWeights())],
      ['model.count_params()', () => model.countParams()],
      ['model.get_config()', () => model.getConfig()],
      ['keras.models.clone_model(model)', () => cloneModel(model)],
      ['keras.utils.set_random_seed(7)', () => setRandomSeed(7)],
    ],
    Layers: [
      ["keras.layers.Dense(64, activation='relu')", () => new Dense(64, { activation: 'relu' })],
      [
        "keras.layers.Conv2D(32, 3, strides=2, padding='same')",
        () => new Conv2D(32, 3, { strides: 2, padding: 'same' }),
      ],
      ["keras.layers.Conv1D(8, 3, padding='causal')", () => new Conv1D(8, 3, { padding: 'causal' })],
      ['keras.layers.MaxPooling2D()', () => new MaxPooling2D()],
      [
        'keras.layers.AveragePooling2D((3, 3), strides=1)',
        () => new AveragePooling2D([3, 3], { strides: 1 }),
      ],
      ['keras.layers.GlobalAveragePooling2D()', () => new GlobalAveragePooling2D()],
      [
        'keras.layers.ZeroPadding2D(((1, 0), (1, 0)))',
        () =>
          new ZeroPadding2D([
            [1, 0],
            [1, 0],
          ]),
      ],
      ['keras.layers.Flatten()', () => new Flatten()],
      ['keras.layers.Reshape((7, -1))', () => new Reshape([7, -1])],
      ['keras.layers.Dropout(0.5, seed=1)', () => new Dropout(0.5, { seed: 1 })],
      ['keras.layers.GaussianNoise(0.1)', () => new GaussianNoise(0.1)],
      ['keras.layers.BatchNormalization(momentum=0.9)', () => new BatchNormalization({ momentum: 0.9 })],
      ['keras.layers.LayerNormalization()', () => new LayerNormalization()],
      ['keras.layers.LeakyReLU(negative_slope=0.1)', () => new LeakyReLU(0.1)],
      ['keras.layers.Embedding(1000, 16)', () => new Embedding(1000, 16)],
      ['keras.layers.Rescaling(1 / 255)', () => new Rescaling(1 / 255)],
      ["keras.layers.RandomFlip('horizontal')", () => new RandomFlip('horizontal')],
      ['keras.layers.Normalization().adapt(data)', () => new Normalization().adapt(data)],
      [
        "keras.layers.StringLookup(vocabulary=['a', 'b'])",
        () => new StringLookup({ vocabulary: ['a', 'b'] }),
      ],
      [
        "keras.layers.CategoryEncoding(4, output_mode='one_hot')",
        () => new CategoryEncoding(4, { outputMode: 'one_hot' }),
      ],
      [
        "keras.layers.Dense(8, kernel_initializer='he_normal')",
        () => new Dense(8, { kernelInitializer: 'he_normal' }),
      ],
      [
        'keras.layers.Dense(8, kernel_initializer=keras.initializers.HeNormal(seed=1))',
        () => new Dense(8, { kernelInitializer: new HeNormal({ seed: 1 }) }),
      ],
      [
        'keras.layers.Dense(8, kernel_regularizer=keras.regularizers.L2(1e-4))',
        () => new Dense(8, { kernelRegularizer: new L2(1e-4) }),
      ],
      [
        'keras.layers.Dense(8, kernel_constraint=keras.constraints.MaxNorm(max_value=2))',
        () => new Dense(8, { kernelConstraint: new MaxNorm({ maxValue: 2 }) }),
      ],
      ['layer.trainable = False', () => (model.layers[0]!.trainable = false)],
    ],
    'Losses, metrics, optimizers': [
      [
        "model.compile(optimizer='adam', loss='mse', metrics=['mae'])",
        () => model.compile({ optimizer: 'adam', loss: 'mse', metrics: ['mae'] }),
      ],
      [
        'keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)',
        () => new CategoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1 }),
      ],
      ['keras.losses.BinaryCrossentropy()(y, y)', () => new BinaryCrossentropy().call(y, y)],
      ['keras.metrics.SparseTopKCategoricalAccuracy(k=3)', () => new SparseTopKCategoricalAccuracy({ k: 3 })],
      ['keras.metrics.Precision(thresholds=0.4)', () => new Precision({ thresholds: 0.4 })],
      ['keras.optimizers.Adam(learning_rate=1e-3)', () => new Adam({ learningRate: 1e-3 })],
      [
        'keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True)',
        () => new SGD({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
      ],
      ['keras.optimizers.Adam(clipnorm=1.0)', () => new Adam({ clipnorm: 1 })],
      ['optimizer.learning_rate = 1e-4', () => (optimizer.learningRate = 1e-4)],
      [
        'keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 1000, 0.96))',
        () => new Adam({ learningRate: new ExponentialDecay(0.1, 1000, 0.96) }),
      ],
      ['keras.optimizers.schedules.CosineDecay(0.1, 1000)', () => new CosineDecay(0.1, 1000)],
    ],
    Training: [
      [
        'model.fit(x, y, batch_size=32, epochs=2, validation_split=0.2)',
        () => model.fit(x, y, { batchSize: 32, epochs: 2, validationSplit: 0.2 }),
      ],
      [
        'model.fit(x, y, validation_data=(x, y), callbacks=callbacks)',
        () => model.fit(x, y, { validationData: [x, y], callbacks }),
      ],
      [
        'model.fit(x, y, class_weight={0: 1.0, 1: 5.0})',
        () => model.fit(x, y, { classWeight: { 0: 1, 1: 5 } }),
      ],
      ['model.fit(generator, steps_per_epoch=1)', () => model.fit(generator(), { stepsPerEpoch: 1 })],
      ['model.evaluate(x, y)  # [loss, metrics ...]', () => model.evaluate(x, y)],
      ['model.predict(x)', () => model.predict(x)],
      ['model.train_on_batch(x, y)', () => model.trainOnBatch(x, y)],
      [
        'optimizer.apply(tape.gradient(loss, weights), weights)',
        () => optimizer.apply(gradients(loss, weights), weights),
      ],
      [
        "keras.callbacks.EarlyStopping('val_loss', patience=3, restore_best_weights=True)",
        () => new EarlyStopping({ monitor: 'val_loss', patience: 3, restoreBestWeights: true }),
      ],
      [
        "keras.callbacks.ReduceLROnPlateau('val_loss', factor=0.5)",
        () => new ReduceLROnPlateau({ monitor: 'val_loss', factor: 0.5 }),
      ],
      [
        'keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9)',
        () => new LearningRateScheduler((_epoch, rate) => rate * 0.9),
      ],
    ],
    Tensors: [
      [
        'keras.ops.convert_to_tensor([[1, 2], [3, 4]])',
        () =>
          tensor([
            [1, 2],
            [3, 4],
          ]),
      ],
      ['keras.ops.zeros((2, 3))', () => zeros([2, 3])],
      ['keras.Variable(keras.ops.zeros((3,)))', () => new Variable(zeros([3]))],
      ['x + y * 2', () => x.add(y.mul(2))],
      ['keras.ops.matmul(x, keras.ops.transpose(x))', () => x.matmul(x.transpose())],
      ['keras.ops.mean(x, axis=0)', () => x.mean(0)],
      ['keras.ops.argmax(x, axis=-1)', () => x.argmax(-1)],
      ['keras.ops.exp(x)', () => ops.exp(x)],
      ['keras.ops.convert_to_numpy(x)', () => x.toArray()],
      ['jax.grad(lambda x: (x ** 2).sum())(x)', () => gradients(x.square().sum(), [x])],
    ],
    ...dataAndPlots(),
    ...estimators(new StandardScaler().fitTransform(iris().x), iris().y),
  };

function dataAndPlots() {
  const network = new Sequential([new Conv2D(4, 3, { inputShape: [8, 8, 1] }), new Flatten(), new Dense(1)]);
  const history = { loss: [0.7, 0.5], val_loss: [0.8, 0.6] };
  const rows: [python: string, run: () => unknown][] = [
    ['sklearn.datasets.load_iris()', () => iris()],
    [
      'sklearn.datasets.make_moons(200, noise=0.1, random_state=0)',
      () => moons({ nSamples: 200, noise: 0.1, seed: 0 }),
    ],
    [
      'sklearn.datasets.make_blobs(300, centers=4, cluster_std=0.5)',
      () => blobs({ nSamples: 300, centers: 4, clusterStd: 0.5 }),
    ],
    ['keras.utils.plot_model(network)', () => plotModel(network)],
    ["plt.plot(history['loss']); plt.plot(history['val_loss'])", () => plotHistory(history)],
    ['plt.imshow(network.layers[0].get_weights()[0][:, :, 0, 0])', () => plotFilters(network.layers[0]!)],
    [
      'sklearn.metrics.ConfusionMatrixDisplay.from_predictions([0, 1, 1], [0, 1, 0])',
      () => plotConfusion(confusionMatrix([0, 1, 1], [0, 1, 0])),
    ],
  ];
  return { 'Data and plots': rows };
}

function estimators(x: Tensor, y: Tensor) {
  const rows: [python: string, run: () => unknown][] = [
    [
      'sklearn.cluster.KMeans(n_clusters=3, random_state=0).fit(x)',
      () => new KMeans({ nClusters: 3 }).fit(x),
    ],
    ['sklearn.linear_model.LogisticRegression().fit(x, y)', () => new LogisticRegression().fit(x, y)],
    ['sklearn.linear_model.LinearRegression().fit(x, y)', () => new LinearRegression().fit(x, y)],
    [
      'sklearn.neural_network.MLPClassifier((16,), learning_rate_init=0.01)',
      () => new MLPClassifier({ hiddenLayerSizes: [16], learningRateInit: 0.01 }),
    ],
    ['sklearn.preprocessing.StandardScaler().fit_transform(x)', () => new StandardScaler().fitTransform(x)],
    [
      'sklearn.model_selection.train_test_split(x, y, test_size=0.2, stratify=y)',
      () => trainTestSplit(x, y, { testSize: 0.2, stratify: y }),
    ],
    [
      'sklearn.model_selection.cross_validate(LogisticRegression(), x, y, cv=5)',
      () => crossValidate(new LogisticRegression(), x, y, { folds: 5 }),
    ],
    ['sklearn.metrics.accuracy_score([0, 1, 1], [0, 1, 0])', () => accuracyScore([0, 1, 1], [0, 1, 0])],
    ['sklearn.metrics.r2_score([1, 2, 3], [1, 2, 4])', () => r2Score([1, 2, 3], [1, 2, 4])],
    [
      'sklearn.metrics.roc_auc_score([0, 1, 1], [0.1, 0.4, 0.3])',
      () => rocAucScore([0, 1, 1], [0.1, 0.4, 0.3]),
    ],
  ];
  return { Estimators: rows };
}

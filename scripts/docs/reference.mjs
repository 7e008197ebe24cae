// How the reference is arranged: as Keras arranges its own. A file below `src` is named once; a path that ends in `/` stands
// for all below it, `file.ts#Name` for one name of a file whose others belong elsewhere. What is not found here stops the
// build of the site, so that a new class has its place on the day it is written.

/** Groups in the order of the site, and in each its categories, or its files where it has none. */
export const reference = {
  Models: {
    Model: [
      'models/sequential.ts',
      'models/model.ts',
      'models/network.ts',
      'models/clone.ts',
      'models/config.ts',
    ],
    'Looking inside': ['models/summary.ts', 'models/explain.ts', 'tensor/profile.ts'],
    'Training options': [
      'models/batches.ts',
      'models/compile.ts',
      'models/data-adapter.ts',
      'models/options.ts',
      'nn/choose.ts',
    ],
  },
  Layers: {
    'Base of layers': [
      'layers/host-layer.ts',
      'layers/input-spec.ts',
      'layers/kernel-layer.ts',
      'layers/layer.ts',
      'layers/masks.ts',
      'layers/normalizing-layer.ts',
      'layers/weights.ts',
    ],
    'Core layers': [
      'layers/activations.ts#Activation',
      'layers/core.ts',
      'layers/dense.ts',
      'layers/embedding.ts',
      'layers/input.ts',
    ],
    'Convolution layers': ['layers/conv.ts', 'layers/depthwise-conv.ts', 'layers/separable-conv.ts'],
    'Pooling layers': ['layers/pooling.ts', 'layers/global-pooling.ts'],
    'Preprocessing layers': [
      'layers/core.ts#Rescaling',
      'layers/discretization.ts',
      'layers/encoding.ts',
      'layers/image-layer.ts',
      'layers/index-lookup.ts',
      'layers/integer-lookup.ts',
      'layers/normalization.ts',
      'layers/random-image.ts',
      'layers/random-warp.ts',
      'layers/resizing.ts',
      'layers/string-lookup.ts',
    ],
    'Normalization layers': ['layers/batch-normalization.ts', 'layers/layer-normalization.ts'],
    'Regularization layers': ['layers/core.ts#ActivityRegularization', 'layers/noise.ts'],
    'Reshaping layers': [
      'layers/cropping.ts',
      'layers/padding.ts',
      'layers/reshaping.ts',
      'layers/upsampling.ts',
    ],
    'Activation layers': ['layers/activations.ts'],
  },
  Activations: ['nn/activations.ts'],
  Initializers: [
    'nn/initializer.ts',
    'nn/initializers.ts',
    'nn/orthogonal.ts',
    'nn/stft.ts',
    'nn/variance-scaling.ts',
  ],
  Regularizers: ['nn/regularizers.ts'],
  Constraints: ['nn/constraints.ts'],
  Losses: {
    'Base of losses': ['nn/loss.ts'],
    'Loss classes': ['nn/losses.ts'],
    'Loss functions': ['nn/crossentropy.ts', 'nn/distances.ts'],
  },
  Metrics: {
    'Base of metrics': ['nn/metric.ts', 'nn/metrics.ts#Mean', 'nn/metrics.ts#Sum'],
    'Accuracy metrics': ['nn/metrics.ts'],
    'Regression metrics': [
      'nn/metrics.ts#ConcordanceCorrelation',
      'nn/metrics.ts#PearsonCorrelation',
      'nn/metrics.ts#RootMeanSquaredError',
      'nn/r2-score.ts',
    ],
    'True and false positives and negatives': [
      'nn/auc.ts',
      'nn/confusion-metrics.ts',
      'nn/f-score.ts',
      'nn/operating-points.ts',
    ],
    'Segmentation metrics': ['nn/iou.ts'],
  },
  Optimizers: ['nn/optimizers/'],
  Schedules: ['nn/schedules.ts'],
  Callbacks: ['models/callbacks/'],
  'Tensors and operations': {
    Tensors: [
      'core/dtype.ts',
      'core/shape.ts',
      'ops/op.ts',
      'tensor/create.ts',
      'tensor/nested.ts',
      'tensor/resident.ts',
      'tensor/tensor.ts',
      'tensor/variable.ts',
    ],
    Operations: [
      'ops/index.ts',
      'tensor/arrays.ts',
      'tensor/convolution.ts',
      'tensor/functions.ts',
      'tensor/pooling.ts',
      'tensor/sliding.ts',
      'tensor/sort.ts',
    ],
    'Random numbers': ['tensor/random.ts'],
    Gradients: ['tensor/gradient.ts'],
    'Compiled functions': ['tensor/compiled.ts', 'tensor/explain.ts', 'tensor/scan.ts'],
    Backends: ['backends/choose.ts'],
  },
  'Classes of your own': [
    'core/configurable.ts',
    'core/declaration.ts',
    'core/fields.ts',
    'core/schema.ts',
    'nn/fields.ts',
  ],
  Datasets: {
    'Collected data': ['datasets/download/', 'datasets/tables/', 'data/fashion-mnist.ts'],
    'Drawn pictures': ['datasets/drawn/'],
    'Made points': ['datasets/toys/'],
    Files: [
      'data/csv.ts',
      'data/idx.ts',
      'data/npy.ts',
      'data/npz.ts',
      'data/png.ts',
      'data/sources.ts',
      'data/table.ts',
      'datasets/formats/',
    ],
    Splitting: ['data/split.ts'],
  },
  Plots: {
    'What is returned': [
      'plot/plot.ts',
      'plot/svg/',
      'plot/terminal/text.ts',
      'plot/terminal/print.ts',
      'plot/description.ts',
    ],
    Charts: ['plot/charts/'],
    Images: ['plot/images/'],
    Diagrams: ['plot/diagrams/'],
    'While training': ['plot/terminal/dashboard/'],
  },
  Estimators: {
    'Base of estimators': [
      'estimators/classifier.ts',
      'estimators/estimator.ts',
      'estimators/labels.ts',
      'estimators/regressor.ts',
      'estimators/rows.ts',
      'estimators/scaler.ts',
    ],
    Clustering: ['estimators/k-means.ts'],
    'Linear models': ['estimators/linear-regression.ts', 'estimators/logistic-regression.ts'],
    Networks: ['estimators/mlp-classifier.ts', 'estimators/mlp-regressor.ts', 'estimators/mlp/'],
    Scaling: ['estimators/min-max-scaler.ts', 'estimators/standard-scaler.ts'],
    'Model selection': ['estimators/cross-validate.ts', 'estimators/train-test-split.ts'],
    Scores: ['estimators/scores/'],
  },
  Errors: ['core/errors.ts', 'core/warnings.ts'],
};

const places = new Map(
  Object.entries(reference).flatMap(([group, content]) => {
    const categories = Array.isArray(content) ? [[undefined, content]] : Object.entries(content);
    return categories.flatMap(([category, paths]) => paths.map((path) => [path, { path, group, category }]));
  }),
);

/** The group and category of a name that a file below `src` exports, and the path that says so; undefined where none does. */
export function placeOf(file, name) {
  const exact = places.get(`${file}#${name}`) ?? places.get(file);
  if (exact) return exact;
  const folders = file.split('/').slice(0, -1);
  for (let depth = folders.length; depth > 0; depth--) {
    const place = places.get(`${folders.slice(0, depth).join('/')}/`);
    if (place) return place;
  }
  return undefined;
}

export const paths = [...places.keys()];

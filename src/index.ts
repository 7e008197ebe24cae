// The public API: names, no logic. Types such as `Arg`, `Optional` and `LayerClass` are here because the compiler
// writes them into the declarations of a user's own classes: without them `export class Mine extends layer(…)` is an
// error (TS4020) there.

export { type BackendName, type BackendOptions, backend, setBackend } from './backends/choose.js';
export { Configurable, type DeclaredClass, Named } from './core/configurable.js';
export { type Arguments, type Config, type Declaration, type Declares, merge } from './core/declaration.js';
export type { DType, TypedArray } from './core/dtype.js';
export {
  BackendError,
  ConfigError,
  DataError,
  DTypeError,
  type ErrorCode,
  FormatError,
  MyelinError,
  type Problem,
  ShapeError,
  StateError,
} from './core/errors.js';
export {
  type Arg,
  arg,
  bool,
  either,
  type Field,
  float,
  functionOf,
  int,
  type Json,
  type JsonObject,
  listOf,
  maybe,
  type Optional,
  type OptionalArg,
  oneOf,
  shape,
  text,
  wordLike,
} from './core/fields.js';
export type { WriteOptions } from './core/schema.js';
export type { PartialShape, Shape } from './core/shape.js';
export { setWarnings, type WarningHandler } from './core/warnings.js';
export * from './layers/core.js';
export * from './layers/dense.js';
export { Input, InputLayer } from './layers/input.js';
export type { InputSpec } from './layers/input-spec.js';
export { type KernelFields, KernelLayer, type KernelLayerClass, kernelLayer } from './layers/kernel-layer.js';
export {
  type CallContext,
  Layer,
  type LayerClass,
  type LayerFields,
  layer,
  type WeightOptions,
} from './layers/layer.js';
export * from './layers/normalization.js';
export {
  Callback,
  type CallbackClass,
  type CallbackLike,
  callback,
  type RunParameters,
} from './models/callbacks.js';
export type { Compilation, CompileOptions } from './models/compile.js';
export type { LayerClasses } from './models/config.js';
export type { Numbers } from './models/data-adapter.js';
export { EarlyStopping } from './models/early-stopping.js';
export { explain } from './models/explain.js';
export { History } from './models/history.js';
export { TrainableModel } from './models/model.js';
export type { Logs, Network } from './models/network.js';
export type { FitOptions, Pair, RunOptions, Verbosity } from './models/options.js';
export { Sequential, type SequentialOptions } from './models/sequential.js';
export type { SummaryOptions } from './models/summary.js';
export { type ActivationFunction, type ActivationName, activations } from './nn/activations.js';
export type {
  AccuracyName,
  CrossentropyName,
  LossOption,
  MetricOption,
  OptimizerOption,
} from './nn/choose.js';
export {
  binaryCrossentropy,
  type CrossentropyOptions,
  categoricalCrossentropy,
  type SparseCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from './nn/crossentropy.js';
export {
  type ActivationOption,
  activation as activationField,
  type InitializerOption,
  initializer as initializerField,
  type RegularizerOption,
  regularizer as regularizerField,
} from './nn/fields.js';
export {
  Initializer,
  type InitializerClass,
  type InitializerFunction,
  initializer,
} from './nn/initializer.js';
export * from './nn/initializers.js';
export { Loss, type LossClass, type LossFields, type LossFunction, loss, type Targets } from './nn/loss.js';
export * from './nn/losses.js';
export {
  MeanMetric,
  Metric,
  type MetricClass,
  type MetricFields,
  type MetricFunction,
  metric,
} from './nn/metric.js';
export {
  Accuracy,
  BinaryAccuracy,
  CategoricalAccuracy,
  Mean,
  type MetricName,
  metrics,
  RootMeanSquaredError,
  SparseCategoricalAccuracy,
  Sum,
} from './nn/metrics.js';
export { Adam } from './nn/optimizers/adam.js';
export type { OptimizerFields } from './nn/optimizers/fields.js';
export {
  Optimizer,
  type OptimizerClass,
  optimizer,
  type Step,
  type Update,
} from './nn/optimizers/optimizer.js';
export { RMSprop } from './nn/optimizers/rmsprop.js';
export { SGD } from './nn/optimizers/sgd.js';
export { type OptimizerName, optimizers } from './nn/optimizers/table.js';
export {
  L1,
  L1L2,
  L2,
  Regularizer,
  type RegularizerClass,
  type RegularizerFunction,
  type RegularizerName,
  regularizer,
  regularizers,
} from './nn/regularizers.js';
export * as ops from './ops/index.js';
export { type BoundProgram, type CompiledFunction, compiled } from './tensor/compiled.js';
export * from './tensor/create.js';
export { explainCompiled } from './tensor/explain.js';
export { concatenate, einsum, stack, where } from './tensor/functions.js';
export { grad, gradients, valueAndGrad } from './tensor/gradient.js';
export type { Nested, NestedInput } from './tensor/nested.js';
export { RandomStream, random, setRandomSeed } from './tensor/random.js';
export { type Axes, full, type Operand, Tensor } from './tensor/tensor.js';
export { Variable, type VariableOptions } from './tensor/variable.js';

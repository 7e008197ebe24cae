// The public API: names, no logic. Types such as `Arg`, `Optional` and `LayerClass` are here because the compiler
// writes them into the declarations of a user's own classes: without them `export class Mine extends layer(…)` is an
// error (TS4020) there.

export { type BackendName, type BackendOptions, backend, setBackend } from './backends/choose.js';
export { Configurable, type DeclaredClass, Named, type ReadOptions } from './core/configurable.js';
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
export { fashionClasses } from './data/fashion-mnist.js';
export { type IdxOptions, parseIdx } from './data/idx.js';
export * from './layers/activations.js';
export * from './layers/batch-normalization.js';
export { Conv1D, Conv2D, Conv3D } from './layers/conv.js';
export * from './layers/core.js';
export { Cropping1D, Cropping2D, Cropping3D } from './layers/cropping.js';
export * from './layers/dense.js';
export { DepthwiseConv1D, DepthwiseConv2D } from './layers/depthwise-conv.js';
export { Discretization } from './layers/discretization.js';
export * from './layers/embedding.js';
export { CategoryEncoding, type EncodingContext } from './layers/encoding.js';
export {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
} from './layers/global-pooling.js';
export { HostLayer } from './layers/host-layer.js';
export {
  type Factor,
  type ImageFields,
  ImageLayer,
  type ImageLayerClass,
  type RandomImageFields,
  RandomImageLayer,
  type RandomImageLayerClass,
  type Range,
} from './layers/image-layer.js';
export {
  Lookup,
  type LookupClass,
  type LookupFields,
  type NestedIntegers,
  type NestedText,
} from './layers/index-lookup.js';
export { Input, InputLayer } from './layers/input.js';
export type { InputSpec } from './layers/input-spec.js';
export { IntegerLookup } from './layers/integer-lookup.js';
export {
  type BiasFields,
  type KernelFields,
  KernelLayer,
  type KernelLayerClass,
  kernelLayer,
} from './layers/kernel-layer.js';
export {
  type CallContext,
  Layer,
  type LayerClass,
  type LayerFields,
  layer,
  type WeightOptions,
} from './layers/layer.js';
export * from './layers/layer-normalization.js';
export { maskOf } from './layers/masks.js';
export {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  type NoiseFields,
  type NoiseLayer,
  type NoiseLayerClass,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from './layers/noise.js';
export * from './layers/normalization.js';
export type {
  NormalizingFields,
  NormalizingLayer,
  NormalizingLayerClass,
} from './layers/normalizing-layer.js';
export { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from './layers/padding.js';
export {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from './layers/pooling.js';
export { RandomBrightness, RandomContrast, RandomFlip } from './layers/random-image.js';
export { RandomRotation, RandomTranslation, RandomZoom } from './layers/random-warp.js';
export * from './layers/reshaping.js';
export { CenterCrop, Resizing } from './layers/resizing.js';
export { SeparableConv1D, SeparableConv2D } from './layers/separable-conv.js';
export { StringLookup } from './layers/string-lookup.js';
export { UpSampling1D, UpSampling2D, UpSampling3D } from './layers/upsampling.js';
export type { Batch, Batches, InputBatches } from './models/batches.js';
export {
  Callback,
  type CallbackClass,
  type CallbackLike,
  callback,
  type RunParameters,
} from './models/callbacks/callback.js';
export { CSVLogger } from './models/callbacks/csv-logger.js';
export { EarlyStopping } from './models/callbacks/early-stopping.js';
export { History } from './models/callbacks/history.js';
export { LambdaCallback } from './models/callbacks/lambda-callback.js';
export { LearningRateScheduler, ReduceLROnPlateau } from './models/callbacks/learning-rate.js';
export { ModelCheckpoint } from './models/callbacks/model-checkpoint.js';
export { ProgbarLogger } from './models/callbacks/progbar-logger.js';
export { SwapEMAWeights } from './models/callbacks/swap-ema-weights.js';
export { TerminateOnNaN } from './models/callbacks/terminate-on-nan.js';
export { type CloneOptions, cloneModel } from './models/clone.js';
export type { Compilation, CompileOptions } from './models/compile.js';
export type { LayerClasses } from './models/config.js';
export type { Inputs, Numbers, Words } from './models/data-adapter.js';
export { explain } from './models/explain.js';
export { TrainableModel } from './models/model.js';
export type { Logs, Network } from './models/network.js';
export type {
  ClassWeight,
  EvaluateOptions,
  FitOptions,
  RunOptions,
  TestBatchOptions,
  TrainBatchOptions,
  ValidationData,
  Verbosity,
} from './models/options.js';
export { Sequential, type SequentialOptions } from './models/sequential.js';
export type { SummaryOptions } from './models/summary.js';
export * from './nn/activations.js';
export { AUC } from './nn/auc.js';
export type {
  AccuracyName,
  CrossentropyName,
  LossOption,
  MetricOption,
  OptimizerOption,
} from './nn/choose.js';
export * from './nn/confusion-metrics.js';
export {
  Constraint,
  type ConstraintClass,
  type ConstraintFunction,
  type ConstraintName,
  constraint,
  constraints,
  MaxNorm,
  MinMaxNorm,
  NonNeg,
  UnitNorm,
} from './nn/constraints.js';
export * from './nn/crossentropy.js';
export * from './nn/distances.js';
export * from './nn/f-score.js';
export {
  type ActivationOption,
  activation as activationField,
  type ConstraintOption,
  constraint as constraintField,
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
export * from './nn/iou.js';
export { Loss, type LossClass, type LossFields, type LossFunction, loss, type Targets } from './nn/loss.js';
export * from './nn/losses.js';
export {
  MeanMetric,
  MeanMetricWrapper,
  Metric,
  type MetricClass,
  type MetricFields,
  type MetricFunction,
  metric,
} from './nn/metric.js';
export * from './nn/metrics.js';
export * from './nn/operating-points.js';
export { Adadelta } from './nn/optimizers/adadelta.js';
export { Adafactor } from './nn/optimizers/adafactor.js';
export { Adagrad } from './nn/optimizers/adagrad.js';
export { Adam, AdamW } from './nn/optimizers/adam.js';
export { Adamax } from './nn/optimizers/adamax.js';
export { type LearningRateOption, learningRate, type OptimizerFields } from './nn/optimizers/fields.js';
export { Ftrl } from './nn/optimizers/ftrl.js';
export { Lamb } from './nn/optimizers/lamb.js';
export { Lion } from './nn/optimizers/lion.js';
export { Muon } from './nn/optimizers/muon.js';
export { Nadam } from './nn/optimizers/nadam.js';
export {
  Optimizer,
  type OptimizerClass,
  optimizer,
  type Step,
  type Update,
} from './nn/optimizers/optimizer.js';
export { RMSprop } from './nn/optimizers/rmsprop.js';
export { ScheduleFreeAdamW } from './nn/optimizers/schedule-free-adamw.js';
export { SGD } from './nn/optimizers/sgd.js';
export { type OptimizerName, optimizers } from './nn/optimizers/table.js';
export { Orthogonal } from './nn/orthogonal.js';
export { R2Score } from './nn/r2-score.js';
export {
  L1,
  L1L2,
  L2,
  OrthogonalRegularizer,
  Regularizer,
  type RegularizerClass,
  type RegularizerFunction,
  type RegularizerName,
  regularizer,
  regularizers,
} from './nn/regularizers.js';
export {
  CosineDecay,
  CosineDecayRestarts,
  ExponentialDecay,
  InverseTimeDecay,
  LearningRateSchedule,
  PiecewiseConstantDecay,
  PolynomialDecay,
  type ScheduleClass,
  type ScheduleFunction,
  schedule,
} from './nn/schedules.js';
export { STFT } from './nn/stft.js';
export * from './nn/variance-scaling.js';
export * as ops from './ops/index.js';
export * from './tensor/arrays.js';
export { type BoundProgram, type CompiledFunction, compiled } from './tensor/compiled.js';
export { type ConvOptions, conv, type DepthwiseOptions, depthwiseConv } from './tensor/convolution.js';
export * from './tensor/create.js';
export { explainCompiled } from './tensor/explain.js';
export { concatenate, einsum, split, stack, where } from './tensor/functions.js';
export { grad, gradients, valueAndGrad } from './tensor/gradient.js';
export type { Nested, NestedInput } from './tensor/nested.js';
export { averagePool, maxPool, type PoolOptions } from './tensor/pooling.js';
export { RandomStream, random, setRandomSeed } from './tensor/random.js';
export { Resident } from './tensor/resident.js';
export { type ScanOptions, scan } from './tensor/scan.js';
export type { DataFormat, Padding, PerAxis, SlidingOptions } from './tensor/sliding.js';
export * from './tensor/sort.js';
export { type Axes, full, type Operand, Tensor } from './tensor/tensor.js';
export { Variable, type VariableOptions } from './tensor/variable.js';

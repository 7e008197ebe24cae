/** Names of `myelin/estimators`. */

export { Classifier, type ClassifierClass } from './classifier.js';
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type Testable,
} from './cross-validate.js';
export { Estimator, type EstimatorClass } from './estimator.js';
export { KMeans, type KMeansFitOptions, type KMeansIteration } from './k-means.js';
export type { Label, Labels, Predicted } from './labels.js';
export { LinearRegression } from './linear-regression.js';
export { LogisticRegression } from './logistic-regression.js';
export { MinMaxScaler } from './min-max-scaler.js';
export type { MLPFitOptions } from './mlp/perceptron.js';
export { MLPClassifier } from './mlp-classifier.js';
export { MLPRegressor } from './mlp-regressor.js';
export { Regressor } from './regressor.js';
export type { Rows } from './rows.js';
export { Scaler } from './scaler.js';
export { accuracyScore } from './scores/accuracy-score.js';
export { type ClassificationReportOptions, classificationReport } from './scores/classification-report.js';
export {
  type ClassificationOptions,
  type ClassificationScores,
  type ClassScores,
  classificationScores,
} from './scores/classification-scores.js';
export { type ConfusionMatrixOptions, confusionMatrix } from './scores/confusion-matrix.js';
export { meanAbsoluteError, meanSquaredError, r2Score } from './scores/regression-scores.js';
export { type RocCurve, type RocCurveOptions, rocAucScore, rocCurve } from './scores/roc.js';
export { StandardScaler } from './standard-scaler.js';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './train-test-split.js';

/**
 * Classes that no string reaches: who wants one imports it and makes an instance, so that no other bundle has it. Strings,
 * and Keras's JSON, know their names only, and say so. `docs/decisions/0010-names-and-bundles.md` tells how they are chosen.
 */
export const imported = {
  losses: ['CategoricalGeneralizedCrossEntropy'],
  metrics: ['FBetaScore', 'BinaryIoU', 'PearsonCorrelation', 'ConcordanceCorrelation'],
  optimizers: ['Ftrl', 'Lion', 'Lamb', 'Adafactor', 'Muon', 'ScheduleFreeAdamW'],
  schedules: [
    ...['ExponentialDecay', 'InverseTimeDecay', 'PolynomialDecay'],
    ...['PiecewiseConstantDecay', 'CosineDecay', 'CosineDecayRestarts'],
  ],
  initializers: ['STFT'],
  regularizers: ['OrthogonalRegularizer'],
} as const;

import { checkNoMore } from '../../core/option-names.js';
import { type Labels, labelPairs } from '../labels.js';

/**
 * The share of predictions that are right.
 *
 * Inputs    labels, numbers or words, as many of both
 * Throws    DataError for different lengths, for no labels, and for probabilities in place of labels
 *
 * @example
 * accuracyScore([0, 1, 2, 1], [0, 1, 1, 1]); // 0.75
 */
export function accuracyScore(yTrue: Labels, yPred: Labels, ...more: []): number {
  checkNoMore('accuracyScore', more);
  const [labels, predicted] = labelPairs('accuracyScore', yTrue, yPred);
  return labels.filter((label, i) => label === predicted[i]).length / labels.length;
}

/** Everything that the command found out, for the terminal and for the page. */

import type { Table } from '../../data/table.js';
import type { Assessment } from './assess.js';
import type { Loaded } from './load.js';
import type { TrainSettings } from './options.js';
import type { NamedTexts } from './predictions.js';
import type { Choice, Predictor } from './predictor.js';

export interface Outcome extends Loaded {
  readonly settings: TrainSettings;
  readonly folds: number;
  readonly assessment: Assessment;
  /** Trained on all rows. */
  readonly predictor: Predictor;
  readonly predictions: NamedTexts;
  /** What there is to say of the second table, and how good the answers to it are, where it has them. */
  readonly asked?:
    | { readonly table: Table; readonly notes: readonly string[]; readonly score?: number | undefined }
    | undefined;
}

export const choiceText = ({ candidate, scale }: Choice): string =>
  scale === 'logarithm' ? `${candidate.name}, on the logarithm` : candidate.name;

/** What was tested how. */
export const testedText = ({ folds }: Pick<Outcome, 'folds'>): string =>
  folds === 1 ? 'rows held back' : `mean of ${folds} folds`;

/** Options that several estimators have. */

import { type Field, float, int, type Optional } from '../core/fields.js';

/** The same seed gives the same result. Default 0. */
export const seed = (): Optional<number> => int(0);

/** A share of the rows below 1, or a number of them. */
export const portion = (): Field<number> => ({
  expected: 'a share above 0 and below 1, or a number of rows of 1 or more',
  parse: (given) => (given > 0 && (given < 1 || Number.isSafeInteger(given)) ? given : undefined),
});

/** Most steps of a search. */
export const steps = (fallback: number): Optional<number> => int(fallback, { min: 1 });

/** How little has to change for a search to end. */
export const tolerance = (): Optional<number> => float(1e-4, { min: 0 });

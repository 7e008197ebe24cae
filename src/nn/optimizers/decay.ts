import type { Variable } from '../../tensor/variable.js';

/** Weights that decay passes over. */
export interface DecayExclusion {
  /** Weights themselves. */
  readonly varList?: readonly Variable[];
  /** Regular expressions: a weight is passed over if its name has a match of one. */
  readonly varNames?: readonly string[];
}

export const isExcluded = (weight: Variable, { varList = [], varNames = [] }: DecayExclusion): boolean =>
  varList.includes(weight) || varNames.some((name) => new RegExp(name).test(weight.name));

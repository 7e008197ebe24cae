/** A row for each layer, or more where its options make it another computation. `checkLayer` checks every row. */

import { coreRows } from './rows/core.js';
import { preprocessingRows } from './rows/preprocessing.js';
import type { LayerRow } from './rows/row.js';
import { spatialRows } from './rows/spatial.js';

/** Rows by what they check: the name of the class comes first. */
export const layerTable: Readonly<Record<string, LayerRow>> = {
  ...coreRows,
  ...spatialRows,
  ...preprocessingRows,
};

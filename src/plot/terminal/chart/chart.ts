/** A panel with axes: the form that suits what it holds. */

import type { ChartPanel } from '../../description.js';
import type { Sheet } from '../sheet.js';
import type { Surface } from '../surface.js';
import { drawBars, isBars } from './bars.js';
import { drawMatrix } from './matrix.js';
import { drawPlane } from './plane.js';

export function drawChart(panel: ChartPanel, surface: Surface): Sheet {
  if (isBars(panel)) return drawBars(panel, surface);
  return drawMatrix(panel, surface) ?? drawPlane(panel, surface);
}

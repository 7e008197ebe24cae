/** Where marks are drawn. */

import { node, type SvgNode } from './node.js';
import type { Paints } from './paint.js';

export interface Area {
  readonly width: number;
  readonly height: number;
  readonly paints: Paints;
  /** Pixels from the left of a value; NaN for what has no place. */
  x(value: number): number;
  /** Pixels from the top. */
  y(value: number): number;
  /** Whether bars run from left to right. */
  readonly barsLie: boolean;
  /** Whether lines carry the symbols of their series. */
  readonly symbols: boolean;
}

/** What leaves the area, as with a given domain, is cut. A nested drawing needs no id, which could be taken on the page. */
export const clip = (drawn: SvgNode, { width, height }: Area): SvgNode =>
  node('svg', { width, height, overflow: 'hidden' }, drawn);

/** The rectangle of characters between the axes. */

import type { AxisPlan } from '../../axes/axis.js';

export interface Area {
  readonly columns: number;
  readonly rows: number;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  /** Whether the ends of the axes are the edges of the outer characters, as bars need it, or their middles. */
  readonly edges: boolean;
}

/** The place of a value from the left, in characters; NaN without one. */
export const across = ({ x, columns, edges }: Area, value: number): number =>
  x.place(value) * (edges ? columns : columns - 1);

/** The place of a value from the top, in characters; NaN without one. */
export const down = ({ y, rows, edges }: Area, value: number): number =>
  (1 - y.place(value)) * (edges ? rows : rows - 1);

/** The character that a place belongs to, within the area even at its outer edge. */
export const whole = (place: number, count: number): number => {
  const rounded = Math.round(place);
  return rounded === count ? count - 1 : rounded;
};

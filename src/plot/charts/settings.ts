/** What the charts have in common: options, and the way from panels to a plot. */

import { maybe, text } from '../../core/fields.js';
import { gapNotes } from '../axes/extent.js';
import type { ChartPanel, Picture } from '../description.js';
import { Plot } from '../plot.js';

export const titleField = () => ({
  /** Above the chart. */
  title: maybe(text()),
});

export const labelFields = () => ({
  ...titleField(),
  /** Below the x axis. */
  xLabel: maybe(text()),
  /** Above the y axis. */
  yLabel: maybe(text()),
});

/** A plot of charts; what they leave out is said in its notes. */
export function chartPlot(
  panels: readonly ChartPanel[],
  { title, notes = [] }: { title: string | null; notes?: readonly string[] },
): Plot {
  const all = [...notes, ...panels.flatMap(gapNotes)];
  const picture: Picture = {
    ...(title === null ? {} : { title }),
    panels,
    ...(all.length > 0 ? { notes: all } : {}),
  };
  return new Plot(picture);
}

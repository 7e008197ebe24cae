import { problem } from '../../core/errors.js';
import { int, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { show } from '../../core/text.js';
import type { Panel, Picture } from '../description.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { nothing } from './values.js';

const fields = () => ({
  /** Above all panels. */
  title: maybe(text()),
  /** Panels side by side, at most; fewer where they would be too narrow. Default: as square as possible. */
  columns: maybe(int({ min: 1 })),
});

export interface PanelsOptions extends Options<ReturnType<typeof fields>> {}

/**
 * Several plots as one picture. The title of a plot becomes that of its panel, or stands before those of its panels; its
 * notes go below, after its title where there are several plots.
 *
 * Throws a DataError for no plots, a ConfigError for what is no plot.
 *
 * @example
 * import { panels, plotBars, plotLines } from 'myelin/plot';
 * const both = panels([plotLines({ loss: [2, 1] }), plotBars({ a: 1, b: 2 })], { title: 'Two charts' });
 * both.picture.panels.length; // 2
 */
export function panels(plots: readonly Plot[], options: PanelsOptions = {}): Plot {
  const settings = settingsOf('panels(plots, { columns: 2 })', fields(), options);
  if (!Array.isArray(plots)) throw notPlot('panels plots', plots, 'a list of plots');
  if (plots.length === 0) throw nothing('panels plots');
  plots.forEach((plot, i) => {
    if (!(plot instanceof Plot)) throw notPlot(`panels plots[${i}]`, plot, 'a plot, as plotLines returns');
  });
  const notes = [...new Set(plots.flatMap(({ picture }) => notesOf(picture, plots.length > 1)))];
  const picture: Picture = {
    panels: plots.flatMap(({ picture }) => titled(picture)),
    ...(settings.title === null ? {} : { title: settings.title }),
    ...(settings.columns === null ? {} : { columns: settings.columns }),
    ...(notes.length > 0 ? { notes } : {}),
  };
  return new Plot(picture);
}

const titled = ({ title, panels }: Picture): readonly Panel[] =>
  title
    ? panels.map((panel) => ({ ...panel, title: panel.title ? `${title}: ${panel.title}` : title }))
    : panels;

const notesOf = ({ title, notes = [] }: Picture, isOneOfSeveral: boolean) =>
  title && isOneOfSeveral ? notes.map((note) => `${title}: ${note}`) : notes;

const notPlot = (subject: string, given: unknown, expected: string) =>
  problem('argument-value', { subject, expected, received: show(given) });

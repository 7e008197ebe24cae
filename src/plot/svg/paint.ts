/** Colours by name, each for light and for dark pages. */

import {
  type Colour,
  contrast,
  divergingColour,
  sequentialColour,
  seriesColour,
  type Theme,
} from '../axes/palette.js';
import type { Attributes } from './node.js';

const themes = ['light', 'dark'] as const;

/** What is not data. */
const basics: Readonly<Record<string, Readonly<Record<Theme, Colour>>>> = {
  surface: { light: [255, 255, 255], dark: [22, 27, 34] },
  ink: { light: [31, 35, 40], dark: [230, 237, 243] },
  quiet: { light: [89, 99, 110], dark: [158, 167, 179] },
  axis: { light: [140, 149, 159], dark: [110, 118, 129] },
  grid: { light: [228, 232, 236], dark: [45, 51, 59] },
  other: { light: [129, 139, 152], dark: [125, 133, 144] },
  box: { light: [246, 248, 250], dark: [33, 38, 45] },
  right: { light: [0, 114, 178], dark: [77, 163, 224] },
  wrong: { light: [184, 60, 20], dark: [240, 128, 84] },
};

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];

// Finer than the eye: 64 steps from one end of a scale to the other.
const steps = 64;

/** How much of a series' colour is in a region of it; the rest is the page's. */
const pale = 0.26;

export type Basic = 'surface' | 'ink' | 'quiet' | 'axis' | 'grid' | 'other' | 'box' | 'right' | 'wrong';

/** The colours that a picture uses. What it does not use is not in its style. */
export class Paints {
  readonly #used = new Map<string, Readonly<Record<Theme, Colour>>>();

  /** `auto` is light where nothing asks for dark. */
  constructor(readonly theme: Theme | 'auto') {}

  basic(name: Basic): string {
    return this.#use(name, (theme) => basics[name]![theme]);
  }

  /** The colour of a series; of what has none, a grey. */
  series(series: number | undefined): string {
    if (series === undefined) return this.basic('other');
    return this.#use(`s${series % 8}`, (theme) => seriesColour(series, theme));
  }

  /** The colour of a series, so pale that points of the series stand out from it. */
  region(series: number): string {
    return this.#use(`r${series % 8}`, (theme) => {
      const back = basics.surface![theme];
      return seriesColour(series, theme).map((part, i) =>
        Math.round(part * pale + back[i]! * (1 - pale)),
      ) as unknown as Colour;
    });
  }

  /** From 0 to 1. */
  sequential(share: number): string {
    const step = Math.round(share * steps);
    return this.#use(`q${step}`, (theme) => sequentialColour(step / steps, theme));
  }

  /** From -1 to 1. */
  diverging(share: number): string {
    const step = Math.round(share * steps * 0.5);
    return this.#use(step < 0 ? `n${-step}` : `p${step}`, (theme) =>
      divergingColour((step * 2) / steps, theme),
    );
  }

  /** For text on a colour of this picture: black or white, of which one always has a contrast of 4.5 or more. */
  on(name: string): string {
    const back = this.#used.get(name)!;
    return this.#use(`on-${name}`, (theme) =>
      contrast(black, back[theme]) > contrast(white, back[theme]) ? black : white,
    );
  }

  fill(name: string): Attributes {
    return { class: name, fill: this.#plain(name) };
  }

  stroke(name: string): Attributes {
    return { class: `${name}-line`, stroke: this.#plain(name), fill: 'none' };
  }

  /** Of one name inside, of another around. */
  both(inside: string, around: string): Attributes {
    return { class: `${inside} ${around}-line`, fill: this.#plain(inside), stroke: this.#plain(around) };
  }

  /** CSS for the colours in use; `root` is the class of the picture, so that no rule reaches the page. */
  css(root: string): string {
    const names = [...this.#used.keys()].sort();
    const values = (theme: Theme) =>
      `.${root}{${names.map((name) => `--${name}:${hex(this.#used.get(name)![theme])}`).join(';')}}`;
    const dark = this.theme === 'auto' ? `@media(prefers-color-scheme:dark){${values('dark')}}` : '';
    const rules = names.map(
      (name) => `.${root} .${name}{fill:var(--${name})}.${root} .${name}-line{stroke:var(--${name})}`,
    );
    return values(this.theme === 'auto' ? 'light' : this.theme) + dark + rules.join('');
  }

  #use(name: string, colour: (theme: Theme) => Colour): string {
    if (!this.#used.has(name)) {
      const [light, dark] = themes.map(colour) as [Colour, Colour];
      this.#used.set(name, { light, dark });
    }
    return name;
  }

  // An attribute too, for readers that know no custom properties: they ignore the rule, and the attribute holds.
  #plain(name: string): string {
    return hex(this.#used.get(name)![this.theme === 'dark' ? 'dark' : 'light']);
  }
}

const hex = (colour: Colour) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** Microscope-like pictures of blood cells, healthy or with something inside. */

import type { Fields } from '../../core/declaration.js';
import { float } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { settingsOf } from '../options.js';
import type { Chance } from './chance.js';
import { type DrawnPictures, drawn, drawnFields, inShare } from './collection.js';
import { fill, without } from './coverage.js';
import { ellipse, loop, type Path, type Point } from './path.js';
import type { Colour, Picture } from './picture.js';

const fields = () =>
  ({
    ...drawnFields(32),
    /** The share of infected cells, from 0 to 1. Default 0.2. */
    share: float(0.2, { min: 0, max: 1 }),
  }) satisfies Fields;

export interface DrawnCellsOptions extends Options<ReturnType<typeof fields>> {}

const classes = ['healthy', 'infected'];
const stain: Colour = [0.42, 0.16, 0.5];

/**
 * Draws one blood cell to a picture, as a microscope shows it in stained blood. An infected cell (label 1) has one to
 * three dark inclusions, some of them faint; a healthy one (label 0) has none, though stain may lie beside it, and a pale
 * bubble or a brownish speck of dust on it. They are drawings: nothing learned from them applies to patients. `x` is uint8
 * `[nSamples, size, size, 3]`, red, green and blue from 0 to 255; `y` is int32 `[nSamples]`; in every twenty pictures there
 * are as many infected cells as `share` says. The first pictures are the same for every `nSamples`.
 *
 * Defaults: `nSamples` 1000, `seed` 0, `size` 32, `share` 0.2.
 * Throws a ConfigError for an option that is unknown or out of range: `nSamples` is at least 1, `size` 16.
 *
 * @example
 * import { drawnCells } from 'myelin/datasets';
 *
 * const { x, y, classes } = drawnCells({ nSamples: 100, share: 0.1 });
 * x.shape; // [100, 32, 32, 3]
 * y.sum().item(); // 10
 * classes; // ['healthy', 'infected']
 */
export function drawnCells(options: DrawnCellsOptions = {}): DrawnPictures {
  const settings = settingsOf('drawnCells', fields, options);
  const labels = inShare(settings.share);
  return drawn({ name: 'drawnCells', classes, channels: 3, labels, draw }, settings);
}

function draw(picture: Picture, label: number, chance: Chance): void {
  const light = chance.between(0.85, 1.05);
  const tint = (colour: Colour): Colour => colour.map((value) => light * (value + chance.around(0.06)));
  const lay = (colour: Colour, shapes: readonly Path[], opacity: number) =>
    picture.paint(colour, fill(picture.side, shapes), { opacity });
  picture.paint(tint([0.93, 0.9, 0.88]));
  const [flesh, rim] = [tint([0.86, 0.62, 0.66]), tint([0.72, 0.45, 0.54])];
  const middle: Point = [0.5 + chance.around(0.08), 0.5 + chance.around(0.08)];
  const radius = chance.between(0.26, 0.36);
  for (const [neighbour, itsRadius] of neighbours(chance)) {
    lay(rim, [blob(neighbour, itsRadius, chance)], 0.8);
    lay(flesh, [blob(neighbour, itsRadius * 0.9, chance)], 0.8);
  }
  for (let spots = Math.floor(chance.between(0, 3)); spots > 0; spots--)
    lay(tint(stain), [spotAt(beside(middle, chance), chance)], chance.between(0.4, 0.95));
  lay(rim, [blob(middle, radius, chance)], 1);
  lay(flesh, [blob(middle, radius * 0.88, chance)], 1);
  lay(
    tint([0.94, 0.8, 0.8]),
    [blob(middle, radius * chance.between(0.25, 0.5), chance)],
    chance.between(0.1, 0.6),
  );
  if (chance.happens(0.35))
    lay(tint([0.6, 0.45, 0.35]), [spotAt(inside(middle, radius, chance), chance)], 0.45);
  if (label === 1) paintInclusions(picture, middle, radius, chance);
  picture.disturb(chance.between(0.02, 0.07), chance);
}

/** Dots, or rings with a dot as of a young parasite. */
function paintInclusions(picture: Picture, middle: Point, radius: number, chance: Chance): void {
  const { side } = picture;
  const colour = stain.map((value) => value + chance.around(0.08));
  const opacity = chance.between(0.35, 0.95);
  for (let count = chance.pick([1, 1, 2, 3]); count > 0; count--) {
    const at = inside(middle, radius, chance);
    const size = chance.between(0.035, 0.07);
    const dot = fill(side, [blob(at, size, chance)]);
    if (chance.happens(0.4)) {
      const [outer, inner] = [size + 0.035, size].map((wide) => fill(side, [ellipse(at, [wide, wide])]));
      picture.paint(colour, without(outer!, inner!), { opacity });
      const knob = ellipse([at[0] + size, at[1]], [0.03, 0.03]);
      picture.paint(colour, fill(side, [knob]), { opacity });
    } else picture.paint(colour, dot, { opacity });
  }
}

/** A circle that is not quite round. */
function blob([x, y]: Point, radius: number, chance: Chance): Path {
  const round = ellipse([0, 0], [radius, radius]).filter((_, i) => i % 3 === 0);
  const [wide, high] = [1 + chance.around(0.12), 1 + chance.around(0.12)];
  return loop(
    round.map(([right, down]): Point => {
      const off = 1 + chance.around(0.1);
      return [x + right * wide * off, y + down * high * off];
    }),
  );
}

const spotAt = (point: Point, chance: Chance): Path => blob(point, chance.between(0.03, 0.07), chance);

/** On the cell, away from its rim. */
function inside([x, y]: Point, radius: number, chance: Chance): Point {
  const [right, down] = direction(chance);
  const away = radius * chance.between(0, 0.62);
  return [x + right * away, y + down * away];
}

/** Off the cell, on the plasma around it: the cell is painted later and may hide part of the spot. */
function beside([x, y]: Point, chance: Chance): Point {
  const [right, down] = direction(chance);
  const away = chance.between(0.38, 0.55);
  return [x + right * away, y + down * away];
}

/** A point on the circle of radius 1. */
function direction(chance: Chance): Point {
  let [x, y] = [0, 0];
  do [x, y] = [chance.between(-1, 1), chance.between(-1, 1)];
  while (x * x + y * y > 1 || x * x + y * y < 0.01);
  const length = Math.sqrt(x * x + y * y);
  return [x / length, y / length];
}

/** Cells of which a part is seen at the edge. */
function neighbours(chance: Chance): [Point, number][] {
  return Array.from({ length: Math.floor(chance.between(0, 3)) }, (): [Point, number] => {
    const [right, down] = direction(chance);
    return [[0.5 + right * 0.72, 0.5 + down * 0.72], chance.between(0.22, 0.32)];
  });
}

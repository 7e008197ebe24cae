/** Colour pictures of several things, for the question whether one of them is there. */

import type { Fields } from '../../core/declaration.js';
import { bool, oneOf } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { settingsOf } from '../options.js';
import type { Chance } from './chance.js';
import { type DrawnPictures, drawn, drawnFields, inTurn } from './collection.js';
import { fill, stroke } from './coverage.js';
import { near, objects, type SceneObject } from './objects.js';
import { box, ellipse, type Path, type Point, placing } from './path.js';
import type { Colour, Picture } from './picture.js';

/** What has its place in the upper half. */
const high: ReadonlySet<SceneObject> = new Set(['sun']);
const names = /* @__PURE__ */ Object.keys(objects) as SceneObject[];

const fields = () =>
  ({
    ...drawnFields(48),
    /** False gives the same pictures in grey, `[n, size, size]`. Default true. */
    colour: bool(true),
    /** What to look for. Default `'boat'`. */
    object: oneOf(names, 'boat'),
  }) satisfies Fields;

export interface DrawnScenesOptions extends Options<ReturnType<typeof fields>> {}

/** How much of red, green and blue the eye sees as brightness: ITU-R BT.601. */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * Draws landscapes and rooms with two to four things in them. `y` is 1 where `object` is one of the things, 0 where it
 * is not; as many of the one as of the other, and equally many things in both. `x` is uint8
 * `[nSamples, size, size, 3]`, red, green and blue from 0 to 255; with `colour: false` the same pictures in grey,
 * `[nSamples, size, size]`, 0.299 red + 0.587 green + 0.114 blue. `classes` is `['other', object]`. The first
 * pictures are the same for every `nSamples`.
 *
 * Defaults: `nSamples` 1000, `seed` 0, `size` 48, `colour` true, `object` `'boat'`, which may also be `'ball'`,
 * `'car'`, `'cat'`, `'house'`, `'sun'` or `'tree'`.
 * Throws a ConfigError for an option that is unknown or out of range: `nSamples` is at least 1, `size` 16.
 *
 * @example
 * import { drawnScenes } from 'myelin/datasets';
 *
 * const { x, classes } = drawnScenes({ nSamples: 4, object: 'cat' });
 * x.shape; // [4, 48, 48, 3]
 * classes; // ['other', 'cat']
 * drawnScenes({ nSamples: 4, colour: false }).x.shape; // [4, 48, 48]
 */
export function drawnScenes(options: DrawnScenesOptions = {}): DrawnPictures {
  const settings = settingsOf('drawnScenes', fields, options);
  const { colour, object } = settings;
  const classes = ['other', object];
  const draw = (picture: Picture, label: number, chance: Chance) =>
    drawScene(picture, thingsOf(label === 1, object, chance), chance);
  const collection = { name: 'drawnScenes', classes, channels: 3, labels: inTurn(classes), draw } as const;
  return drawn(colour ? collection : { ...collection, mixed: luma }, settings);
}

/** Two to four different things, the one among them or not. */
function thingsOf(isThere: boolean, object: SceneObject, chance: Chance): SceneObject[] {
  const others = names.filter((name) => name !== object);
  const count = Math.floor(chance.between(2, 5));
  const things: SceneObject[] = isThere ? [object] : [];
  while (things.length < count) things.push(...others.splice(Math.floor(chance.share() * others.length), 1));
  return things;
}

function drawScene(picture: Picture, things: readonly SceneObject[], chance: Chance): void {
  paintBackground(picture, chance);
  const slots = [0, 1, 2, 3];
  const placed = [...things].sort((a, b) => Number(high.has(b)) - Number(high.has(a)));
  const taken = placed.map((thing) => {
    const choice = high.has(thing) ? 2 : slots.length;
    const [slot] = slots.splice(Math.floor(chance.share() * choice), 1);
    return [thing, slot!] as const;
  });
  // Those further down stand nearer, and before the others.
  for (const [thing, slot] of taken.sort((a, b) => a[1] - b[1])) {
    const middle: Point = [0.27 + 0.46 * (slot % 2), slot < 2 ? 0.29 : 0.71];
    paintThing(picture, thing, middle, chance);
  }
  picture.disturb(chance.between(0, 0.05), chance);
}

function paintThing(picture: Picture, thing: SceneObject, [x, y]: Point, chance: Chance): void {
  const scale = chance.between(0.36, 0.5);
  const place = placing({
    scale: [chance.sign() * scale, scale * chance.between(0.9, 1.1)],
    shift: [x - 0.5 + chance.around(0.08), y - 0.5 + chance.around(0.08)],
    turn: chance.around(0.09),
    slant: 0,
  });
  const placed = (paths: readonly Path[]) => paths.map((path) => path.map(place));
  const light = chance.between(0.8, 1.05);
  for (const { colour, shapes = [], lines = [], width = 0 } of objects[thing](chance)) {
    const lit = colour.map((value) => value * light);
    if (shapes.length > 0) picture.paint(lit, fill(picture.side, placed(shapes)));
    if (lines.length > 0) picture.paint(lit, stroke(picture.side, placed(lines), width * scale));
  }
}

const uppers: readonly Colour[] = [
  [0.5, 0.75, 0.95],
  [0.75, 0.85, 0.95],
  [0.95, 0.7, 0.5],
  [0.15, 0.15, 0.35],
  [0.85, 0.8, 0.65],
  [0.6, 0.62, 0.65],
];
const lowers: readonly Colour[] = [
  [0.35, 0.65, 0.3],
  [0.85, 0.75, 0.5],
  [0.2, 0.45, 0.7],
  [0.45, 0.45, 0.45],
  [0.5, 0.35, 0.25],
  [0.9, 0.92, 0.95],
];

/** Sky and ground, or wall and floor, with clouds and spots. */
function paintBackground(picture: Picture, chance: Chance): void {
  const { side } = picture;
  const [upper, lower] = [near(chance.pick(uppers), chance), near(chance.pick(lowers), chance)];
  const [paler, horizon] = [chance.between(-0.3, 0.3), chance.between(0.35, 0.7)];
  picture.paint(upper, undefined, { texture: (_, y) => 1 + paler * (y - 0.5) });
  const ground = fill(side, [box(0, horizon, 1, 1)]);
  picture.paint(lower, ground, { texture: (_, y) => 1 + paler * (y - 0.8) });
  for (let spots = Math.floor(chance.between(0, 5)); spots > 0; spots--) {
    const middle: Point = [chance.share(), chance.share()];
    const spot = ellipse(middle, [chance.between(0.04, 0.2), chance.between(0.02, 0.07)]);
    const colour = near(middle[1] < horizon ? [0.92, 0.92, 0.95] : lower, chance);
    picture.paint(colour, fill(side, [spot]), { opacity: chance.between(0.3, 0.8) });
  }
}

/** Things to be found in a scene, each on a square from 0 to 1 with y downwards, in random colours and proportions. */

import type { Chance } from './chance.js';
import { box, curve, ellipse, loop, mirror, type Path, type Point, points, symmetric } from './path.js';
import type { Colour } from './picture.js';

/** Shapes of one colour. */
export interface Layer {
  readonly colour: Colour;
  readonly shapes?: readonly Path[];
  readonly lines?: readonly Path[];
  readonly width?: number;
}

const paints: readonly Colour[] = [
  [0.85, 0.15, 0.15],
  [0.95, 0.55, 0.1],
  [0.95, 0.85, 0.2],
  [0.2, 0.6, 0.25],
  [0.15, 0.35, 0.8],
  [0.55, 0.25, 0.7],
  [0.95, 0.95, 0.95],
  [0.55, 0.35, 0.2],
  [0.9, 0.5, 0.65],
];
const black: Colour = [0.1, 0.1, 0.12];
const white: Colour = [0.95, 0.95, 0.95];

/** A colour a little off. */
export const near = (colour: Colour, chance: Chance): Colour =>
  colour.map((value) => value + chance.around(0.12));
const paint = (chance: Chance) => near(chance.pick(paints), chance);
const darker = (colour: Colour, by = 0.6): Colour => colour.map((value) => value * by);

function house(chance: Chance): Layer[] {
  const [wall, roof] = [paint(chance), paint(chance)];
  const [half, eaves] = [chance.between(28, 40), chance.between(40, 52)];
  const door = chance.between(35, 62) / 100;
  const besideDoor = [0.28, 0.6].filter((x) => Math.abs(x - door) > 0.13);
  const windows = besideDoor.map((x) => box(x, 0.58, x + 0.12, 0.7));
  const chimney = box(0.66, 0.12, 0.76, 0.4);
  return [
    { colour: darker(roof), shapes: chance.happens(0.5) ? [chimney] : [] },
    { colour: wall, shapes: [box(0.5 - half / 100, eaves / 100, 0.5 + half / 100, 0.92)] },
    {
      colour: darker(roof, 0.8),
      shapes: [symmetric(points(50, chance.between(6, 18), 50 + half + 8, eaves))],
    },
    { colour: darker(wall, 0.35), shapes: [box(door, 0.64, door + 0.14, 0.92)] },
    { colour: [0.75, 0.9, 1], shapes: windows },
  ];
}

function tree(chance: Chance): Layer[] {
  const leaves = near(
    chance.pick<Colour>([
      [0.15, 0.5, 0.2],
      [0.3, 0.6, 0.2],
      [0.8, 0.45, 0.12],
      [0.1, 0.4, 0.3],
    ]),
    chance,
  );
  const trunk: Layer = { colour: near([0.4, 0.26, 0.14], chance), shapes: [box(0.44, 0.5, 0.56, 0.95)] };
  const half = chance.between(24, 36);
  const fir = [8, 26, 44].map((above, i) =>
    symmetric(points(50, above, 50 + half * (0.6 + 0.2 * i), above + 30)),
  );
  const puffs: readonly Point[] = [
    [50, 26],
    [36, 42],
    [64, 42],
    [50, 50],
  ];
  const crown = puffs.map(([x, y]) => {
    const radius = chance.between(0.17, 0.23);
    return ellipse([x / 100, y / 100], [radius, radius]);
  });
  return [trunk, { colour: leaves, shapes: chance.happens(0.5) ? fir : crown }];
}

function car(chance: Chance): Layer[] {
  const body = paint(chance);
  const [roof, front] = [chance.between(26, 36), chance.between(66, 76)];
  const cabin = points(22, 52, 32, roof, front - 6, roof, front + 8, 52);
  const glass = [
    points(29, 50, 36, roof + 5, 47, roof + 5, 47, 50),
    points(52, 50, 52, roof + 5, front - 9, roof + 5, front, 50),
  ];
  const wheels = [0.25, 0.75].map((x): Point => [x, 0.74]);
  return [
    { colour: body, shapes: [points(4, 56, 8, 50, 88, 50, 96, 58, 97, 74, 4, 74), cabin] },
    { colour: [0.7, 0.85, 0.95], shapes: glass },
    { colour: black, shapes: wheels.map((wheel) => ellipse(wheel, [0.12, 0.12])) },
    { colour: [0.7, 0.7, 0.7], shapes: wheels.map((wheel) => ellipse(wheel, [0.05, 0.05])) },
  ];
}

function boat(chance: Chance): Layer[] {
  const [left, right] = [chance.between(4, 14), chance.between(86, 96)];
  const [mast, foot] = [chance.between(42, 56), chance.between(64, 70)];
  const sail = points(mast + 3, 8, mast + chance.between(26, 36), foot - 8, mast + 3, foot - 8);
  const jib = points(mast - 3, 16, mast - 3, foot - 8, mast - chance.between(20, 30), foot - 8);
  return [
    { colour: [0.35, 0.22, 0.12], lines: [points(mast, 6, mast, foot)], width: 0.045 },
    {
      colour: near(chance.pick([white, ...paints]), chance),
      shapes: chance.happens(0.75) ? [sail, jib] : [sail],
    },
    { colour: paint(chance), shapes: [points(left, foot, right, foot, right - 14, 88, left + 14, 88)] },
  ];
}

function sun(chance: Chance): Layer[] {
  const colour = near([1, 0.82, 0.2], chance);
  const [inner, outer] = [chance.between(0.3, 0.34), chance.between(0.44, 0.5)];
  const rays = ellipse([0.5, 0.5], [outer, outer]);
  const feet = ellipse([0.5, 0.5], [inner, inner]);
  return [
    { colour, shapes: [ellipse([0.5, 0.5], [0.24, 0.24])] },
    { colour, lines: rays.flatMap((end, i) => (i % 3 === 0 ? [[feet[i]!, end]] : [])), width: 0.07 },
  ];
}

function ball(chance: Chance): Layer[] {
  const [one, other] = [paint(chance), near(white, chance)];
  const bend = chance.between(8, 24);
  const disc = ellipse([0.5, 0.5], [0.4, 0.4]);
  const band = loop(
    points(50 - bend, 14, 50 + bend, 14, 50 + bend + 8, 50, 50 + bend, 86, 50 - bend, 86, 50 - bend + 8, 50),
  );
  return [
    { colour: one, shapes: [disc] },
    { colour: other, shapes: [band] },
    { colour: darker(one, 0.5), lines: [[...disc, disc[0]!]], width: 0.05 },
  ];
}

function cat(chance: Chance): Layer[] {
  const fur = near(
    chance.pick<Colour>([
      [0.9, 0.6, 0.25],
      [0.5, 0.5, 0.52],
      [0.92, 0.88, 0.8],
      [0.25, 0.22, 0.22],
    ]),
    chance,
  );
  const [tip, width] = [chance.between(6, 16), chance.between(0.33, 0.4)];
  const ear = points(58, 32, 50 + 84 * width, tip, 50 + 92 * width, 52);
  const eye = ellipse([0.64, 0.52], [0.07, 0.075]);
  const pupil = ellipse([0.64, 0.53], [0.03, 0.06]);
  const whisker = points(60, 70, 50 + 110 * width, 66);
  const both = (path: Path) => [path, path.map(mirror)];
  return [
    { colour: fur, shapes: [ellipse([0.5, 0.58], [width, 0.33]), ...both(ear)] },
    { colour: [0.75, 0.9, 0.4], shapes: both(eye) },
    { colour: black, shapes: both(pupil) },
    { colour: [0.95, 0.5, 0.55], shapes: [points(44, 65, 56, 65, 50, 72)] },
    {
      colour: darker(fur, 0.4),
      lines: [...both(whisker), curve(points(42, 76, 46, 80, 50, 76, 54, 80, 58, 76))],
      width: 0.035,
    },
  ];
}

/** By name. */
export const objects = { ball, boat, car, cat, house, sun, tree } as const;
export type SceneObject = keyof typeof objects;

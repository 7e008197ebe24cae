/** Shoes from the side, the toe to the left, on a square from 0 to 1 with y downwards. */

import type { Chance } from './chance.js';
import type { Garment } from './garments.js';
import { curve, ellipse, type Path, points } from './path.js';

const sole = (above: number, below: number): Path =>
  points(5, above, 95, above, 95, below, 90, below + 2, 10, below + 2, 5, below);

export function sandal(chance: Chance): Garment {
  const [above, heel, thick] = [70, chance.between(0, 14), chance.between(6, 9)];
  const [back, below] = [above - heel, above + thick];
  const bed = points(5, above, 40, above, 92, back, 95, back + thick, 60, below - heel * 0.3, 5, below);
  const block = points(78, back, 94, back, 93, below, 82, below);
  const [front, ankle] = [chance.between(58, 64), back - chance.between(18, 24)];
  const counter = points(85, back + 1, 93, back + 1, 95, ankle + 2, 89, ankle + 2);
  const band = (from: number, to: number, height: number) =>
    curve(
      points(
        from,
        above + 1,
        from,
        above + 1,
        from + 5,
        above - height,
        to - 3,
        above - height - 5,
        to + 2,
        above + 1,
      ),
    );
  const loopRound = ellipse(
    [(front + 94) / 200, ankle / 100],
    [(94 - front) / 200, chance.between(0.05, 0.08)],
  );
  const rising = points(52, above, (52 + front) / 2, above - 14, front + 2, ankle + 2);
  return {
    fabric: [bed, counter, band(9, 29, 9), band(32, 51, 13), ...(heel > 6 ? [block] : [])],
    straps: [[...loopRound, loopRound[0]!], ...(chance.happens(0.8) ? [rising] : [])],
    strapWidth: chance.between(0.04, 0.055),
  };
}

export function sneaker(chance: Chance): Garment {
  const [toe, collar] = [chance.between(56, 62), chance.between(32, 40)];
  const upper = curve(
    points(
      5,
      70,
      8,
      toe,
      24,
      toe - 4,
      46,
      collar + 6,
      56,
      collar,
      56,
      collar,
      68,
      collar + 6,
      84,
      collar,
      84,
      collar,
      94,
      56,
      94,
      70,
    ),
    3,
  );
  const laces = [0, 1, 2].map((i) => points(32 + 8 * i, toe - 9 - 5 * i, 40 + 8 * i, toe - 2 - 5 * i));
  const swoosh = curve(points(44, 66, 60, 62, 82, 50));
  return {
    fabric: [upper, sole(68, 78)],
    trim: [sole(70, 78)],
    seams: [...laces, ...(chance.happens(0.5) ? [swoosh] : [])],
  };
}

export function ankleBoot(chance: Chance): Garment {
  const [left, shaft] = [chance.between(46, 54), chance.between(8, 16)];
  const heel = chance.between(3, 14);
  const upper = points(
    left,
    shaft,
    86,
    shaft,
    84,
    44,
    92,
    62,
    92,
    80,
    5,
    80,
    6,
    68,
    18,
    60,
    left - 8,
    54,
    left,
    40,
  );
  const block = points(70, 78, 92, 78, 91, 80 + heel, 74, 80 + heel);
  const zip = points(70, shaft + 4, 70, 60);
  const elastic = points(60, 24, 76, 24, 68, 48);
  return {
    fabric: [upper, block, points(5, 78, 50, 78, 48, 82, 6, 82)],
    trim: chance.happens(0.5) ? [elastic] : [],
    seams: chance.happens(0.5) ? [zip] : [],
  };
}

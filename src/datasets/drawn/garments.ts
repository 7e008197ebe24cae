/** What is worn above the feet, on a square from 0 to 1 with y downwards, each piece a little different. */

import type { Chance } from './chance.js';
import { box, curve, ellipse, mirror, type Path, points, symmetric } from './path.js';

/** A piece of clothing. */
export interface Garment {
  /** What is cloth or leather. */
  readonly fabric: readonly Path[];
  /** Straps and handles: lines of `strapWidth`. */
  readonly straps?: readonly Path[];
  readonly strapWidth?: number;
  /** Patches in another shade, as far as they lie on the fabric. */
  readonly trim?: readonly Path[];
  /** Thin lines that stand out against the fabric. */
  readonly seams?: readonly Path[];
}

interface Top {
  /** Half the opening of the neck, and how far down it goes. */
  readonly neck: readonly [halfWidth: number, depth: number];
  /** The end of the sleeve: out from the middle and down. */
  readonly cuff: readonly [out: number, down: number];
  readonly halfWidth: number;
  readonly hem: number;
  /** How much wider the hem is than the chest. */
  readonly flare: number;
}

const above = 12;

/** Body and sleeves in one outline; hundredths. */
function top({ neck: [neck, depth], cuff: [out, down], halfWidth, hem, flare }: Top): Path {
  const width = 10;
  // The cuff is a short line across the sleeve, which hangs the steeper the longer it is.
  const [inward, lift] = down > 50 ? [width, -2] : [width * 0.8, 6];
  return symmetric(
    points(
      ...[50, above + depth, 50 + neck * 0.7, above + depth * 0.7, 50 + neck, above],
      ...[50 + halfWidth + 1, above + 5, 50 + out, down, 50 + out - inward, down + lift + 2],
      ...[50 + halfWidth, 38, 50 + halfWidth + flare, hem, 50, hem],
    ),
  );
}

function tShirt(chance: Chance): Garment {
  const [neck, depth] = [chance.between(8, 13), chance.between(4, 12)];
  const hem = chance.between(78, 88);
  const [cuff, halfWidth] = [
    [chance.between(36, 43), chance.between(34, 42)] as const,
    chance.between(19, 24),
  ];
  const fabric = [top({ neck: [neck, depth], cuff, halfWidth, hem, flare: chance.between(-1, 2) })];
  const print = chance.pick([
    ellipse([0.5, 0.48], [0.11, 0.1]),
    box(0.38, 0.4, 0.62, 0.54),
    points(50, 38, 62, 56, 38, 56),
  ]);
  return chance.happens(0.5) ? { fabric, trim: [print] } : { fabric };
}

function trouser(chance: Chance): Garment {
  const [waist, hip, out] = [chance.between(13, 16), chance.between(16, 20), chance.between(15, 24)];
  const [leg, crotch] = [chance.between(8, 12), chance.between(32, 40)];
  const half = points(50, 8, 50 + waist, 8, 50 + hip, 26, 50 + out, 94, 50 + out - leg, 94, 50, crotch);
  const belt = box(0.3, 0.08, 0.7, 0.14);
  return { fabric: [symmetric(half)], trim: chance.happens(0.5) ? [belt] : [] };
}

/** The two lines of the wrists and the one of the hem. */
function ribs(out: number, down: number, hem: number): Path[] {
  const wrist = points(
    50 + out + 4,
    down - 6,
    50 + out + 4,
    down + 4,
    50 + out - 14,
    down + 4,
    50 + out - 14,
    down - 6,
  );
  return [wrist, wrist.map(mirror), box(0.15, (hem - 8) / 100, 0.85, hem / 100)];
}

function pullover(chance: Chance): Garment {
  const [out, down, hem] = [chance.between(38, 45), chance.between(68, 78), chance.between(78, 86)];
  const neck = [chance.between(8, 11), chance.between(3, 6)] as const;
  const halfWidth = chance.between(20, 25);
  const collar = ellipse([0.5, 0.13], [(neck[0] + 2) / 100, (neck[1] + 5) / 100]);
  return {
    fabric: [top({ neck, cuff: [out, down], halfWidth, hem, flare: chance.between(-3, 0) })],
    trim: [collar, ...ribs(out, down, hem)],
  };
}

function dress(chance: Chance): Garment {
  const [shoulder, bust, waist] = [chance.between(8, 13), chance.between(12, 15), chance.between(7, 11)];
  const [skirt, hem, depth] = [chance.between(18, 30), chance.between(88, 95), chance.between(8, 16)];
  const half = points(
    ...[50, 8 + depth, 50 + shoulder - 5, 7, 50 + shoulder, 7, 50 + bust, 26],
    ...[50 + waist, 42, 50 + waist + skirt * 0.5, 64, 50 + skirt, hem, 50, hem + 1],
  );
  const sash = box(0.3, 0.39, 0.7, 0.45);
  return { fabric: [symmetric(half)], trim: chance.happens(0.4) ? [sash] : [] };
}

function coat(chance: Chance): Garment {
  const [neck, depth] = [chance.between(9, 12), chance.between(5, 9)];
  const cuff = [chance.between(33, 40), chance.between(68, 76)] as const;
  const halfWidth = chance.between(20, 24);
  const lapel = points(50, chance.between(38, 48), 50 + neck, above + 1);
  const pocket = points(55, 70, 66, 68);
  const belt = chance.happens(0.4) ? [box(0.2, 0.52, 0.8, 0.58)] : [];
  return {
    fabric: [
      top({ neck: [neck, depth], cuff, halfWidth, hem: chance.between(92, 97), flare: chance.between(2, 8) }),
    ],
    trim: belt,
    seams: [points(50, 40, 50, 97), lapel, lapel.map(mirror), pocket, pocket.map(mirror)],
  };
}

function shirt(chance: Chance): Garment {
  const [neck, hem] = [chance.between(7, 9), chance.between(76, 84)];
  const cuff = [chance.between(40, 46), chance.between(58, 68)] as const;
  const halfWidth = chance.between(18, 22);
  const tail = points(
    50 - halfWidth,
    hem - 3,
    50 + halfWidth,
    hem - 3,
    50 + halfWidth * 0.6,
    hem + 6,
    50,
    hem + 8,
  );
  const side = points(50, 22, 50 + neck + 6, 27, 50 + neck, 8, 50, 13);
  const buttons = [28, 40, 52, 64, 76].map((down) => points(50, down));
  return {
    fabric: [
      top({ neck: [neck, 3], cuff, halfWidth, hem, flare: chance.between(-1, 2) }),
      [...tail, ...points(50 - halfWidth * 0.6, hem + 6)],
      side,
      side.map(mirror),
    ],
    trim: [side, side.map(mirror)],
    seams: [...buttons, ...(chance.happens(0.5) ? [points(57, 38, 65, 38, 65, 46, 57, 46, 57, 38)] : [])],
  };
}

function bag(chance: Chance): Garment {
  const [upper, lower] = [chance.between(26, 38), chance.between(32, 42)];
  const [lid, bottom] = [chance.between(40, 48), chance.between(78, 88)];
  const [reach, height] = [chance.between(0.5, 0.8) * upper, chance.between(12, 22)];
  const body = symmetric(
    points(50, lid, 50 + upper, lid, 50 + lower, bottom - 6, 50 + lower - 4, bottom, 50, bottom),
  );
  const grip = [50 + reach, lid, 50 + reach * 0.85, height + 8, 50, height, 50 - reach * 0.85, height + 8];
  const flap = points(50 - upper, lid, 50, lid + chance.between(14, 22), 50 + upper, lid);
  return {
    fabric: [body],
    straps: [curve(points(...grip, 50 - reach, lid))],
    strapWidth: chance.between(0.05, 0.08),
    seams: chance.happens(0.6) ? [flap] : [],
    trim: [ellipse([0.5, (lid + 14) / 100], [0.05, 0.05])],
  };
}

export const garments = { tShirt, trouser, pullover, dress, coat, shirt, bag } as const;

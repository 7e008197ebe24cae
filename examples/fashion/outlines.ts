/** Outlines of ten kinds of clothes on a square from 0 to 1, y downwards, in the order of Fashion-MNIST's labels. */

type Point = readonly [x: number, y: number];
export type Outline = readonly Point[];

/** The right half of something symmetric. */
const mirrored = (half: Outline): Outline[] => [half, half.map(([x, y]): Point => [1 - x, y])];

/** A body with sleeves: where neck, sleeve and hem are. */
const top = ({ neck, cuff, armpit, hem }: Record<'neck' | 'cuff' | 'armpit' | 'hem', Point>, middle = 0.5) =>
  mirrored([
    [middle, neck[1]],
    [neck[0], 0.12],
    [0.68, 0.15],
    [cuff[0], cuff[1]],
    [cuff[0] - 0.13, cuff[1] + 0.08],
    [armpit[0], armpit[1]],
    [hem[0], hem[1]],
    [middle, hem[1]],
  ]);

/** As drawn; pieces that lie over each other are one. */
export const outlines: readonly (readonly Outline[])[] = [
  top({ neck: [0.6, 0.18], cuff: [0.96, 0.34], armpit: [0.72, 0.36], hem: [0.72, 0.88] }),
  mirrored([
    [0.5, 0.08],
    [0.66, 0.08],
    [0.71, 0.94],
    [0.56, 0.94],
    [0.5, 0.34],
  ]),
  top({ neck: [0.58, 0.14], cuff: [0.95, 0.8], armpit: [0.7, 0.42], hem: [0.7, 0.86] }),
  mirrored([
    [0.5, 0.16],
    [0.56, 0.06],
    [0.62, 0.06],
    [0.64, 0.2],
    [0.58, 0.42],
    [0.74, 0.95],
    [0.5, 0.95],
  ]),
  top({ neck: [0.62, 0.2], cuff: [0.93, 0.76], armpit: [0.74, 0.4], hem: [0.76, 0.96] }, 0.52),
  [
    [
      [0.06, 0.7],
      [0.94, 0.64],
      [0.94, 0.76],
      [0.06, 0.78],
    ],
    [
      [0.2, 0.71],
      [0.36, 0.5],
      [0.46, 0.5],
      [0.34, 0.71],
    ],
    [
      [0.66, 0.68],
      [0.78, 0.36],
      [0.86, 0.36],
      [0.82, 0.68],
    ],
  ],
  top({ neck: [0.57, 0.34], cuff: [0.92, 0.62], armpit: [0.7, 0.38], hem: [0.69, 0.92] }),
  [
    [
      [0.05, 0.62],
      [0.3, 0.54],
      [0.48, 0.4],
      [0.6, 0.38],
      [0.7, 0.46],
      [0.92, 0.4],
      [0.95, 0.72],
      [0.05, 0.72],
    ],
  ],
  [
    [
      [0.12, 0.42],
      [0.88, 0.42],
      [0.92, 0.9],
      [0.08, 0.9],
    ],
    [
      [0.26, 0.42],
      [0.34, 0.16],
      [0.66, 0.16],
      [0.74, 0.42],
      [0.66, 0.42],
      [0.6, 0.23],
      [0.4, 0.23],
      [0.34, 0.42],
    ],
  ],
  [
    [
      [0.52, 0.14],
      [0.86, 0.14],
      [0.9, 0.84],
      [0.08, 0.84],
      [0.08, 0.68],
      [0.34, 0.6],
      [0.52, 0.46],
    ],
  ],
];

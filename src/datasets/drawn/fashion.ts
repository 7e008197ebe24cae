/** Clothes in the ten kinds of Fashion-MNIST. */

import { fashionClasses } from '../../data/fashion-mnist.js';
import { settingsOf } from '../options.js';
import type { Chance } from './chance.js';
import { type DrawnOptions, type DrawnPictures, drawn, drawnFields, inTurn } from './collection.js';
import { type Coverage, fill, shared, stroke, united } from './coverage.js';
import { type Garment, garments } from './garments.js';
import { type Path, type Pose, placing } from './path.js';
import type { Picture } from './picture.js';
import { ankleBoot, sandal, sneaker } from './shoes.js';
import { textureOf } from './textures.js';

const { tShirt, trouser, pullover, dress, coat, shirt, bag } = garments;

/** In the order of `fashionClasses`. */
const kinds = [tShirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankleBoot];

/**
 * Draws clothes in the ten kinds and the order of Fashion-MNIST, from 0 T-shirt/top to 9 Ankle boot, in random shape,
 * pose, cloth and light: turned by up to 15 degrees, light on dark or dark on light, striped, checked or dotted, before
 * a plain or a littered background. They are not Fashion-MNIST, and a linear model gets them wrong far more often than a
 * convolutional one. `x` is uint8 `[nSamples, size, size]`, 0 to 255; `y` is int32 `[nSamples]`, 0 to 9; each kind comes
 * once in every ten pictures. The first pictures are the same for every `nSamples`.
 *
 * Defaults: `nSamples` 1000, `seed` 0, `size` 28.
 * Throws a ConfigError for an option that is unknown or out of range: `nSamples` is at least 1, `size` 16.
 *
 * @example
 * import { drawnFashion } from 'myelin/datasets';
 *
 * const { x, y, classes } = drawnFashion({ nSamples: 20, seed: 1 });
 * x.shape; // [20, 28, 28]
 * y.dtype; // 'int32'
 * classes[9]; // 'Ankle boot'
 */
export const drawnFashion = (options: DrawnOptions = {}): DrawnPictures =>
  drawn(
    { name: 'drawnFashion', classes: fashionClasses, channels: 1, labels: inTurn(fashionClasses), draw },
    settingsOf('drawnFashion', fields, options),
  );

const fields = () => drawnFields(28);

function draw(picture: Picture, label: number, chance: Chance): void {
  const isInverted = chance.happens(0.15);
  const [dark, light] = [chance.between(0, 0.25), chance.between(0.65, 1)];
  paintBackground(picture, isInverted ? light : dark, chance);
  paintGarment(picture, kinds[label]!(chance), isInverted ? dark : light, chance);
  picture.disturb(chance.between(0.01, 0.06), chance);
}

function paintBackground(picture: Picture, shade: number, chance: Chance): void {
  picture.paint([shade], undefined, { texture: textureOf(chance, 0.3) });
  const toMiddle = shade > 0.5 ? -1 : 1;
  for (let things = Math.floor(chance.between(0, 4)); things > 0; things--) {
    const ends = [0, 1].map(() => [chance.share(), chance.share()] as const);
    const width = chance.between(0.02, 0.12);
    picture.paint([shade + toMiddle * chance.between(0.08, 0.25)], stroke(picture.side, [ends], width));
  }
}

/** The tangent of half of 15 degrees. */
const mostTurned = 0.1317;

const poseOf = (chance: Chance): Pose => ({
  scale: [chance.sign() * chance.between(0.78, 1), chance.between(0.78, 1)],
  shift: [chance.around(0.12), chance.around(0.1)],
  turn: chance.between(-mostTurned, mostTurned),
  slant: chance.around(0.12),
});

function paintGarment(picture: Picture, garment: Garment, shade: number, chance: Chance): void {
  const { fabric, straps = [], strapWidth = 0, trim = [], seams = [] } = garment;
  const { side } = picture;
  const place = placing(poseOf(chance));
  const placed = (paths: readonly Path[]) => paths.map((path) => path.map(place));
  const away = shade > 0.45 ? -1 : 1;
  const cloth = united(fill(side, placed(fabric)), stroke(side, placed(straps), strapWidth));
  picture.paint([shade], cloth, { texture: textureOf(chance, 0.45) });
  const trimShade = shade + away * chance.between(0.2, 0.35);
  picture.paint([trimShade], shared(cloth, fill(side, placed(trim))));
  picture.paint([shade + away * 0.45], shared(cloth, stroke(side, placed(seams), 0.045)));
  paintFold(picture, cloth, shade + away * 0.2, chance);
}

/** A soft crease somewhere across the cloth. */
function paintFold(picture: Picture, cloth: Coverage, shade: number, chance: Chance): void {
  const [x, y] = [chance.between(0.2, 0.8), chance.between(0.2, 0.8)];
  const [right, down] = [chance.around(0.4), chance.around(0.4)];
  const line: Path = [
    [x - right, y - down],
    [x + right, y + down],
  ];
  picture.paint([shade], shared(cloth, stroke(picture.side, [line], chance.between(0.04, 0.12))), {
    opacity: chance.between(0, 0.6),
  });
}

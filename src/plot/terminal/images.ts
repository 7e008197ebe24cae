/** Small pictures as characters: half blocks with colour, shades of ASCII without. */

import type { Image, ImagesPanel } from '../description.js';
import { type Colour, nearestColour, type Rgb, right, wrong } from './colours.js';
import { fitted } from './lettering.js';
import { beside, Sheet, stacked } from './sheet.js';
import { type Surface, shade } from './surface.js';

// Characters an image is not made narrower than while it can stand in a row with others.
const leastWidth = 14;
const gap = 1;
const greys = ' .:-=+*#%@';

export function drawImages({ images, columns }: ImagesPanel, surface: Surface): Sheet {
  const natural = Math.max(1, ...images.map((image) => image.width));
  const wanted = columns ?? Math.ceil(Math.sqrt(images.length));
  const shared = Math.floor((surface.width + gap) / Math.max(1, wanted)) - gap;
  const width = Math.min(surface.width, natural, Math.max(leastWidth, shared));
  const perRow = Math.max(1, Math.min(wanted, Math.floor((surface.width + gap) / (width + gap))));
  const sheets = images.map((image) => drawImage(image, width, surface));
  const rows: Sheet[] = [];
  for (let i = 0; i < sheets.length; i += perRow) rows.push(beside(sheets.slice(i, i + perRow), gap));
  return stacked(rows, rows.some((row) => row.height > 1) ? gap : 0);
}

function drawImage(image: Image, most: number, surface: Surface): Sheet {
  if (image.width === 0 || image.height === 0) return new Sheet(most, 1);
  const width = Math.min(most, image.width);
  const height = Math.max(1, Math.round((image.height * width) / image.width / 2));
  const sheet = new Sheet(most, height + (image.caption === undefined ? 0 : 1));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const upper = mean(image, column / width, (column + 1) / width, row / height, (row + 0.5) / height);
      const lower = mean(
        image,
        column / width,
        (column + 1) / width,
        (row + 0.5) / height,
        (row + 1) / height,
      );
      pixels(sheet, column, row, upper, lower, surface);
    }
  }
  if (image.caption !== undefined) {
    const sign = image.verdict && signs(surface.unicode)[image.verdict];
    const text = sign ? `${sign} ${image.caption}` : image.caption;
    const ink = image.verdict && { right, wrong }[image.verdict];
    sheet.write(0, height, fitted(text, most, surface.unicode), { ink });
  }
  return sheet;
}

// Not by colour alone, which not everyone sees.
const signs = (unicode: boolean) => (unicode ? { right: '✓', wrong: '✗' } : { right: '+', wrong: 'x' });

function pixels(sheet: Sheet, column: number, row: number, upper: Rgb, lower: Rgb, surface: Surface): void {
  const asColour = (rgb: Rgb): Colour =>
    surface.trueColour ? (rgb.map(Math.round) as unknown as Rgb) : nearestColour(rgb);
  const both = mix(upper, lower);
  if (!surface.colour) sheet.put(column, row, shade(lightness(both) / 256, greys));
  else if (surface.unicode) {
    sheet.put(column, row, '▀', { ink: asColour(upper), ground: asColour(lower) });
  } else sheet.put(column, row, ' ', { ground: asColour(both) });
}

const mix = (a: Rgb, b: Rgb): Rgb => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];

// Source: ITU-R BT.601.
const lightness = ([red, green, blue]: Rgb) => 0.299 * red + 0.587 * green + 0.114 * blue;

/** The mean colour of a part of an image, of one pixel at least. */
function mean(
  { width, height, pixels }: Image,
  left: number,
  right: number,
  top: number,
  bottom: number,
): Rgb {
  const sum: [number, number, number] = [0, 0, 0];
  const [fromRow, toRow] = between(top, bottom, height);
  const [fromColumn, toColumn] = between(left, right, width);
  for (let row = fromRow; row < toRow; row++) {
    for (let column = fromColumn; column < toColumn; column++) {
      for (let part = 0; part < 3; part++) sum[part]! += pixels[3 * (row * width + column) + part]!;
    }
  }
  const count = (toRow - fromRow) * (toColumn - fromColumn);
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

function between(from: number, to: number, size: number): [number, number] {
  // Shares of a whole are a little off: a third of 3 is not quite 1.
  const first = Math.min(size - 1, Math.floor(from * size + 1e-6));
  return [first, Math.max(first + 1, Math.floor(to * size + 1e-6))];
}

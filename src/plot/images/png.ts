import { encode } from 'fast-png';
import type { Picture } from '../description.js';
import type { Plot } from '../plot.js';
import { type SheetOptions, sheetOf } from './sheet.js';

/**
 * The images of a plot as a PNG file: all panels of images below one another, without their captions, each
 * pixel a square of `pixelSize`, with gaps that are transparent.
 *
 * Throws a DataError for a plot without images, a ConfigError for other options.
 *
 * @example
 * import { zeros } from 'myelin';
 * import { imagesPng, plotImages } from 'myelin/plot';
 * const bytes = imagesPng(plotImages(zeros([2, 28, 28])), { pixelSize: 2 });
 * String.fromCharCode(...bytes.subarray(1, 4)); // 'PNG'
 */
export function imagesPng(plot: Plot | Picture, options: SheetOptions = {}): Uint8Array {
  const { width, height, pixels } = sheetOf('imagesPng', plot, options);
  return encode({ width, height, data: pixels, channels: 4, depth: 8 }, { zlib: { level: 9 } });
}

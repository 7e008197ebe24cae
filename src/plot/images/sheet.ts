/** All images of a picture on one sheet of pixels. */

import { problem } from '../../core/errors.js';
import { int, maybe } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import type { Image, ImagesPanel, Picture } from '../description.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';

const fields = () => ({
  /**
   * Side of each pixel of an image on the sheet. Default: so that the widest image of a panel is about 80
   * wide.
   */
  pixelSize: maybe(int({ min: 1, max: 256 })),
  /** Pixels between images. */
  gap: int(4, { min: 0, max: 256 }),
});

export interface SheetOptions extends Options<ReturnType<typeof fields>> {}

/** Red, green, blue and opacity of each pixel; between images it is 0. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** About how wide an image is drawn, as the description of an images panel says. */
const usualWidth = 80;

/** 400 MB of colours; terminals and viewers give up long before. */
const mostPixels = 100_000_000;

/**
 * The images of all panels, panel below panel. Throws a DataError for a picture without images, a ConfigError
 * for one that would be too large.
 */
export function sheetOf(subject: string, plot: Plot | Picture, options: SheetOptions): Sheet {
  const { pixelSize, gap } = settingsOf(`${subject}(plot, { pixelSize: 4 })`, fields(), options);
  const picture = plot instanceof Plot ? plot.picture : plot;
  const panels = picture.panels.filter(
    (panel): panel is ImagesPanel => panel.kind === 'images' && panel.images.length > 0,
  );
  if (panels.length === 0) throw noImages(subject);
  const grids = panels.map((panel) => gridOf(panel, pixelSize, gap));
  const width = Math.max(...grids.map((grid) => grid.width));
  const height = grids.reduce((total, grid) => total + grid.height + gap, -gap);
  if (width * height > mostPixels) throw tooLarge(subject, width, height);
  const sheet = { width, height, pixels: new Uint8Array(4 * width * height) };
  let top = 0;
  for (const { panel, columns, cell, scale, height } of grids) {
    panel.images.forEach((image, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      paint(sheet, image, column * (cell.width + gap), top + row * (cell.height + gap), scale);
    });
    top += height + gap;
  }
  return sheet;
}

function gridOf(panel: ImagesPanel, pixelSize: number | null, gap: number) {
  const { images } = panel;
  const widest = Math.max(...images.map(({ width }) => width));
  const tallest = Math.max(...images.map(({ height }) => height));
  const usual = panel.pixelSize ?? usualWidth / widest;
  const scale = pixelSize ?? Math.max(1, Math.round(usual));
  const columns = Math.min(images.length, panel.columns ?? Math.ceil(Math.sqrt(images.length)));
  const rows = Math.ceil(images.length / columns);
  const cell = { width: widest * scale, height: tallest * scale };
  const sizeAlong = (count: number, size: number) => count * (size + gap) - gap;
  return {
    panel,
    columns,
    cell,
    scale,
    width: sizeAlong(columns, cell.width),
    height: sizeAlong(rows, cell.height),
  };
}

function paint(sheet: Sheet, image: Image, left: number, top: number, scale: number): void {
  for (let y = 0; y < image.height * scale; y++) {
    for (let x = 0; x < image.width * scale; x++) {
      const from = 3 * (Math.floor(y / scale) * image.width + Math.floor(x / scale));
      const to = 4 * ((top + y) * sheet.width + left + x);
      for (let c = 0; c < 3; c++) sheet.pixels[to + c] = image.pixels[from + c]!;
      sheet.pixels[to + 3] = 255;
    }
  }
}

const tooLarge = (subject: string, width: number, height: number) =>
  problem('option-value', {
    subject: `${subject} pixelSize`,
    expected: `a sheet of no more than ${mostPixels.toLocaleString('en-US')} pixels`,
    received: `${width} x ${height}`,
    fix: 'Take a smaller `pixelSize`, or fewer images.',
  });

const noImages = (subject: string) =>
  problem('empty-data', {
    subject,
    expected: 'a picture with images, as plotImages makes it',
    received: 'one without',
    fix: 'Charts and diagrams are drawn by `plot.svg()`.',
  });

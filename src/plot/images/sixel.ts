import type { Picture } from '../description.js';
import type { Plot } from '../plot.js';
import { type SheetOptions, sheetOf } from './sheet.js';
import { type Indexed, indexed } from './sixel-palette.js';

/** Rows of pixels that one character holds. */
const band = 6;
/** Repeats shorter than this take no fewer characters written out. */
const shortest = 4;

/**
 * The images of a plot as text that terminals with sixel graphics show as a picture (xterm, foot, WezTerm,
 * iTerm2, Windows Terminal, VS Code); elsewhere it must not be written. Pictures of more than 256 colours get
 * the nearest of 6 levels of red, green and blue. The format is that of DEC's VT300 series: VT330/VT340
 * Programmer Reference Manual, volume 2, chapter 14.
 *
 * Throws a DataError for a plot without images, a ConfigError for other options.
 *
 * @example
 * import { zeros } from 'myelin';
 * import { imagesSixel, plotImages } from 'myelin/plot';
 * const text = imagesSixel(plotImages(zeros([2, 28, 28])), { pixelSize: 2 });
 * text.startsWith('\u001bP'); // true
 */
export function imagesSixel(plot: Plot | Picture, options: SheetOptions = {}): string {
  const sheet = sheetOf('imagesSixel', plot, options);
  const picture = indexed(sheet);
  const palette = picture.colours.map((colour, i) => `#${i};2;${colour.join(';')}`).join('');
  const bands = Array.from({ length: Math.ceil(sheet.height / band) }, (_, i) =>
    bandText(picture, sheet, i * band),
  );
  // 1: pixels without a colour keep the terminal's; then pixels as wide as high, and the size.
  return `\u001bP0;1q"1;1;${sheet.width};${sheet.height}${palette}${bands.join('-')}\u001b\\`;
}

/** Six rows: for each colour in them the columns where it stands, one colour over the other. */
function bandText(
  { numbers, colours }: Indexed,
  { width, height }: { readonly width: number; readonly height: number },
  top: number,
): string {
  const rows = new Map<number, Uint8Array>();
  for (let y = top; y < Math.min(top + band, height); y++) {
    for (let x = 0; x < width; x++) {
      const number = numbers[y * width + x]!;
      if (number < 0) continue;
      const row = rows.get(number) ?? new Uint8Array(width);
      row[x]! |= 1 << (y - top);
      rows.set(number, row);
    }
  }
  const found = [...colours.keys()].filter((number) => rows.has(number));
  return found.map((number) => `#${number}${runs(rows.get(number)!)}`).join('$');
}

/** A row of columns as characters, `!n` before what stands n times; empty columns at the end are left out. */
function runs(row: Uint8Array): string {
  let text = '';
  for (let from = 0; from < row.length; ) {
    let to = from + 1;
    while (to < row.length && row[to] === row[from]) to++;
    if (to === row.length && row[from] === 0) break;
    const character = String.fromCharCode(63 + row[from]!);
    text += to - from < shortest ? character.repeat(to - from) : `!${to - from}${character}`;
    from = to;
  }
  return text;
}

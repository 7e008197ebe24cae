/** A canvas of Braille dots, two by four in each character. */

import type { Colour } from './colours.js';
import type { Sheet } from './sheet.js';

const blankPattern = 0x2800;
// Bits of the dots of a character, by row and column. Source: Unicode, Braille Patterns.
const bits: readonly (readonly [number, number])[] = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

export class Dots {
  readonly #patterns: Uint8Array;
  readonly #inks: (Colour | undefined)[];

  constructor(
    /** Characters. */
    readonly columns: number,
    readonly rows: number,
  ) {
    this.#patterns = new Uint8Array(columns * rows);
    this.#inks = new Array<Colour | undefined>(columns * rows);
  }

  /** A dot, counted from the top left; one outside is passed over. */
  put(x: number, y: number, ink?: Colour): void {
    const [column, row] = [Math.floor(x / 2), Math.floor(y / 4)];
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return;
    const place = row * this.columns + column;
    this.#patterns[place]! |= bits[y - 4 * row]![x - 2 * column]!;
    this.#inks[place] = ink;
  }

  /** A straight line between two dots, which both belong to it. */
  line(fromX: number, fromY: number, toX: number, toY: number, ink?: Colour): void {
    walk(fromX, fromY, toX, toY, (x, y) => this.put(x, y, ink));
  }

  /** Onto a sheet, where there are dots. */
  onto(sheet: Sheet, column: number, row: number): void {
    this.#patterns.forEach((pattern, place) => {
      if (pattern === 0) return;
      const [across, down] = [place % this.columns, Math.floor(place / this.columns)];
      const style = { ink: this.#inks[place] };
      sheet.put(column + across, row + down, String.fromCharCode(blankPattern + pattern), style);
    });
  }
}

/** All whole places on the way between two. */
export function walk(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  visit: (x: number, y: number) => void,
): void {
  const steps = Math.max(1, Math.abs(toX - fromX), Math.abs(toY - fromY));
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    visit(Math.round(fromX + share * (toX - fromX)), Math.round(fromY + share * (toY - fromY)));
  }
}

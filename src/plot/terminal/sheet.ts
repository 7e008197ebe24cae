/** Characters in rows, each with its colours: what every drawing of the terminal is made of. */

import type { Colour, Style } from './colours.js';
import { letters } from './lettering.js';

const blank = ' ';
const plain: Style = {};

export class Sheet {
  readonly #characters: string[];
  readonly #styles: Style[];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#characters = new Array<string>(width * height).fill(blank);
    this.#styles = new Array<Style>(width * height).fill(plain);
  }

  /** Places outside of the sheet are passed over. */
  put(column: number, row: number, character: string, style: Style = plain): void {
    if (!this.#has(column, row)) return;
    const place = row * this.width + column;
    this.#characters[place] = character;
    // What is written over a ground leaves it there.
    const ground = style.ground ?? this.#styles[place]!.ground;
    this.#styles[place] = ground === style.ground ? style : { ...style, ground };
  }

  at(column: number, row: number): string {
    return this.#has(column, row) ? this.#characters[row * this.width + column]! : blank;
  }

  /** One line of words, from a column on. */
  write(column: number, row: number, text: string, style: Style = plain): void {
    for (const letter of letters(text)) {
      const isCut = letter.width === 2 && column + 1 >= this.width;
      this.put(column, row, isCut ? blank : letter.text, style);
      if (letter.width === 2) this.put(column + 1, row, '', style);
      column += letter.width;
    }
  }

  paste(other: Sheet, column: number, row: number): void {
    for (let i = 0; i < other.height; i++) {
      for (let j = 0; j < other.width; j++) {
        const place = i * other.width + j;
        this.put(column + j, row + i, other.#characters[place]!, other.#styles[place]!);
      }
    }
  }

  /** Lines without blanks at their ends, with ANSI codes where colours are wanted. */
  lines(colour: boolean): string[] {
    return Array.from({ length: this.height }, (_, row) => this.#line(row * this.width, colour));
  }

  #has(column: number, row: number): boolean {
    return column >= 0 && row >= 0 && column < this.width && row < this.height;
  }

  #line(start: number, colour: boolean): string {
    let end = start + this.width;
    const isEmpty = (place: number) =>
      this.#characters[place] === blank && !(colour && this.#styles[place]!.ground !== undefined);
    while (end > start && isEmpty(end - 1)) end--;
    if (!colour) return this.#characters.slice(start, end).join('');
    let text = '';
    let before = plain;
    for (let place = start; place < end; place++) {
      const style = this.#styles[place]!;
      // A blank shows no ink, so that a run of words keeps its colour across the gaps.
      const ink = this.#characters[place] === blank ? before.ink : style.ink;
      text += change(before, { ink, ground: style.ground }) + this.#characters[place];
      before = { ink, ground: style.ground };
    }
    return text + change(before, plain);
  }
}

/** Sheets one under another, as wide as the widest. */
export function stacked(sheets: readonly Sheet[], gap = 0): Sheet {
  const width = Math.max(0, ...sheets.map((sheet) => sheet.width));
  const height = sheets.reduce((sum, sheet) => sum + sheet.height, gap * Math.max(0, sheets.length - 1));
  const whole = new Sheet(width, height);
  let row = 0;
  for (const sheet of sheets) {
    whole.paste(sheet, 0, row);
    row += sheet.height + gap;
  }
  return whole;
}

/** Sheets side by side, as high as the highest. */
export function beside(sheets: readonly Sheet[], gap: number): Sheet {
  const width = sheets.reduce((sum, sheet) => sum + sheet.width, gap * Math.max(0, sheets.length - 1));
  const whole = new Sheet(width, Math.max(0, ...sheets.map((sheet) => sheet.height)));
  let column = 0;
  for (const sheet of sheets) {
    whole.paste(sheet, column, 0);
    column += sheet.width + gap;
  }
  return whole;
}

/** Lines of words as a sheet. */
export function sheetOf(lines: readonly string[], width: number, style: Style = plain): Sheet {
  const sheet = new Sheet(width, lines.length);
  lines.forEach((line, row) => {
    sheet.write(0, row, line, style);
  });
  return sheet;
}

const change = (from: Style, to: Style): string =>
  code(from.ink, to.ink, 38) + code(from.ground, to.ground, 48);

/** Source: ECMA-48, SGR; 38 and 48 with `5` and `2` as xterm has them. */
function code(from: Colour | undefined, to: Colour | undefined, layer: 38 | 48): string {
  if (String(from) === String(to)) return '';
  if (to === undefined) return `\u001b[${layer + 1}m`;
  return typeof to === 'number' ? `\u001b[${layer};5;${to}m` : `\u001b[${layer};2;${to.join(';')}m`;
}

/** Text in a picture: how wide it is, about, and how it is made to fit. The fonts of readers are not known. */

import { type Attributes, node, type SvgNode } from './node.js';

/** Sizes in pixels. */
export const sizes = { small: 11, plain: 12, heading: 13, title: 16 } as const;

// Shares of the size; of DejaVu Sans, the widest of the usual fonts, so that text seldom needs more.
const widths: readonly (readonly [characters: string, width: number])[] = [
  [" ijl|.,:;'!Iİ·", 0.33],
  ['frt()[]{}/\\-"', 0.42],
  ['⁰¹²³⁴⁵⁶⁷⁸⁹⁻', 0.45],
  ['mwMW@%×→', 0.93],
];
const [lowerWidth, upperWidth, wideWidth] = [0.62, 0.71, 1.02];
/** How much wider bold text is. */
export const boldShare = 1.14;
const firstWide = 0x2e80; // from here on scripts of squares: Chinese, Japanese, Korean

function widthOf(character: string): number {
  const row = widths.find(([characters]) => characters.includes(character));
  if (row) return row[1];
  if (character.codePointAt(0)! >= firstWide) return wideWidth;
  return character !== character.toLowerCase() ? upperWidth : lowerWidth;
}

/** About how wide a text is. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum * size * (bold ? boldShare : 1);
}

/** The text, or as much of it as fits with an ellipsis. */
export function shortened(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Lines of whole words, as many as are needed. */
export function wrapped(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(shortened(word, width, size));
  }
  return lines;
}

/** A text; what does not fit into `room` is shortened, and whole for those who point at it or hear it. */
export function label(
  text: string,
  {
    room = Number.POSITIVE_INFINITY,
    size = sizes.small,
    ...attributes
  }: Attributes & { room?: number; size?: number },
): SvgNode {
  const shown = shortened(text, room, size);
  const whole = shown === text ? [] : [node('title', {}, text)];
  return node('text', { 'font-size': size, ...attributes }, ...whole, shown);
}

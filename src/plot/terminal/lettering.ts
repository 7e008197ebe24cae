/** Words as characters of a terminal: how wide they are, and how they are cut. */

import type { Picture } from '../description.js';

/** What a reader sees as one character, and how many places of a line it takes. */
export interface Letter {
  readonly text: string;
  readonly width: 1 | 2;
}

// East Asian scripts and pictograms. Source: Unicode Standard Annex 11.
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

// Alphabets of Europe, signs, lines, blocks and Braille: a place each, and nothing joins its neighbour.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range of ASCII is meant.
const simple = /^[\x00-\u02ff\u2010-\u20cf\u2100-\u22ff\u2500-\u25fc\u2800-\u28ff]*$/;

// Takes milliseconds to make.
let segmenter: Intl.Segmenter | undefined;

export function letters(text: string): Letter[] {
  if (simple.test(text)) return [...text].map((each) => ({ text: each, width: 1 }));
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const segments = segmenter.segment(text);
  return [...segments].map(({ segment }) => ({ text: segment, width: wide.test(segment) ? 2 : 1 }));
}

export const textWidth = (text: string): number => letters(text).reduce((sum, { width }) => sum + width, 0);

/** Cut to a width, with a mark where something is missing. */
export function fitted(text: string, width: number, unicode: boolean): string {
  if (textWidth(text) <= width) return text;
  const mark = unicode ? '…' : '~';
  let rest = width - 1;
  let kept = '';
  for (const letter of letters(text)) {
    rest -= letter.width;
    if (rest < 0) break;
    kept += letter.text;
  }
  return width > 0 ? `${kept.trimEnd()}${mark}` : '';
}

/** Broken between words; words that are too long are cut. */
export function wrapped(text: string, width: number, unicode: boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => fitted(each, width, unicode));
}

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - textWidth(text))) + text;
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)));

const plainSigns: readonly (readonly [RegExp, string])[] = [
  [/[‐-―−]/g, '-'],
  [/[×✕]/g, 'x'],
  [/[→⟶]/g, '->'],
  [/[…⋮⋯]/g, '...'],
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/·/g, '.'],
];

/** A picture whose words hold nothing that a terminal cannot show or would obey: control characters, what is not ASCII. */
export const readable = (picture: Picture, unicode: boolean): Picture => cleaned(picture, unicode) as Picture;

function cleaned(value: unknown, unicode: boolean): unknown {
  if (typeof value === 'string') return cleanedText(value, unicode);
  if (Array.isArray(value)) {
    return typeof value[0] === 'number' ? value : value.map((each) => cleaned(each, unicode));
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each, unicode)]));
}

function cleanedText(text: string, unicode: boolean): string {
  const line = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  if (unicode) return line;
  const plain = plainSigns.reduce((sofar, [sign, instead]) => sofar.replace(sign, instead), line);
  return plain
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/gu, '?');
}

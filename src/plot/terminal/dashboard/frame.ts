/** One frame of the dashboard: curves, a bar, and what is known in numbers. */

import { plotHistory } from '../../charts/history.js';
import { fitted, textWidth } from '../lettering.js';
import type { Terminal } from '../terminal-of.js';
import { terminalText } from '../text.js';
import { piecesOf, type Standing } from './status.js';

export interface FrameOptions {
  readonly terminal: Terminal;
  /** Lines that there are. */
  readonly rows: number;
  /** Lines of each chart; as many as there is room for when null. */
  readonly height: number | null;
  readonly metrics: readonly string[] | null;
}

export interface Frame {
  readonly lines: readonly string[];
  readonly widths: readonly number[];
}

type Curves = Readonly<Record<string, readonly number[]>>;

const tallest = 10;
const shortest = 3;

/** Charts are made lower until all fits, and left out where that does not help. */
export function frameOf(curves: Curves, standing: Standing, options: FrameOptions): Frame {
  const { terminal, rows, height } = options;
  const status = statusLines(standing, terminal);
  const hasCurves = Object.keys(curves).length > 0;
  const heights =
    height === null ? Array.from({ length: tallest - shortest + 1 }, (_, i) => tallest - i) : [height];
  for (const each of hasCurves ? heights : []) {
    const chart = chartLines(curves, each, options);
    if (chart.length + status.length < rows) return framed([...chart, ...status]);
  }
  return framed(status.slice(0, Math.max(1, rows - 1)));
}

function chartLines(curves: Curves, height: number, { terminal, metrics }: FrameOptions): string[] {
  // The learning rate is among the numbers.
  const names = Object.keys(curves).filter((name) => name !== 'learning_rate' && !name.startsWith('val_'));
  const plot = plotHistory(curves, { metrics: metrics ?? names });
  return terminalText(plot.picture, { ...terminal, height }).split('\n');
}

function statusLines(standing: Standing, { width, unicode, colour }: Terminal): string[] {
  const [place = [], ...others] = piecesOf(standing, unicode);
  return [
    progressBar(standing, width, unicode, colour),
    ...[place, ...others].flatMap((pieces) => flow(pieces, width, unicode)),
  ];
}

/** Of the epoch; of an epoch without an end there is none. */
function progressBar({ done, steps }: Standing, width: number, unicode: boolean, colour: boolean): string {
  const [full, rest] = unicode ? ['━', '─'] : ['#', '-'];
  const share = steps ? Math.min(1, done / steps) : 0;
  const percent = steps ? ` ${String(Math.floor(share * 100)).padStart(3)}%` : '';
  const columns = Math.min(60, width - percent.length);
  const filled = Math.round(share * columns);
  const paint = (text: string) => (colour && text ? `\u001b[38;5;32m${text}\u001b[39m` : text);
  return paint(full!.repeat(filled)) + rest!.repeat(columns - filled) + percent;
}

/** As many pieces in a line as fit. */
function flow(pieces: readonly string[], width: number, unicode: boolean): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = lines.length > 0 ? `${lines.at(-1)}   ${piece}` : piece;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => fitted(line, width, unicode));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: codes of colours begin with one.
const codes = /\u001b\[[\d;]*m/g;

const framed = (lines: readonly string[]): Frame => ({
  lines,
  widths: lines.map((line) => textWidth(line.replace(codes, ''))),
});

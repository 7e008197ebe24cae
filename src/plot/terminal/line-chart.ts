/** Curves as text, for terminals and logs. */

import { nice, ticks } from 'd3-array';

export interface ChartOptions {
  /** Characters in the longest line. Default 80. */
  readonly width?: number;
  /** Lines between the lowest and the highest tick. Default 10. */
  readonly height?: number;
  /** Box-drawing characters; plain ASCII without. Default true. */
  readonly unicode?: boolean;
  /** A colour a curve, by ANSI sequences. Default false. */
  readonly colour?: boolean;
  /** What the values are numbered by, from 1; empty to leave it out. Default `epoch`. */
  readonly xLabel?: string;
}

/** Characters of one curve: level, upright, and the corners of a way that goes up or down. */
interface Pen {
  readonly level: string;
  readonly upright: string;
  readonly upFrom: string;
  readonly upTo: string;
  readonly downFrom: string;
  readonly downTo: string;
}

const pen = ([level, upright, upFrom, upTo, downFrom, downTo]: string): Pen =>
  ({ level, upright, upFrom, upTo, downFrom, downTo }) as Pen;

// Curves differ by their strokes too, because colours are absent from logs and not seen by everyone.
const boxStrokes = ['─│╯╭╮╰', '━┃┛┏┓┗', '═║╝╔╗╚'];
const plainStrokes = ['******', 'oooooo', '++++++'];
const colours = [36, 33, 35];

/**
 * Draws up to three curves over the numbers of their values, with round ticks and a legend. What is not finite leaves
 * a gap; later curves cover earlier ones.
 *
 * @example
 * console.log(lineChart({ loss: [0.7, 0.5, 0.4], val_loss: [0.6, 0.5, 0.5] }, { width: 40 }));
 */
export function lineChart(
  curves: Readonly<Record<string, readonly number[]>>,
  { width = 80, height = 10, unicode = true, colour = false, xLabel = 'epoch' }: ChartOptions = {},
): string {
  const values = Object.values(curves).flat().filter(Number.isFinite);
  if (values.length === 0) return 'No values to draw.';
  const yTicks = roundTicks(Math.min(...values), Math.max(...values), Math.max(2, Math.round(height / 3)));
  const labels = tickLabels(yTicks);
  const margin = Math.max(...labels.map((label) => label.length)) + 1;
  const count = Math.max(...Object.values(curves).map((curve) => curve.length));
  const columns = Math.max(8, width - margin - 2);
  const area = { columns, rows: height + 1, low: yTicks[0]!, high: yTicks.at(-1)! };
  const styles = Object.keys(curves).map((_, i) => styleOf(i, unicode, colour));

  const canvas = Array.from({ length: area.rows }, () => new Array<string>(columns).fill(' '));
  Object.values(curves).forEach((curve, i) => {
    const { strokes, paint } = styles[i]!;
    draw(curve, count, area, strokes, (row, column, mark) => {
      canvas[row]![column] = paint(mark);
    });
  });

  const indent = ' '.repeat(margin + 1);
  const legend = Object.keys(curves).map((name, i) => `${styles[i]!.sample} ${name}`);
  return [
    ...withTicks(canvas, new Map(yTicks.map((tick, i) => [rowOf(tick, area), labels[i]!])), margin, unicode),
    ...xAxis(count, columns, indent, unicode),
    `${indent} ${legend.join('   ')}${xLabel && `   (${xLabel})`}`,
  ].join('\n');
}

function styleOf(curve: number, unicode: boolean, colour: boolean) {
  const strokes = pen((unicode ? boxStrokes : plainStrokes)[curve % boxStrokes.length]!);
  const code = colours[curve % colours.length]!;
  const paint = (text: string) => (colour ? `\u001b[${code}m${text}\u001b[39m` : text);
  return { strokes, paint, sample: paint(strokes.level.repeat(2)) };
}

function withTicks(
  canvas: readonly string[][],
  labels: ReadonlyMap<number, string>,
  margin: number,
  unicode: boolean,
): string[] {
  const [joint, edge] = unicode ? ['┤', '│'] : ['+', '|'];
  return canvas.map((cells, row) => {
    const label = labels.get(row);
    return `${(label ?? '').padStart(margin)} ${label ? joint : edge}${cells.join('')}`.trimEnd();
  });
}

interface Area {
  readonly columns: number;
  readonly rows: number;
  readonly low: number;
  readonly high: number;
}

const rowOf = (value: number, { rows, low, high }: Area) =>
  Math.round(((high - value) / (high - low)) * (rows - 1));

function roundTicks(low: number, high: number, count: number): number[] {
  const spread = high > low ? 0 : Math.abs(high) / 2 || 1;
  const [from, to] = nice(low - spread, high + spread, count);
  return ticks(from, to, count);
}

/** All with as many decimals as the step between them needs. */
function tickLabels(values: readonly number[]): string[] {
  const step = values[1]! - values[0]!;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return values.map((value) => value.toFixed(decimals));
}

function draw(
  curve: readonly number[],
  count: number,
  area: Area,
  strokes: Pen,
  put: (row: number, column: number, mark: string) => void,
): void {
  let before: number | undefined;
  for (let column = 0; column < area.columns; column++) {
    const value = between(curve, (column / (area.columns - 1)) * (count - 1));
    const row = Number.isFinite(value) ? rowOf(value, area) : undefined;
    if (row !== undefined && before !== undefined && row !== before) {
      const falls = row > before;
      put(before, column, falls ? strokes.downFrom : strokes.upFrom);
      put(row, column, falls ? strokes.downTo : strokes.upTo);
      for (let i = Math.min(row, before) + 1; i < Math.max(row, before); i++) put(i, column, strokes.upright);
    } else if (row !== undefined) put(row, column, strokes.level);
    before = row;
  }
}

/** The value at a place between two numbers, on the straight line; NaN past the end. */
function between(curve: readonly number[], place: number): number {
  const left = Math.floor(place);
  const [from, to] = [curve[left] ?? Number.NaN, curve[left + 1]];
  return place === left ? from : from + (place - left) * ((to ?? Number.NaN) - from);
}

function xAxis(count: number, columns: number, indent: string, unicode: boolean): string[] {
  const [corner, line, joint] = unicode ? ['└', '─', '┬'] : ['+', '-', '+'];
  const marks = ticks(1, count, Math.max(2, Math.floor(columns / 12))).filter(Number.isInteger);
  const axis = new Array<string>(columns).fill(line!);
  let numbers = '';
  for (const mark of marks.length > 0 ? marks : [1]) {
    const column = count > 1 ? Math.round(((mark - 1) / (count - 1)) * (columns - 1)) : 0;
    const text = String(mark);
    const start = Math.min(columns - text.length, Math.max(0, column - Math.floor(text.length / 2)));
    if (numbers !== '' && start <= numbers.length) continue;
    axis[column] = joint!;
    numbers = numbers.padEnd(start) + text;
  }
  return [`${indent}${corner}${axis.join('')}`, `${indent} ${numbers}`];
}

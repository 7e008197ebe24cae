/** Tables drawn as Keras draws them, which are those of the Python package rich. */

export type Align = 'left' | 'right' | 'center';

export interface Column {
  readonly header: string;
  readonly width: number;
  readonly align: Align;
}

const columnPadding = 2;

/** Lines of a table of this many columns of text in all. */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = fitWidths(columns, width - columns.length - 1);
  const rule = (left: string, line: string, between: string, right: string) =>
    `${left}${widths.map((n) => line.repeat(n + columnPadding)).join(between)}${right}`;
  const wrapped = (texts: readonly string[]) => texts.map((text, i) => wrap(text, widths[i]!));
  const body = rows
    .map((row) => drawRow(columns, wrapped(row), widths, '│'))
    .join(`\n${rule('├', '─', '┼', '┤')}\n`);
  return [
    rule('┏', '━', '┳', '┓'),
    drawRow(columns, atBottom(wrapped(columns.map(({ header }) => header))), widths, '┃'),
    rule('┡', '━', '╇', '┩'),
    ...(rows.length > 0 ? [body] : []),
    rule('└', '─', '┴', '┘'),
  ].join('\n');
}

/** Takes what is too wide from all columns alike. Source: rich's `ratio_reduce`. */
function fitWidths(columns: readonly Column[], available: number): number[] {
  const wanted = columns.map(({ width }) => width + columnPadding);
  let excess = wanted.reduce((sum, n) => sum + n, 0) - available;
  if (excess <= 0) return columns.map(({ width }) => width);
  return wanted.map((width, i) => {
    const taken = Math.min(width, roundHalfEven(excess / (wanted.length - i)));
    excess -= taken;
    return width - taken - columnPadding;
  });
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Lines of at most `width`: broken between words, words that are longer cut with an ellipsis. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\s*\S+\s*/g) ?? ['']) {
    if (line !== '' && line.length + word.trimEnd().length > width) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  return [...lines, line].map((each) => shortened(each.trimEnd(), width));
}

const shortened = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

/** Texts of a header end in one line: shorter ones have room above them. */
function atBottom(cells: readonly string[][]): string[][] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return cells.map((lines) => [...Array<string>(height - lines.length).fill(''), ...lines]);
}

function drawRow(
  columns: readonly Column[],
  cells: string[][],
  widths: readonly number[],
  bar: string,
): string {
  const height = Math.max(...cells.map((lines) => lines.length));
  const line = (row: number) =>
    cells.map((lines, i) => ` ${aligned(lines[row] ?? '', widths[i]!, columns[i]!.align)} `).join(bar);
  return Array.from({ length: height }, (_, row) => `${bar}${line(row)}${bar}`).join('\n');
}

function aligned(text: string, width: number, align: Align): string {
  if (align === 'left') return text.padEnd(width);
  if (align === 'right') return text.padStart(width);
  return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}

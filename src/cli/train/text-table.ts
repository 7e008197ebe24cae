/** Tables of text whose columns line up. */

/** Columns marked `r` are aligned to the right. */
export function aligned(rows: readonly (readonly string[])[], sides: string): string {
  const widths = [...sides].map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const cell = (text: string, i: number) =>
    sides[i] === 'r' ? text.padStart(widths[i]!) : text.padEnd(widths[i]!);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

/** 12345 as 12,345. */
export const count = (value: number): string => value.toLocaleString('en');

/** `1 row`, `2 rows`. */
export const counted = (value: number, thing: string): string =>
  `${count(value)} ${thing}${value === 1 ? '' : 's'}`;

/** Four digits at most, without the zeros of rounding. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));

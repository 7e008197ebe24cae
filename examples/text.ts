/** Small tables of text. */

/** The first column to the left, the others to the right, each as wide as it must be. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const cell = (text: string, i: number) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!));
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

export const count = (value: number): string => value.toLocaleString('en');

export const percent = (share: number): string =>
  Number.isNaN(share) ? '' : `${(100 * share).toFixed(0)} %`;

/** Rows are what happened, columns what was said. */
export function confusion(predicted: readonly number[], y: readonly number[]): string {
  const cell = (actual: number, said: number) =>
    count(y.filter((label, i) => label === actual && Number(predicted[i]! > 0.5) === said).length);
  return aligned([
    ['confusion matrix', 'said lost', 'said survived'],
    ['  lost', cell(0, 0), cell(0, 1)],
    ['  survived', cell(1, 0), cell(1, 1)],
  ]);
}

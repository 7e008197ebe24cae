/** Numbers whose decimal sign is a comma, as in most of Europe. */

import { show } from '../../core/text.js';
import { warnOnce } from '../../core/warnings.js';
import { isNumber } from '../../data/csv-checks.js';
import type { Column } from '../../data/table.js';

/** What stands between whole and fraction. */
export type Decimal = '.' | ',';

/** A field with a point where its decimal sign is; one that has a point of its own is then no number. */
export const pointed = (field: string, decimal: Decimal): string =>
  decimal === '.' ? field : field.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ','));

/** So many fields of a column are looked at, and this share of them has to look like numbers. */
const [lookedAt, wantedShare] = [1000, 0.9];

/** Whether there is a comma and all of the field would be a number with it. */
export const hasComma = (field: string): boolean => field.includes(',') && isNumber(pointed(field, ','));

/** Says once what to do about a column of text whose fields nearly all are numbers with a decimal comma. */
export function warnOfCommas(table: string, { name, kind, values }: Column): void {
  if (kind !== 'text') return;
  const given = values.slice(0, lookedAt).filter((field) => field !== null);
  const example = given.find(hasComma);
  if (example === undefined) return;
  const share = given.filter((field) => isNumber(pointed(field, ','))).length / given.length;
  if (share < wantedShare) return;
  const text = `${table}, column '${name}', is read as text, such as ${show(example)}. If its commas are decimal signs, say \`decimal: ','\`.`;
  warnOnce(`csv:comma:${table}:${name}`, text);
}

/** Numbers as people write them: 1,234 and 1.234,5, $5 and 12 %, dates; and signs for a value that is not there. */

import { isNumber } from '../../data/csv-checks.js';

/** One way of writing the numbers of a column. */
export interface Writing {
  readonly name: 'plain' | 'thousands' | 'decimal comma' | 'dates';
  /** The number of a field; undefined where it is not written in this way. */
  read(field: string): number | undefined;
}

/** Fields that stand for no value among numbers. Among texts they are kinds like others. */
const signs = new Set([
  '-',
  '--',
  '—',
  '–',
  '.',
  '..',
  'na',
  'n/a',
  'n.a.',
  'none',
  'null',
  '(null)',
  'nan',
  '<na>',
  '#n/a',
]);

export const isSign = (field: string): boolean => signs.has(field.toLowerCase());

/** Without a sign of money or of hundredths. */
const bare = (field: string): string =>
  field.replace(/^([-+]?)\s?[$€£¥]\s?/, '$1').replace(/\s?[$€£¥%]$/, '');

function grouped(field: string, form: RegExp, group: string, point: string): number | undefined {
  return form.test(field) ? Number(field.replaceAll(group, '').replace(point, '.')) : undefined;
}

const time = '(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?Z?)?$';
const yearFirst = /* @__PURE__ */ new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}`);
const yearLast = /* @__PURE__ */ new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${time}`);

/** Days since 1970 of a date whose year, month and day stand at these places; with the hours as a fraction. */
function daysOf(form: RegExp, [yearAt, monthAt, dayAt]: readonly [number, number, number]): Writing['read'] {
  return (field) => {
    const found = form.exec(field);
    if (!found) return undefined;
    const numbers = Array.from(found, (text) => Number(text ?? 0));
    const [year, month, day] = [numbers[yearAt]!, numbers[monthAt]!, numbers[dayAt]!];
    if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
    return Date.UTC(year, month - 1, day, numbers[5], numbers[6], numbers[7]) / 86_400_000;
  };
}

/** The first of these that reads all of a column is taken. */
export const writings: readonly Writing[] = [
  { name: 'plain', read: (field) => (isNumber(bare(field)) ? Number(bare(field)) : undefined) },
  {
    name: 'thousands',
    read: (field) => grouped(bare(field), /^[-+]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d*)?$/, ',', '.'),
  },
  {
    name: 'decimal comma',
    read: (field) => grouped(bare(field), /^[-+]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d*)?$/, '.', ','),
  },
  { name: 'dates', read: /* @__PURE__ */ daysOf(yearFirst, [1, 3, 4]) },
  // The day before the month unless a number beyond 12 says otherwise: 31/12/2026, then 12/31/2026.
  { name: 'dates', read: /* @__PURE__ */ daysOf(yearLast, [4, 3, 1]) },
  { name: 'dates', read: /* @__PURE__ */ daysOf(yearLast, [4, 1, 3]) },
];

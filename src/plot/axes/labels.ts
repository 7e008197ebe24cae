/** Numbers as words. */

export interface LabelOptions {
  /** Only characters of ASCII: `-` and `e-9`. Default false: `−` and `10⁻⁹`. */
  readonly ascii?: boolean;
}

const units = [
  { above: 1e10, letter: '' }, // such numbers get a power of ten
  { above: 1e6, size: 1e6, letter: 'M' },
  { above: 1e4, size: 1e3, letter: 'k' },
] as const;

/** Labels of the ticks of one axis: all with as many decimals as the smallest step needs, and in one unit. */
export function tickLabels(values: readonly number[], options: LabelOptions = {}): string[] {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0) return values.map(() => '0');
  if (largest >= 1e10 || largest < 1e-4) return powers(values, largest, options);
  const unit = units.find(({ above }) => largest >= above);
  const size = unit && 'size' in unit ? unit.size : 1;
  const decimals = decimalsFor(values, 0, (value, count) =>
    String(size * Number(toFixed(value / size, count))),
  );
  // A narrow range far from 0 needs all its digits, which a unit would only move.
  if (decimals > 3) return fixed(values, decimalsFor(values, 0, toFixed), '', options);
  return fixed(
    values.map((value) => value / size),
    decimals,
    size === 1 ? '' : unit!.letter,
    options,
  );
}

/** One number by itself, rounded to so many digits: `0.873`, `12.4k`, `3.1×10⁻⁶`. */
export function numberLabel(value: number, digits = 3, options: LabelOptions = {}): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return signed(value, options.ascii ? 'inf' : '∞', options);
  const rounded = Number(value.toPrecision(digits));
  const unit = units.find(({ above }) => Math.abs(rounded) >= above);
  if (rounded === 0) return '0';
  if (Math.abs(rounded) < 1e-4 || unit?.letter === '') {
    const exponent = exponentOf(rounded);
    return `${signed(value, String(Math.abs(scaled(rounded, exponent))), options)}${times(exponent, options)}`;
  }
  const size = unit && 'size' in unit ? unit.size : 1;
  return signed(
    rounded,
    `${Number((Math.abs(rounded) / size).toPrecision(digits))}${unit?.letter ?? ''}`,
    options,
  );
}

/** A share of 1, as `numberLabel` writes it, but what is below 1 is never written as 1: `0.9998`. */
export function shareLabel(value: number): string {
  const whole = numberLabel(1);
  let digits = 3;
  while (value < 1 && digits < mostDigits && numberLabel(value, digits) === whole) digits++;
  return numberLabel(value, digits);
}

/** A power of ten: `10⁻³`, or `1e-3`. */
export const powerLabel = (exponent: number, { ascii = false }: LabelOptions = {}): string =>
  ascii ? `1e${exponent}` : `10${raised(exponent)}`;

type Write = (value: number, decimals: number) => string;

/** The fewest decimals, from `first` on, with which all are written as they are, and apart from each other. */
function decimalsFor(values: readonly number[], first: number, write: Write): number {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const largest = Math.max(...values.map(Math.abs));
  const step = Math.min(largest, ...steps);
  const noise = Math.max(step * 1e-3, largest * Number.EPSILON);
  for (let decimals = first; decimals < first + mostDecimals; decimals++) {
    const written = sorted.map((value) => write(value, decimals));
    const isExact = written.every((text, i) => Math.abs(Number(text) - sorted[i]!) <= noise);
    if (isExact && new Set(written).size === sorted.length) return decimals;
  }
  return first + mostDecimals;
}

// No number needs more than 17 digits to be told from the next; those without a power of ten may begin with zeros.
const mostDigits = 17;
const mostDecimals = mostDigits + 4;

const toFixed = (value: number, decimals: number) => value.toFixed(decimals);

const fixed = (values: readonly number[], decimals: number, letter: string, options: LabelOptions) =>
  values.map((value) => {
    const text = Math.abs(value).toFixed(decimals);
    return Number(text) === 0 ? text : signed(value, text + letter, options);
  });

/** Each from 1 up to 10 times a power of ten of its own, all to the same place. */
function powers(values: readonly number[], largest: number, options: LabelOptions): string[] {
  const decimals = decimalsFor(values, -exponentOf(largest), digitsOf);
  return values.map((value) => powerText(digitsOf(value, decimals), options));
}

/** `-1.2e+11`, rounded to a number of decimals, which is negative for numbers above 1. */
function digitsOf(value: number, decimals: number): string {
  if (value === 0) return '0';
  return value.toExponential(Math.min(100, Math.max(0, decimals + exponentOf(value))));
}

function powerText(text: string, options: LabelOptions): string {
  if (Number(text) === 0) return '0';
  const [digits, exponent] = text.replace(/^-/, '').split('e');
  return signed(Number(text), digits! + times(Number(exponent), options), options);
}

const exponentOf = (value: number) => Number(value.toExponential().split('e')[1]);

// By its digits: 1e-9 / 1e-9 need not be 1, and 10 ** -320 has lost most of its own.
const scaled = (value: number, exponent: number): number => {
  const [digits, own] = value.toExponential().split('e');
  return Number(`${digits}e${Number(own) - exponent}`);
};

const times = (exponent: number, { ascii }: LabelOptions) =>
  ascii ? `e${exponent}` : `×10${raised(exponent)}`;

const signed = (value: number, text: string, { ascii }: LabelOptions) =>
  value < 0 ? (ascii ? '-' : '−') + text : text;

const raised = (exponent: number) =>
  [...String(exponent)].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)).join('');

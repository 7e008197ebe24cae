/** Tensors as text, character by character as numpy 2.4 prints arrays (its `arrayprint.py`). */
import type { DType, TypedArray } from '../core/dtype.js';
import { type Shape, sizeOf, stridesOf } from '../core/shape.js';

/** Arrays with more elements show three at each end of an axis. */
const longest = 1000;
const edge = 3;
const lineWidth = 75;
const decimals = 8;
/** From here on, and below `smallest`, numbers have powers of ten. */
const largest = 1e6;
const smallest = Math.fround(1e-4);

type Format = (x: number) => string;

export function printTensor(values: TypedArray, shape: Shape, dtype: DType): string {
  if (shape.length === 0) return printNumber(values[0]!, dtype);
  if (sizeOf(shape) === 0) return '[]';
  const isShort = sizeOf(shape) <= longest;
  const shown = shape.map((n) => (isShort || n <= 2 * edge ? [...Array(n).keys()] : ends(n)));
  const format = formatFor(pick(values, shape, shown), dtype);
  return rows(values, shape, shown, format);
}

/** Indices at both ends, -1 for what is left out. */
const ends = (n: number): number[] => [0, 1, 2, -1, n - 3, n - 2, n - 1];

function pick(values: TypedArray, shape: Shape, shown: readonly (readonly number[])[]): number[] {
  const strides = stridesOf(shape);
  const places = shown.reduce<number[]>(
    (found, at, axis) => found.flatMap((p) => at.filter((i) => i >= 0).map((i) => p + i * strides[axis]!)),
    [0],
  );
  return places.map((p) => values[p]!);
}

/** Brackets, line breaks between rows, and within rows that are too long for a line. */
function rows(
  values: TypedArray,
  shape: Shape,
  shown: readonly (readonly number[])[],
  format: Format,
): string {
  const strides = stridesOf(shape);
  const write = (axis: number, from: number): string => {
    const indent = ' '.repeat(axis + 1);
    const isLast = axis === shape.length - 1;
    const parts = shown[axis]!.map((i) => {
      if (i < 0) return '...';
      const at = from + i * strides[axis]!;
      return isLast ? format(values[at]!) : write(axis + 1, at);
    });
    const gap = `${'\n'.repeat(shape.length - 1 - axis)}${indent}`;
    return `[${isLast ? wrapped(parts, indent, lineWidth - 1 - axis) : parts.join(gap)}]`;
  };
  return write(0, 0);
}

/** Words on lines that end before `width`; lines after the first begin with `indent`. */
function wrapped(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    if (line.length + word.length > width && line.length > indent.length) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.slice(0, -1)].join('\n').slice(indent.length);
}

function formatFor(sample: readonly number[], dtype: DType): Format {
  if (dtype === 'bool') return (x) => (x ? ' True' : 'False');
  if (dtype === 'float32') return floats(sample.map(Math.fround));
  const width = Math.max(...sample.map((x) => String(x).length));
  return (x) => String(x).padStart(width);
}

/** A single value as Python prints a number. */
function printNumber(value: number, dtype: DType): string {
  if (dtype === 'bool') return value ? 'True' : 'False';
  if (dtype !== 'float32') return String(value);
  const x = Math.fround(value);
  if (!Number.isFinite(x)) return special(x);
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= largest))
    return scientific(x, shortDecimals(x)).replace('.e', 'e');
  return rounded(shortest(x), { minimumFractionDigits: 1, maximumFractionDigits: 20 });
}

const special = (x: number) => (Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf');

/** Powers of ten for very large, very small and very different numbers; else as many decimals as are needed. */
function floats(sample: readonly number[]): Format {
  const finite = sample.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((x) => x > 0);
  const [low, high] = [Math.min(...sizes), Math.max(0, ...sizes)];
  const isWide = high >= largest || low < smallest || Math.fround(high / low) > 1000;
  const plain = isWide ? exponents(finite) : fixed(finite);
  const texts = sample.map((x) => (Number.isFinite(x) ? plain(x) : special(x)));
  const width = Math.max(...texts.map((text) => text.length));
  return (x) => (Number.isFinite(x) ? plain(Math.fround(x)) : special(x)).padStart(width);
}

function fixed(finite: readonly number[]): Format {
  const [left, right] = [0, 1].map((part) =>
    Math.max(0, ...finite.map((x) => positional(x).split('.')[part]!.length)),
  );
  return (x) => {
    const [whole, fraction] = positional(x).split('.') as [string, string];
    return `${whole.padStart(left!)}.${fraction.padEnd(right!)}`;
  };
}

function exponents(finite: readonly number[]): Format {
  const digits = Math.max(0, ...finite.map(shortDecimals));
  return (x) => scientific(x, digits);
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number in decimals, where a tie goes to the even digit; `toFixed` and the like round all ties up. */
function rounded(x: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  const format =
    formats.get(key) ??
    new Intl.NumberFormat('en', { useGrouping: false, roundingMode: 'halfEven', ...options });
  formats.set(key, format);
  return format.format(x);
}

/** The number of fewest digits that is the same float32. */
function shortest(x: number): number {
  let short = x;
  for (let digits = 1; digits <= 9; digits++) {
    short = Number(rounded(x, { maximumSignificantDigits: digits }));
    if (Math.fround(short) === x) break;
  }
  return short;
}

/** `12.5`, `3.`: at most eight decimals, of the exact value where the shortest has more. */
function positional(x: number): string {
  const options = { maximumFractionDigits: decimals };
  const short = shortest(x);
  const text = rounded(short, options);
  const known = Number(text) === short ? text : rounded(x, options);
  return known.includes('.') ? known : `${known}.`;
}

/** How many decimals the shortest form with a power of ten has. */
const shortDecimals = (x: number): number =>
  /\.\d+/.exec(shortest(x).toExponential())?.[0].slice(1).length ?? 0;

/** `1.5e-05`, with so many decimals of the exact value. */
function scientific(x: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const [mantissa, power] = rounded(x, { notation: 'scientific', ...options }).split('E') as [string, string];
  const size = power.replace('-', '').padStart(2, '0');
  return `${mantissa}${digits === 0 ? '.' : ''}e${power.startsWith('-') ? '-' : '+'}${size}`;
}

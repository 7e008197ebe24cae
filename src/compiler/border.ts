/**
 * Border: folds that read beyond an array, again and again, read a copy of it that has what is outside around it.
 * Copying costs less than asking at each element whether it is inside, and neighbours stay neighbours.
 */
import type { Index } from '../loops/axis.js';
import {
  type Buffer,
  constant,
  type Expression,
  elementsOf,
  isKnown,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import { type Kernel, loadsOf, mapFormulas, storeAtPoint, writesOf } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';
import type { Draft } from './draft.js';
import { axesFor } from './lower.js';
import { evaluations, prices, sitesOf } from './price.js';

/** The smallest and the largest place along an axis. */
type Range = readonly [low: number, high: number];

export function border(draft: Draft): Draft {
  const kernels = [...draft.kernels];
  for (let i = 0; i < kernels.length; i++) {
    const [read] = wideReads(kernels[i]!);
    if (!read) continue;
    const group = neighbours(kernels.slice(i), read);
    const name = `${read.buffer.name}_border_${i}`;
    kernels.splice(i, group.length, ...bordered(group, read, name));
  }
  return { ...draft, kernels };
}

const indicesOf = ({ at }: Load): readonly Index[] => at.filter(isKnown);

const rangesOf = (read: Load): Range[] =>
  indicesOf(read).map((index, d) => {
    const size = read.buffer.shape[d]!;
    return index.isWithin(size) ? [0, size - 1] : index.range();
  });

const sizesOf = (ranges: readonly Range[]): number[] => ranges.map(([low, high]) => high - low + 1);

/** Reads that leave their array, so often that a copy is cheaper. */
const wideReads = (kernel: Kernel): Load[] =>
  loadsOf(kernel).filter((read) => {
    const { at, buffer } = read;
    const isWide = at.every(isKnown) && at.some((index, d) => !index.isWithin(buffer.shape[d]!));
    if (!isWide || writesOf(kernel).has(buffer.name)) return false;
    const elements = elementsOf({ ...buffer, shape: sizesOf(rangesOf(read)) });
    const times = sitesOf(kernel, buffer.name)
      .filter((site) => site.load === read)
      .reduce((n, site) => n + evaluations(site, read), 0);
    return times > prices.kernel + prices.element * elements;
  });

const isAlike = (a: Load, b: Load): boolean =>
  a.buffer.name === b.buffer.name && `${a.buffer.shape}` === `${b.buffer.shape}` && Object.is(a.fill, b.fill);

/** The first kernels that all have such a read: the parts of one value, as a rule. */
function neighbours(kernels: readonly Kernel[], read: Load): Kernel[] {
  const end = kernels.findIndex((k) => !wideReads(k).some((other) => isAlike(other, read)));
  return kernels.slice(0, end < 0 ? kernels.length : end);
}

/** The copy, and the kernels that read it. */
function bordered(group: readonly Kernel[], read: Load, name: string): Kernel[] {
  const reads = new Set(group.flatMap(wideReads).filter((other) => isAlike(other, read)));
  const ranges = [...reads]
    .map(rangesOf)
    .reduce((a, b) => a.map(([low, high], d): Range => [Math.min(low, b[d]![0]), Math.max(high, b[d]![1])]));
  const copy: Buffer = { ...read.buffer, name, shape: sizesOf(ranges) };
  const inner = (e: Load) =>
    load(
      copy,
      indicesOf(e).map((index, d) => index.minus(ranges[d]![0])),
    );
  const change = (e: Expression) => (isLoad(e) && reads.has(e) ? inner(e) : e);
  const done = new Map<Expression, Expression>();
  const { path } = group[0]!;
  return [
    ...copies(copy, read, ranges).map((kernel) => ({ ...kernel, path })),
    ...group.map((kernel) => mapFormulas(kernel, (e) => rewrite(e, change, done))),
  ];
}

/** Fills the copy, then puts what is inside the array into the middle of it. */
function copies(copy: Buffer, { buffer, type, fill }: Load, ranges: readonly Range[]): Kernel[] {
  const all = axesFor(copy.shape);
  const first = ranges.map(([low]) => Math.max(low, 0));
  const sizes = ranges.map(([, high], d) => Math.min(high, buffer.shape[d]! - 1) - first[d]! + 1);
  const axes = axesFor(sizes);
  const from = axes.map((axis, d) => axis.index.plus(first[d]!));
  const at = from.map((index, d) => index.minus(ranges[d]![0]));
  return [
    { name: copy.name, axes: all, stores: [storeAtPoint(copy, all, constant(fill, type))], path: '' },
    {
      name: copy.name,
      axes,
      stores: [{ buffer: copy, at, value: load(buffer, from), mode: 'set' }],
      path: '',
    },
  ];
}

/** Boxes: which part of each array its readers need, found from the last reader to the first writer. */
import { entryOf } from '../core/record.js';
import type { Axis, Index } from '../loops/axis.js';
import { type Buffer, foldsOf, isKnown, type Load, walkAll } from '../loops/expression.js';
import { formulasOf, type Kernel, loadsOf, type Store } from '../loops/kernel.js';
import { writersOf } from './draft.js';
import { cost } from './price.js';
import {
  both,
  common,
  either,
  everywhere,
  hull,
  isEmpty,
  isWhole,
  type Range,
  rangeWithin,
  reaching,
  type Support,
  type Supports,
  viewOf,
  wholeOf,
} from './support.js';

export type Ranges = ReadonlyMap<Axis, Range>;
/** A range for each dimension of an array that is not 1. */
export type Box = readonly Range[];

export const movingSizes = ({ shape }: Buffer): number[] => shape.filter((n) => n !== 1);
/** The indices along the dimensions that are not 1. */
export const movingAt = ({ at, buffer }: Load | Store) => at.filter((_, d) => buffer.shape[d] !== 1);
/** Whether a read may be outside along a dimension that is 1, of which `movingAt` tells nothing. */
export const mayMiss = ({ at, buffer }: Load): boolean =>
  at.some((c, d) => buffer.shape[d] === 1 && !(isKnown(c) && c.isWithin(1)));

/** Whether a read leaves an array, or some of it unread. */
export const isPart = ({ at, buffer }: Load): boolean =>
  at.some((c, d) => {
    const [low, high] = isKnown(c) ? c.range() : wholeOf(buffer.shape[d]!);
    return low !== 0 || high !== buffer.shape[d]! - 1;
  });

/** Boxes of the named arrays, but for those that stay whole. */
export function boxesOf(
  kernels: readonly Kernel[],
  names: ReadonlySet<string>,
  supports: Supports,
): Map<string, Box> {
  const writers = new Map([...writersOf(kernels)].filter(([name]) => names.has(name)));
  const needs = new Map<string, Need[]>();
  const boxes = new Map<string, Box>();
  for (const kernel of [...kernels].reverse()) {
    const { buffer } = kernel.stores[0]!;
    const own = writers.get(buffer.name);
    writers.delete(buffer.name);
    const box = own && boxOf(buffer, own, needs.get(buffer.name) ?? [], supports);
    if (box) boxes.set(buffer.name, box);
    const walked = rangesFor(kernel, boxes);
    if (walked) for (const need of needsOf(kernel, walked)) entryOf(needs, need.name, () => []).push(need);
  }
  return boxes;
}

/** What a read takes of an array. */
interface Need {
  readonly name: string;
  readonly box: Box;
  /** Dimensions along which it must find even zeros, because it does not ask whether it is inside. */
  readonly firm: readonly boolean[];
  /** Whether it finds 0 outside, or never goes there. */
  readonly mayLeave: boolean;
}

function needsOf(kernel: Kernel, walked: Ranges): Need[] {
  const folds = formulasOf(kernel).flatMap(foldsOf);
  const summed = walkAll(folds.map((f) => f.body));
  return loadsOf(kernel).map((read) => {
    const sizes = movingSizes(read.buffer);
    const at = movingAt(read);
    const isInside = at.map((c, d) => isKnown(c) && c.isWithin(sizes[d]!));
    return {
      name: read.buffer.name,
      box: at.map((c, d) =>
        common(isKnown(c) ? rangeWithin(c, walked) : wholeOf(sizes[d]!), wholeOf(sizes[d]!)),
      ),
      firm: isInside.map((inside) => inside && summed.has(read)),
      mayLeave: read.fill === 0 || isInside.every(Boolean),
    };
  });
}

/** What is read of an array and may be other than 0, if that is less than all of it. */
function boxOf(
  buffer: Buffer,
  writers: readonly Kernel[],
  needs: readonly Need[],
  supports: Supports,
): Box | undefined {
  const stores = writers.flatMap((k) => k.stores);
  // Neighbours stay neighbours in a copy, which is cheaper than to copy less.
  if (needs.length === 0 || stores.every(({ value }) => cost(value) === 0)) return undefined;
  const whole = movingSizes(buffer).map(wholeOf);
  const support = needs.every((need) => need.mayLeave) ? supports.arrays.get(viewOf(buffer))! : whole;
  const box = whole.map((_, d): Range => {
    const read = needs.map((need) => need.box[d]!).reduce(hull);
    const firm = needs.filter((need) => need.firm[d]).map((need) => need.box[d]!);
    return firm.reduce(hull, common(read, support[d]!));
  });
  const all = box.some(isEmpty) ? whole : grown(box, writers, whole);
  return all.every((range, d) => isWhole(range, whole[d]![1] + 1)) ? undefined : all;
}

/** The box and all that its writers reach when they walk it. */
function grown(box: Box, writers: readonly Kernel[], whole: Box): Box {
  let all = box;
  for (const { stores } of writers) {
    const ranges = rangesInBox(stores, box);
    for (const store of ranges ? stores : []) {
      const reached = movingAt(store).map((c) => rangeWithin(c as Index, ranges!));
      all = all.map((range, d) => hull(range, common(reached[d]!, whole[d]!)));
    }
  }
  const isSame = all.every(([low, high], d) => low === box[d]![0] && high === box[d]![1]);
  return isSame ? box : grown(all, writers, whole);
}

/** The part of each axis in which a kernel stores something in the box of its array, if it does at all. */
export function rangesFor({ stores }: Kernel, boxes: ReadonlyMap<string, Box>): Ranges | undefined {
  const box = boxes.get(stores[0]!.buffer.name);
  return box ? rangesInBox(stores, box) : new Map();
}

function rangesInBox(stores: readonly Store[], box: Box): Ranges | undefined {
  const support = stores
    .map((store) =>
      movingAt(store)
        .map((c, d) => reaching(c as Index, box[d]!))
        .reduce(both, everywhere),
    )
    .reduce<Support>(either, 'nowhere');
  return support === 'nowhere' ? undefined : support;
}

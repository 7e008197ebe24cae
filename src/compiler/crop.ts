/**
 * Crop: arrays that live during one run shrink to the elements that somebody reads and that may be other than 0, and so do
 * the loops that fill them and the sums over them. Where windows do not reach the last row of an image, the convolution
 * before them and both its gradients are spared that row.
 */
import type { Pieces } from '../core/pieces.js';
import { hasRewrite } from '../core/rewrites.js';
import { Axis, type Index, type Substitution } from '../loops/axis.js';
import {
  type Buffer,
  type Expression,
  fold,
  foldsOf,
  isFold,
  isKnown,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import { formulasOf, type Kernel, loadsOf, rewriteKernel, type Store, writesOf } from '../loops/kernel.js';
import { substitute } from '../loops/rewrite.js';
import { type Box, boxesOf, isPart, movingAt, movingSizes, type Ranges, rangesFor } from './boxes.js';
import { type Draft, isRecurrence } from './draft.js';
import { simplified } from './simplify.js';
import { common, hull, isWhole, rangeWithin, Supports, viewOf, wholeOf } from './support.js';
import { substituteKernel } from './views.js';

export function* crop(draft: Draft): Pieces<Draft> {
  if (!hasRewrite('crop') || !draft.kernels.some((k) => loadsOf(k).some(isPart))) return draft;
  const names = croppable(draft);
  const supports = new Supports();
  const shrunk: Kernel[] = [];
  for (const kernel of draft.kernels) {
    shrunk.push(withSupport(kernel, names, supports));
    yield;
  }
  const boxes = boxesOf(shrunk, names, supports);
  const kernels: Kernel[] = [];
  for (const kernel of shrunk) {
    kernels.push(...cropped(kernel, boxes));
    yield;
  }
  return { ...draft, kernels };
}

/** Arrays that live during one run, if their kernels' loops may shrink and all see them in one shape. */
function croppable({ kernels, externals, results }: Draft): Set<string> {
  const fixed = new Set([...externals.map((e) => e.buffer.name), ...results.map((r) => r.value.name)]);
  const views = new Map<string, string>();
  const written = new Set<string>();
  for (const kernel of kernels) {
    for (const { buffer } of [...loadsOf(kernel), ...kernel.stores]) {
      const view = viewOf(buffer);
      if ((views.get(buffer.name) ?? view) !== view) fixed.add(buffer.name);
      views.set(buffer.name, view);
    }
    for (const name of writesOf(kernel)) (isPlain(kernel) ? written : fixed).add(name);
  }
  return new Set([...written].filter((name) => !fixed.has(name)));
}

/** Whether a kernel computes one array from others, by loops whose axes no fold uses again. */
const isPlain = (kernel: Kernel): boolean =>
  writesOf(kernel).size === 1 &&
  kernel.stores.every(({ mode, at }) => mode === 'set' && at.every(isKnown)) &&
  !isRecurrence(kernel) &&
  !formulasOf(kernel)
    .flatMap(foldsOf)
    .some((f) => f.axes.some((axis) => kernel.axes.includes(axis)));

/** The kernel without sums of zeros; notes where its array may be other than 0. */
function withSupport(kernel: Kernel, names: ReadonlySet<string>, supports: Supports): Kernel {
  const shrunk = changed(kernel, (e) => {
    if (!isFold(e)) return e;
    const [axes, by] = parts(e.axes, supports.within(e));
    return by.size === 0 ? e : fold(e.by, axes, substitute(e.body, by), e.order);
  });
  for (const store of shrunk.stores) if (names.has(store.buffer.name)) note(store, supports);
  return shrunk;
}

function note(store: Store, supports: Supports): void {
  const support = supports.of(store.value);
  const view = viewOf(store.buffer);
  const before = supports.arrays.get(view);
  const sizes = movingSizes(store.buffer);
  const box = movingAt(store).map((c, d) => {
    const whole = wholeOf(sizes[d]!);
    const own = support === 'nowhere' ? whole : common(rangeWithin(c as Index, support), whole);
    return before ? hull(own, before[d]!) : own;
  });
  supports.arrays.set(view, box);
}

/** Nothing new where nothing changes. */
function changed(kernel: Kernel, change: (e: Expression) => Expression): Kernel {
  const result = rewriteKernel(kernel, change);
  return result.stores.every((s, i) => s.value === kernel.stores[i]!.value) ? kernel : result;
}

/** Axes that walk these parts of others, and what to put in their place. */
function parts(axes: readonly Axis[], ranges: Ranges): [readonly Axis[], Substitution] {
  const by = new Map<Axis, Index>();
  const own = axes.map((axis) => {
    const [low, high] = ranges.get(axis) ?? wholeOf(axis.size);
    if (isWhole([low, high], axis.size)) return axis;
    const part = new Axis(axis.name, high - low + 1);
    by.set(axis, part.index.plus(low));
    return part;
  });
  return [own, by];
}

type Boxes = ReadonlyMap<string, Box>;

/** The kernel over what is left of its array, reading what is left of others; nothing where it stores nothing of it. */
function cropped(kernel: Kernel, boxes: Boxes): Kernel[] {
  const ranges = rangesFor(kernel, boxes);
  if (!ranges) return [];
  const [axes, by] = parts(kernel.axes, ranges);
  const part = by.size > 0 ? { ...substituteKernel(kernel, by), axes } : kernel;
  const names = [...loadsOf(part), ...part.stores].map(({ buffer }) => buffer.name);
  if (part === kernel && !names.some((name) => boxes.has(name))) return [kernel];
  const inner = changed(part, (e) =>
    simplified(isLoad(e) && boxes.has(e.buffer.name) ? croppedLoad(e, boxes) : e),
  );
  return [{ ...inner, stores: inner.stores.map((store) => ({ ...store, ...inBox(store, boxes) })) }];
}

/** What was inside before is 0 where the array has been cut off. */
function croppedLoad(e: Load, boxes: Boxes): Expression {
  const { buffer, at } = inBox(e, boxes);
  const wasInside = e.at.every((c, d) => isKnown(c) && c.isWithin(e.buffer.shape[d]!));
  return load(buffer, at, wasInside ? 0 : e.fill);
}

/** The array in its box, and the same place in it. */
function inBox({ buffer, at }: Load | Store, boxes: Boxes): Pick<Load, 'buffer' | 'at'> {
  const box = boxes.get(buffer.name);
  if (!box) return { buffer, at };
  let moving = 0;
  const ranges = buffer.shape.map((size) => (size === 1 ? wholeOf(1) : box[moving++]!));
  const shape: Buffer['shape'] = ranges.map(([low, high]) => high - low + 1);
  return { buffer: { ...buffer, shape }, at: at.map((c, d) => (isKnown(c) ? c.minus(ranges[d]![0]) : c)) };
}

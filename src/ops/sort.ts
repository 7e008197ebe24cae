/** Sorting, as merging: a recurrence like a running sum, so no backend knows of it. */
import { bool } from '../core/fields.js';
import { type Axis, constantIndex } from '../loops/axis.js';
import { indexValue, type Scalar } from '../loops/scalar.js';
import { op } from './op.js';

/**
 * The workings of a stable merge sort along the last axis, NaN last. In each round, runs of `width` sorted elements are
 * merged to runs of twice that: `y[.., round mod 2, 1, i]` is the place of the element that comes `i`-th, and
 * `y[.., round mod 2, 0, i]` how many of its run up to it came from the left one. Rounds come in pairs, so the order of
 * everything is `y[.., 1, 1]`.
 */
export const mergeSort = /* @__PURE__ */ op('mergeSort', {
  shape: '*s n -> *s parity kind n',
  types: 'n',
  attrs: () => ({
    /** Whether the largest comes first. */
    descending: bool(false),
  }),
  dtype: () => 'int32',
  domain: { distinct: true },
  sizes: ({ n }) => ({ parity: 2, kind: 2, pairs: Math.max(1, Math.ceil((32 - Math.clz32(n - 1)) / 2)) }),
  parts: ([x], axes, { descending }, self) => {
    const { s, n, parity, kind, pairs } = axes as typeof axes & { readonly pairs: Axis };
    const round = pairs.index.times(2).plus(parity.index);
    // 2 to the power of the round, written into the exponent of a float.
    const width = indexValue(round.plus(127)).shiftLeft(23).fromBits().toInt();
    const place = indexValue(n);
    const inRun = place.and(width.add(width).sub(1));
    const start = place.sub(inRun);

    const counted = (i: Axis['index']) => self.at(...s, parity, constantIndex(0), i);
    const before = inRun.equal(0).select(inRun, counted(n.index.plus(-1)));
    const [left, right] = [start.add(before), place.sub(before).add(width)];
    const other = parity.index.times(-1).plus(1);
    const sorted = (i: Scalar) =>
      indexValue(round)
        .equal(0)
        .select(i, self.at(...s, other, constantIndex(1), i));
    const [a, b] = [left, right].map((i) => x.at(...s, sorted(i))) as [Scalar, Scalar];
    const comesFirst = descending ? a.less(b) : b.less(a);
    const isRightFirst = a.type === 'int' ? comesFirst : comesFirst.or(isMissing(a).and(isMissing(b).not()));
    const isRightOver = right.sub(start).less(width.add(width)).and(right.less(n.size)).not();
    const isLeft = before.less(width).and(isRightOver.or(isRightFirst.not()));
    const taken = sorted(counted(n.index).equal(before).select(right, left));
    const value = indexValue(kind).equal(0).select(before.add(isLeft.toInt()), taken);
    return [{ over: [...s, pairs, parity, n, kind], at: [...s, parity, kind, n], value }];
  },
});

const isMissing = (x: Scalar) => x.equal(x).not();

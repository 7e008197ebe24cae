/** Windows that slide over spatial axes, as affine indices in both directions. */
import { Axis, type Index } from '../loops/axis.js';

/** One number for each spatial axis. */
export interface Sliding {
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  /** Cells of padding before the axis. */
  readonly low: readonly number[];
  readonly size: readonly number[];
}

/** Where tap `t` of window `o` reads. */
export const read = (o: readonly Axis[], t: readonly Axis[], { strides, dilation, low }: Sliding): Index[] =>
  o.map((a, d) => a.index.times(strides[d]!).plus(t[d]!.index.times(dilation[d]!)).minus(low[d]!));

/** Some of the places that windows read, and for all of them the windows and taps that read them. */
export interface Phase {
  /** Loops over the places. */
  readonly axes: readonly Axis[];
  readonly at: readonly Index[];
  /** Loops over the taps, and the window and the tap at each point of them. */
  readonly along: readonly Axis[];
  readonly from: readonly Index[];
  readonly tap: readonly Index[];
}

/**
 * The other direction: place `i` is read by tap `t` of window `(i + low - dilation · t) / stride` where that is whole.
 * Places that differ by the stride have the same taps, so each remainder is a kernel of its own with affine indices;
 * neighbouring remainders whose taps are neighbours share one.
 */
export function phasesOf(o: readonly Axis[], t: readonly Axis[], sliding: Sliding): Phase[] {
  let phases: Phase[] = [{ axes: [], at: [], along: [], from: [], tap: [] }];
  for (const d of o.keys()) {
    const own = remaindersOf(d, t[d]!.size, sliding);
    phases = phases.flatMap((outer) => own.map((inner) => both(outer, phaseOf(inner, d, sliding))));
  }
  return phases;
}

/** Places `stride · q + first + r` for `q < rows`, `r < width`, read by taps `tap + r`, `tap + r + step`, …. */
interface Remainder {
  readonly first: number;
  readonly rows: number;
  readonly taps: number;
  readonly tap: number;
  /** The window whose first tap reads row 0. */
  readonly window: number;
  width: number;
}

function remaindersOf(d: number, count: number, { strides, dilation, low, size }: Sliding): Remainder[] {
  const [stride, apart, before, places] = [strides[d]!, dilation[d]!, low[d]!, size[d]!];
  const step = stride / divisor(apart, stride);
  const found: Remainder[] = [];
  for (let first = 0; first < Math.min(stride, places); first++) {
    const candidates = Array.from({ length: Math.min(count, step) }, (_, tap) => tap);
    const tap = candidates.find((tap) => (first + before - apart * tap) % stride === 0);
    const rows = Math.ceil((places - first) / stride);
    const taps = tap === undefined ? 0 : Math.ceil((count - tap) / step);
    const window = tap === undefined ? 0 : (first + before - apart * tap) / stride;
    const last = found.at(-1);
    const isNext = tap === undefined || tap === (last?.tap ?? 0) + (last?.width ?? 0);
    if (last && isNext && last.rows === rows && last.taps === taps && last.window === window) last.width++;
    else found.push({ first, rows, taps, tap: tap ?? 0, window, width: 1 });
  }
  return found;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

function phaseOf(r: Remainder, d: number, { strides, dilation }: Sliding): Phase {
  const [stride, apart] = [strides[d]!, dilation[d]!];
  const shared = divisor(apart, stride);
  const [row, inner, turn] = [
    new Axis(`i${d}`, r.rows),
    new Axis(`r${d}`, r.width),
    new Axis(`t${d}`, r.taps),
  ];
  return {
    axes: [row, inner],
    at: [row.index.times(stride).plus(inner.index).plus(r.first)],
    along: [turn],
    from: [row.index.plus(r.window).minus(turn.index.times(apart / shared))],
    tap: [
      turn.index
        .times(stride / shared)
        .plus(inner.index)
        .plus(r.tap),
    ],
  };
}

const both = (a: Phase, b: Phase): Phase => ({
  axes: [...a.axes, ...b.axes],
  at: [...a.at, ...b.at],
  along: [...a.along, ...b.along],
  from: [...a.from, ...b.from],
  tap: [...a.tap, ...b.tap],
});

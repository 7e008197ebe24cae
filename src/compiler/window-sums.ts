/**
 * Window sums: a few sums of products with a spread, as sums over windows, each looking at the windows once for all. First
 * those of each image, which stay near meanwhile, then over the images. For first layers, whose images have few channels.
 */
import { type Axis, constantIndex, type Index, pointsOf, type Substitution } from '../loops/axis.js';
import { type Buffer, call, constant, type Expression, fold, type Load, load } from '../loops/expression.js';
import type { Kernel, Store } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';
import { solve } from './scatter.js';
import { bordered } from './scatter-arrays.js';
import type { Spread, SpreadSum } from './spread.js';

/** Sums that stay in registers together, and of all of them: more are better as a product of matrices. */
const most = { together: 9, all: 27 } as const;
/** Loops in vectors over fewer gain nothing. */
const leastNeighbours = 8;

/** What the axes of a sum are. */
interface Roles {
  readonly by: Substitution;
  /** The axis in vectors, which no window covers: of the spread, and as the result has it. */
  readonly inner: Axis;
  readonly own: Axis;
  /** Of the spread: where the windows of an image stand, and the images. */
  readonly windows: readonly Axis[];
  readonly images: readonly Axis[];
  /** Of the result, but for `own`. */
  readonly taps: readonly Axis[];
}

/** The kernels instead of one, where `element` is the one of a window. */
export function windowSums(given: SpreadSum, element: Expression): Kernel[] | undefined {
  const roles = rolesOf(given);
  if (!roles) return undefined;
  const { by, inner, windows, images, taps } = roles;
  const { kernel, spread, name } = given;
  const around = bordered(given.other, name, (index) => index.substitute(by).range());
  const axes = [...images, inner];
  const shape = [...taps, ...axes].map((axis) => axis.size);
  const parts: Buffer = {
    ...kernel.stores[0]!.buffer,
    name: `parts of ${name}`,
    shape,
  };
  const stores = pointsIn(taps).map((point): Store => {
    const factors = (inside: Substitution) => factorAt(around.read, by, new Map([...point, ...inside]));
    const at = [...taps.map((axis) => point.get(axis)!), ...axes.map((axis) => axis.index)];
    const value = fold('sum', windows, inWindow(spread, element, factors));
    return { buffer: parts, at, value, mode: 'set' };
  });
  const made = inGroups(stores).map(
    (together): Kernel => ({ name: parts.name, axes, stores: together, path: kernel.path }),
  );
  return [...around.before, ...made, ended(given, parts, roles)];
}

function rolesOf(given: SpreadSum): Roles | undefined {
  const { kernel, sum, other, spread } = given;
  const solved = solve(given);
  if (!solved) return undefined;
  const { by, cells } = solved;
  const inner = spread.kernel.axes.filter((axis) => axis.size > 1).at(-1);
  const outputs = kernel.axes.filter((axis) => axis.size > 1);
  const own = outputs.find((axis) => inner && by.get(axis)?.equals(inner.index));
  const taps = outputs.filter((axis) => !by.has(axis));
  const isFine =
    inner &&
    own &&
    !spread.window.includes(inner) &&
    inner.size >= leastNeighbours &&
    !other.free.has(own) &&
    pointsOf(taps) <= most.all &&
    taps.length + 1 === outputs.length &&
    sum.axes.every((axis) => axis.size === 1 || by.has(axis));
  if (!isFine) return undefined;
  const steps = [...by.values()].filter((index) => spread.window.some((axis) => index.along(axis) !== 0));
  const windows = cells.filter((axis) => steps.some((index) => index.along(axis) !== 0));
  const images = cells.filter((axis) => axis !== inner && !windows.includes(axis));
  return { by, inner, own, windows, images, taps };
}

type Point = ReadonlyMap<Axis, Index>;

const pointsIn = (axes: readonly Axis[]): Point[] =>
  axes.reduce<Point[]>(
    (points, axis) =>
      points.flatMap((point) =>
        Array.from({ length: axis.size }, (_, i) => new Map([...point, [axis, constantIndex(i)] as const])),
      ),
    [new Map()],
  );

const factorAt = (read: Load, by: Substitution, point: Point): Expression =>
  load(
    read.buffer,
    read.at.map((index) => (index as Index).substitute(by).substitute(point)),
    read.fill,
  );

/** The products of one window: each of its elements is the one, or 0. */
function inWindow({ window, place }: Spread, element: Expression, factorOf: (inside: Point) => Expression) {
  const products = pointsIn(window).map((inside, i): [Expression, Expression] => {
    const isPlace = call('equalInt', [place, constant(i, 'int')]);
    return [call('select', [isPlace, element, constant(0, 'float')]), factorOf(inside)];
  });
  const [first, ...more] = products;
  return more.reduce((total, factors) => call('fma', [...factors, total]), call('multiply', first!));
}

/** Sums that are made in one loop. */
function inGroups(stores: readonly Store[]): Store[][] {
  const size = Math.ceil(stores.length / Math.ceil(stores.length / most.together));
  return Array.from({ length: Math.ceil(stores.length / size) }, (_, i) =>
    stores.slice(i * size, (i + 1) * size),
  );
}

/** The kernel itself, which adds up what the images give. */
function ended({ kernel, sum }: SpreadSum, parts: Buffer, { taps, images, own }: Roles): Kernel {
  const all = [...taps, ...images, own].map((axis) => axis.index);
  const part = load(parts, all);
  const total = images.length > 0 ? fold('sum', images, part) : part;
  const [store] = kernel.stores;
  const value = rewrite(store!.value, (e) => (e === sum ? total : e));
  return { ...kernel, stores: [{ ...store!, value }] };
}

/**
 * Join: two kernels over the same points become one with several stores, when one reads what the other writes at the same
 * point, or both read the same array, or have a single point. Maps join maps, folds join folds.
 */
import { pointsOf, type Substitution } from '../loops/axis.js';
import { type Expression, elementsOf, isComputed, isLoad } from '../loops/expression.js';
import { type Kernel, loadsOf, readsOf, readsPoint, writesOf } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';
import { areFree, type Draft, isRecurrence } from './draft.js';
import { contractionOf, hasFold } from './price.js';
import { scheduleMap } from './schedule/map.js';
import { simplifyKernel } from './simplify.js';
import { substituteKernel } from './views.js';

/** More stores in one loop crowd the registers out. */
const mostStores = 16;

export function join(draft: Draft): Draft {
  let { kernels } = draft;
  const tried: Tried = new Map();
  for (let second = 1; second < kernels.length; second++) {
    for (let first = 0; first < second; first++) {
      const joined = joinAt(kernels, first, second, tried);
      if (!joined) continue;
      kernels = joined;
      second = 0;
      break;
    }
  }
  return { ...draft, kernels };
}

/** What became of two kernels; after each join all pairs are looked at again. */
type Tried = Map<Kernel, Map<Kernel, Kernel | undefined>>;

function joinOnce(a: Kernel, b: Kernel, tried: Tried): Kernel | undefined {
  const known = tried.get(a) ?? new Map<Kernel, Kernel | undefined>();
  if (!known.has(b)) tried.set(a, known.set(b, joinTwo(a, b)));
  return known.get(b);
}

function joinAt(
  kernels: readonly Kernel[],
  first: number,
  second: number,
  tried: Tried,
): readonly Kernel[] | undefined {
  const [a, b] = [kernels[first]!, kernels[second]!];
  const joined = joinOnce(a, b, tried);
  if (!joined) return undefined;
  const between = kernels.slice(first + 1, second);
  const put = between.every((k) => areFree(a, k))
    ? second
    : between.every((k) => areFree(k, b))
      ? first
      : undefined;
  if (put === undefined) return undefined;
  return kernels.flatMap((k, i) => (i === put ? [joined] : i === first || i === second ? [] : [k]));
}

function joinTwo(a: Kernel, second: Kernel): Kernel | undefined {
  if (a.axes.length !== second.axes.length || a.axes.some((x, i) => x.size !== second.axes[i]!.size))
    return undefined;
  if (a.stores.length + second.stores.length > mostStores || ![a, second].every(isPlain)) return undefined;
  if (hasFold(a) !== hasFold(second) || !areRelated(a, second)) return undefined;
  const by: Substitution = new Map(second.axes.map((x, i) => [x, a.axes[i]!.index]));
  const b = { ...substituteKernel(second, by), axes: a.axes };
  if (!readAtPoints(a, b)) return undefined;
  const joined = withForwarding(a, b);
  const isVector = (k: Kernel) => scheduleMap(k).vector !== undefined;
  return [a, b].every((k) => isVector(k) === isVector(joined)) ? joined : undefined;
}

const isPlain = (kernel: Kernel): boolean =>
  !contractionOf(kernel) &&
  !isRecurrence(kernel) &&
  kernel.stores.every((s) => s.mode === 'set' && !s.at.some(isComputed));

function areRelated(a: Kernel, b: Kernel): boolean {
  const written = new Set([...writesOf(a), ...writesOf(b)]);
  const large = (name: string) =>
    loadsOf(b).some(
      ({ buffer }) => buffer.name === name && elementsOf(buffer) >= a.axes[0]!.size && elementsOf(buffer) > 1,
    );
  const shares = (name: string) => written.has(name) || (readsOf(a).has(name) && large(name));
  return pointsOf(a.axes) === 1 || [...readsOf(b)].some(shares);
}

/** Whether what either writes is read by both at the point it is written, and nowhere else. */
function readAtPoints(a: Kernel, b: Kernel): boolean {
  const written = new Set([...writesOf(a), ...writesOf(b)]);
  return [a, b].every((k) => loadsOf(k).every((l) => !written.has(l.buffer.name) || readsPoint(l, k.axes)));
}

/** All stores of both; what the second reads of the first is the formula itself. */
function withForwarding(a: Kernel, b: Kernel): Kernel {
  const values = new Map(a.stores.map((s) => [s.buffer.name, s.value]));
  const done = new Map<Expression, Expression>();
  const forward = (e: Expression) => (isLoad(e) ? (values.get(e.buffer.name) ?? e) : e);
  const stores = [...a.stores, ...b.stores.map((s) => ({ ...s, value: rewrite(s.value, forward, done) }))];
  return simplifyKernel({
    name: `${a.name}+${b.name}`,
    axes: a.axes,
    stores,
    path: joinPaths(a.path, b.path),
  });
}

const joinPaths = (a: string, b: string) =>
  [...new Set([...a.split(', '), ...b.split(', ')])].filter(Boolean).join(', ');

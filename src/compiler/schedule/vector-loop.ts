/** Walks an axis a vector at a time, several vectors a turn, then what is left. */
import type { Group } from '../../loops/layout.js';
import { bind, type Int, isLastPart, loop, type Statement, shareOf, times, when } from '../../loops/nest.js';
import { type Part, Scope } from './scope.js';

/**
 * `emit` writes the body for all vectors of a turn at once, so that they share the loops inside. When the loop is split,
 * each thread has its share of the turns, and the last one what is left.
 */
export function vectorLoop(
  parent: Scope,
  group: Group,
  copies: number,
  emit: (body: Scope) => void,
  isSplit = false,
): void {
  const { lanes } = parent.nest;
  const bodies = (size: number): Statement[] => {
    const body = new Scope(parent.nest, vectors, group, { parts: partsOf(size, lanes) });
    emit(body);
    return body.body;
  };
  const step = copies * lanes;
  const rest = group.size % step;
  const whole = group.size - rest;
  const share: readonly [Int, Int] = isSplit && whole > 0 ? turnsOf(parent, whole / step, step) : [0, whole];
  const vectors = new Scope(parent.nest, parent, group, { range: share });
  const main = whole > 0 ? bodies(step) : [];
  const end = rest > 0 ? bodies(rest) : [];
  if (main.length > 0) parent.body.push(loop(vectors.counter, [...share, step], main, vectors.movesBy(step)));
  else parent.body.push(bind(vectors.counter, 0));
  if (end.length > 0) parent.body.push(...when(isSplit ? [isLastPart] : [], end));
}

/** Where this thread's turns begin and end. */
function turnsOf(parent: Scope, turns: number, step: number): readonly [Int, Int] {
  const [from, to] = shareOf(turns).map((turn) => parent.named('share', times(turn, step)));
  return [from!, to!];
}

const partsOf = (size: number, lanes: number): Part[] =>
  Array.from({ length: Math.ceil(size / lanes) }, (_, c) => ({
    offset: c * lanes,
    count: Math.min(lanes, size - c * lanes),
  }));

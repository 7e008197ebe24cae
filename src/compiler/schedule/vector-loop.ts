/** Walks an axis a vector at a time, several vectors a turn, then what is left. */
import type { Group } from '../../loops/layout.js';
import { bind, loop, type Statement } from '../../loops/nest.js';
import { type Part, Scope } from './scope.js';

/** `emit` writes the body for all vectors of a turn at once, so that they share the loops inside. */
export function vectorLoop(parent: Scope, group: Group, copies: number, emit: (body: Scope) => void): void {
  const { lanes } = parent.nest;
  const vectors = new Scope(parent.nest, parent, group);
  const bodies = (size: number): Statement[] => {
    const body = new Scope(parent.nest, vectors, group, partsOf(size, lanes));
    emit(body);
    return body.body;
  };
  const step = copies * lanes;
  const rest = group.size % step;
  const main = group.size > rest ? bodies(step) : [];
  const end = rest > 0 ? bodies(rest) : [];
  if (main.length > 0) {
    parent.body.push(loop(vectors.counter, [0, group.size - rest, step], main, vectors.movesBy(step)));
  } else parent.body.push(bind(vectors.counter, 0));
  parent.body.push(...end);
}

const partsOf = (size: number, lanes: number): Part[] =>
  Array.from({ length: Math.ceil(size / lanes) }, (_, c) => ({
    offset: c * lanes,
    count: Math.min(lanes, size - c * lanes),
  }));

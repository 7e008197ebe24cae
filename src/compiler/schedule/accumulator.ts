/** What a fold keeps between elements, and the orders that fix the bits of float sums. */
import type { ScalarType } from '../../core/dtype.js';
import { pointsOf } from '../../loops/axis.js';
import type { Fold } from '../../loops/expression.js';
import {
  apply,
  constant,
  get,
  type Int,
  keep,
  load,
  plus,
  remainder,
  rotate,
  type Statement,
  set,
  store,
  times,
  type Value,
  when,
} from '../../loops/nest.js';
import type { ScalarName } from '../../loops/scalars.js';
import { blockSize, isFloatSum, virtualLanes } from './rows.js';
import type { Scope } from './scope.js';
import { type Evaluate, partOf, sums } from './vector.js';

export interface Accumulator {
  readonly start: readonly Statement[];
  /** Takes in the elements of one turn, the first of which has this number. */
  add(turn: Scope, linear: Int): void;
  readonly finish: readonly Statement[];
  readonly totals: readonly string[];
}

type Table<T> = Readonly<Record<Exclude<Fold['by'], 'argmax'>, Readonly<Record<ScalarType, T>>>>;
const identities: Table<number> = {
  sum: { float: 0, int: 0, bool: 0 },
  max: { float: -Infinity, int: -(2 ** 31), bool: 0 },
  min: { float: Infinity, int: 2 ** 31 - 1, bool: 1 },
};
const joins: Table<ScalarName> = {
  sum: sums,
  max: { float: 'maximum', int: 'maximumInt', bool: 'or' },
  min: { float: 'minimum', int: 'minimumInt', bool: 'and' },
};
// Kernels that are prepared have no `argmax`.
const rowOf = <T>(table: Table<T>, { by, type }: Fold): T => table[by as keyof Table<T>][type];

/** The value of a fold over nothing. */
export const identityOf = (e: Fold): Value => constant(rowOf(identities, e), e.type);

const join = (e: Fold, total: string, value: Value): Statement =>
  set(total, apply(rowOf(joins, e), get(total), value));

const zero = constant(0, 'float');
const list = <T>(length: number, item: (i: number) => T): T[] => Array.from({ length }, (_, i) => item(i));
const namesOf = (name: string, count: number) => list(count, (i) => (count === 1 ? name : `${name}_${i}`));

/** 16 totals to 8, 4, 2, 1, always i with i + half; each name holds `lanes` of them. */
function halve(e: Fold, totals: readonly string[], lanes: number): Statement[] {
  const body: Statement[] = [];
  for (let half = virtualLanes / 2; half >= 1; half /= 2) {
    const distance = half / lanes;
    if (distance < 1) body.push(join(e, totals[0]!, rotate(half, get(totals[0]!))));
    else
      for (let i = 0; i < distance && i + distance < totals.length; i++)
        body.push(join(e, totals[i]!, get(totals[i + distance]!)));
  }
  return body;
}

/** Takes in elements in order: one total a copy. */
function inOrder(e: Fold, scope: Scope, values: Evaluate, copies: number): Accumulator {
  const totals = namesOf(scope.nest.name(e.by), copies);
  return {
    start: totals.map((t) => set(t, identityOf(e))),
    add(turn) {
      const made = values(e.body, turn);
      turn.body.push(...totals.map((t, c) => join(e, t, partOf(made, c))));
    },
    finish: [],
    totals,
  };
}

/** Takes in a row, a vector at a time: `parts` of it a turn. */
export function alongRow(e: Fold, scope: Scope, values: Evaluate, copies: number): Accumulator {
  const { lanes } = scope.nest;
  const { start, totals } = inOrder(e, scope, values, copies);
  return {
    start,
    add(turn) {
      const made = values(e.body, turn);
      const fill = identityOf(e);
      for (const [c, { count }] of turn.vector!.parts.entries()) {
        const value = partOf(made, c);
        turn.body.push(join(e, totals[c]!, count === lanes ? value : keep(count, value, fill)));
      }
    },
    finish: halve(e, totals, lanes),
    totals,
  };
}

/** Blocks of products, each from 0 by fused multiply-add, added in order. */
function inBlocks(e: Fold, scope: Scope, values: Evaluate, copies: number): Accumulator {
  const { body } = e;
  const size = pointsOf(e.axes);
  const isLong = size > blockSize;
  const sums = namesOf(scope.nest.name('sum'), copies);
  const totals = isLong ? namesOf(scope.nest.name('total'), copies) : sums;
  const restart = sums.map((t) => set(t, zero));
  const endBlock = isLong ? totals.map((t, c) => join(e, t, get(sums[c]!))) : [];
  return {
    // Totals begin at -0, which leaves the first block as it is, its sign included.
    start: [...(isLong ? totals.map((t) => set(t, constant(-0, 'float'))) : []), ...restart],
    add(turn, linear) {
      const factors = body.kind === 'call' && body.name === 'multiply' ? body.args : [body];
      const [a, b = [constant(1, 'float')]] = factors.map((x) => values(x, turn));
      for (const [c, sum] of sums.entries())
        turn.body.push(set(sum, apply('fma', partOf(a!, c), partOf(b, c), get(sum))));
      const isEnd = { value: remainder(plus(linear, 1), blockSize), below: 1 };
      if (isLong) turn.body.push(...when([isEnd], [...endBlock, ...restart]));
    },
    finish: size % blockSize > 0 ? endBlock : [],
    totals,
  };
}

/** Element i goes to lane i mod 16. Lanes are vectors in memory: which one it is may be known at run time only. */
function inLanes(e: Fold, { nest }: Scope, values: Evaluate, copies: number): Accumulator {
  const { lanes } = nest;
  const bytes = 4 * lanes;
  const base = nest.reserve(virtualLanes * copies * bytes);
  const place = (lane: Int, c: number) => plus(base, times(lane, copies * bytes), c * bytes);
  const name = nest.name('lane');
  const names = list(copies, (c) => list(virtualLanes, (lane) => `${name}_${lane}_${c}`));
  const each = (body: (total: string, at: Int) => Statement) =>
    names.flatMap((own, c) => own.map((total, lane) => body(total, place(lane, c))));
  const read = (at: Int) => load(at, lanes, 'float32');
  return {
    start: each((_, at) => store(at, zero, 'float32', lanes)),
    add(turn, linear) {
      const lane = turn.integer(`lane of ${name}`, () => remainder(linear, virtualLanes));
      const made = values(e.body, turn);
      for (let c = 0; c < copies; c++) {
        const at = place(lane, c);
        turn.body.push(store(at, apply('add', read(at), partOf(made, c)), 'float32', lanes));
      }
    },
    finish: [...each((total, at) => set(total, read(at))), ...names.flatMap((own) => halve(e, own, 1))],
    totals: names.map(([total]) => total!),
  };
}

/** Takes in one element a turn, in each of so many vectors. */
export function elementwise(e: Fold, scope: Scope, values: Evaluate, copies: number): Accumulator {
  const orders = { sequence: inOrder, lanes: inLanes, blocks: inBlocks };
  return (isFloatSum(e) ? orders[e.order] : inOrder)(e, scope, values, copies);
}

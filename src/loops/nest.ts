/**
 * Loop nests: what a schedule becomes and what the emitters read. Integers are byte addresses and counters, values
 * are vectors of `lanes` floats, 32-bit integers or masks. Every backend sees one heap, addressed from 0.
 */
import type { DType, ScalarType } from '../core/dtype.js';
import type { ScalarName } from './scalars.js';

export type Int =
  | number
  | string
  | { readonly op: '+' | '*' | '/' | '%'; readonly a: Int; readonly b: Int }
  /** One lane of a vector of integers. */
  | { readonly op: 'lane'; readonly of: string; readonly lane: number };

export type Value =
  | { readonly kind: 'constant'; readonly value: number; readonly type: ScalarType }
  | { readonly kind: 'get'; readonly name: string }
  /** `count` neighbouring elements; anything in the lanes after them. */
  | { readonly kind: 'load'; readonly at: Int; readonly count: number; readonly as: DType }
  /** One element in every lane. */
  | { readonly kind: 'splat'; readonly at: Int; readonly as: DType }
  /** One element a lane, each from its own address; anything in the lanes after them. */
  | { readonly kind: 'gather'; readonly at: readonly Int[]; readonly as: DType }
  /** Lane i is the integer `from + step * i`. */
  | { readonly kind: 'ramp'; readonly from: Int; readonly step: number }
  | { readonly kind: 'call'; readonly name: ScalarName; readonly args: readonly Value[] }
  /** Lane i takes lane i + by. */
  | { readonly kind: 'rotate'; readonly by: number; readonly of: Value }
  /** Lane 0 everywhere. */
  | { readonly kind: 'first'; readonly of: Value }
  /** The first `count` lanes of `of`, `otherwise` in the rest. */
  | { readonly kind: 'keep'; readonly count: number; readonly of: Value; readonly otherwise: Value };

export interface Condition {
  readonly value: Int;
  readonly below: number;
}

export type Statement =
  | { readonly kind: 'let'; readonly name: string; readonly value: Int }
  | { readonly kind: 'set'; readonly name: string; readonly value: Value }
  /** Writes `count` lanes, from `lane` on, to neighbouring elements. */
  | {
      readonly kind: 'store';
      readonly at: Int;
      readonly value: Value;
      readonly as: DType;
      readonly lane: number;
      readonly count: number;
    }
  /** Runs while `name` < `to`; `also` lists other integers and their step. */
  | {
      readonly kind: 'loop';
      readonly name: string;
      readonly from: Int;
      readonly to: Int;
      readonly step: number;
      readonly also: readonly Move[];
      readonly body: readonly Statement[];
    }
  /** `then` when every value lies in 0 ≤ value < below. */
  | {
      readonly kind: 'if';
      readonly inside: readonly Condition[];
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly kind: 'call'; readonly procedure: string; readonly args: readonly Int[] }
  /** Copies a 4 by 4 block of floats, rows to columns; strides in bytes. */
  | {
      readonly kind: 'transpose';
      readonly from: Int;
      readonly fromStride: number;
      readonly to: Int;
      readonly toStride: number;
    }
  /** Brings the line of memory with this address near, as it is read soon; it may lie outside of the heap. */
  | { readonly kind: 'fetch'; readonly at: Int }
  /** Waits until all threads of the program are here; only in procedures with a parameter `barrier`. */
  | { readonly kind: 'barrier' };

/** An integer and what a turn of the loop adds to it. */
export type Move = readonly [name: string, step: number];

export interface Procedure {
  readonly name: string;
  readonly params: readonly string[];
  readonly body: readonly Statement[];
  readonly exported?: boolean;
}

/** A procedure that is called by its name; all threads wait for each other before the next. */
export interface Phase {
  readonly procedure: string;
  /** Whether each thread does its share; else the first one does it all. */
  readonly isSplit: boolean;
  /** Whether threads wait for each other inside it, so that it takes the barrier as well. */
  readonly waits?: boolean;
}

export interface KernelNest {
  readonly procedures: readonly Procedure[];
  /** What runs the kernel, in order: each takes its arrays, both kinds of scratch memory, and `threadParams`. */
  readonly phases: readonly Phase[];
  /** Bytes of scratch memory that all threads see, and of each thread's own. */
  readonly scratch: { readonly shared: number; readonly own: number };
}

/** The number of this thread and how many there are: parameters of everything that threads share. */
export const threadParams = ['part', 'parts'] as const;

/** This thread's share of so many units of work: from the first number up to the second. */
export const shareOf = (units: number): readonly [from: Int, to: Int] => [
  shareBefore(units, 'part'),
  shareBefore(units, plus('part', 1)),
];
const shareBefore = (units: number, part: Int): Int => ({ op: '/', a: times(part, units), b: 'parts' });

/** Holds in the first thread, and in the last one. */
export const isFirstPart: Condition = { value: 'part', below: 1 };
export const isLastPart: Condition = {
  value: { op: '+', a: { op: '+', a: 'part', b: 1 }, b: { op: '*', a: 'parts', b: -1 } },
  below: 1,
};

/** All that is known of the terms becomes one number at the end. */
export function plus(...terms: Int[]): Int {
  let offset = 0;
  let rest: Int | undefined;
  for (let i = 0; i < terms.length; i++) {
    let term = terms[i]!;
    if (typeof term === 'object' && term.op === '+' && typeof term.b === 'number') {
      offset += term.b;
      term = term.a;
    }
    if (typeof term === 'number') offset += term;
    else rest = rest === undefined ? term : { op: '+', a: rest, b: term };
  }
  if (rest === undefined) return offset;
  return offset === 0 ? rest : { op: '+', a: rest, b: offset };
}

export function times(a: Int, b: number): Int {
  if (typeof a === 'number') return a * b;
  return b === 1 ? a : b === 0 ? 0 : { op: '*', a, b };
}
export function quotient(a: Int, b: number): Int {
  return typeof a === 'number' ? Math.floor(a / b) : b === 1 ? a : { op: '/', a, b };
}
export function remainder(a: Int, b: number): Int {
  return typeof a === 'number' ? a % b : b === 1 ? 0 : { op: '%', a, b };
}
export const laneOf = (of: string, lane: number): Int => ({ op: 'lane', of, lane });

export const get = (name: string): Value => ({ kind: 'get', name });
export const apply = (name: ScalarName, ...args: Value[]): Value => ({ kind: 'call', name, args });
export const constant = (value: number, type: ScalarType): Value => ({ kind: 'constant', value, type });
export const load = (at: Int, count: number, as: DType): Value => ({ kind: 'load', at, count, as });
export const splat = (at: Int, as: DType): Value => ({ kind: 'splat', at, as });
export const gather = (at: readonly Int[], as: DType): Value => ({ kind: 'gather', at, as });
export const ramp = (from: Int, step: number): Value => ({ kind: 'ramp', from, step });
export const rotate = (by: number, of: Value): Value => ({ kind: 'rotate', by, of });
export const first = (of: Value): Value => ({ kind: 'first', of });
export const keep = (count: number, of: Value, otherwise: Value): Value => ({
  kind: 'keep',
  count,
  of,
  otherwise,
});

export const bind = (name: string, value: Int): Statement => ({ kind: 'let', name, value });
export const set = (name: string, value: Value): Statement => ({ kind: 'set', name, value });
export const store = (at: Int, value: Value, as: DType, count: number, lane = 0): Statement => ({
  kind: 'store',
  at,
  value,
  as,
  lane,
  count,
});
export const fetchLine = (at: Int): Statement => ({ kind: 'fetch', at });
export const barrier: Statement = { kind: 'barrier' };
export const run = (procedure: string, args: readonly Int[]): Statement => ({
  kind: 'call',
  procedure,
  args,
});

export function loop(
  name: string,
  [from, to, step]: readonly [Int, Int, number],
  body: readonly Statement[],
  also: readonly Move[] = [],
): Statement {
  return { kind: 'loop', name, from, to, step, body, also };
}

/** The statements themselves when there is nothing to check. */
export const when = (
  inside: readonly Condition[],
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): readonly Statement[] => (inside.length === 0 ? then : [{ kind: 'if', inside, then, otherwise }]);

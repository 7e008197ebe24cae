/** Vector values to instructions that leave them on the stack. */

import type { DType } from '../../core/dtype.js';
import { elementTypes } from '../../core/dtype.js';
import { apply, constant, type Int, splat, type Value } from '../../loops/nest.js';
import { rowOf } from '../../loops/scalars.js';
import type { Code } from './code.js';
import { signed, unsigned } from './encoder.js';
import * as op from './op.js';
import * as simd from './simd.js';

type Of<K extends Value['kind']> = Extract<Value, { kind: K }>;

const emitters: { readonly [K in Value['kind']]: (code: Code, v: Of<K>) => void } = {
  constant: (code, v) =>
    code.number(v.type === 'bool' ? -Number(v.value !== 0) : v.value, v.type === 'float'),
  get: (code, v) => code.useVector(op.get, v.name),
  load: emitLoad,
  splat: emitSplat,
  gather: emitGather,
  ramp: emitRamp,
  call: emitCall,
  rotate: (code, v) => emitShuffle(code, v.of, (lane) => (lane + v.by) % 4),
  first: (code, v) => emitShuffle(code, v.of, () => 0),
  keep: (code, v) => {
    emitValue(code, v.of);
    emitValue(code, v.otherwise);
    code.constant(integers((lane) => (lane < v.count ? -1 : 0)));
    code.simd(simd.bitSelect);
  },
};

export function emitValue(code: Code, v: Value): void {
  (emitters[v.kind] as (code: Code, v: Value) => void)(code, v);
}

const integers = (lane: (i: number) => number): Int32Array => Int32Array.from([0, 1, 2, 3], lane);
export const isByte = (dtype: DType): boolean => elementTypes[dtype].bytes === 1;

/** A stored truth value is 0 or 1; in a vector it is no bits or all of them. */
const asMask = (code: Code, dtype: DType): void => {
  if (dtype === 'bool') code.simd(simd.negateInt);
};

/** Reads a whole vector whatever the count, which the slack at the end of the heap allows. */
function emitLoad(code: Code, { at, as }: Of<'load'>): void {
  const offset = code.address(at);
  if (isByte(as)) {
    code.memory(simd.loadWord, offset);
    code.simd(simd.widenBytes);
    code.simd(simd.widenHalves);
    asMask(code, as);
  } else code.memory(simd.load, offset);
}

/** Pushes a byte as an integer. */
function emitByte(code: Code, at: Int): void {
  const offset = code.address(at);
  code.put(op.loadByte, 0, ...unsigned(offset));
}

function emitSplat(code: Code, { at, as }: Of<'splat'>): void {
  if (isByte(as)) {
    emitByte(code, at);
    code.simd(simd.splatInt);
    asMask(code, as);
  } else code.memory(simd.splatWord, code.address(at));
}

function emitGather(code: Code, { at, as }: Of<'gather'>): void {
  const [first, ...rest] = at;
  emitValue(code, splat(first!, as === 'bool' ? 'uint8' : as));
  for (const [i, address] of rest.entries()) emitLane(code, address, as, i + 1);
  asMask(code, as);
}

/** Puts an element into a lane of the vector on the stack. */
function emitLane(code: Code, at: Int, as: DType, lane: number): void {
  if (isByte(as)) {
    emitByte(code, at);
    code.simd(simd.replaceInt, lane);
  } else {
    // The instruction wants the address below the vector.
    code.useVector(op.set, 'lanes');
    const offset = code.address(at);
    code.useVector(op.get, 'lanes');
    code.memory(simd.loadLane, offset, lane);
  }
}

function emitRamp(code: Code, { from, step }: Of<'ramp'>): void {
  if (typeof from === 'number') code.constant(integers((lane) => from + step * lane));
  else {
    code.int(from);
    code.simd(simd.splatInt);
    if (step === 0) return;
    code.constant(integers((lane) => step * lane));
    code.simd(simd.addInt);
  }
}

const shifts: ReadonlySet<string> = new Set(['shiftLeft', 'shiftRight', 'shiftRightUnsigned']);

function emitCall(code: Code, { name, args }: Of<'call'>): void {
  const { wasm } = rowOf(name);
  const a = args[0];
  const b = args[1];
  if (!wasm) emitValue(code, a!);
  else if (wasm.lanes !== undefined) emitLaneByLane(code, wasm.lanes, args);
  else if (name === 'fma' && !code.settings.fused)
    emitValue(code, apply('add', apply('multiply', a!, b!), args[2]!));
  else if (wasm.mask !== undefined) emitValue(code, apply('andInt', a!, constant(wasm.mask, 'int')));
  else if (boundOf(wasm.simd!, a!, b!)) emitBound(code, wasm.simd!, a!, b!);
  else if (shifts.has(name)) {
    emitValue(code, a!);
    code.put(op.constant, ...signed((b as Of<'constant'>).value));
    code.simd(wasm.simd!);
  } else if (wasm.simd === simd.bitSelect) emitSelect(code, a!, b!, args[2]!);
  else {
    for (let i = 0; i < args.length; i++) emitValue(code, args[i]!);
    code.simd(wasm.simd!);
  }
}

const isZero = (v: Value): boolean => v.kind === 'constant' && Object.is(v.value, 0);

/** Beside a zero, one instruction of the processor does in place of three. */
function emitSelect(code: Code, mask: Value, a: Value, b: Value): void {
  const kept = isZero(b) ? [a] : isZero(a) ? [b] : [a, b];
  // The instruction takes the mask last.
  for (const value of [...kept, mask]) emitValue(code, value);
  code.simd(isZero(b) ? simd.and : isZero(a) ? simd.andNot : simd.bitSelect);
}

/** The constant of a maximum or minimum for which a cheaper instruction gives the same bits, NaN included. */
function boundOf(instruction: number, a: Value, b: Value | undefined): Of<'constant'> | undefined {
  if (instruction !== simd.maximum && instruction !== simd.minimum) return undefined;
  const bound = a.kind === 'constant' ? a : b;
  if (bound?.kind !== 'constant' || Number.isNaN(bound.value)) return undefined;
  return instruction === simd.minimum && Object.is(bound.value, -0) ? undefined : bound;
}

function emitBound(code: Code, instruction: number, a: Value, b: Value): void {
  const bound = boundOf(instruction, a, b)!;
  emitValue(code, bound === a ? b : a);
  emitValue(code, bound);
  code.simd(instruction === simd.maximum ? simd.higher : simd.lower);
  if (instruction === simd.minimum || !Object.is(bound.value, 0)) return;
  // The larger of -0 and 0 is 0, but the instruction keeps -0.
  emitValue(code, bound);
  code.simd(simd.addFloat);
}

function emitLaneByLane(code: Code, instruction: number, args: readonly Value[]): void {
  const names = args.map((_, i) => `side${i}`);
  for (const a of args) emitValue(code, a);
  for (const name of names.toReversed()) code.useVector(op.set, name);
  code.useVector(op.get, names[0]!);
  for (let lane = 0; lane < 4; lane++) {
    for (const name of names) code.int({ op: 'lane', of: name, lane });
    code.put(instruction);
    code.simd(simd.replaceInt, lane);
  }
}

function emitShuffle(code: Code, of: Value, lane: (i: number) => number): void {
  emitValue(code, of);
  repeat(code);
  shuffle(code, [0, 1, 2, 3].map(lane));
}

/** Pushes the vector on the stack once more. */
export function repeat(code: Code): void {
  code.useVector(op.tee, 'twice');
  code.useVector(op.get, 'twice');
}

/** Four of the eight lanes of two vectors on the stack. */
export function shuffle(code: Code, lanes: readonly number[]): void {
  code.simd(simd.shuffle, ...lanes.flatMap((l) => [4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 3]));
}

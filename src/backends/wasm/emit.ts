/** Loop nests to WebAssembly with 128-bit vectors and relaxed fused multiply-add. */
import { elementTypes } from '../../core/dtype.js';
import { atOnce, type Pieces } from '../../core/pieces.js';
import { type Int, type Procedure, plus, type Statement, type Value } from '../../loops/nest.js';
import { barrierFunction } from './barrier.js';
import { Code, type Settings } from './code.js';
import { emitValue, isByte, repeat, shuffle } from './emit-values.js';
import { encodeModule } from './encoder.js';
import * as op from './op.js';
import * as simd from './simd.js';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

type Module = Uint8Array<ArrayBuffer>;
export const emit = (procedures: readonly Procedure[], settings: Settings): Module =>
  atOnce(emitting(procedures, settings));

/** As `emit`, in pieces. */
export function* emitting(procedures: readonly Procedure[], settings: Settings): Pieces<Module> {
  const index = new Map([...procedures.map((p) => p.name), meeting].map((name, i) => [name, i]));
  const bodies: Code[] = [];
  for (const p of procedures) {
    const code = new Code(p, index, settings);
    emitAll(code, p.body);
    bodies.push(code);
    yield;
  }
  const meetings = bodies.some(({ meets }) => meets) ? [barrierFunction(meeting)] : [];
  return encodeModule([...bodies.map((code) => code.finish()), ...meetings], settings.sharedPages);
}

/** Procedures have names of kernels, which hold no space. */
const meeting = 'all threads';

const emitters: { readonly [K in Statement['kind']]: (code: Code, s: Of<K>) => void } = {
  let: (code, s) => {
    code.int(s.value);
    code.useInt(op.set, s.name);
  },
  set: (code, s) => {
    emitValue(code, s.value);
    code.useVector(op.set, s.name);
  },
  store: (code, s) => (s.count === 4 ? emitStore : emitLanes)(code, s),
  loop: emitLoop,
  if: emitIf,
  call: (code, s) => {
    for (const a of s.args) code.int(a);
    code.with(op.call, code.index.get(s.procedure)!);
  },
  transpose: emitTranspose,
  fetch: () => {},
  barrier: (code) => {
    code.meets = true;
    for (const name of ['barrier', 'parts']) code.useInt(op.get, name);
    code.with(op.call, code.index.get(meeting)!);
  },
};

function emitAll(code: Code, statements: readonly Statement[]): void {
  for (const s of statements) (emitters[s.kind] as (code: Code, s: Statement) => void)(code, s);
}

function emitStore(code: Code, { at, value, as }: Of<'store'>): void {
  const offset = code.address(at);
  if (isByte(as)) {
    narrow(code, value, as === 'bool');
    code.memory(simd.storeLaneWord, offset, 0);
  } else {
    emitValue(code, value);
    code.memory(simd.store, offset);
  }
}

/** Some lanes, one after another. */
function emitLanes(code: Code, { at, value, as, lane, count }: Of<'store'>): void {
  if (isByte(as)) narrow(code, value, as === 'bool');
  else emitValue(code, value);
  code.useVector(op.set, 'kept');
  const { bytes } = elementTypes[as];
  for (let i = 0; i < count; i++) {
    const offset = code.address(plus(at, i * bytes));
    code.useVector(op.get, 'kept');
    code.memory(bytes === 1 ? simd.storeLaneByte : simd.storeLaneWord, offset, lane + i);
  }
}

/** Four integers to the first four bytes of a vector, held to 0 and 255; masks become 0 and 1. */
function narrow(code: Code, value: Value, isMask: boolean): void {
  emitValue(code, value);
  if (isMask) {
    code.constant(new Int32Array(4).fill(1));
    code.simd(simd.and);
  }
  repeat(code);
  code.simd(simd.narrowToHalves);
  repeat(code);
  code.simd(simd.narrowToBytes);
}

function emitLoop(code: Code, { name, from, to, step, also, body }: Of<'loop'>): void {
  const less = () => {
    code.useInt(op.get, name);
    code.int(to);
    code.put(op.lessSigned);
  };
  if (from !== name) {
    code.int(from);
    code.useInt(op.set, name);
  }
  const runsOnce = typeof from === 'number' && typeof to === 'number' && from < to;
  if (!runsOnce) {
    less();
    code.put(op.ifBlock, op.noResult);
  }
  code.put(op.loop, op.noResult);
  emitAll(code, body);
  for (const [other, by] of [...also, [name, step] as const]) {
    code.int({ op: '+', a: other, b: by });
    code.useInt(op.set, other);
  }
  less();
  code.put(op.brIf, 0, op.end);
  if (!runsOnce) code.put(op.end);
}

function emitIf(code: Code, { inside, then, otherwise }: Of<'if'>): void {
  for (const [i, { value, below }] of inside.entries()) {
    code.int(value);
    code.int(below);
    code.put(op.lessUnsigned);
    if (i > 0) code.put(op.and);
  }
  code.put(op.ifBlock, op.noResult);
  emitAll(code, then);
  if (otherwise.length > 0) {
    code.put(op.elseBlock);
    emitAll(code, otherwise);
  }
  code.put(op.end);
}

function emitTranspose(code: Code, { from, fromStride, to, toStride }: Of<'transpose'>): void {
  const four = [0, 1, 2, 3] as const;
  const mix = (a: string, b: string, lanes: readonly number[]) => {
    code.useVector(op.get, a);
    code.useVector(op.get, b);
    shuffle(code, lanes);
  };
  const at = (base: Int, by: number) => code.address(plus(base, by));
  for (const i of four) {
    code.memory(simd.load, at(from, i * fromStride));
    code.useVector(op.set, `row${i}`);
  }
  for (const i of four) {
    const pair = i & 2;
    mix(`row${pair}`, `row${pair + 1}`, i & 1 ? [2, 6, 3, 7] : [0, 4, 1, 5]);
    code.useVector(op.set, `pair${i}`);
  }
  for (const i of four) {
    const offset = at(to, i * toStride);
    const half = i >> 1;
    mix(`pair${half}`, `pair${2 + half}`, i & 1 ? [2, 3, 6, 7] : [0, 1, 4, 5]);
    code.memory(simd.store, offset);
  }
}

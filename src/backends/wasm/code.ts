/** The body of one function under construction: bytes, locals, and constants that are kept in locals. */
import { entryOf } from '../../core/record.js';
import type { Int, Procedure } from '../../loops/nest.js';
import { Bytes, i32, v128, type WasmFunction } from './encoder.js';
import * as op from './op.js';
import * as simd from './simd.js';

const intOps = { '+': 0x6a, '*': 0x6c, '/': 0x6e, '%': 0x70 } as const;

export interface Settings {
  /** Whether the machine has fused multiply-add; else `fma` rounds twice. */
  readonly fused: boolean;
  /** Largest size of the memory, where threads share it. */
  readonly sharedPages?: number | undefined;
}

export class Code {
  readonly #bytes = new Bytes();
  readonly #locals: number[] = [];
  readonly #ints = new Map<string, number>();
  readonly #vectors = new Map<string, number>();
  /** V8 from version 12 on leaves constants inside loops, so each lives in a local that is set on entry. */
  readonly #constants = new Map<string, { local: number; bytes: Uint8Array }>();
  /** Locals of constants that are one number everywhere, by that number. */
  readonly #numbers = new Map<string, number>();

  readonly #procedure: Procedure;
  /** Whether threads meet in it. */
  meets = false;

  constructor(
    procedure: Procedure,
    readonly index: ReadonlyMap<string, number>,
    readonly settings: Settings,
  ) {
    this.#procedure = procedure;
    for (const [i, name] of procedure.params.entries()) this.#ints.set(name, i);
  }

  finish(): WasmFunction {
    const { name, params, exported = false } = this.#procedure;
    const code = new Bytes();
    for (const { local, bytes } of this.#constants.values()) {
      code.put(0xfd).put(simd.constant).append(bytes).put(op.set).unsigned(local);
    }
    code.append(this.#bytes.all);
    return { name, params: params.length, locals: this.#locals, code: code.all, exported };
  }

  put(...bytes: number[]): void {
    for (let i = 0; i < bytes.length; i++) this.#bytes.put(bytes[i]!);
  }
  /** An instruction and the number of what it concerns. */
  with(instruction: number, n: number): void {
    this.#bytes.put(instruction).unsigned(n);
  }
  simd(instruction: number, ...rest: number[]): void {
    this.with(0xfd, instruction);
    if (rest.length > 0) this.put(...rest);
  }

  #local(type: number): number {
    this.#locals.push(type);
    return this.#procedure.params.length + this.#locals.length - 1;
  }
  #named(known: Map<string, number>, name: string, type: number): number {
    const found = known.get(name);
    if (found !== undefined) return found;
    const local = this.#local(type);
    known.set(name, local);
    return local;
  }
  useInt(instruction: number, name: string): void {
    this.with(instruction, this.#named(this.#ints, name, i32));
  }
  useVector(instruction: number, name: string): void {
    this.with(instruction, this.#named(this.#vectors, name, v128));
  }

  /** Pushes a vector constant. */
  constant(lanes: Float32Array | Int32Array): void {
    this.with(op.get, this.#constant(lanes));
  }
  #constant(lanes: Float32Array | Int32Array): number {
    const bytes = new Uint8Array(lanes.buffer, lanes.byteOffset, 16);
    return entryOf(this.#constants, bytes.join(), () => ({ local: this.#local(v128), bytes })).local;
  }
  /** Pushes a vector of one number. */
  number(value: number, isFloat: boolean): void {
    const key = `${isFloat ? 'float' : 'int'} ${Object.is(value, -0) ? '-0' : value}`;
    const lanes = () => (isFloat ? new Float32Array(4) : new Int32Array(4)).fill(value);
    this.with(
      op.get,
      entryOf(this.#numbers, key, () => this.#constant(lanes())),
    );
  }

  int(e: Int): void {
    if (typeof e === 'number') this.#bytes.put(op.constant).signed(e);
    else if (typeof e === 'string') this.useInt(op.get, e);
    else if (e.op === 'lane') {
      this.useVector(op.get, e.of);
      this.simd(simd.extractInt, e.lane);
    } else {
      this.int(e.a);
      this.int(e.b);
      this.put(intOps[e.op]);
    }
  }

  /** Pushes an address and returns the part of it that fits the instruction's own offset. */
  address(at: Int): number {
    const offset = typeof at === 'object' && at.op === '+' && typeof at.b === 'number' && at.b > 0 ? at.b : 0;
    this.int(offset > 0 ? (at as { a: Int }).a : at);
    return offset;
  }

  /** A vector instruction on memory; addresses may have any alignment. */
  memory(instruction: number, offset: number, ...lane: number[]): void {
    this.simd(instruction, 0);
    this.#bytes.unsigned(offset).append(lane);
  }
}

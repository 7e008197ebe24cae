/** One WebAssembly memory in which all arrays lie. It grows as needed; views are made anew when it has grown. */
import { type DType, elementTypes, type TypedArray } from '../../core/dtype.js';
import { bug, problem } from '../../core/errors.js';
import type { Storage, Window } from '../backend.js';
import { type Block, FreeList } from './free-list.js';

const page = 65536;
/** Addresses are signed 32-bit numbers in generated code. */
export const mostPages = 32768;
/** Generated code may read, but never write, this far past the end of an array. */
const slack = 4096;
/** Places begin at multiples of this, and none at 0. */
const alignment = 64;

export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly #free = new FreeList();
  /** Up to here the memory has been given out or is free; the slack follows. */
  #end = alignment;
  #scratch: Block = { at: 0, bytes: 0 };
  readonly #dropped = new FinalizationRegistry<Block>((block) => this.#free.give(block));
  /** How often windows moved: addresses that were listed before may be those of other places. */
  moves = 0;

  readonly #maximumPages: number;

  constructor(maximumPages = mostPages, shared = false) {
    this.#maximumPages = maximumPages;
    this.memory = new WebAssembly.Memory({ initial: 4, maximum: maximumPages, shared });
    this.#claim(this.memory.buffer.byteLength - slack);
  }

  /** Bytes that are taken. */
  get used(): number {
    return this.#end - this.#free.bytes - alignment;
  }

  /** An array of zeros. */
  store(dtype: DType, size: number): WasmStorage {
    const block = this.allocate(size * elementTypes[dtype].bytes);
    new Uint8Array(this.memory.buffer, block.at, block.bytes).fill(0);
    const storage = new WasmStorage(this, dtype, size, block);
    this.#dropped.register(storage, block, storage);
    return storage;
  }

  allocate(size: number): Block {
    const bytes = Math.max(alignment, Math.ceil(size / alignment) * alignment);
    let at = this.#free.take(bytes);
    if (at === undefined) {
      this.#grow(bytes);
      at = this.#free.take(bytes)!;
    }
    return { at, bytes };
  }

  release(block: Block, owner: object): void {
    this.#dropped.unregister(owner);
    this.#free.give(block);
  }

  /** Where programs may work, at least this large. It may move when another program needs more. */
  scratchOf(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      if (this.#scratch.bytes > 0) this.#free.give(this.#scratch);
      this.#scratch = { at: 0, bytes: 0 };
      this.#scratch = this.allocate(bytes);
    }
    return this.#scratch.at;
  }
  get scratchAt(): number {
    return this.#scratch.at;
  }

  #claim(end: number): void {
    this.#free.give({ at: this.#end, bytes: end - this.#end });
    this.#end = end;
  }

  #grow(bytes: number): void {
    const before = this.memory.buffer.byteLength;
    const missing = bytes - (this.#free.endingAt(this.#end)?.bytes ?? 0);
    const least = Math.ceil(missing / page);
    const room = this.#maximumPages - before / page;
    // By half as much again, so that many small arrays do not mean many growths.
    const wanted = Math.max(least, Math.min(room, Math.ceil(before / page / 2)));
    if (least > room || !(this.#tryGrow(wanted) || this.#tryGrow(least))) throw this.#full(bytes);
    this.#claim(this.memory.buffer.byteLength - slack);
  }

  #tryGrow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }

  #full(bytes: number): Error {
    const [most, used] = [this.#maximumPages * page, this.used];
    return problem('out-of-memory', {
      subject: "Backend 'wasm'",
      expected: `all arrays to fit into ${megabytes(most)}`,
      received: `a request for ${megabytes(bytes)} more when ${megabytes(used)} are taken`,
      fix: 'Use smaller batches or a smaller model, or drop tensors that are no longer needed.',
    });
  }
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;

export class WasmStorage implements Storage {
  #block: Block | undefined;
  #seen: TypedArray | undefined;

  constructor(
    readonly heap: Heap,
    readonly dtype: DType,
    readonly size: number,
    block?: Block,
  ) {
    this.#block = block;
  }

  /** Byte address in the heap. */
  get address(): number {
    if (this.#block) return this.#block.at;
    throw bug('an array that is still in memory', 'one that was given back');
  }

  set(values: ArrayLike<number>, from = 0): void {
    this.#view().set(values, from);
  }
  get(): TypedArray {
    return this.#view().slice();
  }
  copyTo(values: TypedArray, at: number): void {
    values.set(this.#view(), at);
  }
  free(): void {
    if (!this.#block) return;
    this.heap.release(this.#block, this);
    this.#block = undefined;
  }
  window(size: number): Window {
    return new WasmWindow(this, size);
  }

  #view(): TypedArray {
    const { address } = this;
    const { buffer } = this.heap.memory;
    const isFit = this.#seen?.buffer === buffer && this.#seen.byteOffset === address;
    if (!isFit) this.#seen = new elementTypes[this.dtype].array(buffer, address, this.size);
    return this.#seen!;
  }
}

/** Has no block of its own, and keeps the array that it lies in. */
class WasmWindow extends WasmStorage implements Window {
  #from = 0;

  constructor(
    readonly whole: WasmStorage,
    size: number,
  ) {
    super(whole.heap, whole.dtype, size);
  }

  override get address(): number {
    return this.whole.address + this.#from * elementTypes[this.dtype].bytes;
  }

  moveTo(from: number): void {
    this.#from = from;
    this.heap.moves++;
  }
}

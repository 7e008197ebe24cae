/** The part of the WebAssembly binary format that the emitter needs. */
export const i32 = 0x7f;
export const v128 = 0x7b;

/** Bytes under construction. Numbers are LEB128: seven bits a byte, lowest first. */
export class Bytes {
  #bytes = new Uint8Array(64);
  length = 0;

  put(byte: number): this {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = byte;
    return this;
  }
  unsigned(n: number): this {
    let rest = n;
    for (; rest > 0x7f; rest >>>= 7) this.put((rest & 0x7f) | 0x80);
    return this.put(rest);
  }
  signed(n: number): this {
    let rest = n;
    for (; rest < -0x40 || rest > 0x3f; rest >>= 7) this.put((rest & 0x7f) | 0x80);
    return this.put(rest & 0x7f);
  }
  append(more: ArrayLike<number>): this {
    if (this.length + more.length > this.#bytes.length) this.#grow(more.length);
    this.#bytes.set(more, this.length);
    this.length += more.length;
    return this;
  }
  /** As many bytes as there are, without a copy. */
  get all(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(more: number): void {
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.all);
    this.#bytes = larger;
  }
}

export const unsigned = (n: number): Uint8Array => new Bytes().unsigned(n).all;
export const signed = (n: number): Uint8Array => new Bytes().signed(n).all;

export interface WasmFunction {
  readonly name: string;
  /** All are 32-bit integers. */
  readonly params: number;
  readonly locals: readonly number[];
  readonly code: ArrayLike<number>;
  readonly exported: boolean;
}

/**
 * A module that imports `env.memory` and exports the functions marked so. A memory that threads share states its largest
 * size.
 */
export function encodeModule(
  functions: readonly WasmFunction[],
  sharedPages?: number,
): Uint8Array<ArrayBuffer> {
  const limits = sharedPages === undefined ? [0, 1] : [3, 1, ...unsigned(sharedPages)];
  const arities = [...new Set(functions.map((f) => f.params))];
  const exported = functions.flatMap((f, i) => (f.exported ? [[...text(f.name), 0, ...unsigned(i)]] : []));
  const out = new Bytes().append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(out, 1, vector(arities.map((n) => [0x60, ...vector(new Array(n).fill([i32])), 0])));
  section(out, 2, vector([[...text('env'), ...text('memory'), 2, ...limits]]));
  section(out, 3, vector(functions.map((f) => unsigned(arities.indexOf(f.params)))));
  section(out, 7, vector(exported));
  section(out, 10, vector(functions.map(bodyOf)));
  return out.all;
}

function bodyOf(f: WasmFunction): Uint8Array {
  const content = new Bytes().unsigned(f.locals.length);
  for (const type of f.locals) content.put(1).put(type);
  content.append(f.code).put(0x0b);
  return new Bytes().unsigned(content.length).append(content.all).all;
}

const text = (s: string): number[] => {
  const bytes = new TextEncoder().encode(s);
  return [...unsigned(bytes.length), ...bytes];
};

function section(out: Bytes, id: number, content: Uint8Array): void {
  out.put(id).unsigned(content.length).append(content);
}

function vector(items: readonly ArrayLike<number>[]): Uint8Array {
  const out = new Bytes().unsigned(items.length);
  for (const item of items) out.append(item);
  return out.all;
}

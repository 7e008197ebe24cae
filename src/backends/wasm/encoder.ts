/** The part of the WebAssembly binary format that the emitter needs. */
export const i32 = 0x7f;
export const v128 = 0x7b;

/** LEB128: seven bits a byte, lowest first. */
export function unsigned(n: number): number[] {
  const rest = n >>> 7;
  return rest === 0 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(rest)];
}

export function signed(n: number): number[] {
  const rest = n >> 7;
  const isLast = rest === ((n & 0x40) === 0 ? 0 : -1);
  return isLast ? [n & 0x7f] : [(n & 0x7f) | 0x80, ...signed(rest)];
}

export interface WasmFunction {
  readonly name: string;
  /** All are 32-bit integers. */
  readonly params: number;
  readonly locals: readonly number[];
  readonly code: readonly number[];
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
  const out = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  section(out, 1, vector(arities.map((n) => [0x60, ...vector(new Array(n).fill([i32])), 0])));
  section(out, 2, vector([[...text('env'), ...text('memory'), 2, ...limits]]));
  section(out, 3, vector(functions.map((f) => unsigned(arities.indexOf(f.params)))));
  section(out, 7, vector(exported));
  section(out, 10, vector(functions.map(bodyOf)));
  return Uint8Array.from(out);
}

function bodyOf(f: WasmFunction): number[] {
  const content = vector(f.locals.map((type) => [1, type]));
  append(content, f.code);
  content.push(0x0b);
  const out = unsigned(content.length);
  append(out, content);
  return out;
}

const text = (s: string): number[] => {
  const bytes = new TextEncoder().encode(s);
  return [...unsigned(bytes.length), ...bytes];
};

function section(out: number[], id: number, content: readonly number[]): void {
  out.push(id, ...unsigned(content.length));
  append(out, content);
}

// Spreading a long array into `push` overflows the stack.
function append(out: number[], more: readonly number[]): void {
  for (const byte of more) out.push(byte);
}

function vector(items: readonly (readonly number[])[]): number[] {
  const out = unsigned(items.length);
  for (const item of items) append(out, item);
  return out;
}

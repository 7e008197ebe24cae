/** The body of one C function under construction: its lines, and numbers for all names from outside. */
import type { ScalarType } from '../../core/dtype.js';
import { entryOf } from '../../core/record.js';
import type { Int, Procedure } from '../../loops/nest.js';

/** An expression of C, and what the lanes of its value are. */
export interface Text {
  readonly code: string;
  readonly type: ScalarType;
}

/** The expression as a value of another type with the same bits; truth values are masks. */
export function as(type: ScalarType, { code, type: own }: Text): string {
  if ((type === 'float') === (own === 'float')) return code;
  return type === 'float' ? `(F)(${code})` : `(I)(${code})`;
}

const wrapping = { '/': '/', '%': '%' } as const;

export class Body {
  readonly lines: string[] = [];
  readonly #ints = new Map<string, string>();
  readonly #vectors = new Map<string, Text>();
  #depth = 1;

  constructor(
    readonly procedure: Procedure,
    /** Functions of C by the names of procedures. */
    readonly functions: ReadonlyMap<string, string>,
    readonly lanes: number,
  ) {
    for (const name of procedure.params) this.intName(name);
  }

  line(text: string): void {
    this.lines.push(' '.repeat(this.#depth) + text);
  }

  /** A block of lines under this head. */
  block(head: string, body: () => void): void {
    this.line(`${head} {`);
    this.#depth++;
    body();
    this.#depth--;
    this.line('}');
  }

  intName(name: string): string {
    return entryOf(this.#ints, name, () => `i${this.#ints.size}`);
  }

  /** A vector; it keeps the type that it is given first. */
  vector(name: string, type: ScalarType = 'float'): Text {
    return entryOf(this.#vectors, name, () => ({ code: `v${this.#vectors.size}`, type }));
  }

  /** Integers are 32 bits wide, but only where it shows: an address is as wide as a pointer. */
  int(e: Int): string {
    if (typeof e === 'number') return `${e}`;
    if (typeof e === 'string') return this.intName(e);
    if (e.op === 'lane') return `(P)${bracket(as('int', this.vector(e.of)))}[${e.lane}]`;
    const [a, b] = [this.int(e.a), this.int(e.b)];
    return e.op === '+' || e.op === '*'
      ? `(${a} ${e.op} ${b})`
      : `(P)(int)((unsigned)${a} ${wrapping[e.op]} (unsigned)${b})`;
  }

  /** An address in the heap. */
  at(e: Int): string {
    return `heap + ${this.int(e)}`;
  }

  get head(): string {
    const { name, params } = this.procedure;
    const type = waits(this.procedure) ? 'int' : 'void';
    const all = ['P heap', ...params.map((_, n) => `P i${n}`)];
    return `static __attribute__((noinline)) ${type} ${this.functions.get(name)}(${all.join(', ')})`;
  }

  finish(): string {
    const ints = [...this.#ints.values()].slice(this.procedure.params.length);
    const named = (isFloat: boolean) =>
      [...this.#vectors.values()].filter((v) => (v.type === 'float') === isFloat).map((v) => v.code);
    const declared = [['P', ints] as const, ['F', named(true)] as const, ['I', named(false)] as const];
    const lines = declared.flatMap(([type, names]) =>
      names.length > 0 ? [` ${type} ${names.join(', ')};`] : [],
    );
    const end = waits(this.procedure) ? [' return 0;'] : [];
    return [`${this.head} {`, ...lines, ...this.lines, ...end, '}\n'].join('\n');
  }
}

const bracket = (code: string) => (/^\w+$/.test(code) ? code : `(${code})`);

/** Whether threads meet in a procedure: it then says whether one of them broke off. */
export const waits = ({ params }: Procedure): boolean => params.includes('barrier');

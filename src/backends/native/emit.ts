/** Loop nests to C for gcc or clang: the whole source of a library that Node loads. */
import { elementTypes } from '../../core/dtype.js';
import { atOnce, type Pieces } from '../../core/pieces.js';
import type { Procedure, Statement } from '../../loops/nest.js';
import { addon } from './addon.js';
import { barrier } from './barrier.js';
import { as, Body, waits } from './body.js';
import { isByte, valueText } from './emit-values.js';
import { prelude } from './prelude.js';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export const emitC = (procedures: readonly Procedure[], lanes: number): string =>
  atOnce(emittingC(procedures, lanes));

/** As `emitC`, in pieces. No name of the nest is in the text: they come from outside, and C has names of its own. */
export function* emittingC(procedures: readonly Procedure[], lanes: number): Pieces<string> {
  const functions = new Map(procedures.map(({ name }, n) => [name, `p${n}`]));
  const waiting = new Set(procedures.filter(waits).map(({ name }) => name));
  const bodies: Body[] = [];
  for (const p of procedures) {
    const body = new Body(p, functions, lanes);
    emitAll({ body, waiting }, p.body);
    bodies.push(body);
    yield;
  }
  const heads = bodies.map(({ head }) => `${head};\n`);
  const main = procedures.at(-1)!;
  const entry = addon(functions.get(main.name)!, main.params.length, waits(main));
  return [prelude(lanes), barrier, ...heads, ...bodies.map((body) => body.finish()), entry].join('');
}

interface Context {
  readonly body: Body;
  /** Procedures in which threads meet. */
  readonly waiting: ReadonlySet<string>;
}

const emitters: { readonly [K in Statement['kind']]: (context: Context, s: Of<K>) => void } = {
  let: ({ body }, s) => {
    const value = body.int(s.value);
    body.line(`${body.intName(s.name)} = ${value};`);
  },
  set: ({ body }, s) => {
    const value = valueText(body, s.value);
    const to = body.vector(s.name, value.type);
    body.line(`${to.code} = ${as(to.type, value)};`);
  },
  store: emitStore,
  loop: emitLoop,
  if: emitIf,
  call: ({ body, waiting }, s) => {
    const args = ['heap', ...s.args.map((a) => body.int(a))];
    const call = `${body.functions.get(s.procedure)}(${args.join(', ')})`;
    body.line(waiting.has(s.procedure) ? `if (${call}) return 1;` : `${call};`);
  },
  transpose: ({ body }, s) =>
    body.line(`transpose(${body.at(s.from)}, ${s.fromStride}, ${body.at(s.to)}, ${s.toStride});`),
  fetch: ({ body }, s) => body.line(`__builtin_prefetch((void *)(${body.at(s.at)}));`),
  barrier: ({ body }) => body.line(`if (meet(${body.at('barrier')}, ${body.intName('parts')})) return 1;`),
};

function emitAll(context: Context, statements: readonly Statement[]): void {
  for (const s of statements) (emitters[s.kind] as (context: Context, s: Statement) => void)(context, s);
}

function emitStore({ body }: Context, { at, value, as: dtype, lane, count }: Of<'store'>): void {
  const text = valueText(body, value);
  const to = body.at(at);
  const lanes = isByte(dtype) ? `(${narrowed(as('int', text), dtype === 'bool')})` : `(${text.code})`;
  if (count === 1) {
    const element = isByte(dtype) ? 'b' : text.type === 'float' ? 'f' : 'i';
    body.line(`*(${element} *)(${to}) = ${lanes}[${lane}];`);
  } else if (isByte(dtype)) body.line(`store_bytes(${to}, ${from(lanes, lane, body.lanes)}, ${count});`);
  else if (count === body.lanes)
    body.line(`*(${text.type === 'float' ? 'Fm' : 'Im'} *)(${to}) = ${text.code};`);
  else {
    const { bytes } = elementTypes[dtype];
    body.block('', () => {
      body.line(`${text.type === 'float' ? 'F' : 'I'} some = ${text.code};`);
      body.line(`__builtin_memcpy((void *)(${to}), (char *)&some + ${lane * bytes}, ${count * bytes});`);
    });
  }
}

/** Integers held to what a byte holds; masks become 0 and 1. */
const narrowed = (code: string, isMask: boolean): string =>
  isMask ? `(${code}) & splat_int(1)` : `byte_range(${code})`;

/** The lanes from this one on come first. */
const from = (code: string, lane: number, lanes: number): string =>
  lane === 0
    ? code
    : `TAKE((${code}), ${Array.from({ length: lanes }, (_, i) => (i + lane) % lanes).join(', ')})`;

function emitLoop(context: Context, { name, from, to, step, also, body: inside }: Of<'loop'>): void {
  const { body } = context;
  const counter = body.intName(name);
  const start = from === name ? '' : `${counter} = ${body.int(from)}`;
  const moves = [...also, [name, step] as const].map(([n, by]) => `${body.intName(n)} += ${by}`);
  body.block(`for (${start}; ${counter} < ${body.int(to)}; ${moves.join(', ')})`, () =>
    emitAll(context, inside),
  );
}

function emitIf(context: Context, { inside, then, otherwise }: Of<'if'>): void {
  const { body } = context;
  const conditions = inside.map(({ value, below }) => `(unsigned)${body.int(value)} < ${below}u`);
  body.block(`if (${conditions.join(' && ')})`, () => emitAll(context, then));
  if (otherwise.length > 0) body.block('else', () => emitAll(context, otherwise));
}

/** Vector values to expressions of C. */
import { type DType, elementTypes, type ScalarType } from '../../core/dtype.js';
import { bug } from '../../core/errors.js';
import type { Int, Value } from '../../loops/nest.js';
import { rowOf } from '../../loops/scalars.js';
import { as, type Body, type Text } from './body.js';
import { rows } from './rows.js';

type Of<K extends Value['kind']> = Extract<Value, { kind: K }>;

const emitters: { readonly [K in Value['kind']]: (body: Body, v: Of<K>) => Text } = {
  constant: (_, { value, type }) => ({ code: constantOf(value, type), type }),
  get: (body, v) => body.vector(v.name),
  load: emitLoad,
  splat: emitSplat,
  gather: emitGather,
  ramp: emitRamp,
  call: emitCall,
  rotate: (body, v) => take(body, v.of, (lane) => (lane + v.by) % body.lanes),
  first: (body, v) => take(body, v.of, () => 0),
  keep: (body, v) => {
    const kept = valueText(body, v.of);
    const mask = `(I){${lanesOf(body, (lane) => (lane < v.count ? -1 : 0))}}`;
    return select(mask, kept, valueText(body, v.otherwise));
  },
};

export const valueText = (body: Body, v: Value): Text =>
  (emitters[v.kind] as (body: Body, v: Value) => Text)(body, v);

const lanesOf = ({ lanes }: Body, lane: (i: number) => number | string): string =>
  Array.from({ length: lanes }, (_, i) => lane(i)).join(', ');

function constantOf(value: number, type: ScalarType): string {
  if (type === 'float') return `splat(${floatText(value)})`;
  return `splat_int(${intText(type === 'bool' ? -Number(value !== 0) : value | 0)})`;
}

/** C has no negative numbers, and 2147483648 is no int. */
const intText = (n: number): string => (n === -(2 ** 31) ? '-2147483647 - 1' : `${n}`);

export function floatText(value: number): string {
  const x = Math.fround(value);
  if (Number.isNaN(x)) return '__builtin_nanf("")';
  if (Math.abs(x) === Infinity) return `${x < 0 ? '-' : ''}__builtin_inff()`;
  const text = Object.is(x, -0) ? '-0' : `${x}`;
  return `${text}${/[.e]/.test(text) ? '' : '.0'}f`;
}

export const isByte = (dtype: DType): boolean => elementTypes[dtype].bytes === 1;
const typeOf = (dtype: DType): ScalarType => elementTypes[dtype].scalar;

/** A stored truth value is 0 or 1; in a vector it is no bits or all of them. */
const asMask = (code: string, dtype: DType): Text => ({
  code: dtype === 'bool' ? `-${code}` : code,
  type: typeOf(dtype),
});

/** Reads a whole vector whatever the count, which the slack at the end of the heap allows. */
function emitLoad(body: Body, v: Of<'load'>): Text {
  const at = body.at(v.at);
  if (isByte(v.as)) return asMask(`load_bytes(${at})`, v.as);
  return { code: `*(const ${v.as === 'float32' ? 'Fm' : 'Im'} *)(${at})`, type: typeOf(v.as) };
}

const elements = { float32: 'f', int32: 'i', bool: 'b', uint8: 'b' } as const satisfies Record<DType, string>;
const element = (body: Body, at: Int, dtype: DType): string =>
  `*(const ${elements[dtype]} *)(${body.at(at)})`;

function emitSplat(body: Body, v: Of<'splat'>): Text {
  return asMask(`splat${v.as === 'float32' ? '' : '_int'}(${element(body, v.at, v.as)})`, v.as);
}

function emitGather(body: Body, v: Of<'gather'>): Text {
  const type = v.as === 'float32' ? 'F' : 'I';
  return asMask(`(${type}){${v.at.map((at) => element(body, at, v.as)).join(', ')}}`, v.as);
}

function emitRamp(body: Body, { from, step }: Of<'ramp'>): Text {
  const type = 'int';
  const start = `splat_int((int)${body.int(from)})`;
  if (step === 0) return { code: start, type };
  return { code: `(I)((N)${start} + (N){${lanesOf(body, (lane) => `${(step * lane) >>> 0}u`)}})`, type };
}

function take(body: Body, of: Value, lane: (i: number) => number): Text {
  const { code, type } = valueText(body, of);
  return { code: `TAKE((${code}), ${lanesOf(body, lane)})`, type };
}

const select = (mask: string, a: Text, b: Text): Text =>
  a.type === 'float'
    ? { code: `choose(${mask}, ${a.code}, ${as('float', b)})`, type: 'float' }
    : { code: `choose_int(${mask}, ${a.code}, ${as('int', b)})`, type: a.type };

function emitCall(body: Body, { name, args }: Of<'call'>): Text {
  const { takes, gives: type } = rowOf(name);
  const texts = args.map((a, i) => atom(as(takes[i]!, valueText(body, a))));
  const row = rows[name];
  if (!row) throw bug('a row that has an instruction', name);
  return { code: row(texts, args), type };
}

const isAtom = /^(\w+|\w+\([^()]*\))$/;
/** In brackets unless it is one word or one call already. */
const atom = (code: string): string => (isAtom.test(code) ? code : `(${code})`);

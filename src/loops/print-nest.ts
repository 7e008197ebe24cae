/** Loop nests as short readable text, a statement a line. */
import type { Condition, Int, Procedure, Statement, Value } from './nest.js';

export const printProcedures = (procedures: readonly Procedure[]): string =>
  procedures.map(printProcedure).join('\n');

export const printProcedure = ({ name, params, body }: Procedure): string =>
  [`${name}(${params.join(', ')})`, ...block(body)].join('\n');

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const block = (body: readonly Statement[]): string[] => indent(body.flatMap(statement));

function statement(s: Statement): string[] {
  switch (s.kind) {
    case 'let':
    case 'set':
      return [`${s.name} = ${s.kind === 'let' ? int(s.value) : value(s.value)}`];
    case 'store':
      return [`${s.as}[${int(s.at)}${lanes(s.lane, s.count)}] = ${value(s.value)}`];
    case 'loop': {
      const also = s.also.map(([name, by]) => `, ${name} by ${by}`).join('');
      const from = s.from === s.name ? '' : ` from ${int(s.from)}`;
      return [`for ${s.name}${from} to ${int(s.to)} by ${s.step}${also}`, ...block(s.body)];
    }
    case 'if': {
      const otherwise = s.otherwise.length > 0 ? ['else', ...block(s.otherwise)] : [];
      return [`if ${s.inside.map(condition).join(' and ')}`, ...block(s.then), ...otherwise];
    }
    case 'call':
      return [`${s.procedure}(${s.args.map((a) => int(a)).join(', ')})`];
    case 'fetch':
      return [`fetch ${int(s.at)}`];
    case 'barrier':
      return ['barrier'];
    case 'transpose':
      return [`transpose 4 x 4 from ${int(s.from)} by ${s.fromStride} to ${int(s.to)} by ${s.toStride}`];
  }
}

const condition = ({ value, below }: Condition): string => `0 <= ${int(value)} < ${below}`;
const lanes = (lane: number, count: number): string =>
  lane === 0 && count === 4 ? '' : `; ${count === 1 ? `lane ${lane}` : `${count} lanes`}`;

function int(e: Int, inner = false): string {
  if (typeof e !== 'object') return `${e}`;
  if (e.op === 'lane') return `${e.of}.${e.lane}`;
  const product = e.op !== '+';
  const text = `${int(e.a, product)} ${e.op} ${int(e.b, product)}`.replace('+ -', '- ');
  return inner && !product ? `(${text})` : text;
}

function value(v: Value): string {
  switch (v.kind) {
    case 'constant':
      return v.type === 'bool' ? `${v.value !== 0}` : Object.is(v.value, -0) ? '-0' : `${v.value}`;
    case 'get':
      return v.name;
    case 'load':
      return `${v.as}[${int(v.at)}${lanes(0, v.count)}]`;
    case 'splat':
      return `${v.as}[${int(v.at)}; all]`;
    case 'gather':
      return `${v.as}[${v.at.map((at) => int(at)).join(' | ')}]`;
    case 'ramp':
      return v.step === 0 ? `int(${int(v.from)})` : `int(${int(v.from)} by ${v.step})`;
    case 'call':
      return `${v.name}(${v.args.map(value).join(', ')})`;
    case 'rotate':
      return `rotate(${value(v.of)}, ${v.by})`;
    case 'first':
      return `first(${value(v.of)})`;
    case 'keep':
      return `keep(${value(v.of)}; ${v.count} lanes, else ${value(v.otherwise)})`;
  }
}

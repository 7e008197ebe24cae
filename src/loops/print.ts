/** Kernels as short readable text; a part that occurs twice is named once. */
import { Axis } from './axis.js';
import { type Coordinate, type Expression, isComputed, isFold, partsOf, walkAll } from './expression.js';
import { formulasOf, type Kernel } from './kernel.js';
import { rewrite, substitute } from './rewrite.js';

export function printKernel(original: Kernel): string {
  if (original.body) return original.body.print(original, printKernel);
  const kernel = withDistinctNames(original);
  const { name, axes, stores, path } = kernel;
  const names = new Map<Expression, string>();
  const lines: string[] = [];
  const shared = repeatedParts(kernel);
  const text = (e: Expression): string => {
    const named = names.get(e);
    if (named) return named;
    const own = spell(e, text);
    if (!shared.has(e)) return own;
    names.set(e, `t${names.size}`);
    lines.push(`  ${names.get(e)} = ${own}`);
    return names.get(e)!;
  };
  const out = stores.map(({ buffer, at, value, mode }) => {
    const sign = mode === 'add' ? '+=' : '=';
    return `  ${buffer.name}[${at.map((c) => coordinate(c, text)).join(', ')}] ${sign} ${text(value)}`;
  });
  const head = `${name}: for ${axes.map(range).join(', ') || 'one point'}${path && `    (${path})`}`;
  return [head, ...lines, ...out].join('\n');
}

/** The kernel with other names for axes of folds that are called like one of its own. */
function withDistinctNames(kernel: Kernel): Kernel {
  const taken = new Set(kernel.axes.map((axis) => axis.name));
  const done = new Map<Expression, Expression>();
  const rename = (e: Expression): Expression => {
    if (!isFold(e) || !e.axes.some((axis) => taken.has(axis.name))) return e;
    const axes = e.axes.map(
      (axis) => new Axis(taken.has(axis.name) ? `${axis.name}_` : axis.name, axis.size),
    );
    const by = new Map(e.axes.map((axis, i) => [axis, axes[i]!.index]));
    // Not `fold`, which would give the fold of the old names back.
    const body = substitute(e.body, by);
    return { ...e, axes, body, parts: [body] };
  };
  const stores = kernel.stores.map((s) => ({ ...s, value: rewrite(s.value, rename, done) }));
  return { ...kernel, stores };
}

const range = (axis: Axis) => `${axis.name} < ${axis.size}`;
const coordinate = (c: Coordinate, text: (e: Expression) => string) => (isComputed(c) ? text(c) : `${c}`);

/** Calls and folds that more than one formula uses. Parts that depend on a fold's own axis stay where they are. */
function repeatedParts(kernel: Kernel): Set<Expression> {
  const users = new Map<Expression, number>();
  const roots = formulasOf(kernel);
  const use = (e: Expression) => users.set(e, (users.get(e) ?? 0) + 1);
  for (const e of walkAll(roots)) for (const part of partsOf(e)) use(part);
  for (const e of roots) use(e);
  const outer = new Set(kernel.axes);
  const isOuter = (e: Expression) => [...e.free].every((axis) => outer.has(axis));
  const named = [...users].filter(
    ([e, n]) => n > 1 && (e.kind === 'call' || e.kind === 'fold') && isOuter(e),
  );
  return new Set(named.map(([e]) => e));
}

function spell(e: Expression, text: (e: Expression) => string): string {
  switch (e.kind) {
    case 'constant':
      return e.type === 'bool' ? String(e.value !== 0) : Object.is(e.value, -0) ? '-0' : String(e.value);
    case 'counter':
      return `int(${e.index})`;
    case 'load': {
      const fill = e.fill === 0 ? '' : ` else ${e.fill}`;
      return `${e.buffer.name}[${e.at.map((c) => coordinate(c, text)).join(', ')}${fill}]`;
    }
    case 'call':
      return `${e.name}(${e.args.map(text).join(', ')})`;
    case 'fold':
      return `${e.by} over ${e.axes.map(range).join(', ')} of ${text(e.body)}`;
  }
}

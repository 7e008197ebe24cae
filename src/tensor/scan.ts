/** Loops over time inside a program. */
import { reach } from '../compiler/graph.js';
import { isView, Scan } from '../compiler/scan.js';
import { problem } from '../core/errors.js';
import { mapValues } from '../core/record.js';
import { isCount, isSameShape, type Shape, showShape } from '../core/shape.js';
import { isPlainObject, list } from '../core/text.js';
import { check } from '../ops/fields.js';
import { activeRecording, keepingHistory } from './recording.js';
import { applyScan } from './scan-node.js';
import { carryPlaceholder, copyGraph, placeholder } from './step.js';
import { full, Tensor } from './tensor.js';

type Tensors = Readonly<Record<string, Tensor>>;
type Like<R> = { readonly [Name in keyof R]: Tensor };

export interface ScanOptions<Carry, Each, Shared> {
  /** What goes from each step to the next, by name, as it is before the first step. */
  readonly carry: Carry;
  /** Tensors of which each step takes one row along the first axis, by name. */
  readonly each?: Each;
  /** What every step sees whole. Tensors that the body takes from around it are shared as well. */
  readonly shared?: Shared;
  /** How many steps; the rows of `each` unless given. */
  readonly length?: number;
  /** Whether the last row comes first. Rows of results stand where those they belong to do. */
  readonly reverse?: boolean;
}

/**
 * Repeats a step: `[carry, y] = body(carry, each[t], shared, t)` for each row `t`. Gives the last carry, and the `y` of all
 * steps as rows along a new first axis.
 *
 * The body runs once, on placeholders, and becomes a loop inside the program: a thousand steps compile as fast as ten.
 * It must return every carry with the shape and type it came with. `t` is an int32 number. Random numbers drawn in the
 * body are the same in each step; draw them before, and give them as `each`. Gradients go back through all steps, of any
 * order; the values of each step that they need are kept.
 *
 * Throws a ConfigError for a wrong option or a carry that changes its type, a ShapeError when lengths differ or a carry
 * changes its shape.
 *
 * @example
 * const x = tensor([1, 2, 3]);
 * const [last, all] = scan({ carry: { sum: tensor(0) }, each: { x } }, ({ sum }, { x }) => {
 *   const next = sum.add(x);
 *   return [{ sum: next }, { sum: next }];
 * });
 * last.sum.item(); // 6
 * all.sum.toArray(); // [1, 3, 6]
 */
export function scan<
  Carry extends Tensors,
  Each extends Tensors = Record<never, Tensor>,
  Shared extends Tensors = Record<never, Tensor>,
  Y extends Tensors = Record<never, Tensor>,
>(
  options: ScanOptions<Carry, Each, Shared>,
  body: (
    carry: Like<Carry>,
    each: Like<Each>,
    shared: Like<Shared>,
    t: Tensor,
  ) => readonly [carry: Like<Carry>, y?: Y],
): [carry: Like<Carry>, y: Like<Y>] {
  const length = checkedLength(options, body);
  const { carry, each = {} as Tensors, shared = {}, reverse = false } = options;
  const places = placesFor(carry, each);
  const run = () => body(places.carry as never, places.each as never, shared as Like<Shared>, places.t);
  const { next, y } = traced(run, carry, places.all);
  const { ends, around } = cutAround([...Object.values(next), ...Object.values(y)], places.all);
  const count = Object.keys(carry).length;
  const step = {
    carry: places.all.slice(0, count),
    next: ends.slice(0, count),
    each: places.all.slice(count),
    shared: [...around.values()],
  };
  const made = new Scan(step, length, reverse, ends.slice(count));
  const rows = [...Object.values(each), full([length], 0, { dtype: 'int32' }).indices()];
  const result = applyScan(made, [...Object.values(carry), ...rows, ...around.keys()]);
  return [named(carry, (i) => result(i)), named(y as Y, (i) => result(made.resultOf(ends[count + i]!)))];
}

/** As many values under the same names. */
const named = <R extends object>(names: R, value: (place: number) => Tensor) =>
  Object.fromEntries(Object.keys(names).map((name, i) => [name, value(i)])) as Like<R>;

/** What stands for the carry, for rows and for their number while the body runs. */
function placesFor(carries: Tensors, arrays: Tensors) {
  const carry = mapValues(carries, (x, name) => carryPlaceholder(name, x));
  const each = mapValues(arrays, ({ shape, dtype }, name) =>
    placeholder(`${name} each`, { shape: shape.slice(1), dtype }),
  );
  const t = placeholder('t', { shape: [], dtype: 'int32' });
  return { carry, each, t, all: [...Object.values(carry), ...Object.values(each), t] };
}

/** What the body gives, as nodes of the graph, carries in the order of the first ones. */
function traced(body: () => unknown, carry: Tensors, own: readonly Tensor[]): { next: Tensors; y: Tensors } {
  const recording = activeRecording();
  const before = new Map(recording?.values);
  const given = keepingHistory(body);
  const isPair = Array.isArray(given) && (given.length === 1 || given.length === 2);
  check(isPair, 'scan', 'a body that returns `[carry, y]`', given);
  const [next, y = {}] = given as [Tensors, Tensors?];
  checkTensors('scan: the carry that the body returns', next);
  checkTensors('scan: the results that the body returns', y);
  const names = Object.keys(carry);
  const isSame =
    names.length === Object.keys(next).length && names.every((name) => Object.hasOwn(next, name));
  check(isSame, 'scan', `a body that returns the carry ${list(names)}`, Object.keys(next));
  for (const [variable, value] of recording?.values ?? []) {
    const isChanged = before.get(variable) !== value && reach([value]).some((x) => own.includes(x));
    if (isChanged) throw assigned((variable as { readonly name: string }).name);
  }
  return {
    next: mapValues(carry, (first, name) => checkedNext(next[name]!.node, first, name)),
    y: mapValues(y, (x) => x.node),
  };
}

function checkedNext(next: Tensor, first: Tensor, name: string): Tensor {
  const fix = 'Give the carry its final shape and type before the first step: `broadcastTo`, `cast`.';
  check(next.dtype === first.dtype, `scan: carry '${name}'`, `to stay ${first.dtype}`, next.dtype, fix);
  if (isSameShape(next.shape, first.shape)) return next;
  throw problem('shape-mismatch', {
    subject: `scan: carry '${name}'`,
    expected: `to keep its shape ${showShape(first.shape)}`,
    received: showShape(next.shape),
    fix,
  });
}

const assigned = (name: string) =>
  problem('traced-value', {
    subject: `scan: variable '${name}'`,
    expected: 'a body that assigns no variable what depends on the step',
    received: 'such an assignment',
    fix: 'Carry the value, and assign it after the scan.',
  });

/** Refuses what is no object of tensors by name. */
function checkTensors(what: string, given: unknown): asserts given is Tensors {
  const isFine = isPlainObject(given) && Object.values(given).every((x) => x instanceof Tensor);
  check(isFine, what, 'an object of tensors by name', given);
}

/** The number of steps; refuses options that do not fit. */
function checkedLength({ carry, each = {}, shared = {}, length }: AnyOptions, body: unknown): number {
  check(typeof body === 'function', 'scan', 'a function as body', body);
  for (const [name, given] of Object.entries({ carry, each, shared })) checkTensors(`scan: ${name}`, given);
  const counts = Object.entries(each).map(([name, { shape }]) => {
    if (shape.length > 0) return shape[0]!;
    throw unfitting(name, 'a first axis, the steps', shape);
  });
  const count = length ?? counts[0];
  check(
    count !== undefined && isCount(count),
    'scan',
    '`length`, or `each` with a row for each step',
    length,
  );
  for (const [name, { shape }] of Object.entries(each)) {
    if (shape[0] !== count) throw unfitting(name, `${count} rows, one for each step`, shape);
  }
  return count!;
}

type AnyOptions = ScanOptions<Tensors, Tensors, Tensors>;

const unfitting = (name: string, expected: string, shape: Shape) =>
  problem('shape-mismatch', { subject: `scan: each '${name}'`, expected, received: showShape(shape) });

/** Copies of the results that reach no further than the step, and what they take from around it, with its places. */
function cutAround(roots: readonly Tensor[], own: readonly Tensor[]) {
  const inside = new Set(own);
  // Nothing that is older than the places can depend on them.
  const isOld = (node: Tensor) => node.age < own[0]!.age;
  for (const node of reach(roots, (x) => (isOld(x) ? [] : inputsOf(x)))) {
    if (!isOld(node) && (inputsOf(node).some((x) => inside.has(x)) || isSpread(node))) inside.add(node);
  }
  const around = new Map<Tensor, Tensor>();
  const ends = copyGraph(roots, (node) => {
    if (inside.has(node) || node.source.kind === 'number') return undefined;
    const place = around.get(node) ?? placeholder(`shared ${around.size}`, node);
    around.set(node, place);
    return place;
  });
  return { ends, around };
}

const inputsOf = (node: Tensor) => node.inputs as readonly Tensor[];

/** Whether a node only spreads what is there already over more places: made in the step, it takes no memory. */
function isSpread(node: Tensor): boolean {
  const given = inputsOf(node).filter((x) => x.source.kind !== 'number');
  return isView(node) && node.size > given.reduce((n, x) => n + x.size, 0);
}

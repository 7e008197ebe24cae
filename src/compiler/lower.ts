/** Lower: every node becomes a kernel of its own, loops around one formula. */
import { elementTypes } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { sizeOf } from '../core/shape.js';
import { Axis, type Index } from '../loops/axis.js';
import { type Buffer, constant, type Expression, load } from '../loops/expression.js';
import { type Kernel, storeAtPoint } from '../loops/kernel.js';
import type { External } from '../loops/program.js';
import type { Draft, Result } from './draft.js';
import { orderFolds } from './fold-order.js';
import { type Graph, type Node, partName, wholeName } from './graph.js';

type Applied = Extract<Node['source'], { kind: 'applied' }>;

interface Lowering {
  readonly buffers: Map<Node, Buffer>;
  readonly externals: External[];
  /** Names that are taken, and the last number that one was given to tell it from others. */
  readonly names: Map<string, number>;
}

export function* lower(graph: Graph): Pieces<Draft> {
  const state: Lowering = { buffers: new Map(), externals: [], names: new Map() };
  for (const node of graph.nodes) declare(node, state);
  const results = declareResults(graph, state);
  const { kernels, ready } = yield* kernelsOfAll(graph, state);
  const taken = new Set(state.externals.map(({ buffer }) => buffer.name));
  const own = results.map((result) => withOwnValue(result, taken, kernels, state));
  return { kernels, externals: state.externals, results: own, ready };
}

/** Gives the array of a node a name. */
function declare(node: Node, state: Lowering): Buffer {
  const { source, shape, dtype } = node;
  const { buffers, externals } = state;
  const part = source.kind === 'applied' ? source.operation.part?.(source.attrs) : undefined;
  const name =
    part === undefined
      ? uniqueName(nameFor(node), state)
      : partName(buffers.get(node.inputs[0]!)!.name, part);
  const buffer = { name, shape, dtype };
  buffers.set(node, buffer);
  if (source.kind === 'input') externals.push({ buffer, role: 'input', name: source.name });
  else if (source.kind === 'variable') externals.push({ buffer, role: 'variable', key: source.key });
  else if (source.kind === 'data' && sizeOf(shape) > 1)
    externals.push({ buffer, role: 'constant', values: source.values });
  return buffer;
}

function declareResults({ outputs, assignments }: Graph, state: Lowering): Result[] {
  const { buffers, externals } = state;
  const results = assignments.map(({ variable, value }) => ({
    target: buffers.get(variable) ?? declare(variable, state),
    value: buffers.get(value)!,
  }));
  for (const [name, node] of Object.entries(outputs)) {
    const value = buffers.get(node)!;
    const target = { ...value, name: uniqueName(name, state) };
    externals.push({ buffer: target, role: 'output', name });
    results.push({ target, value });
  }
  return results;
}

/** The kernels of all nodes in order, and the names of those that are fused already. */
function* kernelsOfAll(
  { nodes }: Graph,
  { buffers }: Lowering,
): Pieces<{ kernels: Kernel[]; ready: Set<string> }> {
  const [kernels, ready]: [Kernel[], Set<string>] = [[], new Set()];
  for (const node of nodes) {
    const own = kernelsOf(node, buffers);
    kernels.push(...own);
    const isReady = node.source.kind === 'applied' && node.source.operation.isFused;
    for (const { stores } of isReady ? own : []) ready.add(stores[0]!.buffer.name);
    yield;
  }
  return { kernels, ready };
}

/** Every result gets a value of its own: an input, a variable or a value that is needed twice is copied. */
function withOwnValue(
  { target, value }: Result,
  taken: Set<string>,
  kernels: Kernel[],
  state: Lowering,
): Result {
  if (!taken.has(value.name)) {
    taken.add(value.name);
    return { target, value };
  }
  const copy = { ...value, name: uniqueName(`${target.name}_copy`, state) };
  kernels.push(copyKernel(copy, value));
  return { target, value: copy };
}

function nameFor({ source }: Node): string {
  if (source.kind === 'applied') return source.operation.name;
  return source.kind === 'input' || source.kind === 'variable' ? source.name : source.kind;
}

/** A name that no array has, nor any part of another one: who calls a variable `update.0` takes the name `update`. */
function uniqueName(base: string, { names }: Lowering): string {
  let name = base;
  let count = names.get(base) ?? 0;
  while (names.has(wholeName(name))) name = `${base}_${++count}`;
  names.set(base, count);
  names.set(wholeName(name), names.get(wholeName(name)) ?? 0);
  return name;
}

const axisNames = ['i', 'j', 'l', 'm', 'n', 'o'];

export const axesFor = (shape: readonly number[]): Axis[] =>
  shape.map((n, d) => new Axis(axisNames[d] ?? `i${d}`, n));

/** Stores a formula at each place of an array. */
function kernelOf(buffer: Buffer, value: (at: readonly Index[]) => Expression): Kernel {
  const axes = axesFor(buffer.shape);
  const store = storeAtPoint(buffer, axes, value(axes.map((a) => a.index)));
  return { name: buffer.name, axes, stores: [store], path: '' };
}

const numberKernel = (buffer: Buffer, value: number): Kernel =>
  kernelOf(buffer, () => constant(value, elementTypes[buffer.dtype].scalar));

export const copyKernel = (target: Buffer, value: Buffer): Kernel =>
  kernelOf(target, (at) => load(value, at));

function kernelsOf(node: Node, buffers: ReadonlyMap<Node, Buffer>): Kernel[] {
  const { source, shape } = node;
  const buffer = buffers.get(node)!;
  if (source.kind === 'applied') return appliedKernels(node, source, buffers);
  if (source.kind === 'number') return [numberKernel(buffer, source.value)];
  return source.kind === 'data' && sizeOf(shape) < 2 ? [numberKernel(buffer, source.values[0] ?? 0)] : [];
}

function appliedKernels(
  node: Node,
  { operation, attrs }: Applied,
  buffers: ReadonlyMap<Node, Buffer>,
): Kernel[] {
  const buffer = buffers.get(node)!;
  const inputs = node.inputs.map((x) => buffers.get(x)!);
  const kernels: Kernel[] = [];
  for (const lowered of operation.lower(inputs, buffer, attrs)) {
    if ('stores' in lowered) {
      kernels.push({ ...lowered, path: node.path });
      continue;
    }
    const { axes, value, at, mode = 'set' } = lowered;
    const ordered = orderFolds(value, axes);
    const store = at ? { buffer, at, value: ordered, mode } : storeAtPoint(buffer, axes, ordered);
    // Formulas over the very same loops are stored side by side.
    const stores = kernels.at(-1)?.axes === axes ? kernels.pop()!.stores : [];
    kernels.push({ name: buffer.name, axes, stores: [...stores, store], path: node.path });
  }
  return kernels;
}

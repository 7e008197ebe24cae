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
import type { Graph, Node } from './graph.js';

type Applied = Extract<Node['source'], { kind: 'applied' }>;

interface Lowering {
  readonly buffers: Map<Node, Buffer>;
  readonly externals: External[];
  readonly kernels: Kernel[];
  /** Names that are taken, and the last number that one was given to tell it from others. */
  readonly names: Map<string, number>;
}

export function* lower({ nodes, outputs, assignments }: Graph): Pieces<Draft> {
  const state: Lowering = { buffers: new Map(), externals: [], kernels: [], names: new Map() };
  for (const node of nodes) {
    lowerNode(node, state);
    yield;
  }
  const results: Result[] = [];
  for (const { variable, value } of assignments) {
    if (!state.buffers.has(variable)) lowerNode(variable, state);
    results.push({ target: state.buffers.get(variable)!, value: state.buffers.get(value)! });
  }
  for (const [name, node] of Object.entries(outputs)) {
    const target = { ...state.buffers.get(node)!, name: uniqueName(name, state) };
    state.externals.push({ buffer: target, role: 'output', name });
    results.push({ target, value: state.buffers.get(node)! });
  }
  return {
    kernels: state.kernels,
    externals: state.externals,
    results: withOwnValues(results, state),
  };
}

/** Every result gets a value of its own: an input, a variable or a value that is needed twice is copied. */
function withOwnValues(results: readonly Result[], state: Lowering): Result[] {
  const taken = new Set(state.externals.map(({ buffer }) => buffer.name));
  return results.map((result) => {
    const { target, value } = result;
    if (!taken.has(value.name)) {
      taken.add(value.name);
      return result;
    }
    const copy = { ...value, name: uniqueName(`${target.name}_copy`, state) };
    state.kernels.push(copyKernel(copy, value));
    return { target, value: copy };
  });
}

function lowerNode(node: Node, state: Lowering): void {
  const { source, shape, dtype } = node;
  const { buffers, externals, kernels } = state;
  const buffer = { name: uniqueName(nameFor(node), state), shape, dtype };
  buffers.set(node, buffer);
  if (source.kind === 'input') externals.push({ buffer, role: 'input', name: source.name });
  else if (source.kind === 'variable') externals.push({ buffer, role: 'variable', key: source.key });
  else if (source.kind === 'number') kernels.push(numberKernel(buffer, source.value));
  else if (source.kind === 'applied') kernels.push(...kernelsOf(node, source, state));
  else if (sizeOf(shape) < 2) kernels.push(numberKernel(buffer, source.values[0] ?? 0));
  else externals.push({ buffer, role: 'constant', values: source.values });
}

function nameFor({ source }: Node): string {
  if (source.kind === 'applied') return source.operation.name;
  return source.kind === 'input' || source.kind === 'variable' ? source.name : source.kind;
}

function uniqueName(base: string, { names }: Lowering): string {
  let name = base;
  let count = names.get(base) ?? 0;
  while (names.has(name)) name = `${base}_${++count}`;
  names.set(base, count);
  names.set(name, names.get(name) ?? 0);
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

function kernelsOf(node: Node, { operation, attrs }: Applied, { buffers }: Lowering): Kernel[] {
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

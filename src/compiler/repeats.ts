/**
 * Repeats: stretches of nodes that nobody else reads, such as those of one weight's update. Those that are built alike
 * become the same kernels under other names, so that most passes have to look at one of them only.
 */
import type { Pieces } from '../core/pieces.js';
import { entryOf } from '../core/record.js';
import { sizeOf } from '../core/shape.js';
import { type Kernel, readsOf, writesOf } from '../loops/kernel.js';
import { Copy } from './copy.js';
import type { Graph, Node } from './graph.js';
import { keyOfSource, spelled } from './share.js';

export interface Stretch {
  readonly nodes: readonly Node[];
  /** Whether all that is computed from its values is in it. */
  readonly isClosed: boolean;
}

/** A longer stretch has few like it. */
const mostNodes = 64;

/** The nodes in order, cut where a closed stretch begins or ends. Who reads `passive` ones does not matter. */
function stretchesOf(nodes: readonly Node[], passive: (node: Node) => boolean): Stretch[] {
  const ends = endsOf(nodes, passive);
  const stretches: Stretch[] = [];
  let from = 0;
  const cutAt = (to: number, isClosed = false) => {
    if (to > from) stretches.push({ nodes: nodes.slice(from, to), isClosed });
    from = to;
  };
  for (let start = 0; start < nodes.length; start++) {
    const end = ends[start]!;
    if (end === start || end - start >= mostNodes) continue;
    cutAt(start);
    cutAt(end + 1, true);
    start = end;
  }
  cutAt(nodes.length);
  return stretches;
}

/** Where the shortest closed stretch ends that begins at each place. */
function endsOf(nodes: readonly Node[], passive: (node: Node) => boolean): number[] {
  const lastReads = new Map<Node, number>();
  for (const [place, { inputs }] of nodes.entries()) for (const node of inputs) lastReads.set(node, place);
  const ends: number[] = [];
  for (let start = nodes.length - 1; start >= 0; start--) {
    const node = nodes[start]!;
    let end = (passive(node) ? undefined : lastReads.get(node)) ?? start;
    for (let inside = start + 1; inside <= end; inside = ends[inside]! + 1)
      end = Math.max(end, ends[inside]!);
    ends[start] = end;
  }
  return ends;
}

/** What was made of a stretch, and the names in it in the order in which its spelling meets them. */
interface Made {
  readonly kernels: readonly Kernel[];
  readonly names: readonly string[];
  readonly paths: readonly string[];
}

/** A stretch as text, and what gets a number there, in order. */
interface Spelt {
  readonly text: string;
  /** Inputs before what is made of them. */
  readonly nodes: readonly Node[];
  readonly paths: readonly string[];
}

/** Makes kernels of nodes, given the numbers among what they read. */
type Make = (nodes: readonly Node[], constants: readonly Node[]) => Pieces<readonly Kernel[]>;

/** The stretches of a graph, and the kernels of those that repeat. */
export class Repeats {
  readonly stretches: readonly Stretch[];
  /** Numbers, and what is made of nothing but numbers: each stretch computes with them as if they were its own. */
  readonly #constants = new Set<Node>();
  /** How many nodes read each. */
  readonly #readers = new Map<Node, number>();
  readonly #results: ReadonlySet<Node>;
  /** How many stretches have an outline. Spelling one that none is like would be in vain. */
  readonly #outlines = new Map<number, number>();
  readonly #made = new Map<string, Made | 'nothing'>();

  constructor(
    { nodes, outputs, assignments }: Graph,
    readonly nameOf: (node: Node) => string,
  ) {
    this.#results = new Set([...Object.values(outputs), ...assignments.map(({ value }) => value)]);
    for (const node of nodes) {
      if (isConstant(node, this.#constants)) this.#constants.add(node);
      for (const input of new Set(node.inputs)) this.#readers.set(input, (this.#readers.get(input) ?? 0) + 1);
    }
    this.stretches = stretchesOf(nodes, this.isPassive);
    for (const { nodes: own, isClosed } of this.stretches) {
      if (!isClosed) continue;
      const outline = outlineOf(own);
      this.#outlines.set(outline, (this.#outlines.get(outline) ?? 0) + 1);
    }
  }

  /** Whether a node is nothing that is computed while the program runs. */
  readonly isPassive = (node: Node): boolean => node.source.kind !== 'applied' || this.#constants.has(node);
  readonly isConstant = (node: Node): boolean => this.#constants.has(node);
  readonly isResult = (node: Node): boolean => this.#results.has(node);

  /**
   * What `make` makes of a closed stretch and the numbers it reads, or made of one like it; nothing where none is like it.
   */
  *once({ nodes, isClosed }: Stretch, make: Make): Pieces<readonly Kernel[] | undefined> {
    const isRepeated = isClosed && this.#outlines.get(outlineOf(nodes))! > 1 && !this.#continues(nodes);
    if (!isRepeated) return undefined;
    const own = nodes.filter((node) => !this.isPassive(node));
    const { text, nodes: all, paths } = this.#spell(own);
    const names = all.map(this.nameOf);
    const known = this.#made.get(text);
    if (known) return known === 'nothing' ? undefined : renamed(known, names, paths);
    const kernels = yield* make(own, all.filter(this.isConstant));
    const mayCopy = hasNoOtherNames(kernels, names);
    this.#made.set(text, mayCopy ? { kernels, names, paths } : 'nothing');
    return mayCopy ? kernels : undefined;
  }

  /** Whether it is all that reads some value: then both may become one kernel. */
  #continues(nodes: readonly Node[]): boolean {
    const own = new Set(nodes);
    const isAlone = (node: Node) => !own.has(node) && !this.isPassive(node) && this.#readers.get(node) === 1;
    return nodes.some(({ inputs }) => inputs.some(isAlone));
  }

  #spell(nodes: readonly Node[]): Spelt {
    const [numbers, paths] = [new Map<Node, number>(), new Map<string, number>()];
    const add = (node: Node) => numbers.set(node, numbers.size);
    const read = (node: Node): string => {
      const known = numbers.get(node);
      if (known !== undefined) return `${known}`;
      const text = this.#constants.has(node) ? `${spellingOf(node)} of ${node.inputs.map(read)}` : '';
      add(node);
      return `(${text}:${node.dtype}:${node.shape})`;
    };
    let text = '';
    for (const node of nodes) {
      const path = entryOf(paths, node.path, () => paths.size);
      text += `${keyOfSource(node.source, none)} ${node.dtype} ${node.shape} of ${node.inputs.map(read)}`;
      text += ` in ${path}${this.#results.has(node) ? ' kept' : ''}\n`;
      add(node);
    }
    return { text, nodes: [...numbers.keys()], paths: [...paths.keys()] };
  }
}

const none = () => 0;

function isConstant({ source, shape, inputs }: Node, constants: ReadonlySet<Node>): boolean {
  if (source.kind === 'data') return sizeOf(shape) < 2;
  if (source.kind !== 'applied') return source.kind === 'number';
  return inputs.length > 0 && inputs.every((node) => constants.has(node));
}

const spellingOf = ({ source }: Node): string =>
  source.kind === 'data' ? spelled(source.values[0] ?? 0) : keyOfSource(source, none);

/** Equal for stretches that are alike, and for few that are not. */
function outlineOf(nodes: readonly Node[]): number {
  let outline = 0;
  for (const { source, shape, inputs } of nodes)
    if (source.kind === 'applied') outline = (31 * outline + 7 * sizeOf(shape) + inputs.length) | 0;
  return outline;
}

/** Whether a stretch has no arrays but those of its nodes, and no kernels inside of kernels. */
function hasNoOtherNames(kernels: readonly Kernel[], names: readonly string[]): boolean {
  const known = new Set(names);
  const isKnown = (name: string) => known.has(name);
  return kernels.every((k) => !k.body && [...readsOf(k), ...writesOf(k)].every(isKnown));
}

/** The same kernels with other names, and axes of their own: passes ask whether two axes are one. */
function renamed(made: Made, names: readonly string[], paths: readonly string[]): Kernel[] {
  const by = new Map(made.names.map((name, i) => [name, names[i]!] as const));
  const copy = new Copy((name) => by.get(name)!);
  return made.kernels.map(({ name, path, axes, stores }) => ({
    name: by.get(name)!,
    axes: axes.map((axis) => copy.axis(axis)),
    stores: stores.map((s) => ({ ...s, ...copy.place(s), value: copy.formula(s.value) })),
    path: paths[made.paths.indexOf(path)] ?? '',
  }));
}

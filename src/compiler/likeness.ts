/** What graphs have in common that differ only in the variables and arrays they are given: one program computes them all. */
import type { TypedArray } from '../core/dtype.js';
import { entryOf, mapValues } from '../core/record.js';
import { sizeOf } from '../core/shape.js';
import type { Program } from '../loops/program.js';
import { graphOf } from './dead-code.js';
import { type Graph, type Node, nodeWith, type Source } from './graph.js';
import { keyOf, numbering } from './share.js';

export interface Likeness {
  /** Equal for graphs that are alike; names are part of it, for whoever reads the program. */
  readonly key: string;
  /** The graph with a stand-in, an array of one number, for each object that it is given: it holds no other. */
  readonly graph: Graph;
  /** What the graph is given: variables, and arrays that no pass looks into. */
  readonly given: readonly object[];
}

export function likenessOf({ nodes, outputs, assignments }: Graph): Likeness {
  const number = numbering();
  const standIns = new Map<object, Int32Array>();
  const standInFor = (given: object) => entryOf(standIns, given, () => Int32Array.of(standIns.size));
  const copies = new Map<Node, Node>();
  const copyOf = (node: Node): Node => copies.get(node)!;
  // A variable may be assigned without being read.
  const all = new Set([...nodes, ...assignments.map(({ variable }) => variable)]);
  const words: string[] = [];
  for (const node of all) {
    const own = nodeWith(node, sourceOf(node, standInFor), node.inputs.map(copyOf));
    copies.set(node, own);
    words.push(`${keyOf(own, number)} is ${number(own)}`, nameOf(own), node.path);
  }
  const graph = graphOf(
    mapValues(outputs, copyOf),
    assignments.map(({ variable, value }) => ({ variable: copyOf(variable), value: copyOf(value) })),
  );
  for (const [name, node] of Object.entries(graph.outputs)) words.push(`${number(node)} ${name}`);
  for (const { variable, value } of graph.assignments) words.push(`${number(variable)} <- ${number(value)}`);
  // As JSON, so that no two lists of words are the same text.
  return { key: JSON.stringify(words), graph, given: [...standIns.keys()] };
}

const nameOf = ({ source }: Node): string => ('name' in source ? source.name : '');

/** An array of one number becomes part of formulas; longer ones come from outside, as variables do. */
function sourceOf({ source, shape }: Node, standInFor: (given: object) => Int32Array): Source {
  if (source.kind === 'variable') return { ...source, key: standInFor(source.key) };
  if (source.kind !== 'data') return source;
  const { values } = source;
  if (sizeOf(shape) > 1) return { kind: 'data', values: standInFor(values) };
  return { kind: 'number', value: values[0] ?? 0 };
}

/** A program of a likeness on what one graph is given. */
export function programOn(program: Program, given: readonly object[]): Program {
  const externals = program.externals.map((external) => {
    const { key, values } = external;
    if (key) return { ...external, key: given[(key as Int32Array)[0]!]! };
    return values ? { ...external, values: given[values[0]!] as TypedArray } : external;
  });
  return { ...program, externals };
}

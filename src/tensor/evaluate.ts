/** Computes a pending tensor: its graph becomes a program, kept by structure for the next graph that is built alike. */
import { backendNumber, isChosen } from '../backends/choose.js';
import { graphOf } from '../compiler/dead-code.js';
import { type Graph, type Node, nodeWith, reach, type Source } from '../compiler/graph.js';
import { keyOf, numbering } from '../compiler/share.js';
import type { TypedArray } from '../core/dtype.js';
import { elementTypes } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { type Prepared, place, prepare } from './prepare.js';
import { prepareSmall } from './small.js';

/** A node that may already have been computed. */
interface Valued extends Node {
  readonly known?: TypedArray | undefined;
}

/** How many programs of eager code are kept. */
const keptPrograms = 500;
const programs = new Map<string, Prepared>();

export function evaluate(root: Valued): TypedArray {
  const { source } = root;
  if (source.kind === 'number')
    return new elementTypes[root.dtype].array(sizeOf(root.shape)).fill(source.value);
  const cut = cutAtValues(root);
  // Not the name alone: the reference has two precisions.
  const key = `${backendNumber()} ${isChosen()} ${cut.key}`;
  const ready = programs.get(key) ?? prepareEager(graphOf({ result: cut.root }, []));
  remember(key, ready);
  const placed = place(ready, cut.inputs);
  placed.run();
  const result = placed.outputs.get('result')!.get();
  placed.release();
  return result;
}

const prepareEager = (graph: Graph): Prepared => prepareSmall(graph) ?? prepare(graph);

/** The last used programs; the oldest goes. */
function remember(key: string, ready: Prepared): void {
  programs.delete(key);
  programs.set(key, ready);
  if (programs.size > keptPrograms) programs.delete(programs.keys().next().value!);
}

interface Cut {
  readonly root: Node;
  readonly inputs: Map<string, TypedArray>;
  /** Equal for graphs that the same program computes. */
  readonly key: string;
}

/** The graph with computed values as inputs. */
function cutAtValues(root: Valued): Cut {
  const made = new Map<Node, Node>();
  const inputs = new Map<string, TypedArray>();
  const number = numbering();
  const numbers = new Map<string, string>();
  // Equal numbers are one input: a loop of a thousand steps takes its factor once.
  const nameFor = ({ source, dtype, known }: Valued): string => {
    const fresh = `in${inputs.size}`;
    if (known || source.kind !== 'number') return fresh;
    const key = `${dtype} ${source.value}`;
    numbers.set(key, numbers.get(key) ?? fresh);
    return numbers.get(key)!;
  };
  const cut = (node: Valued): string => {
    const values = valuesOf(node);
    // What is no input takes no name: it would be given once more.
    const name = values ? nameFor(node) : '';
    if (values) inputs.set(name, values);
    const source: Source = values ? { kind: 'input', name } : node.source;
    const own = nodeWith(
      node,
      source,
      pending(node).map((x) => made.get(x)!),
    );
    made.set(node, own);
    return `${keyOf(own, number)} is ${number(own)}`;
  };
  const key = reach([root], pending).map(cut).join('\n');
  return { root: made.get(root)!, inputs, key };
}

/** What is known ends the search. */
const pending = (node: Valued): readonly Valued[] => (node.known ? [] : node.inputs);

/** Numbers that formulas are made with; others become inputs, so that a changing number is not a new program. */
const structural: ReadonlySet<number> = new Set([0, 1, -1, 2, 0.5, Number.NaN, Infinity, -Infinity]);

/** What goes into the program from outside, if anything. */
function valuesOf({ known, source, shape }: Valued): TypedArray | undefined {
  if (known || source.kind === 'applied') return known;
  if (source.kind !== 'number') throw placeholderRead('name' in source ? source.name : source.kind);
  const isStructural = structural.has(source.value) || shape.length > 0;
  return isStructural ? undefined : Float64Array.of(source.value); // the backend rounds it
}

const placeholderRead = (name: string) =>
  problem('traced-value', {
    subject: `The value of '${name}'`,
    expected: 'to be read after the traced function has run',
    received: 'a read while the function is traced',
    fix: 'Compute with tensors only inside a layer, loss or metric, and read values outside.',
  });

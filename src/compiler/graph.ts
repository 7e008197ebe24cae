/** The graph of a computation: what a traced function leaves. Passes read nodes and never know what they are called. */
import type { DType, TypedArray } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import type { Shape } from '../core/shape.js';
import type { Axis } from '../loops/axis.js';
import type { Buffer, Coordinate, Expression } from '../loops/expression.js';
import type { Kernel } from '../loops/kernel.js';
import type { OwnPass } from './draft.js';

/** One loop over axes that stores a formula; in the order of the axes without `at`. */
export interface Lowering {
  readonly axes: readonly Axis[];
  readonly value: Expression;
  readonly at?: readonly Coordinate[];
  readonly mode?: 'set' | 'add';
}

/** What a node applies: all the compiler needs to know is its loops. */
export interface Operation {
  readonly name: string;
  /** Its loops in order; or a kernel, which need not store to the output. */
  lower(inputs: readonly Buffer[], output: Buffer, attrs: unknown): readonly (Lowering | Kernel)[];
  /** Passes for programs that have it. */
  readonly passes?: readonly OwnPass[];
  /** Whether its kernel is as simple as it gets: nothing in it is left to fuse. */
  readonly isFused?: true;
  /** For what has no loops of its own: which of the arrays that its input stores it is. */
  readonly part?: (attrs: unknown) => number;
  /** How many rows of a batch to compute at a time, for programs that have it. */
  readonly partOfBatch?: (batch: Batch) => Pieces<number>;
}

/** A batch that a graph was traced for. */
export interface Batch {
  readonly graph: Graph;
  readonly rows: number;
  /** Rows of a part that there is a program for. */
  readonly known: number | undefined;
  /** The graph for another number of rows; throws where there is none. */
  readonly traced: (rows: number) => Graph;
}

/** What an array is called that a node of several gives. */
export const partName = (node: string, part: number): string => `${node}.${part}`;
/** The name of the node whose part could have this name; the name itself where none could. */
export const wholeName = (name: string): string => name.replace(/\.\d+$/, '');

export type Source =
  /** Given anew for each run. */
  | { readonly kind: 'input'; readonly name: string }
  /** The value of a variable when a run begins; `key` is the variable. */
  | { readonly kind: 'variable'; readonly key: object; readonly name: string }
  /** Values that are known while compiling. */
  | { readonly kind: 'data'; readonly values: TypedArray }
  /** One number for the whole shape. */
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'applied'; readonly operation: Operation; readonly attrs: unknown };

export interface Node {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly source: Source;
  readonly inputs: readonly Node[];
  /** The layer in whose call the node was made, such as `digits/dense_1`. */
  readonly path: string;
}

/** The node with another source and other inputs; never more of it, so that all such nodes are objects of one form. */
export const nodeWith = ({ shape, dtype, path }: Node, source: Source, inputs: readonly Node[]): Node => ({
  shape,
  dtype,
  source,
  inputs,
  path,
});

/** A variable and the value it takes when a run ends. */
export interface Assignment {
  readonly variable: Node;
  readonly value: Node;
}

export interface Graph {
  readonly outputs: Readonly<Record<string, Node>>;
  readonly assignments: readonly Assignment[];
  /** Every node that a result needs, inputs first. */
  readonly nodes: readonly Node[];
}

/** Every node `roots` are made of and they themselves, inputs first. */
export function reach<N extends Node>(
  roots: readonly N[],
  inputsOf: (node: N) => readonly N[] = (node) => node.inputs as readonly N[],
): N[] {
  const seen = new Set<N>();
  const stack: { readonly node: N; readonly inputs: readonly N[]; next: number }[] = [];
  const enter = (node: N) => {
    if (!seen.has(node)) stack.push({ node, inputs: inputsOf(node), next: 0 });
  };
  for (const root of roots) {
    enter(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next < top.inputs.length) enter(top.inputs[top.next++]!);
      else {
        seen.add(top.node);
        stack.pop();
      }
    }
  }
  return [...seen];
}

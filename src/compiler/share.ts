/** Share: nodes of one operation with equal options and the same inputs become one node. */
import { mapValues } from '../core/record.js';
import { graphOf } from './dead-code.js';
import { type Graph, type Node, nodeWith } from './graph.js';

export function share({ nodes, outputs, assignments }: Graph): Graph {
  const made = new Map<Node, Node>();
  const known = new Map<string, Node>();
  const number = numbering();
  for (const node of nodes) {
    const inputs = node.inputs.map((x) => made.get(x)!);
    const own = inputs.every((x, i) => x === node.inputs[i]) ? node : nodeWith(node, node.source, inputs);
    const key = keyOf(own, number);
    const same = known.get(key) ?? own;
    known.set(key, same);
    made.set(node, same);
  }
  return graphOf(
    mapValues(outputs, (node) => made.get(node)!),
    assignments.map(({ variable, value }) => ({
      variable: made.get(variable) ?? variable,
      value: made.get(value)!,
    })),
  );
}

type Numbering = (x: object) => number;

/** A number for each object, the same each time. */
export function numbering(): Numbering {
  const numbers = new WeakMap<object, number>();
  let count = 0;
  return (x) => {
    const known = numbers.get(x) ?? count++;
    numbers.set(x, known);
    return known;
  };
}

/** The same in all graphs. Not the name: two operations may have one. */
const operationNumber = /* @__PURE__ */ numbering();

/** A number as text, -0 apart from 0. */
export const spelled = (x: number): string => (Object.is(x, -0) ? '-0' : `${x}`);
/** JSON has no words for infinities, NaN and -0. */
const words = (_: string, x: unknown) => (typeof x === 'number' ? spelled(x) : x);

/** Most operations have none. */
function spelledOptions(options: unknown): string {
  const given = options ?? {};
  const isNone = Object.getPrototypeOf(given) === Object.prototype && Object.keys(given).length === 0;
  return isNone ? '{}' : JSON.stringify(given, words);
}

/** Equal for nodes of one value, by the numbers of their inputs, variables and data. */
export function keyOf({ source, dtype, shape, inputs }: Node, number: Numbering): string {
  let key = `${keyOfSource(source, number)} ${dtype}`;
  for (let d = 0; d < shape.length; d++) key += ` ${shape[d]}`;
  key += ' of';
  for (let i = 0; i < inputs.length; i++) key += ` ${number(inputs[i]!)}`;
  return key;
}

export function keyOfSource(source: Node['source'], number: Numbering): string {
  switch (source.kind) {
    case 'applied':
      return `op ${operationNumber(source.operation)} ${spelledOptions(source.attrs)}`;
    case 'number':
      return `number ${spelled(source.value)}`;
    case 'input':
      return `input ${source.name}`;
    case 'variable':
      return `variable ${number(source.key)}`;
    case 'data':
      return `data ${number(source.values)}`;
  }
}

/** A computation that treats each element of its arrays alone: some formulas, made once for arrays of any shape. */

import { elementTypes } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { entryOf } from '../core/record.js';
import { isSameShape, type Shape, sizeOf } from '../core/shape.js';
import { type Axis, constantIndex } from '../loops/axis.js';
import {
  type Buffer,
  constant,
  type Expression,
  elementsOf,
  formulaScope,
  isLoad,
  load,
  walk,
} from '../loops/expression.js';
import { type Kernel, readsPoint, storeAtPoint } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';
import { type Node, partName, reach } from './graph.js';
import { axesFor } from './lower.js';
import { keyOf, numbering } from './share.js';
import { simplified } from './simplify.js';

interface Formulas {
  readonly values: readonly Expression[];
  /** One list for each shape: kernels over the same axes join at once. */
  readonly axes: Map<string, readonly Axis[]>;
}

/** So many that a look at another element than one's own shows. */
export const fewElements: Shape = [2];

export class Pointwise {
  /** What has to be computed for each element, inputs first. */
  readonly #nodes: readonly Node[];
  /** Numbers that all elements share, and which are computed outside. */
  readonly #shared: readonly Node[];
  readonly #results: readonly Node[];
  readonly #names: ReadonlyMap<Node, string>;
  #number: number | undefined;
  /** By scope, which goes when its compilation ends: this stays as long as its graph. */
  readonly #formulas = new WeakMap<object, Formulas>();

  /** `elements` have the shape `fewElements` and stand for the arrays. */
  constructor(elements: readonly Node[], results: readonly Node[]) {
    const changing = new Set(elements);
    for (const node of reach(results)) if (node.inputs.some((x) => changing.has(x))) changing.add(node);
    // What is made of numbers alone, but for each element, is inside too.
    const isInside = (node: Node) =>
      changing.has(node) || (node.source.kind === 'applied' && isSameShape(node.shape, fewElements));
    const isGiven = (node: Node) => elements.includes(node) || !isInside(node);
    const all = reach(results, (node) => (isGiven(node) ? [] : node.inputs));
    const isNumber = ({ source }: Node) => source.kind === 'number';
    this.#shared = all.filter((node) => !isInside(node) && !isNumber(node));
    this.#nodes = all.filter((node) => !elements.includes(node) && !this.#shared.includes(node));
    this.#results = results;
    this.#names = new Map([...elements, ...this.#shared, ...this.#nodes].map((node, i) => [node, `${i}`]));
    for (const node of all) {
      const fits =
        isSameShape(node.shape, isInside(node) ? fewElements : []) ||
        (isNumber(node) && sizeOf(node.shape) <= sizeOf(fewElements));
      if (!fits) throw notAlone(node);
    }
  }

  /** How many formulas. */
  get size(): number {
    return this.#nodes.length;
  }

  get results(): readonly Node[] {
    return this.#results;
  }

  get shared(): readonly Node[] {
    return this.#shared;
  }

  /** All values at each point of the shape, side by side. `inputs` are the arrays, then what is shared. */
  kernel(inputs: readonly Buffer[], { name, shape }: Buffer): Kernel {
    const { values, axes: known } = this.#formulasNow();
    const axes = entryOf(known, `${shape}`, () => axesFor(shape));
    const at = axes.map((axis) => axis.index);
    const reads = inputs.map((buffer) => load(buffer, buffer.shape.length > 0 ? at : []));
    const done = new Map<Expression, Expression>();
    const read = (e: Expression) => (isLoad(e) ? reads[Number(e.buffer.name)]! : e);
    const stores = values.map((formula, i) =>
      storeAtPoint(
        { name: partName(name, i), shape, dtype: this.results[i]!.dtype },
        axes,
        rewrite(formula, read, done),
      ),
    );
    return { name, axes, stores, path: '' };
  }

  /** The same number for computations that do the same. */
  toJSON(): number {
    this.#number ??= entryOf(numbers, this.#spell(), () => numbers.size);
    return this.#number;
  }

  /** Formulas over one element of each array. */
  #formulasNow(): Formulas {
    const scope = formulaScope();
    const formulas = this.#formulas.get(scope) ?? { values: this.#made(), axes: new Map() };
    this.#formulas.set(scope, formulas);
    return formulas;
  }

  #made(): readonly Expression[] {
    const bufferOf = (node: Node): Buffer => {
      const { shape, dtype } = node;
      return { name: this.#names.get(node)!, shape, dtype };
    };
    const inner = new Set(this.#nodes);
    const made = new Map<string, Expression>();
    const part = (e: Expression) => (isLoad(e) ? made.get(e.buffer.name)! : simplified(e));
    for (const [node, name] of this.#names) {
      const buffer = bufferOf(node);
      const isInner = inner.has(node);
      const first = node.shape.map(() => constantIndex(0));
      made.set(
        name,
        isInner ? rewrite(formulaOf(node, buffer, node.inputs.map(bufferOf)), part) : load(buffer, first),
      );
    }
    return this.#results.map((node) => made.get(this.#names.get(node)!)!);
  }

  #spell(): string {
    const number = numbering();
    const inner = new Set(this.#nodes);
    const kinds = [...this.#names.keys()].map((node) => {
      const kind = inner.has(node) ? keyOf(node, number) : `${node.dtype} ${node.shape}`;
      return `${kind} is ${number(node)}`;
    });
    return [...kinds, this.results.map(number)].join('\n');
  }
}

const numbers = new Map<string, number>();

/** The formula of one node over what it reads. */
function formulaOf(node: Node, buffer: Buffer, inputs: readonly Buffer[]): Expression {
  const { source, dtype } = node;
  if (source.kind === 'number') return constant(source.value, elementTypes[dtype].scalar);
  if (source.kind !== 'applied') throw notAlone(node);
  const [lowered, ...more] = source.operation.lower(inputs, buffer, source.attrs);
  const isOne = lowered && more.length === 0 && 'value' in lowered && !lowered.at && lowered.mode !== 'add';
  if (!isOne || ![...walk(lowered.value)].every((e) => isOwn(e, lowered.axes))) throw notAlone(node);
  return lowered.value;
}

/** Whether a part of a formula concerns no other point. */
function isOwn(e: Expression, axes: readonly Axis[]): boolean {
  if (isLoad(e)) return elementsOf(e.buffer) === 1 || readsPoint(e, axes);
  return e.kind === 'call' || e.kind === 'constant';
}

const notAlone = ({ source }: Node) =>
  problem('argument-value', {
    subject: 'An update that is called pointwise',
    expected: 'formulas that treat each element alone',
    received: source.kind === 'applied' ? `\`${source.operation.name}\`` : `an array that is ${source.kind}`,
    fix: 'Leave `isPointwise` out.',
  });

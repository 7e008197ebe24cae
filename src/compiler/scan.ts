/** Scan: one step of kernels in a loop over time, as one kernel. The step is compiled by the passes of every program. */
import type { DType, TypedArray } from '../core/dtype.js';
import { atOnce, type Pieces } from '../core/pieces.js';
import { type Shape, sizeOf } from '../core/shape.js';
import { Axis } from '../loops/axis.js';
import {
  type Buffer,
  call,
  constant,
  counter,
  type Expression,
  isConstant,
  isKnown,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import type { Body, Kernel, Runner, Store } from '../loops/kernel.js';
import type { Machine } from '../loops/machine.js';
import type { KernelNest } from '../loops/nest.js';
import { graphOf } from './dead-code.js';
import { type Graph, type Node, partName, reach } from './graph.js';
import { planMemory } from './memory.js';
import { draftOf } from './pipeline.js';
import { type Link, runnerOfScan, type StepKernels } from './scan-runner.js';
import { scanNest } from './schedule/scan-nest.js';
import { keyOf, numbering } from './share.js';

/** One step: a graph over what it is given. The carry are variables of the step, `next` the values they take. */
export interface Step {
  readonly carry: readonly Node[];
  readonly next: readonly Node[];
  /** Inputs that are another row each step, and those that stay the same. */
  readonly each: readonly Node[];
  readonly shared: readonly Node[];
}

/** An array that is what a scan leaves behind. */
interface Result {
  readonly shape: Shape;
  readonly dtype: DType;
}

export class Scan {
  readonly #step: Step;
  /** All values of a step, inputs first. */
  readonly #values: readonly Node[];
  #key: string | undefined;

  /** `values` are those of a step that `step.next` does not need. */
  constructor(
    step: Step,
    readonly length: number,
    readonly reverse: boolean,
    values: readonly Node[],
  ) {
    const { carry, next, each, shared } = step;
    this.#step = step;
    this.#values = reach([...carry, ...each, ...shared, ...next, ...values]);
  }

  get step(): Step {
    return this.#step;
  }

  /** What there is afterwards: the last carry, then the values of all steps, in rows. */
  get results(): readonly Result[] {
    const rows = this.#values.map(({ shape, dtype }) => ({ shape: [this.length, ...shape], dtype }));
    return [...this.#step.carry.map(({ shape, dtype }) => ({ shape, dtype })), ...rows];
  }

  /** The number of the result that holds a value of each step. */
  resultOf(value: Node): number {
    return this.#step.carry.length + this.#values.indexOf(value);
  }

  /** The value of each step that a result holds. */
  valueOf(result: number): Node {
    return this.#values[result - this.#step.carry.length]!;
  }

  get values(): readonly Node[] {
    return this.#values;
  }

  /** What has to be computed in each step for some of the results. */
  graphOf(results: readonly number[]): Graph {
    const { carry, next } = this.#step;
    const rows = results.filter((i) => i >= carry.length);
    const outputs = Object.fromEntries(rows.map((i) => [`y${i}`, this.valueOf(i)]));
    const kept = new Set(results.filter((i) => i < carry.length));
    for (;;) {
      const nodes = new Set(reach([...Object.values(outputs), ...[...kept].map((i) => next[i]!)]));
      const missing = carry.findIndex((node, i) => nodes.has(node) && !kept.has(i));
      if (missing < 0) break;
      kept.add(missing);
    }
    const assignments = [...kept].map((i) => ({ variable: carry[i]!, value: next[i]! }));
    return graphOf(outputs, assignments);
  }

  /** Equal for scans that do the same. */
  toJSON(): unknown {
    this.#key ??= this.#spell();
    return [this.length, this.reverse, this.#key];
  }

  #spell(): string {
    const number = numbering();
    const values = this.#values.map((node) => `${keyOf(node, number)} is ${number(node)}`);
    const { carry, next, each, shared } = this.#step;
    return [...values, ...[carry, next, each, shared].map((nodes) => nodes.map(number))].join('\n');
  }
}

/** Whether a node is another node's elements in other places, or places alone: cheaper made again than kept. */
export function isView({ source, inputs, shape, dtype }: Node): boolean {
  if (source.kind !== 'applied') return false;
  const buffers = inputs.map((x, i): Buffer => ({ name: `${i}`, shape: x.shape, dtype: x.dtype }));
  const [part, ...more] = source.operation.lower(buffers, { name: 'view', shape, dtype }, source.attrs);
  if (!part || 'stores' in part || part.at || more.length > 0) return false;
  const { value } = part;
  if (isLoad(value)) return value.at.every(isKnown) && buffers.some((b) => b.name === value.buffer.name);
  return value.kind === 'counter' || value.kind === 'constant';
}

const flat = (buffer: Buffer): Buffer => ({ ...buffer, shape: [sizeOf(buffer.shape)] });

/** A place that no pass knows, so that it writes no formula there. */
const somewhere = (): Expression => {
  const at = counter(new Axis('somewhere', 2).index);
  return call('multiplyInt', [at, at]);
};

export function scanKernel(scan: Scan, inputs: readonly Buffer[], { name }: Buffer): Kernel {
  const stores = scan.results.map(
    (result, i): Store => ({
      buffer: flat({ name: partName(name, i), ...result }),
      at: [somewhere()],
      value: constant(i, 'int'),
      mode: 'set',
    }),
  );
  const reads = inputs.map((buffer) => load(flat(buffer), [somewhere()]) as Load);
  const body = new ScanBody(scan, new Map(reads.map((read, i) => [i, read])), lazily(scan, stores));
  return { name, axes: [], stores, path: '', body };
}

/** Compiled when it is first needed: after everything that nobody reads has been left out. */
function lazily(scan: Scan, stores: readonly Store[]): () => Pieces<StepKernels> {
  let made: StepKernels | undefined;
  return function* () {
    if (made) return made;
    const draft = yield* draftOf(scan.graphOf(stores.map(resultIn)));
    made = { ...draft, memory: planMemory(draft) };
    return made;
  };
}

const resultIn = ({ value }: Store): number => (isConstant(value) ? value.value : -1);

class ScanBody implements Body {
  readonly #reads: ReadonlyMap<number, Expression>;
  readonly #steps: () => Pieces<StepKernels>;

  constructor(
    readonly scan: Scan,
    reads: ReadonlyMap<number, Expression>,
    steps: () => Pieces<StepKernels>,
  ) {
    this.#reads = reads;
    this.#steps = steps;
  }

  get reads(): readonly Expression[] {
    return [...this.#reads.values()];
  }

  mapped(change: (e: Expression) => Expression): Body {
    const reads = new Map([...this.#reads].map(([i, read]) => [i, change(read)]));
    return new ScanBody(this.scan, reads, this.#steps);
  }

  narrowed(stores: readonly Store[]): Body {
    const { scan } = this;
    const { nodes, assignments } = scan.graphOf(stores.map(resultIn));
    const { carry, each, shared } = scan.step;
    const used = new Set([...nodes, ...assignments.map((a) => a.variable)]);
    const inputs = [...carry, ...each, ...shared];
    const reads = new Map([...this.#reads].filter(([i]) => used.has(inputs[i]!)));
    return new ScanBody(scan, reads, lazily(scan, stores));
  }

  *nest(kernel: Kernel, machine: Machine): Pieces<KernelNest> {
    const step = yield* this.#steps();
    return yield* scanNest(kernel, { ...step, ...this.scan, links: this.#links(kernel) }, machine);
  }

  runner(kernel: Kernel, runnerOf: (k: Kernel) => Runner, allocate: (b: Buffer) => TypedArray): Runner {
    return runnerOfScan({ ...this.#kernels(), ...this.scan, links: this.#links(kernel) }, runnerOf, allocate);
  }

  print(kernel: Kernel, printKernel: (kernel: Kernel) => string): string {
    const { length, reverse } = this.scan;
    const lines = [
      ...this.#links(kernel).map(printLink),
      ...this.#kernels().kernels.flatMap((k) => printKernel(k).split('\n')),
    ];
    const head = `${kernel.name}: for t < ${length}, ${reverse ? 'last to first' : 'in order'}`;
    return [`${head}${kernel.path && `    (${kernel.path})`}`, ...lines.map((line) => `  ${line}`)].join(
      '\n',
    );
  }

  total(count: (kernel: Kernel) => number): number {
    const { kernels } = this.#kernels();
    return this.scan.length * kernels.reduce((sum, kernel) => sum + count(kernel), 0);
  }

  #kernels(): StepKernels {
    return atOnce(this.#steps());
  }

  #links({ stores }: Kernel): Link[] {
    const { carry, each, shared } = this.scan.step;
    const inputs = [...carry, ...each, ...shared];
    const read = (i: number) => (this.#reads.get(i) as Load).buffer;
    const result = (i: number) => stores.find((s) => resultIn(s) === i)?.buffer;
    const isInput = (name: string) => (node: Node) =>
      node.source.kind === 'input' && node.source.name === name;
    return this.#kernels().externals.map(({ buffer: inner, role, name = '', key }): Link => {
      if (role === 'output') return { inner, outer: result(Number(name.slice(1))), moves: true };
      if (role === 'input') {
        const i = inputs.findIndex(isInput(name));
        return { inner, outer: read(i), moves: i < carry.length + each.length };
      }
      const i = carry.findIndex(({ source }) => source.kind === 'variable' && source.key === key);
      return { inner, outer: result(i), moves: false, first: read(i) };
    });
  }

  toJSON(): unknown {
    return [this.scan, this.reads];
  }
}

function printLink({ inner, outer, moves, first }: Link): string {
  if (first) return `${inner.name}: first ${first.name}${outer ? `, last ${outer.name}` : ''}`;
  return `${inner.name}: ${moves ? `${outer!.name}[t]` : outer!.name}`;
}

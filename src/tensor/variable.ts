/** A tensor that can be assigned: weights, optimizer slots, metric states, counters. */
import type { Backend, Storage } from '../backends/backend.js';
import type { DType, TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { isSameShape, showShape, sizeOf } from '../core/shape.js';
import { noteMove, runCount } from './prepare.js';
import { activeRecording, type Recording } from './recording.js';
import { type Operand, Tensor } from './tensor.js';

export interface VariableOptions {
  /** Shown in messages and files. */
  readonly name?: string;
  /** Whether training changes it. */
  readonly trainable?: boolean;
  /** What an optimizer does to a new value before it is assigned. */
  readonly constraint?: ((weight: Tensor) => Tensor) | null;
  /** Whose it is: a layer. */
  readonly owner?: { readonly name: string };
  readonly dtype?: DType;
}

/**
 * A variable of fixed shape and type. Wherever a tensor is taken, a variable stands for its value at that moment.
 *
 * @example
 * const count = new Variable(tensor([1, 2]), { name: 'count' });
 * count.assign(count.add(1));
 * count.toArray(); // [2, 3]
 */
export class Variable extends Tensor {
  readonly name: string;
  trainable: boolean;
  /** What an optimizer does to a new value; null for nothing. */
  constraint: ((weight: Tensor) => Tensor) | null;
  /** The value while no backend holds it. */
  #value: Tensor | undefined;
  #place: { readonly backend: Backend; readonly storage: Storage } | undefined;
  /** A copy of what the backend holds, and how many programs had run when it was made. */
  #copy: { readonly value: Tensor; readonly runs: number } | undefined;

  constructor(initial: Operand, options: VariableOptions = {}) {
    const { name = 'variable', trainable = true, constraint = null, owner, dtype } = options;
    const given = toTensor(initial);
    const value = dtype ? given.cast(dtype) : given;
    // Its path is its name after that of its layer: `dense/kernel`.
    super(value.shape, value.dtype, { kind: 'number', value: 0 }, [], owner ? `${owner.name}/${name}` : name);
    this.name = name;
    this.trainable = trainable;
    this.constraint = constraint;
    this.#value = value.node;
  }

  override get node(): Tensor {
    const recording = activeRecording();
    if (!recording) return readOf(this, this.#current());
    const known = recording.reads.get(this);
    if (known) return known;
    const assigned = recording.values.get(this);
    // As in eager code: gradients end at a variable, whatever it was assigned.
    if (assigned) return this.#read(recording, assigned.stopGradient());
    const placeholder = this.#read(recording, placeholderOf(this));
    recording.values.set(this, placeholder);
    recording.placeholders.set(this, placeholder);
    return placeholder;
  }

  #read(recording: Recording, value: Tensor): Tensor {
    recording.reads.set(this, value);
    return readOf(this, value);
  }

  override get known(): TypedArray | undefined {
    return undefined;
  }

  /**
   * Gives the variable a new value of its shape, converted to its type: at once, so that loops do not pile up pending
   * work; inside a traced program when it runs.
   */
  assign(value: Operand): void {
    const given = this.lift(value);
    const fitting = (given.rank === 0 && this.rank > 0 ? given.broadcastTo(this.shape) : given).cast(
      this.dtype,
    ).node;
    if (!isSameShape(fitting.shape, this.shape)) throw this.#unfitting(fitting);
    const recording = activeRecording();
    if (recording) {
      recording.values.set(this, fitting);
      recording.reads.delete(this);
      recording.assigned.add(this);
    } else if (this.#place) {
      this.#place.storage.set(fitting.values());
      this.#copy = undefined;
    } else this.#value = new Tensor(this.shape, this.dtype, { kind: 'data', values: fitting.values() });
  }

  #unfitting(given: Tensor) {
    return problem('shape-mismatch', {
      subject: `Variable '${this.name}'`,
      expected: `a value of shape ${showShape(this.shape)}`,
      received: showShape(given.shape),
    });
  }

  #current(): Tensor {
    if (!this.#place) return this.#value!;
    if (this.#copy?.runs !== runCount()) {
      const values = this.#place.storage.get();
      this.#copy = { value: new Tensor(this.shape, this.dtype, { kind: 'data', values }), runs: runCount() };
    }
    return this.#copy!.value;
  }

  /** Where the backend keeps the value; moved there at first use, or from another backend. */
  storage(backend: Backend): Storage {
    if (this.#place?.backend === backend) return this.#place.storage;
    const value = this.#current();
    const storage = backend.allocate(this.dtype, sizeOf(this.shape));
    storage.set(value.values());
    if (this.#place) {
      this.#place.storage.free();
      noteMove();
    }
    this.#place = { backend, storage };
    this.#value = undefined;
    this.#copy = { value, runs: runCount() };
    return storage;
  }

  override values(): TypedArray {
    return this.#current().values();
  }
}

const variables = new WeakMap<Tensor, Variable>();
const readOf = (variable: Variable, value: Tensor): Tensor => {
  variables.set(value, variable);
  return value;
};
/** The variable whose value a node was when it was read. */
export const variableOf = (node: Tensor): Variable | undefined => variables.get(node);

const toTensor = (x: Operand): Tensor =>
  x instanceof Tensor ? x : new Tensor([], 'float32', { kind: 'number', value: 0 }).lift(x);

/** What stands for the value that a variable has when a program begins. */
export const placeholderOf = (variable: Variable): Tensor =>
  new Tensor(variable.shape, variable.dtype, { kind: 'variable', key: variable, name: variable.name });

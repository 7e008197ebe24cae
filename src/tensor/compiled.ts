/** A function of tensors as one program: traced once for each signature of its inputs. */

import { backendNumber } from '../backends/choose.js';
import { graphOf } from '../compiler/dead-code.js';
import type { Graph } from '../compiler/graph.js';
import type { TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import type { Rest } from '../core/pieces.js';
import { entryOf, mapValues } from '../core/record.js';
import { isPlainObject, list } from '../core/text.js';
import { check } from '../ops/fields.js';
import { type Prepared, place } from './prepare.js';
import { record } from './recording.js';
import { checkPart, type Resident } from './resident.js';
import { prepareShared, prepareSharedLater } from './shared-programs.js';
import { Tensor } from './tensor.js';
import { placeholderOf, type Variable } from './variable.js';

export type Inputs = Readonly<Record<string, Tensor>>;
export type Outputs = Readonly<Record<string, Tensor>>;

type Body = (inputs: Inputs) => Outputs;

/** A program whose inputs lie in place: `run()` is one call of the backend. */
export interface BoundProgram {
  /** Runs the program once, or so many times in one call. Variables it assigns have their new values afterwards. */
  run(steps?: number): void;
  /** Outputs of the last run, copied out. */
  outputs(): Outputs;
  /** Copies an output of the last run into an array, from its element `at` on. */
  read(output: string, values: TypedArray, at?: number): void;
  /** Writes new values over an input, from element `from` on. */
  write(input: string, values: ArrayLike<number>, from?: number): void;
  /** Gives the places of its own inputs and outputs back. */
  release(): void;
}

export interface CompiledFunction {
  /** Runs the program on these inputs. */
  call(inputs: Inputs): Outputs;
  /**
   * Compiles for such inputs while others have their turn, with a `rest` between pieces of the work; what follows finds
   * the program ready.
   */
  prepare(inputs: Inputs, rest?: Rest): Promise<void>;
  /** Puts the inputs in place, but for those that are `resident` under their names. */
  bind(inputs: Inputs, resident?: Resident): BoundProgram;
  /** The graph that these inputs lead to; nothing is compiled. */
  graph(inputs: Inputs): Graph;
}

interface Traced {
  readonly graph: Graph;
  /** Nothing while only its graph was asked for. */
  ready?: Prepared;
}

/**
 * Makes a function that traces `body` once for each signature (shapes and types of the inputs). `body` gets
 * placeholders, may read and assign variables, and gives its results by name.
 *
 * @example
 * const twice = compiled(({ x }) => ({ y: x.mul(2) }));
 * twice.call({ x: tensor([1, 2]) }).y.toArray(); // [2, 4]
 */
export function compiled(body: Body): CompiledFunction {
  const traced = new Map<string, Traced>();
  const preparing = new Map<string, Promise<void>>();
  const trace = (inputs: Inputs): Traced =>
    entryOf(traced, signatureOf(inputs), () => ({ graph: traceBody(body, inputs) }));
  const bind = (inputs: Inputs, resident?: Resident): BoundProgram => {
    const made = trace(inputs);
    made.ready ??= prepareShared(made.graph);
    return bindReady(made.graph, made.ready, inputs, resident);
  };
  return {
    bind,
    async prepare(inputs, rest) {
      const key = signatureOf(inputs);
      // Should another one be ended by its rest, the next goes on.
      while (preparing.has(key)) await preparing.get(key)!.catch(() => {});
      if (traced.get(key)?.ready) return;
      const work = prepareInTurns(() => trace(inputs), rest).finally(() => preparing.delete(key));
      preparing.set(key, work);
      await work;
    },
    call(inputs) {
      const bound = bind(inputs);
      bound.run();
      const outputs = bound.outputs();
      bound.release();
      return outputs;
    },
    graph: (inputs) => trace(inputs).graph,
  };
}

async function prepareInTurns(trace: () => Traced, rest?: Rest): Promise<void> {
  await rest?.();
  const made = trace();
  await rest?.();
  made.ready ??= await prepareSharedLater(made.graph, rest);
}

function signatureOf(inputs: Inputs): string {
  checkNamed('inputs', inputs);
  return `${backendNumber()} ${Object.entries(inputs).map(([name, x]) => `${name}:${x.dtype}[${x.shape}]`)}`;
}

function traceBody(body: Body, inputs: Inputs): Graph {
  const { result, recording } = record(() => {
    const outputs = body(
      mapValues(inputs, (x, name) => new Tensor(x.shape, x.dtype, { kind: 'input', name })),
    );
    checkNamed('outputs', outputs);
    return mapValues(outputs, (x) => x.node);
  });
  const assignments = [...recording.assigned].map((variable) => ({
    variable: recording.placeholders.get(variable) ?? placeholderOf(variable as Variable),
    value: recording.values.get(variable)!,
  }));
  return graphOf(result, assignments);
}

function bindReady(graph: Graph, ready: Prepared, inputs: Inputs, resident?: Resident): BoundProgram {
  const given = Object.entries(inputs).filter(([name, x]) => !resident?.has(name, x));
  const values = new Map(given.map(([name, x]) => [name, x.values()]));
  const { run, release, ...placed } = place(ready, values, resident?.places);
  const sizes = mapValues(inputs, (x) => x.size);
  const results = Object.entries(graph.outputs).map(
    ([name, { shape, dtype }]) => [name, shape, dtype, placed.outputs.get(name)!] as const,
  );
  return {
    run,
    release,
    outputs() {
      const made: Record<string, Tensor> = {};
      for (const [name, shape, dtype, result] of results)
        made[name] = new Tensor(shape, dtype, { kind: 'data', values: result.get() });
      return made;
    },
    read(output, values, at = 0) {
      const place = placed.outputs.get(output);
      if (!place) throw unknownName('read', 'an output', output, graph.outputs);
      place.copyTo(values, at);
    },
    write(input, given, from = 0) {
      if (!Object.hasOwn(sizes, input)) throw unknownName('write', 'an input', input, sizes);
      checkPart(input, sizes[input]!, given, from);
      placed.inputs.get(input)?.set(given, from);
    },
  };
}

/** Refuses what is no object of tensors. */
function checkNamed(what: string, given: Inputs): void {
  const isFine = isPlainObject(given) && Object.values(given).every((x) => x instanceof Tensor);
  check(isFine, 'compiled', `${what}: an object of tensors by name`, given);
}

const unknownName = (subject: string, what: string, received: string, known: object) =>
  problem('name-unknown', {
    subject,
    expected: `${what}: ${list(Object.keys(known))}`,
    received: `'${received}'`,
  });

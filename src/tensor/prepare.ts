/** From graph to something that runs: compiled for the current backend, and the places its arrays lie in. */
import type { Backend, Executable, Storage } from '../backends/backend.js';
import { currentBackend } from '../backends/choose.js';
import type { Graph } from '../compiler/graph.js';
import { compileGraph } from '../compiler/pipeline.js';
import type { TypedArray } from '../core/dtype.js';
import { elementsOf } from '../loops/expression.js';
import type { External, Program } from '../loops/program.js';

/** A program made ready for one backend. */
export interface Prepared {
  readonly backend: Backend;
  readonly program: Program;
  readonly executable: Executable;
  /** Constants of the program, in the backend's memory. */
  readonly constants: ReadonlyMap<string, Storage>;
}

export function prepare(graph: Graph): Prepared {
  const backend = currentBackend();
  const program = compileGraph(graph, backend.machine);
  const executable = backend.compile(program);
  const constants = new Map<string, Storage>();
  for (const { buffer, role, values } of program.externals) {
    if (role !== 'constant') continue;
    const place = backend.allocate(buffer.dtype, elementsOf(buffer));
    place.set(values!);
    constants.set(buffer.name, place);
  }
  return { backend, program, executable, constants };
}

/** Where variables lie; what a variable must offer to be part of a program. */
export interface Stored {
  storage(backend: Backend): Storage;
}

/** A program with its inputs, variables and outputs in place. */
export interface Placed {
  readonly run: () => void;
  readonly inputs: ReadonlyMap<string, Storage>;
  readonly outputs: ReadonlyMap<string, Storage>;
  release(): void;
}

/** Puts inputs into the backend's memory and fixes where everything lies. */
export function place(
  { backend, program, executable, constants }: Prepared,
  inputs: ReadonlyMap<string, TypedArray>,
): Placed {
  const owned: Storage[] = [];
  const [taken, outputs] = [new Map<string, Storage>(), new Map<string, Storage>()];
  const placeOf = ({ buffer, role, key, name = buffer.name }: External): Storage => {
    if (role === 'constant') return constants.get(buffer.name)!;
    if (role === 'variable') return (key as Stored).storage(backend);
    const made = backend.allocate(buffer.dtype, elementsOf(buffer));
    owned.push(made);
    if (role === 'input') made.set(inputs.get(name)!);
    (role === 'input' ? taken : outputs).set(name, made);
    return made;
  };
  const run = executable.bind(program.externals.map(placeOf));
  const release = () => {
    for (const storage of owned.splice(0)) storage.free();
  };
  return { run: countRuns(run), inputs: taken, outputs, release };
}

let runs = 0;
/** How many programs have run; copies of variables that are older are stale. */
export const runCount = (): number => runs;
const countRuns = (run: () => void) => () => {
  runs++;
  run();
};

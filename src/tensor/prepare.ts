/** From graph to something that runs: compiled for the current backend, and the places its arrays lie in. */
import type { Backend, Executable, Storage } from '../backends/backend.js';
import { currentBackend, holdBackend } from '../backends/choose.js';
import type { Graph } from '../compiler/graph.js';
import { compileGraph } from '../compiler/pipeline.js';
import type { TypedArray } from '../core/dtype.js';
import { elementsOf } from '../loops/expression.js';
import { writesOf } from '../loops/kernel.js';
import type { External, Program } from '../loops/program.js';

/** A program made ready for one backend. */
export interface Prepared {
  readonly backend: Backend;
  readonly program: Program;
  readonly executable: Executable;
  /** Constants of the program, in the backend's memory. */
  readonly constants: ReadonlyMap<string, Storage>;
  /** Whether it gives variables new values. */
  readonly assigns: boolean;
}

/** A program of its own for this graph. */
export function prepare(graph: Graph): Prepared {
  const backend = currentBackend();
  const program = compileGraph(graph, backend.machine);
  return finished(backend, program, backend.compile(program));
}

/** The program with its constants in place. */
export function finished(backend: Backend, program: Program, executable: Executable): Prepared {
  const constants = new Map<string, Storage>();
  for (const { buffer, role, values } of program.externals) {
    if (role !== 'constant') continue;
    const place = backend.allocate(buffer.dtype, elementsOf(buffer));
    place.set(values!);
    constants.set(buffer.name, place);
  }
  const written = new Set(program.kernels.flatMap((kernel) => [...writesOf(kernel)]));
  const assigns = program.externals.some(
    ({ role, buffer }) => role === 'variable' && written.has(buffer.name),
  );
  return { backend, program, executable, constants, assigns };
}

/** Where variables lie; what a variable must offer to be part of a program. */
export interface Stored {
  storage(backend: Backend): Storage;
}

/** A program with its inputs, variables and outputs in place. */
export interface Placed {
  readonly run: (steps?: number) => void;
  readonly inputs: ReadonlyMap<string, Storage>;
  readonly outputs: ReadonlyMap<string, Storage>;
  release(): void;
}

/** Puts inputs into the backend's memory where they are not there yet, and fixes where everything lies. */
export function place(
  { backend, program, executable, constants, assigns }: Prepared,
  inputs: ReadonlyMap<string, TypedArray>,
  resident?: ReadonlyMap<string, Storage>,
): Placed {
  const owned: Storage[] = [];
  const [taken, outputs] = [new Map<string, Storage>(), new Map<string, Storage>()];
  const placeOf = ({ buffer, role, key, name = buffer.name }: External): Storage => {
    if (role === 'constant') return constants.get(buffer.name)!;
    if (role === 'variable') return (key as Stored).storage(backend);
    const known = role === 'input' && resident?.get(name);
    const made = known || backend.allocate(buffer.dtype, elementsOf(buffer));
    (role === 'input' ? taken : outputs).set(name, made);
    if (known) return known;
    owned.push(made);
    if (role === 'input') made.set(inputs.get(name)!);
    return made;
  };
  const places = program.externals.map(placeOf);
  const run = boundAgain(executable, places, () =>
    program.externals.map(({ role, key }, i) =>
      role === 'variable' ? (key as Stored).storage(backend) : places[i]!,
    ),
  );
  const letGo = assigns && holdBackend();
  const release = () => {
    if (letGo) letGo();
    for (const storage of owned.splice(0)) storage.free();
  };
  return { run: assigns ? countRuns(run) : run, inputs: taken, outputs, release };
}

let moves = 0;
/** A variable went to another backend: programs that were bound to its place have to look for it. */
export function noteMove(): void {
  moves++;
}

/** A program at its places, which are looked up again when variables may have moved since. */
function boundAgain(
  executable: Executable,
  places: readonly Storage[],
  placesNow: () => readonly Storage[],
): Placed['run'] {
  let [run, seen] = [executable.bind(places), moves];
  return (steps) => {
    // A program that was bound before another backend was chosen gets its variables back.
    if (seen !== moves) [run, seen] = [executable.bind(placesNow()), moves];
    run(steps);
  };
}

let runs = 0;
/** How many programs that assign variables have run; copies of variables that are older are stale. */
export const runCount = (): number => runs;
const countRuns = (run: Placed['run']) => (steps?: number) => {
  runs++;
  run(steps);
};

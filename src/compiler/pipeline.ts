/** The passes in order, from graph to program. Nothing in this folder knows the name of an operation. */
import { atOnce, type Pieces } from '../core/pieces.js';
import { forgetFormulas, withOwnFormulas } from '../loops/expression.js';
import type { Machine } from '../loops/machine.js';
import type { Program } from '../loops/program.js';
import { border } from './border.js';
import { crop } from './crop.js';
import { dropUnread } from './dead-code.js';
import type { Draft, Pass } from './draft.js';
import { fuse } from './fuse.js';
import type { Graph } from './graph.js';
import { join } from './join.js';
import { lower } from './lower.js';
import { planMemory } from './memory.js';
import { placeResults } from './place-results.js';
import { programInPieces } from './schedule/program.js';
import { share } from './share.js';
import { simplify } from './simplify.js';

/** What stands between two passes. */
export type Stage = Graph | Draft | Program;
/** Sees every stage by the name of the pass that made it. */
export type Watcher = (pass: string, stage: Stage) => void;

const passes: Readonly<Record<string, Pass>> = {
  simplify,
  'dead code': dropUnread,
  fuse,
  crop,
  'place results': placeResults,
  join,
  border,
};

/** Those of every program, and among them those that its operations bring along. */
function passesFor({ nodes }: Graph): (readonly [name: string, pass: Pass])[] {
  const own = new Set(
    nodes.flatMap(({ source }) => (source.kind === 'applied' && source.operation.passes) || []),
  );
  return Object.entries(passes).flatMap((each) => [
    each,
    ...[...own].filter(({ after }) => after === each[0]).map(({ name, run }) => [name, run] as const),
  ]);
}

/** What the passes make of a graph. */
export function* draftOf(graph: Graph, watch?: Watcher): Pieces<Draft> {
  watch?.('graph', graph);
  const shared = share(graph);
  watch?.('share', shared);
  yield;
  let draft = yield* lower(shared);
  watch?.('lower', draft);
  for (const [name, pass] of passesFor(shared)) {
    yield;
    const made = pass(draft);
    draft = 'kernels' in made ? made : yield* made;
    watch?.(name, draft);
  }
  return draft;
}

/** The program of a graph; with a machine, loop nests for it as well. */
export const compileGraph = (graph: Graph, machine: Machine | undefined, watch?: Watcher): Program =>
  atOnce(compiling(graph, machine, watch));

/** As `compileGraph`, in pieces. */
export function* compiling(graph: Graph, machine: Machine | undefined, watch?: Watcher): Pieces<Program> {
  const program = yield* withOwnFormulas(passed(graph, machine, watch));
  forgetFormulas();
  return program;
}

function* passed(graph: Graph, machine: Machine | undefined, watch?: Watcher): Pieces<Program> {
  const draft = yield* draftOf(graph, watch);
  const { kernels, externals } = draft;
  const memory = planMemory(draft);
  const loops = machine && (yield* programInPieces(kernels, externals, memory, machine));
  const scheduledFor = (another: Machine) =>
    withOwnFormulas(programInPieces(kernels, externals, memory, another));
  const program = { kernels, externals, memory, scheduledFor, ...(loops && { loops }) };
  watch?.('program', program);
  return program;
}

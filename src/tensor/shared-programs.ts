/** What was compiled for one graph serves all that are alike: the next fold, a copy of a model, a cell that runs again. */
import type { Backend, Executable } from '../backends/backend.js';
import { backendNumber, currentBackend } from '../backends/choose.js';
import type { Graph } from '../compiler/graph.js';
import { type Likeness, likenessOf, programOn } from '../compiler/likeness.js';
import { compileGraph, compiling } from '../compiler/pipeline.js';
import { inTurns, type Rest } from '../core/pieces.js';
import { hasRewrite, rewriteNames } from '../core/rewrites.js';
import type { Program } from '../loops/program.js';
import { finished, type Prepared, type Stored } from './prepare.js';

/** Of a likeness, so that it keeps no model alive. */
interface Compiled {
  readonly program: Program;
  readonly executable: Executable;
}

/** By key, those that were asked for last at the end. */
const kept = new Map<string, Compiled>();
/** About what a program takes, in kilobytes: it grows with what there is to say of its graph. */
const weightOf = (key: string): number => 400 + key.length / 80;
/** About fifty programs of small networks, or those of one with some hundred layers. */
const mostWeight = 32_000;
let weight = 0;

/** Compiles the graph unless one that is like it was compiled before. */
export function prepareShared(graph: Graph): Prepared {
  const wanted = wantedFor(graph);
  return preparedOn(wanted, kept.get(wanted.key) ?? compiledNow(wanted));
}

function compiledNow({ backend, graph }: Wanted): Compiled {
  const program = compileGraph(graph, backend.machine);
  return { program, executable: backend.compile(program) };
}

/** As `prepareShared`, with rests between pieces of the work; the backend may do its part while others have their turn. */
export async function prepareSharedLater(graph: Graph, rest?: Rest): Promise<Prepared> {
  const wanted = wantedFor(graph);
  const { backend } = wanted;
  const prepared = preparedOn(wanted, kept.get(wanted.key) ?? (await compiledLater(wanted, rest)));
  for (const { role, key } of prepared.program.externals) {
    // The first weights may still have to be computed.
    if (role === 'variable' && backend === currentBackend()) (key as Stored).storage(backend);
    await rest?.();
  }
  return prepared;
}

async function compiledLater({ backend, graph }: Wanted, rest?: Rest): Promise<Compiled> {
  const program = await inTurns(compiling(graph, backend.machine), rest);
  return { program, executable: await backend.compileAsync(program, rest) };
}

interface Wanted extends Likeness {
  readonly backend: Backend;
}

function wantedFor(graph: Graph): Wanted {
  const { key, ...likeness } = likenessOf(graph);
  const settings = `${backendNumber()} ${rewriteNames.filter(hasRewrite)}`;
  return { ...likeness, key: `${settings}\n${key}`, backend: currentBackend() };
}

function preparedOn({ backend, key, given }: Wanted, compiled: Compiled): Prepared {
  keep(key, compiled);
  return finished(backend, programOn(compiled.program, given), compiled.executable);
}

/** The oldest go, but never the newest. */
function keep(key: string, compiled: Compiled): void {
  weight += kept.delete(key) ? 0 : weightOf(key);
  kept.set(key, compiled);
  for (const oldest of kept.keys()) {
    if (weight <= mostWeight || oldest === key) return;
    kept.delete(oldest);
    weight -= weightOf(oldest);
  }
}

/** Small graphs of exact rows: walking their formulas gives the same bits as a program, sooner than one is compiled. */
import type { Backend } from '../backends/backend.js';
import { isChosen } from '../backends/choose.js';
import { referenceBackend } from '../backends/reference/reference.js';
import type { Graph } from '../compiler/graph.js';
import { compileGraph } from '../compiler/pipeline.js';
import { sizeOf } from '../core/shape.js';
import { walkAll } from '../loops/expression.js';
import { isExact } from '../loops/formulas.js';
import { formulasOf, type Kernel } from '../loops/kernel.js';
import { finished, type Prepared } from './prepare.js';

/** Compiling takes longer than walking so many elements of all nodes together. */
const mostElements = 1024;
let walker: Backend | undefined;

/** A graph that is walked, if it is small; never when a backend was asked for by name. */
export function prepareSmall(graph: Graph): Prepared | undefined {
  const elements = graph.nodes.reduce((n, { shape }) => n + sizeOf(shape), 0);
  if (isChosen() || elements > mostElements) return undefined;
  const program = compileGraph(graph, undefined);
  if (!program.kernels.every(isExactKernel)) return undefined;
  walker ??= referenceBackend();
  return finished(walker, program, walker.compile(program));
}

const isExactKernel = (kernel: Kernel): boolean =>
  [...walkAll(formulasOf(kernel))].every((e) => e.kind !== 'fold' && (e.kind !== 'call' || isExact(e.name)));

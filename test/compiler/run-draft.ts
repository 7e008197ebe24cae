/** What the passes leave of a graph, and what each draft computes. */
import { referenceBackend } from '../../src/backends/reference/reference.js';
import type { Draft } from '../../src/compiler/draft.js';
import type { Graph } from '../../src/compiler/graph.js';
import { axesFor } from '../../src/compiler/lower.js';
import { compileGraph, type Stage } from '../../src/compiler/pipeline.js';
import { elementsOf, load } from '../../src/loops/expression.js';
import { storeAtPoint } from '../../src/loops/kernel.js';

const isDraft = (stage: Stage): stage is Draft => 'results' in stage;

/** Drafts by the pass that made them. */
export function draftsOf(graph: Graph): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  compileGraph(graph, undefined, (pass, stage) => {
    if (isDraft(stage)) drafts.set(pass, stage);
  });
  return drafts;
}

/** What a draft leaves in its outputs and variables. */
export function runDraft(
  { kernels, externals, results }: Draft,
  given: ReadonlyMap<string, ArrayLike<number>>,
): string {
  const backend = referenceBackend('float32');
  const copies = results
    .filter((r) => r.target.name !== r.value.name)
    .map(({ target, value }) => {
      const axes = axesFor(target.shape);
      return {
        name: 'copy',
        axes,
        stores: [
          storeAtPoint(
            target,
            axes,
            load(
              value,
              axes.map((a) => a.index),
            ),
          ),
        ],
        path: '',
      };
    });
  const places = externals.map(({ buffer, role, values }) => {
    const place = backend.allocate(buffer.dtype, elementsOf(buffer));
    const known = role === 'constant' ? values : given.get(buffer.name);
    if (known) place.set(known);
    return place;
  });
  const program = { kernels: [...kernels, ...copies], externals, memory: { at: new Map(), bytes: 0 } };
  backend.compile(program).bind(places)();
  const kept = externals.flatMap(({ buffer, role }, i) =>
    role === 'output' || role === 'variable'
      ? [[buffer.name, Array.from(places[i]!.get(), (v) => v + 0)] as const]
      : [],
  );
  return JSON.stringify(kept);
}

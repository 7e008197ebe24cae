/** Dead code: nodes that no result needs, and kernels whose value nobody reads. */
import { type Kernel, readsOf, writesOf } from '../loops/kernel.js';
import type { Draft } from './draft.js';
import { type Assignment, type Graph, type Node, reach } from './graph.js';

/** The graph of what the results need, and nothing else. */
export const graphOf = (
  outputs: Readonly<Record<string, Node>>,
  assignments: readonly Assignment[],
): Graph => ({
  outputs,
  assignments,
  nodes: reach([...Object.values(outputs), ...assignments.map((a) => a.value)]),
});

/** A kernel of kernels without those of its results that nobody reads. */
function narrowed(kernel: Kernel, needed: ReadonlySet<string>): Kernel {
  if (!kernel.body) return kernel;
  const stores = kernel.stores.filter((s) => needed.has(s.buffer.name));
  return { ...kernel, stores, body: kernel.body.narrowed(stores) };
}

/** Drops kernels, last to first, that write nothing that is read later or kept. */
export function dropUnread(draft: Draft): Draft {
  const needed = new Set(draft.results.map((r) => r.value.name));
  for (const { buffer, role } of draft.externals) if (role !== 'input') needed.add(buffer.name);
  const kept: Kernel[] = [];
  const read = new Set<string>();
  for (const kernel of draft.kernels.toReversed()) {
    if (![...writesOf(kernel)].some((name) => needed.has(name))) continue;
    const rest = narrowed(kernel, needed);
    kept.push(rest);
    for (const name of readsOf(rest)) {
      needed.add(name);
      read.add(name);
    }
  }
  const externals = draft.externals.filter((e) => e.role !== 'constant' || read.has(e.buffer.name));
  return { ...draft, kernels: kept.toReversed(), externals };
}

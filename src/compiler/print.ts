/** Every stage of a compilation as short readable text. */

import type { Kernel } from '../loops/kernel.js';
import type { Machine } from '../loops/machine.js';
import { printKernel } from '../loops/print.js';
import { printProcedures } from '../loops/print-nest.js';
import type { MemoryPlan, Program } from '../loops/program.js';
import type { Draft } from './draft.js';
import type { Graph, Node } from './graph.js';
import type { Stage } from './pipeline.js';
import { printSchedule } from './schedule/print.js';
import { schedule } from './schedule/schedule.js';

export function printStage(stage: Stage): string {
  if ('nodes' in stage) return printGraph(stage);
  return 'results' in stage ? printDraft(stage) : printProgram(stage);
}

export const printDraft = ({ kernels, results }: Draft): string => {
  const moved = results.filter((r) => r.target.name !== r.value.name);
  return [...kernels.map(printKernel), ...moved.map((r) => `${r.target.name} <- ${r.value.name}`)].join('\n');
};

/** One line a node: `t4 = add(t3, bias) float32 [32, 128]`. */
export function printGraph({ nodes, outputs, assignments }: Graph): string {
  const names = new Map<Node, string>();
  const text = (node: Node) => names.get(node)!;
  const lines: string[] = [];
  for (const node of nodes) {
    names.set(node, nameOf(node, names.size));
    if (node.source.kind !== 'applied') continue;
    const { operation, attrs } = node.source;
    const options = Object.entries((attrs as object | undefined) ?? {}).map(
      ([k, v]) => `${k}: ${JSON.stringify(v)}`,
    );
    const args = [...node.inputs.map(text), ...options].join(', ');
    lines.push(`${text(node)} = ${operation.name}(${args}) ${node.dtype} [${node.shape.join(', ')}]`);
  }
  const ends = Object.entries(outputs).map(([name, node]) => `${name}: ${text(node)}`);
  return [...lines, ...ends, ...assignments.map((a) => `${nameOf(a.variable, 0)} <- ${text(a.value)}`)].join(
    '\n',
  );
}

function nameOf({ source }: Node, count: number): string {
  switch (source.kind) {
    case 'applied':
      return `t${count}`;
    case 'data':
      return `data${count}`;
    case 'number':
      return `${source.value}`;
    default:
      return source.name;
  }
}

const printMemory = ({ at, bytes }: MemoryPlan): string =>
  [...[...at].map(([name, from]) => `${name} at ${from}`), `${bytes} bytes`].join('\n');

/** Where arrays lie, then the loop nests where the backend has any. */
const printProgram = ({ memory, loops }: Program): string =>
  [printMemory(memory), ...(loops ? [printProcedures(loops.procedures)] : [])].join('\n');

/** How the loops of each kernel run. */
export const printSchedules = (kernels: readonly Kernel[], machine: Machine): string =>
  kernels.map((kernel) => printSchedule(schedule(kernel, machine), machine)).join('\n');

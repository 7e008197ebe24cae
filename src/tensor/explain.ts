/** What becomes of a traced function, stage by stage. Apart from what runs, so that pages do not load it. */
import { currentBackend } from '../backends/choose.js';
import { compileGraph } from '../compiler/pipeline.js';
import { printSchedules, printStage } from '../compiler/print.js';
import type { CompiledFunction, Inputs } from './compiled.js';

/**
 * Every stage of a compilation as text, by the name of the pass that made it and in order: `graph`, `share`, `lower`,
 * `simplify`, `dead code`, `fuse`, `place results`, `join`; `schedule`, how each kernel's loops run; and `program`: where
 * arrays lie, and the loop nests that become machine code.
 *
 * @example
 * const twice = compiled(({ x }) => ({ y: x.mul(2) }));
 * console.log(explainCompiled(twice, { x: tensor([1, 2]) }).get('join'));
 */
export function explainCompiled(step: CompiledFunction, inputs: Inputs): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const { machine } = currentBackend();
  compileGraph(step.graph(inputs), machine, (pass, stage) => {
    if (machine && 'memory' in stage) texts.set('schedule', printSchedules(stage.kernels, machine));
    texts.set(pass, printStage(stage));
  });
  return texts;
}

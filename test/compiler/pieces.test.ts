/** A program that is compiled in pieces is the one that is compiled at once, whatever happens in between. */
import { expect, test } from 'vitest';
import { emit } from '../../src/backends/wasm/emit.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import type { Graph } from '../../src/compiler/graph.js';
import { compileGraph, compiling } from '../../src/compiler/pipeline.js';
import { printStage } from '../../src/compiler/print.js';
import { atOnce, type Pieces } from '../../src/core/pieces.js';
import { forgetFormulas } from '../../src/loops/expression.js';
import type { Program } from '../../src/loops/program.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { scan } from '../../src/tensor/scan.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { namedInputsOf, programOf, recipeOf } from '../laws/graphs.js';

const graphs = [1, 2].map((seed) => {
  const recipe = { ...recipeOf(seed), variables: [] };
  return programOf(recipe, []).graph(namedInputsOf(recipe));
});
const recurrent = compiled(({ x, w }) => {
  const [last] = scan(
    { carry: { h: zeros([4, 8]) }, each: { x: x! }, shared: { w: w! } },
    ({ h }, each, given) => [{ h: h.matmul(given.w).add(each.x).tanh() }, {}],
  );
  return { slope: gradients(last.h.square().sum(), [w!])[0] as Tensor };
});
graphs.push(recurrent.graph({ x: zeros([5, 4, 8]), w: zeros([8, 8]) }));

const textOf = (program: Program) => [
  printStage(program),
  emit(program.loops!.procedures, { fused: true }).join(),
];

/** The texts of programs that are compiled by turns, with something else after each piece. */
function compiledByTurns(given: readonly Graph[], between: (turn: number) => void) {
  const made = given.map((): Program | undefined => undefined);
  const works: (Pieces<Program> | undefined)[] = given.map((graph) => compiling(graph, wasmMachine));
  for (let turn = 0; works.some((work) => work); turn++) {
    for (const [i, work] of works.entries()) {
      const next = work?.next();
      if (next?.done) [made[i], works[i]] = [next.value, undefined];
      between(turn);
    }
  }
  return made.map((program) => textOf(program!));
}

test('programs that are compiled by turns, with eager code in between, are those that are compiled alone', () => {
  const alone = graphs.map((graph) => textOf(compileGraph(graph, wasmMachine)));
  const compiledEagerly = (turn: number) => {
    forgetFormulas();
    if (turn % 25 === 0)
      ones([turn + 1])
        .mul(3)
        .exp()
        .sum()
        .item();
    if (turn % 100 === 0) compileGraph(graphs[0]!, wasmMachine);
  };
  expect(compiledByTurns(graphs, compiledEagerly)).toEqual(alone);
});

test('a graph is compiled in more pieces than it has nodes', () => {
  const step = graphs[0]!;
  let pieces = 0;
  for (const work = compiling(step, wasmMachine); !work.next().done; ) pieces++;
  expect(pieces).toBeGreaterThan(step.nodes.length);
});

test('a compilation that is left where it stands does not change the next one', () => {
  const [graph] = graphs as [Graph];
  const expected = textOf(compileGraph(graph, wasmMachine));
  const left = compiling(graph, wasmMachine);
  for (let i = 0; i < 20; i++) left.next();
  expect(textOf(atOnce(compiling(graph, wasmMachine)))).toEqual(expected);
});

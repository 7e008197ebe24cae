/** Every pass keeps the meaning: the draft after each one computes the same bits. */
import { describe, expect, it } from 'vitest';
import { referenceBackend } from '../../src/backends/reference/reference.js';
import type { Draft } from '../../src/compiler/draft.js';
import type { Graph } from '../../src/compiler/graph.js';
import { axesFor } from '../../src/compiler/lower.js';
import { compileGraph, type Stage } from '../../src/compiler/pipeline.js';
import { printStage } from '../../src/compiler/print.js';
import { elementsOf, load } from '../../src/loops/expression.js';
import { storeAtPoint } from '../../src/loops/kernel.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { randomLike } from '../laws/cases.js';
import { buildGraph, leavesOf } from '../laws/graphs.js';

const isDraft = (stage: Stage): stage is Draft => 'results' in stage;

/** Drafts by the pass that made them. */
function draftsOf(graph: Graph): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  compileGraph(graph, undefined, (pass, stage) => {
    if (isDraft(stage)) drafts.set(pass, stage);
  });
  return drafts;
}

/** What a draft leaves in its outputs and variables. */
function run({ kernels, externals, results }: Draft, given: ReadonlyMap<string, ArrayLike<number>>): string {
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

describe('every pass', () => {
  it('keeps the bits of 20 random graphs with their gradients', { timeout: 120_000 }, () => {
    for (let seed = 0; seed < 20; seed++) {
      const leaves = leavesOf(seed, (shape, own) => randomLike(zeros(shape), own));
      const names = leaves.map((_, i) => `x${i}`);
      const step = compiled((inputs) => {
        const xs = names.map((name) => inputs[name]!);
        const made = buildGraph(seed, xs, { isContinuous: false });
        const loss = made.map((y) => y.sum()).reduce((a, b) => a.add(b));
        return Object.fromEntries([...made, ...gradients(loss, xs)].map((y, i) => [`y${i}`, y]));
      });
      const graph = step.graph(Object.fromEntries(names.map((name, i) => [name, leaves[i]!])));
      const given = new Map(names.map((name, i) => [name, leaves[i]!.data()]));
      const [first, ...later] = [...draftsOf(graph)].map(
        ([pass, draft]) => [pass, run(draft, given)] as const,
      );
      for (const [pass, text] of later) expect(text, `${pass} of graph ${seed}`).toBe(first![1]);
    }
  });

  it('keeps what a training step makes of its variables, and none makes more kernels', () => {
    const w = new Variable(
      tensor([
        [0.5, -0.25],
        [1, 2],
      ]),
      { name: 'w' },
    );
    const m = new Variable(zeros([2, 2]), { name: 'm' });
    const step = compiled(({ x }) => {
      const loss = x!.matmul(w).tanh().square().mean();
      const [g] = gradients(loss, [w]) as [Tensor];
      m.assign(m.mul(0.9).add(g));
      w.assign(w.sub(m.mul(0.1)));
      return { loss };
    });
    const graph = step.graph({
      x: tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    });
    const given = new Map<string, ArrayLike<number>>([
      ['x', [1, 2, 3, 4, 5, 6]],
      ['w', w.data()],
      ['m', m.data()],
    ]);
    const drafts = [...draftsOf(graph)];
    const [before, ...after] = drafts.map(([, draft]) => run(draft, given));
    for (const text of after) expect(text).toBe(before);
    const counts = drafts.map(([, draft]) => draft.kernels.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBeLessThan(8);
  });
});

describe('every stage', () => {
  it('prints as short text', () => {
    const step = compiled(({ x, bias }) => ({ y: x!.mul(2).add(bias!).relu().sum(1) }));
    const texts = new Map<string, string>();
    compileGraph(step.graph({ x: zeros([3, 4]), bias: zeros([4]) }), undefined, (pass, stage) =>
      texts.set(pass, printStage(stage)),
    );
    expect(texts.get('graph')).toMatchInlineSnapshot(`
      "t2 = multiply(x, 2) float32 [3, 4]
      t4 = add(t2, bias) float32 [3, 4]
      t5 = relu(t4) float32 [3, 4]
      t6 = sum(t5, axis: [1], keepDims: false) float32 [3]
      y: t6"
    `);
    expect(texts.get('lower')).toMatchInlineSnapshot(`
      "number: for one point
        number[] = 2
      multiply: for s0 < 3, s1 < 4
        multiply[s0, s1] = multiply(x[s0, s1], number[])
      add: for s0 < 3, s1 < 4
        add[s0, s1] = add(multiply[s0, s1], bias[s1])
      relu: for s0 < 3, s1 < 4
        relu[s0, s1] = maximum(add[s0, s1], 0)
      sum: for kept0 < 3
        sum[kept0] = sum over s1 < 4 of relu[kept0, s1]
      y <- sum"
    `);
    expect(texts.get('join')).toMatchInlineSnapshot(`
      "sum: for kept0 < 3
        y[kept0] = sum over s1 < 4 of maximum(add(multiply(x[kept0, s1], 2), bias[s1]), 0)"
    `);
  });

  it('shows assignments and the paths of results', () => {
    const count = new Variable(zeros([], { dtype: 'int32' }), { name: 'count' });
    const step = compiled(() => {
      count.assign(count.add(1));
      return { now: count.mul(2) };
    });
    const texts = new Map<string, string>();
    compileGraph(step.graph({}), undefined, (pass, stage) => texts.set(pass, printStage(stage)));
    expect(texts.get('graph')).toMatchInlineSnapshot(`
      "t2 = add(count, 1) int32 []
      t4 = multiply(t2, 2) int32 []
      now: t4
      count <- t2"
    `);
    expect(texts.get('join')).toMatchInlineSnapshot(`
      "add+multiply: for one point
        t0 = addInt(count[], 1)
        count[] = t0
        now[] = multiplyInt(t0, 2)"
    `);
  });
});

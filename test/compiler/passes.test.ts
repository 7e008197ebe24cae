/** Every pass keeps the meaning: the draft after each one computes the same bits. */
import { describe, expect, it } from 'vitest';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { printStage } from '../../src/compiler/print.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { namedInputsOf, programOf, recipeOf } from '../laws/graphs.js';
import { draftsOf, runDraft } from './run-draft.js';

describe('every pass', () => {
  it('keeps the bits of 12 random graphs with their gradients', { timeout: 120_000 }, () => {
    for (let seed = 0; seed < 12; seed++) {
      const recipe = { ...recipeOf(seed), variables: [] };
      const inputs = namedInputsOf(recipe);
      const graph = programOf(recipe, []).graph(inputs);
      const given = new Map(Object.entries(inputs).map(([name, x]) => [name, x.data()]));
      const [first, ...later] = [...draftsOf(graph)].map(
        ([pass, draft]) => [pass, runDraft(draft, given)] as const,
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
    const [before, ...after] = drafts.map(([, draft]) => runDraft(draft, given));
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
      t3 = stopGradient(t2) int32 []
      t5 = multiply(t3, 2) int32 []
      now: t5
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

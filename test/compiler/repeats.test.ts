import { expect, test } from 'vitest';
import type { Draft } from '../../src/compiler/draft.js';
import type { Graph } from '../../src/compiler/graph.js';
import { draftOf } from '../../src/compiler/pipeline.js';
import { Repeats } from '../../src/compiler/repeats.js';
import { structureOf } from '../../src/compiler/schedule/structure.js';
import { share } from '../../src/compiler/share.js';
import { atOnce } from '../../src/core/pieces.js';
import { type Kernel, readsOf, writesOf } from '../../src/loops/kernel.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Variable } from '../../src/tensor/variable.js';

const variable = (name: string) => new Variable(zeros([16, 16]), { name });

/** So many that a step is more than one stretch. */
const names = Array.from({ length: 12 }, (_, i) => `w${i}`);

/** A train step with momentum of equal matrices; `factors` are what the slope of each is taken times. */
function stepOf(factors: readonly number[] = names.map(() => 0.5)): Graph {
  const weights = names.map(variable);
  const moments = weights.map(({ name }) => variable(`${name}_momentum`));
  return compiled(({ x }) => {
    const y = weights.reduce((value, w) => value.matmul(w).relu(), x!);
    for (const [i, slope] of gradients(y.square().sum(), weights).entries()) {
      const factor = tensor(0.25).add(factors[i]!);
      const momentum = moments[i]!.mul(0.9).add(slope.mul(factor).add(slope.tanh()));
      moments[i]!.assign(momentum);
      weights[i]!.assign(weights[i]!.sub(momentum.mul(0.01).mul(momentum.exp())));
    }
    return {};
  }).graph({ x: zeros([8, 16]) });
}

/** The kernels that a pass leaves, and which of them were fused before. */
function after(pass: string, graph: Graph): Pick<Draft, 'kernels' | 'ready'> {
  let draft: Pick<Draft, 'kernels' | 'ready'> = { kernels: [] };
  atOnce(
    draftOf(graph, (name, stage) => {
      if (name === pass && 'results' in stage) draft = stage;
    }),
  );
  return draft;
}

/** The kernels of the update of each weight. */
const updatesIn = (kernels: readonly Kernel[]) =>
  names.map((name) => kernels.filter((k) => readsOf(k).has(`${name}_momentum`)));

test('closed stretches are all that is done with their values', () => {
  const graph = share(stepOf());
  const { stretches, isPassive } = new Repeats(graph, () => '');
  expect(stretches.flatMap(({ nodes }) => nodes)).toEqual(graph.nodes);
  const closed = stretches.filter(({ isClosed }) => isClosed);
  expect(closed.length).toBeGreaterThan(names.length / 2);
  for (const { nodes } of closed) {
    const made = nodes.filter((node) => !isPassive(node));
    const readers = graph.nodes.filter(({ inputs }) => inputs.some((node) => made.includes(node)));
    expect(readers.every((reader) => nodes.includes(reader))).toBe(true);
  }
});

/** The update of each weight as text. */
const structuresIn = (kernels: readonly Kernel[]) =>
  updatesIn(kernels).map((own) => own.map(structureOf).join());

test('what repeats is fused while it is lowered, and becomes the same kernels', () => {
  const graph = stepOf();
  expect(after('lower', graph).ready!.size).toBeGreaterThan(names.length);
  const [first, ...others] = structuresIn(after('fuse', graph).kernels);
  expect(new Set(others)).toEqual(new Set([first]));
});

test('numbers are part of what is alike', () => {
  const [first] = structuresIn(after('fuse', stepOf()).kernels);
  const different = structuresIn(after('fuse', stepOf(names.map((_, i) => i))).kernels);
  for (const [i, text] of different.entries())
    expect(text).toBe(first!.replaceAll('float 0.75', `float ${i + 0.25}`));
});

test('copies have arrays and axes of their own', () => {
  const updates = updatesIn(after('fuse', stepOf()).kernels);
  const axes = updates.flatMap((own) => own.flatMap((kernel) => kernel.axes));
  expect(new Set(axes)).toHaveLength(axes.length);
  for (const [i, own] of updates.entries())
    for (const kernel of own)
      for (const other of updates.slice(i + 1).flat())
        expect([...writesOf(kernel)].some((name) => writesOf(other).has(name))).toBe(false);
});

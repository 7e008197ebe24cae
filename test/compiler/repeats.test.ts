import { expect, test } from 'vitest';
import { draftOf } from '../../src/compiler/pipeline.js';
import { stretchesOf } from '../../src/compiler/repeats.js';
import { structureOf } from '../../src/compiler/schedule/structure.js';
import { atOnce } from '../../src/core/pieces.js';
import { type Kernel, readsOf, writesOf } from '../../src/loops/kernel.js';
import { compiled } from '../../src/tensor/compiled.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Variable } from '../../src/tensor/variable.js';

const variable = (name: string) => new Variable(zeros([16, 16]), { name });

/** So many that a step is more than one stretch. */
const names = Array.from({ length: 12 }, (_, i) => `w${i}`);

/** The kernels that a pass leaves of a train step with momentum of equal matrices. */
function kernelsAfter(pass: string): readonly Kernel[] {
  const weights = names.map(variable);
  const moments = weights.map(({ name }) => variable(`${name}_momentum`));
  const graph = compiled(({ x }) => {
    const y = weights.reduce((value, w) => value.matmul(w).relu(), x!);
    for (const [i, slope] of gradients(y.square().sum(), weights).entries()) {
      const momentum = moments[i]!.mul(0.9).add(slope.add(slope.tanh()));
      moments[i]!.assign(momentum);
      weights[i]!.assign(weights[i]!.sub(momentum.mul(0.01).mul(momentum.exp())));
    }
    return {};
  }).graph({ x: zeros([8, 16]) });
  let kernels: readonly Kernel[] = [];
  atOnce(
    draftOf(graph, (name, stage) => {
      if (name === pass && 'kernels' in stage) kernels = stage.kernels;
    }),
  );
  return kernels;
}

test('closed stretches are all that is done with their values', () => {
  const kernels = kernelsAfter('dead code');
  const stretches = stretchesOf(kernels);
  expect(stretches.flatMap((stretch) => stretch.kernels)).toEqual(kernels);
  const closed = stretches.filter(({ isClosed }) => isClosed);
  expect(closed.length).toBeGreaterThan(names.length / 2);
  for (const { kernels: own } of closed) {
    const written = own.flatMap((kernel) => [...writesOf(kernel)]);
    const readers = kernels.filter((kernel) => written.some((name) => readsOf(kernel).has(name)));
    expect(readers.every((reader) => own.includes(reader))).toBe(true);
  }
});

test('updates that are alike become kernels that are alike, each over its own arrays and axes', () => {
  const kernels = kernelsAfter('fuse');
  const updates = names.map((name) => kernels.filter((k) => readsOf(k).has(`${name}_momentum`)));
  expect(new Set(updates.map((own) => own.map(structureOf).join()))).toHaveLength(1);
  const axes = updates.flatMap((own) => own.flatMap((kernel) => kernel.axes));
  expect(new Set(axes)).toHaveLength(axes.length);
  for (const [i, own] of updates.entries())
    for (const kernel of own)
      for (const other of updates.slice(i + 1).flat())
        expect([...writesOf(kernel)].some((name) => writesOf(other).has(name))).toBe(false);
});

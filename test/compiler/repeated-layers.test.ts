import { expect, test } from 'vitest';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { constant } from '../../src/loops/expression.js';
import { compiled } from '../../src/tensor/compiled.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Variable } from '../../src/tensor/variable.js';

/** A train step with momentum of so many equal dense layers. */
function stepOf(layers: number) {
  const variable = (name: string, shape: number[]) => new Variable(zeros(shape), { name });
  const weights = Array.from({ length: layers }, (_, i) => [
    variable(`w${i}`, [32, 32]),
    variable(`b${i}`, [32]),
  ]);
  const moments = weights.flat().map(({ shape, name }) => variable(`${name}_momentum`, [...shape]));
  return compiled(({ x }) => {
    const y = weights.reduce((value, [w, b]) => value.matmul(w!).add(b!).relu(), x!);
    const slopes = gradients(y.square().sum(), weights.flat());
    for (const [i, w] of weights.flat().entries()) {
      const momentum = moments[i]!.mul(0.9).add(slopes[i]!);
      moments[i]!.assign(momentum);
      w.assign(w.sub(momentum.mul(0.01)));
    }
    return {};
  }).graph({ x: zeros([16, 32]) });
}

/** Formulas are numbered as they are made. */
let fresh = 0.5;
const formulasMade = (): number => constant(++fresh * 1e6, 'float').id;

function compile(layers: number) {
  const graph = stepOf(layers);
  const before = formulasMade();
  const { kernels, loops } = compileGraph(graph, wasmMachine);
  return { kernels: kernels.length, procedures: loops!.procedures.length, formulas: formulasMade() - before };
}

test('equal layers share their loops, and compiling them is work in proportion to their number', () => {
  const [few, many] = [compile(8), compile(32)];
  expect(many.kernels).toBeGreaterThan(3 * few.kernels);
  expect(many.kernels).toBeLessThan(4.2 * few.kernels);
  expect(many.procedures).toBe(few.procedures);
  expect(many.formulas).toBeLessThan(4.5 * few.formulas);
});

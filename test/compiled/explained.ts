/** Computations as the texts of their kernels and schedules. */
import { expect } from 'vitest';
import type { Shape } from '../../src/core/shape.js';
import { compiled, type Inputs, type Outputs } from '../../src/tensor/compiled.js';
import { zeros } from '../../src/tensor/create.js';
import { explainCompiled } from '../../src/tensor/explain.js';
import type { Tensor } from '../../src/tensor/tensor.js';

/** Formulas of the kernels, then their schedules; what grows beyond 25 lines is a mistake. */
export function textOf(
  body: (given: Inputs) => Outputs,
  shapes: Readonly<Record<string, Shape | Tensor>>,
): string {
  const inputs = Object.entries(shapes).map(([name, of]) => [name, 'dtype' in of ? of : zeros(of)] as const);
  const stages = explainCompiled(compiled(body), Object.fromEntries(inputs));
  const formulas = [...stages].filter(([pass]) => pass !== 'schedule' && pass !== 'program').at(-1)![1];
  const text = `${formulas}\n\n${stages.get('schedule')}`;
  expect(text.split('\n').length).toBeLessThan(25);
  return text;
}

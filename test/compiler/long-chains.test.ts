import { expect, test } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import { full } from '../../src/tensor/tensor.js';

const steps = 1000;

test.each([[[]], [[3]]])(
  'a chain of a thousand steps over the shape [%s] ends with the value of the steps',
  (shape) => {
    const step = compiled(({ x }) => {
      let y = x!;
      for (let i = 0; i < steps; i++) y = y.mul(0.5).cos();
      return { y };
    });
    let expected = 1;
    for (let i = 0; i < steps; i++) expected = Math.cos(expected * 0.5);
    for (const value of step.call({ x: full(shape, 1) }).y!.values()) expect(value).toBeCloseTo(expected, 6);
  },
);

/** Contractions: sums of products of two inputs. */
import { problem } from '../core/errors.js';
import { text } from '../core/fields.js';
import { isStar, parseSignature } from '../core/signature.js';
import type { Axis } from '../loops/axis.js';
import { sum } from '../loops/scalar.js';
import { op, type Tensor } from './op.js';

/**
 * Sum of products over all axes that the output does not name, `equation` being the shape string:
 * `einsum(a, b, { equation: 'm k, k n -> m n' })` is the matrix product.
 */
export const einsum = /* @__PURE__ */ op('einsum', {
  arity: 2,
  shape: ({ equation }) => equation,
  types: 'n',
  attrs: () => ({
    /** Axes of both inputs and of the output, by names with spaces between them. */
    equation: text(),
  }),
  prepare: ({ equation }) => {
    checkEquation(equation);
    return { equation };
  },
  lower: ([a, b], axes, { equation }) => {
    const { inputs, output } = parseSignature(equation);
    const axis = (name: string) => (axes as Record<string, Axis>)[name]!;
    const [x, y] = [a.at(...inputs[0]!.map(axis)), b.at(...inputs[1]!.map(axis))];
    const summed = [...new Set(inputs.flat())].filter((name) => !output.includes(name)).map(axis);
    return summed.length === 0 ? x.mul(y) : sum(summed, x.mul(y));
  },
  vjp: (g, [a, b], _, { equation }) => {
    const { inputs, output } = parseSignature(equation);
    const [whole, x, y]: Named[] = [
      [g, output],
      [a, inputs[0]!],
      [b, inputs[1]!],
    ];
    return [contract(whole!, y!, x!), contract(whole!, x!, y!)];
  },
  stacked: ({ equation }, varies) => {
    const { inputs, output } = parseSignature(equation);
    const words = [
      ...inputs.map((input, i) => (varies[i] ? ['time', ...input] : input)),
      ['time', ...output],
    ];
    const [x, y, z] = words.map((names) => names.join(' '));
    return { equation: `${x}, ${y} -> ${z}` };
  },
});

type Named = readonly [tensor: Tensor, axes: readonly string[]];

/** The gradient for `x`: the product of `g` and the other input, over the axes of `x`. */
function contract([g, ofG]: Named, [other, ofOther]: Named, [{ shape }, ofX]: Named): Tensor {
  const known = ofX.filter((name) => ofG.includes(name) || ofOther.includes(name));
  const equation = `${ofG.join(' ')}, ${ofOther.join(' ')} -> ${known.join(' ')}`;
  const sizes = ofX.map((name, d) => (known.includes(name) ? shape[d]! : 1));
  return einsum(g, other, { equation }).reshape(sizes).broadcastTo(shape);
}

function checkEquation(equation: string): void {
  const { inputs, output } = equation.includes('->') ? parseSignature(equation) : { inputs: [], output: [] };
  const isTwice = (words: readonly string[]) => new Set(words).size < words.length;
  const isUnknown = output.some((name) => !inputs.flat().includes(name));
  const hasStar = [...inputs.flat(), ...output].some(isStar);
  if (inputs.length === 2 && !isUnknown && !hasStar && ![...inputs, output].some(isTwice)) return;
  throw problem('argument-value', {
    subject: 'einsum',
    expected:
      "an equation of two inputs such as 'm k, k n -> m n', each axis once in an input, output axes among the inputs'",
    received: `'${equation}'`,
  });
}

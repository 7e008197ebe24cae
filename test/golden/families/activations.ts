import type { JsonObject } from '../../../src/core/fields.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import {
  forward,
  type GoldenTensor,
  given,
  gradient,
  numbersOf,
  sameNumber,
  sameTensor,
  sameText,
} from '../compare.js';
import { myelin, Unsupported } from '../library.js';

export interface ActivationCase {
  readonly id: string;
  readonly activation: string;
  readonly args: JsonObject;
  readonly x: GoldenTensor;
  readonly y: GoldenTensor;
  readonly cotangent: GoldenTensor;
  readonly grad: GoldenTensor;
}
type Activation = (x: Tensor, options?: object) => Tensor;

const camelCase = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function checkActivation({ activation, args, x, y, cotangent, grad }: ActivationCase): void {
  const call = functionFor(activation, args);
  const input = given(x);
  const output = call(input);
  sameTensor('y', output, y, forward);
  const [found] = myelin.gradients(output.mul(given(cotangent)).sum(), [input]);
  sameText('shape of grad', found!.shape, grad.shape);
  const [values, expected, at] = [found!.data(), numbersOf(grad), numbersOf(x)];
  const isElementwise = x.shape.length === 1;
  expected.forEach((b, i) => {
    if (!isElementwise || !isKink(call, at[i]!)) sameNumber(`grad [${i}]`, values[i]!, b, gradient);
  });
}

/** By its name in the table, or as the function that is exported; `threshold` alone cannot do without options. */
function functionFor(name: string, args: JsonObject): Activation {
  const all = { ...(myelin as object), ...myelin.activations } as Readonly<Record<string, Activation>>;
  const plain = all[name] ?? all[camelCase(name)];
  if (typeof plain !== 'function') throw new Unsupported(`no activation ${name}`);
  const options = Object.fromEntries(Object.entries(args).map(([key, value]) => [camelCase(key), value]));
  return (x) => plain(x, options);
}

/** Whether the slopes on both sides of a round number differ, so that the gradient at it is a convention. */
function isKink(call: Activation, x: number): boolean {
  if (!Number.isInteger(4 * x)) return false;
  const step = Math.max(1, Math.abs(x)) * 2 ** -9;
  const [before, at, after] = call(myelin.tensor([x - step, x, x + step])).data() as Float32Array;
  return Math.abs(after! - 2 * at! + before!) > 0.05 * step;
}

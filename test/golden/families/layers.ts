import type { JsonObject } from '../../../src/core/fields.js';
import { Layer } from '../../../src/layers/layer.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import { forward, type GoldenTensor, given, gradient, sameTensor, sameText } from '../compare.js';
import { made, methodOf, myelin, Unsupported } from '../library.js';

interface Weight extends GoldenTensor {
  readonly name: string;
  readonly trainable: boolean;
}
interface Step {
  readonly input: GoldenTensor;
  readonly mask?: GoldenTensor;
  readonly output: GoldenTensor;
  readonly moving_mean?: GoldenTensor;
  readonly moving_variance?: GoldenTensor;
}
export interface LayerCase {
  readonly id: string;
  readonly layer: string;
  readonly config: JsonObject;
  readonly kind?: 'steps' | 'adapt';
  readonly training?: boolean;
  readonly inputs?: readonly GoldenTensor[];
  readonly inputs_as_list?: boolean;
  readonly call_args?: Readonly<Record<string, unknown>>;
  readonly weights?: readonly Weight[];
  readonly outputs?: readonly GoldenTensor[];
  readonly weights_after?: Readonly<Record<string, GoldenTensor>> | readonly Weight[];
  readonly output_mask?: unknown;
  readonly cotangents?: readonly GoldenTensor[];
  readonly grads?: {
    readonly inputs: readonly (GoldenTensor | null)[];
    readonly weights?: Readonly<Record<string, GoldenTensor>>;
  };
  readonly adapt_data?: GoldenTensor;
  readonly state?: Readonly<Record<string, GoldenTensor>>;
  readonly steps?: readonly Step[];
  readonly inference?: Step;
}

export function checkLayer(c: LayerCase): void {
  const layer = made(Layer, c.layer, c.config);
  if (c.kind === 'steps') checkSteps(layer, c);
  else checkCall(layer, c);
}

function checkCall(layer: Layer, c: LayerCase): void {
  if (c.call_args && Object.keys(c.call_args).length > 0)
    throw new Unsupported(`arguments of call: ${Object.keys(c.call_args)}`);
  if (c.output_mask !== undefined) throw new Unsupported('masks');
  const inputs = c.inputs!.map(given);
  if (c.kind === 'adapt') checkAdapted(layer, c);
  const call = () => layer.apply(c.inputs_as_list ? inputs : inputs[0]!, { training: c.training ?? false });
  if (c.weights) prepareWeights(layer, c, call);
  const outputs = [call()].flat() as Tensor[];
  sameText('number of outputs', outputs.length, c.outputs!.length);
  for (const [i, y] of outputs.entries()) sameTensor(`output ${i}`, y, c.outputs![i]!, forward);
  if (c.cotangents && c.grads) checkGradients(layer, c, inputs, outputs);
  checkWeightsAfter(layer, c);
}

/** Builds the layer by a first call, and gives it Keras's weights. */
function prepareWeights(layer: Layer, { weights }: LayerCase, call: () => unknown): void {
  call();
  sameText(
    'names of weights',
    layer.weights.map((w) => w.name),
    weights!.map((w) => w.name),
  );
  sameText(
    'trainable weights',
    layer.weights.map((w) => w.trainable),
    weights!.map((w) => w.trainable),
  );
  layer.setWeights(weights!.map(given));
}

function checkGradients(
  layer: Layer,
  { grads, cotangents }: LayerCase,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): void {
  const loss = outputs.map((y, i) => y.mul(given(cotangents![i]!)).sum()).reduce((a, b) => a.add(b));
  const found = myelin.gradients(loss, [...inputs, ...layer.weights]);
  grads!.inputs.forEach((g, i) => {
    if (g) sameTensor(`gradient of input ${i}`, found[i]!, g, gradient);
  });
  layer.weights.forEach((w, i) => {
    const expected = grads!.weights?.[w.name];
    if (expected) sameTensor(`gradient of ${w.name}`, found[inputs.length + i]!, expected, gradient);
  });
}

function checkWeightsAfter(layer: Layer, { weights_after: after }: LayerCase): void {
  const entries = Array.isArray(after)
    ? after.map((w: Weight) => [w.name, w] as const)
    : Object.entries(after ?? {});
  for (const [name, expected] of entries as [string, GoldenTensor][]) {
    const weight = layer.weights.find((w) => w.name === name);
    sameText(`weight ${name}`, weight !== undefined, true);
    sameTensor(`${name} after the call`, weight!, expected, forward);
  }
}

function checkAdapted(layer: Layer, { adapt_data, state }: LayerCase): void {
  methodOf<(data: Tensor) => void>(layer, 'adapt')(given(adapt_data!));
  for (const [name, expected] of Object.entries(state ?? {})) {
    const kept = (layer as unknown as Record<string, unknown>)[name] as Tensor | undefined;
    if (!(kept instanceof myelin.Tensor)) throw new Unsupported(`no property ${name}`);
    sameTensor(name, kept.reshape(expected.shape), expected, forward);
  }
}

/** Several training calls whose moving values are watched, then one without training. */
function checkSteps(layer: Layer, { steps, inference, weights }: LayerCase): void {
  if (steps!.some((s) => s.mask)) throw new Unsupported('masks');
  layer.buildOnce([null, ...steps![0]!.input.shape.slice(1)]);
  layer.setWeights(weights!.map(given));
  const state = (name: string) => layer.weights.find((w) => w.name === name)!;
  steps!.forEach((step, i) => {
    sameTensor(
      `output of step ${i}`,
      layer.apply(given(step.input), { training: true }),
      step.output,
      forward,
    );
    if (step.moving_mean)
      sameTensor(`moving mean after step ${i}`, state('moving_mean'), step.moving_mean, forward);
    if (step.moving_variance)
      sameTensor(`moving variance after step ${i}`, state('moving_variance'), step.moving_variance, forward);
  });
  if (inference)
    sameTensor('output of inference', layer.apply(given(inference.input)), inference.output, forward);
}

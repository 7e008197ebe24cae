import type { JsonObject } from '../../../src/core/fields.js';
import type { EncodingContext } from '../../../src/layers/encoding.js';
import { type CallContext, Layer } from '../../../src/layers/layer.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import { forward, type GoldenTensor, given, gradient, sameNumber, sameTensor, sameText } from '../compare.js';
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
  /** What Keras writes of the layer, but for its name. */
  readonly full_config?: JsonObject;
  readonly kind?: 'steps' | 'adapt';
  readonly training?: boolean;
  readonly inputs?: readonly GoldenTensor[];
  readonly inputs_as_list?: boolean;
  readonly call_args?: Readonly<Record<string, unknown>>;
  readonly weights?: readonly Weight[];
  readonly outputs?: readonly GoldenTensor[];
  readonly weights_after?: Readonly<Record<string, GoldenTensor>> | readonly Weight[];
  readonly output_mask?: GoldenTensor | null;
  /** Sum of what the layer adds to the loss. */
  readonly losses?: number;
  readonly cotangents?: readonly GoldenTensor[];
  readonly grads?: {
    readonly inputs: readonly (GoldenTensor | null)[];
    readonly call_args?: Readonly<Record<string, GoldenTensor | null>>;
    readonly weights?: Readonly<Record<string, GoldenTensor>>;
  };
  readonly adapt_data?: GoldenTensor;
  readonly state?: Readonly<Record<string, GoldenTensor>>;
  readonly steps?: readonly Step[];
  readonly inference?: Step;
}

export function checkLayer(c: LayerCase): void {
  const layer = made(Layer, c.layer, c.config);
  if (c.full_config) sameConfig(layer.getConfig(), c.full_config);
  if (c.kind === 'steps') checkSteps(layer, c);
  else checkCall(layer, c);
}

function sameConfig({ name, ...received }: JsonObject, expected: JsonObject): void {
  sameText('keys of the configuration', Object.keys(received).sort(), Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) sameText(key, received[key], value);
}

const isTensor = (value: unknown): value is GoldenTensor =>
  typeof value === 'object' && value !== null && 'shape' in value;

/** What a layer is called with beside its inputs, by our names. */
function contextOf({ call_args = {}, training = false }: LayerCase): CallContext & EncodingContext {
  const { mask, count_weights: countWeights, ...others } = call_args;
  if (Object.keys(others).length > 0) throw new Unsupported(`arguments of call: ${Object.keys(others)}`);
  return {
    training,
    mask: isTensor(mask) ? given(mask) : null,
    ...(isTensor(countWeights) && { countWeights: given(countWeights) }),
  };
}

function checkCall(layer: Layer, c: LayerCase): void {
  const inputs = c.inputs!.map(given);
  const context = contextOf(c);
  if (c.kind === 'adapt') checkAdapted(layer, c);
  const call = () => layer.apply(c.inputs_as_list ? inputs : inputs[0]!, context);
  if (c.weights) prepareWeights(layer, c, call);
  const outputs = [call()].flat() as Tensor[];
  sameText('number of outputs', outputs.length, c.outputs!.length);
  for (const [i, y] of outputs.entries()) sameTensor(`output ${i}`, y, c.outputs![i]!, forward);
  checkMask(outputs[0]!, c);
  const added = layer.losses.reduce((sum, loss) => sum + loss.item(), 0);
  if (c.losses !== undefined) sameNumber('losses', added, c.losses, forward);
  if (c.cotangents && c.grads) checkGradients(layer, c, inputs, outputs);
  checkWeightsAfter(layer, c);
}

function checkMask(output: Tensor, { output_mask: expected }: LayerCase): void {
  if (expected === undefined) return;
  const mask = myelin.maskOf(output);
  sameText('whether there is a mask', mask !== null, expected !== null);
  if (mask) sameTensor('mask', mask, expected!, forward);
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
    layer.weights.map((w) => layer.trainableWeights.includes(w)),
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
  layer.buildOnce([null, ...steps![0]!.input.shape.slice(1)]);
  layer.setWeights(weights!.map(given));
  const run = (what: string, { input, mask, output }: Step, training: boolean) => {
    const context = { training, mask: mask ? given(mask) : null };
    sameTensor(`output of ${what}`, layer.apply(given(input), context), output, forward);
  };
  const state = (name: string) => layer.weights.find((w) => w.name === name)!;
  steps!.forEach((step, i) => {
    run(`step ${i}`, step, true);
    for (const name of ['moving_mean', 'moving_variance'] as const)
      if (step[name]) sameTensor(`${name} after step ${i}`, state(name), step[name], forward);
  });
  if (inference) run('inference', inference, false);
}

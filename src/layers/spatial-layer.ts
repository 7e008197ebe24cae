/** What all layers over spatial axes share: the check of their inputs, with words for the usual mistakes. */

import { problem, type ShapeError } from '../core/errors.js';
import { type PartialShape, type Shape, showShape } from '../core/shape.js';
import { type DataFormat, type Padding, slide } from '../tensor/sliding.js';
import type { Tensor } from '../tensor/tensor.js';
import { alongAxes, channelAxis, type SpatialRank, spatialAxes } from './data-format.js';
import { checkCall } from './input-spec.js';
import { type CallContext, Layer } from './layer.js';

const axisNames = [['steps'], ['height', 'width'], ['depth', 'height', 'width']] as const;
/** Sizes that are rather channels than heights and widths. */
const usualChannels: readonly unknown[] = [1, 3, 4];

interface WindowOptions {
  readonly strides: Shape;
  readonly dilationRate?: Shape;
  readonly padding: Padding;
}

/** A layer whose inputs have a batch axis, spatial axes and an axis of channels. */
export abstract class SpatialLayer extends Layer {
  declare readonly spatialRank: SpatialRank;

  /** Where the channels are. */
  get dataFormat(): DataFormat {
    return (this.config as { readonly dataFormat?: DataFormat }).dataFormat ?? 'channels_last';
  }

  override build(inputShape: PartialShape): void {
    this.checkInput(inputShape);
  }

  override apply(x: Parameters<this['call']>[0], context: CallContext = {}): Tensor {
    checkCall(this, x);
    this.checkInput((x as Tensor).shape);
    return super.apply(x, context);
  }

  /** Throws a ShapeError unless inputs have the axes that the layer takes. */
  protected checkInput(shape: PartialShape): void {
    if (shape.length !== this.spatialRank + 2) throw this.#wrongAxes(shape);
  }

  /** Throws a ShapeError when a window does not fit into the spatial axes whose sizes are known. */
  protected checkWindow(what: string, shape: PartialShape, taps: Shape, options: WindowOptions): void {
    const { strides, dilationRate = strides.map(() => 1), padding } = options;
    const known = spatialAxes(this.dataFormat, shape.length).flatMap((axis, i) =>
      shape[axis] === null ? [] : [[axis, i] as const],
    );
    const of = (list: Shape) => known.map(([, i]) => list[i]!);
    const sizes = known.map(([axis]) => shape[axis]!);
    slide(this.subject, what, sizes, of(taps), { strides: of(strides), dilation: of(dilationRate) }, padding);
  }

  /** The axes of inputs, in words: `[batch, height, width, 3]`. */
  protected axesText(channels: number | 'channels' = 'channels'): string {
    const axes: (string | number)[] = alongAxes<string | number>(
      this.dataFormat,
      axisNames[this.spatialRank - 1]!,
      'batch',
    );
    return `[${axes.with(channelAxis(this.dataFormat, axes.length), channels).join(', ')}]`;
  }

  #wrongAxes(received: PartialShape): ShapeError {
    const description = {
      subject: this.subject,
      expected: `inputs of shape ${this.axesText()}`,
      received: showShape(received),
    };
    const axes = this.spatialRank + 2;
    if (received.length === axes + 1 && this.#hasBatchInShape(received)) {
      const fix = `Leave the batch axis out: \`inputShape: ${sizesText(received.slice(2))}\`.`;
      return problem('batch-in-shape', { ...description, fix });
    }
    if (received.length !== axes - 1) {
      const fix = received.length === 2 ? 'Put this layer before `new Flatten()`.' : undefined;
      return problem('shape-mismatch', { ...description, fix });
    }
    const isChannels = usualChannels.includes(received[channelAxis(this.dataFormat, axes) - 1]);
    if (isChannels && received[0] !== null) {
      const fix = 'This is one sample without its batch axis: for a tensor write `x.expandDims(0)`.';
      return problem('missing-batch-axis', { ...description, fix });
    }
    return problem('missing-channel-axis', { ...description, fix: this.#channelFix(received) });
  }

  #channelFix(received: PartialShape): string {
    const axis = this.dataFormat === 'channels_first' ? 1 : -1;
    const sample = received.slice(1);
    const shape = sizesText(axis === 1 ? [1, ...sample] : [...sample, 1]);
    return `Give images their axis of channels: \`x.expandDims(${axis})\`, and \`inputShape: ${shape}\` where it is stated.`;
  }

  /** Whether the shape comes from an `inputShape` that begins with the batch. */
  #hasBatchInShape(received: PartialShape): boolean {
    const isStated = this.config.inputShape?.length === this.spatialRank + 2;
    return isStated || (received[0] === null && received[1] === null);
  }
}

const sizesText = (shape: PartialShape) => `[${shape.map(String).join(', ')}]`;

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { arg, bool, type Field, float, int, listOf, maybe, unsaved } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { zerosLike } from '../tensor/create.js';
import { RandomStream } from '../tensor/random.js';
import type { DataFormat } from '../tensor/sliding.js';
import type { Tensor } from '../tensor/tensor.js';
import { channelAxis, dataFormat } from './data-format.js';
import { type InputSpec, ofRank } from './input-spec.js';
import { type CallContext, Layer, layerFields } from './layer.js';

const noiseFields = () => ({
  /** Same seed, same choices. */
  seed: maybe(int()),
});
/** Options of every layer that disturbs its inputs at random. */
export interface NoiseFields extends ReturnType<typeof noiseFields> {}
const ownFields: () => NoiseFields = noiseFields;
const sharedFields = () => merge(layerFields(), ownFields());

/** A layer that disturbs its inputs at random while training, and gives them back otherwise. */
export abstract class NoiseLayer extends Layer {
  declare readonly config: Config<typeof sharedFields>;
  #stream: RandomStream | undefined;
  override supportsMasking = true;

  /** What becomes of inputs in training. */
  protected abstract disturb(x: Tensor, stream: RandomStream): Tensor;

  override get built() {
    return true;
  }

  override build() {
    this.#stream ??= new RandomStream(this.config.seed);
  }

  override call(x: Tensor, { training = false }: CallContext = {}): Tensor {
    return training ? this.disturb(x, this.#stream!) : x;
  }
}

export interface NoiseLayerClass<D extends Declaration>
  extends DeclaredClass<D, typeof sharedFields, NoiseLayer> {}

/** Declares a layer that disturbs its inputs while training. The class that extends the result says how in `disturb`. */
export function noiseLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): NoiseLayerClass<D> {
  return declared(NoiseLayer, className, declare, sharedFields);
}

/** A share of the inputs. */
const share = (range: { readonly max?: number; readonly below?: number }): Field<number> => ({
  ...float({ min: 0, ...range }),
  fix: (given) =>
    given > 1 && given <= 100 ? `Write ${given / 100}: a share, not a percentage.` : undefined,
});

const noiseShape = () => maybe(listOf(maybe(int({ min: 1 }))));
/** The shape of choices: that of the inputs where nothing else is said. */
const choices = (noiseShape: readonly (number | null)[] | null, shape: Shape): number[] =>
  (noiseShape ?? shape).map((size, d) => size ?? shape[d]!);

/** Sets a share of `x` to 0 and divides the rest by what is left, one choice for each element of `shape`. */
function drop(x: Tensor, stream: RandomStream, rate: number, shape: Shape): Tensor {
  if (rate === 0) return x;
  if (rate === 1) return zerosLike(x);
  return stream
    .uniform(shape)
    .greaterEqual(rate)
    .where(x.mul(1 / (1 - rate)), 0);
}

/**
 * Sets a random share of the inputs to 0 while training, and divides the others by `1 - rate`. Srivastava et al. 2014.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new Dropout(0.5, { seed: 1 })
 */
export class Dropout extends /* @__PURE__ */ noiseLayer('Dropout', (rate = arg(share({ max: 1 }))) => ({
  /** Share of the inputs set to 0, from 0 to 1. */
  rate,
  /** Shape of the choices; size 1 makes one choice for the whole axis, null stands for the input's size. */
  noiseShape: noiseShape(),
})) {
  protected override disturb(x: Tensor, stream: RandomStream) {
    return drop(x, stream, this.config.rate, choices(this.config.noiseShape, x.shape));
  }
}

/** Dropout of whole channels: one choice for all places along the spatial axes. */
const dropChannels = (x: Tensor, stream: RandomStream, rate: number, format: DataFormat = 'channels_last') =>
  drop(
    x,
    stream,
    rate,
    x.shape.map((n, d) => (d === 0 || d === channelAxis(format, x.rank) ? n : 1)),
  );

const channelFields = (rate = arg(share({ max: 1 }))) => ({
  /** Share of the channels set to 0, from 0 to 1. */
  rate,
  // Keras's class has no such option.
  trainable: unsaved(bool(true)),
});
const spatialFields = (rate = arg(share({ max: 1 }))) => ({
  ...channelFields(rate),
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
});

/**
 * Dropout of whole channels of sequences, whose neighbouring steps are too much alike to be dropped alone. Tompson et al.
 * 2015.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   the same shape
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new SpatialDropout1D(0.2)
 */
export class SpatialDropout1D extends /* @__PURE__ */ noiseLayer('SpatialDropout1D', channelFields) {
  override get inputSpec(): InputSpec {
    return ofRank(3);
  }

  protected override disturb(x: Tensor, stream: RandomStream) {
    return dropChannels(x, stream, this.config.rate);
  }
}

/**
 * Dropout of whole channels of images. Tompson et al. 2015.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   the same shape
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new SpatialDropout2D(0.2)
 */
export class SpatialDropout2D extends /* @__PURE__ */ noiseLayer('SpatialDropout2D', spatialFields) {
  override get inputSpec(): InputSpec {
    return ofRank(4);
  }

  protected override disturb(x: Tensor, stream: RandomStream) {
    return dropChannels(x, stream, this.config.rate, this.config.dataFormat);
  }
}

/**
 * Dropout of whole channels of volumes. Tompson et al. 2015.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   the same shape
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new SpatialDropout3D(0.2)
 */
export class SpatialDropout3D extends /* @__PURE__ */ noiseLayer('SpatialDropout3D', spatialFields) {
  override get inputSpec(): InputSpec {
    return ofRank(5);
  }

  protected override disturb(x: Tensor, stream: RandomStream) {
    return dropChannels(x, stream, this.config.rate, this.config.dataFormat);
  }
}

/**
 * Adds normal numbers of mean 0 while training.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new GaussianNoise(0.1, { seed: 1 })
 */
export class GaussianNoise extends /* @__PURE__ */ noiseLayer(
  'GaussianNoise',
  (stddev = arg(float({ min: 0, max: 1 }))) => ({
    /** Standard deviation of the noise. */
    stddev,
  }),
) {
  protected override disturb(x: Tensor, stream: RandomStream) {
    return x.add(stream.normal(x.shape).mul(this.config.stddev));
  }
}

/**
 * Multiplies by normal numbers of mean 1 and variance `rate / (1 - rate)` while training: as much noise as `Dropout` makes.
 * Srivastava et al. 2014.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new GaussianDropout(0.5, { seed: 1 })
 */
export class GaussianDropout extends /* @__PURE__ */ noiseLayer(
  'GaussianDropout',
  (rate = arg(share({ below: 1 }))) => ({
    /** The rate of the `Dropout` that is as noisy, from 0 to below 1. */
    rate,
  }),
) {
  protected override disturb(x: Tensor, stream: RandomStream) {
    const { rate } = this.config;
    return x.mul(
      stream
        .normal(x.shape)
        .mul(Math.sqrt(rate / (1 - rate)))
        .add(1),
    );
  }
}

/** What `selu` tends to for small inputs: `-scale · alpha`. */
const lowest = -1.0507009873554805 * 1.6732632423543772;

/**
 * Sets a random share of the inputs to the lowest value of `selu` while training, then scales and shifts so that mean and
 * variance stay. Klambauer et al. 2017.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new AlphaDropout(0.1, { seed: 1 })
 */
export class AlphaDropout extends /* @__PURE__ */ noiseLayer(
  'AlphaDropout',
  (rate = arg(share({ below: 1 }))) => ({
    /** Share of the inputs that are set, from 0 to below 1. */
    rate,
    /** Shape of the choices; size 1 makes one choice for the whole axis, null stands for the input's size. */
    noiseShape: noiseShape(),
  }),
) {
  protected override disturb(x: Tensor, stream: RandomStream) {
    const { rate, noiseShape } = this.config;
    if (rate === 0) return x;
    const isKept = stream.uniform(choices(noiseShape, x.shape)).greaterEqual(rate);
    const factor = 1 / Math.sqrt((1 - rate) * (1 + rate * lowest ** 2));
    return isKept
      .where(x, lowest)
      .sub(lowest * rate)
      .mul(factor);
  }
}

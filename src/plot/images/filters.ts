import { int, listOf, maybe, oneOf, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import type { Layer } from '../../layers/layer.js';
import type { Image } from '../description.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { kernelOf, type Slices, slicesOf } from './kernel.js';
import { imageOf, largestOf, noMisfits, short } from './pixels.js';

const fields = () => ({
  /** How many images at most; a note says how many were left out. */
  max: int(64, { min: 1 }),
  /** Whether white and black are the largest weight of the whole layer, or of each picture. */
  scale: oneOf(['layer', 'picture'], 'layer'),
  /** Above the images. Default: the layer and its kernel. */
  title: maybe(text()),
  /** For a layer on flattened pictures: what they were, such as `[28, 28]` or `[32, 32, 3]`. */
  shape: maybe(listOf(int({ min: 1 }))),
});

export interface FiltersOptions extends Options<ReturnType<typeof fields>> {}

/**
 * The kernels of a layer as pictures: mid grey is 0, white and black are plus and minus the largest absolute
 * value of the layer, or of each picture with `scale: 'picture'`.
 *
 * A kernel `[h, w, 3, filters]` gives a colour picture for each filter; one `[h, w, inputs, filters]` a grey
 * picture for each filter and input channel, a row a filter. `shape` draws a kernel `[h · w, units]` of a
 * dense layer on flattened pictures, one for each unit. When there are more than `max`, the first filters and
 * channels are drawn.
 *
 * Throws a StateError for a layer without weights yet, a ConfigError for one without such a kernel, a
 * ShapeError for a `shape` that does not fit.
 *
 * @example
 * import { Conv2D, Sequential } from 'myelin';
 * import { plotFilters } from 'myelin/plot';
 * const model = new Sequential([new Conv2D(8, 3, { inputShape: [28, 28, 1], name: 'first' })]);
 * plotFilters(model.getLayer('first')).picture.title; // "Conv2D 'first': 8 filters of 3 x 3"
 */
export function plotFilters(layer: Layer, options: FiltersOptions = {}): Plot {
  const { max, scale, title, shape } = settingsOf('plotFilters(layer, { max: 16 })', fields(), options);
  const kernel = kernelOf(layer);
  const slices = slicesOf(layer, kernel, shape);
  const { height, width, filters, isColour } = slices;
  const inputs = isColour ? 1 : slices.inputs;
  const shown = shownOf(inputs, filters, max);
  const values = kernel.values();
  const misfits = noMisfits();
  const images = Array.from({ length: shown.filters * shown.inputs }, (_, n): Image => {
    const [filter, input] = [Math.floor(n / shown.inputs), n % shown.inputs];
    const own = weightsOf(values, slices, filter, input);
    const most = largestOf(scale === 'layer' ? values : own) || 1;
    const span = { low: -most, high: most };
    const image = imageOf({ width, height, channels: isColour ? 3 : 1 }, (i) => own[i]!, span, misfits);
    return { ...image, caption: inputs === 1 ? `${filter}` : `${filter}, ${input}` };
  });
  const notes = [
    scaleNote(scale === 'layer' ? largestOf(values) || 1 : null, isColour),
    ...(inputs > 1 ? ['Below each picture: its filter, and the input channel that it looks at.'] : []),
    ...leftOut(inputs, filters, shown),
    ...(misfits.missing > 0 ? ['Weights that are not a number are drawn in magenta.'] : []),
  ];
  const columns = inputs === 1 ? Math.min(inRow, images.length) : shown.inputs;
  return new Plot({
    title: title ?? `${layer.subject}: ${filters} filters of ${height} x ${width}`,
    panels: [{ kind: 'images', images, columns }],
    notes,
  });
}

/** Pictures of filters in a row, where each is one picture. */
const inRow = 8;

type Counts = Pick<Slices, 'inputs' | 'filters'>;

/** How many are drawn: some channels of some filters, rather than all of one. */
function shownOf(inputs: number, filters: number, max: number): Counts {
  const most = inputs * filters <= max ? inputs : Math.min(inputs, Math.floor(Math.sqrt(max)));
  return { inputs: most, filters: Math.min(filters, Math.floor(max / most)) };
}

/** The weights of a filter for one input channel, or for red, green and blue. */
function weightsOf(
  values: ArrayLike<number>,
  { height, width, inputs, filters, isColour }: Slices,
  filter: number,
  input: number,
): number[] {
  const length = height * width * (isColour ? inputs : 1);
  return Array.from({ length }, (_, i) => values[(isColour ? i : i * inputs + input) * filters + filter]!);
}

function scaleNote(most: number | null, isColour: boolean): string {
  const [white, black] = isColour ? ['all of red, green or blue', 'none of it'] : ['white', 'black'];
  const largest = most === null ? 'the largest weight of each picture' : short(most);
  return `Mid grey is 0, ${white} is ${largest}, ${black} is ${most === null ? 'minus that' : short(-most)}.`;
}

function leftOut(inputs: number, filters: number, shown: Counts): string[] {
  if (shown.filters === filters && shown.inputs === inputs) return [];
  const channels = inputs > 1 ? ` and the first ${shown.inputs} of ${inputs} channels` : '';
  return [`The first ${shown.filters} of ${filters} filters${channels}; \`max\` is how many pictures.`];
}

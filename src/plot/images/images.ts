import { problem } from '../../core/errors.js';
import { type Field, float, int, listOf, maybe, oneOf, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { showShape, sizeOf } from '../../core/shape.js';
import { show } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';
import type { Image } from '../description.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { checkSpan, type ImageSize, imageOf, misfitNotes, noMisfits } from './pixels.js';

const line = (): Field<string> => ({
  expected: 'a string',
  parse: (given) => (typeof given === 'string' ? given : undefined),
});

const fields = () => ({
  /** A line below each image, as many as there are images. */
  captions: maybe(listOf(line())),
  /** How each caption is coloured: `'right'` or `'wrong'`. */
  verdicts: maybe(listOf(oneOf(['right', 'wrong']))),
  /** Images in a row. Default: as square as possible. */
  columns: maybe(int({ min: 1 })),
  /** Above the images. */
  title: maybe(text()),
  /** The value that is drawn black. Default 0. */
  low: float(0),
  /** The value that is drawn white. Default 255 for integers, 1 for floats and truth values. */
  high: maybe(float()),
  /** How many images at most; a note says how many were left out. */
  max: int(100, { min: 1 }),
});

export interface ImagesOptions extends Options<ReturnType<typeof fields>> {}

/**
 * Pictures in rows: black at `low`, white at `high`.
 *
 * `x` is a tensor `[n, h, w]` or `[n, h, w, 1]` of grey pictures, or `[n, h, w, 3]` of red, green and blue.
 * uint8 and int32 count from 0 to 255, floats from 0 to 1, unless `low` and `high` say else; what lies
 * outside is drawn as the nearest of them, NaN in magenta, and notes say so. Three axes are always n grey
 * pictures: one colour picture is `x.expandDims(0)`.
 *
 * Throws a ShapeError for other shapes, a DataError when there are not as many captions or verdicts as
 * pictures, a ConfigError for other options.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { plotImages } from 'myelin/plot';
 * const plot = plotImages(tensor([[[0, 0.5], [1, 0]]]), { captions: ['a square'], verdicts: ['right'] });
 * plot.picture.panels.length; // 1
 */
export function plotImages(x: Tensor, options: ImagesOptions = {}): Plot {
  const settings = settingsOf('plotImages(x, { columns: 8 })', fields(), options);
  const size = sizeOfImages(x);
  const count = x.shape[0]!;
  checkCount('captions', settings.captions, count);
  checkCount('verdicts', settings.verdicts, count);
  const { columns, title, max } = settings;
  const isWhole = x.dtype === 'uint8' || x.dtype === 'int32';
  const span = checkSpan('plotImages', { low: settings.low, high: settings.high ?? (isWhole ? 255 : 1) });
  const values = x.values();
  const step = sizeOf(x.shape.slice(1));
  const misfits = noMisfits();
  const images = Array.from({ length: Math.min(count, max) }, (_, n): Image => {
    const [caption, verdict] = [settings.captions?.[n], settings.verdicts?.[n]];
    const image = imageOf(size, (i) => values[n * step + i]!, span, misfits);
    return { ...image, ...(caption && { caption }), ...(verdict && { verdict }) };
  });
  const notes = [
    ...(count === 0 ? ['There are no images.'] : []),
    ...(count > max
      ? [`The first ${max} of ${count.toLocaleString('en-US')} images; \`max\` is how many.`]
      : []),
    ...(x.rank === 3 && x.shape[2] === 3 ? [threeWide(x)] : []),
    ...misfitNotes(misfits, span, ' Give `low` and `high` to draw them.'),
  ];
  return new Plot({
    panels: [{ kind: 'images', images, ...(columns && { columns }) }],
    ...(title && { title }),
    ...(notes.length > 0 && { notes }),
  });
}

const threeWide = ({ shape: [n, h, w] }: Tensor) =>
  `Shape [${n}, ${h}, ${w}] is read as ${n} grey images of ${h} x ${w}. One colour image is \`x.expandDims(0)\`.`;

function sizeOfImages(x: Tensor): ImageSize {
  if (!(x instanceof Tensor)) throw notATensor(x);
  const [, height = 0, width = 0, channels = 1] = x.shape;
  const isPicture = x.rank === 3 || (x.rank === 4 && (channels === 1 || channels === 3));
  if (isPicture && height > 0 && width > 0) return { height, width, channels: channels as 1 | 3 };
  throw problem('shape-mismatch', {
    subject: 'plotImages',
    expected: 'images of shape [n, height, width], [n, height, width, 1] or [n, height, width, 3]',
    received: showShape(x.shape),
    fix:
      x.rank === 2
        ? 'For one image write `x.expandDims(0)`; give flat pixels their axes: `x.reshape([-1, 28, 28])`.'
        : x.rank === 4 && (x.shape[1] === 1 || x.shape[1] === 3)
          ? 'The channels stand at the other end: `x.transpose([0, 2, 3, 1])`.'
          : undefined,
  });
}

const notATensor = (x: unknown) =>
  problem('argument-value', {
    subject: 'plotImages',
    expected: 'a tensor of images',
    received: show(x),
    fix: 'Make one with `tensor([...])`.',
  });

function checkCount(name: string, given: readonly string[] | null, count: number): void {
  if (given === null || given.length === count) return;
  throw problem('length-mismatch', {
    subject: `plotImages ${name}`,
    expected: `${count}, one for each image`,
    received: String(given.length),
  });
}

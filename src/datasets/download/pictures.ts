/** Tensors from the files of a published set. */

import { problem } from '../../core/errors.js';
import { showShape } from '../../core/shape.js';
import { type LabelledImages, labelledImages, type NamedBytes } from '../../data/fashion-mnist.js';
import { tensor } from '../../tensor/create.js';
import type { PublishedSet } from './published-set.js';

const side = 28;

/**
 * The pictures `[n, 28, 28]` and labels `[n]`, int32, of one part of a set.
 *
 * Throws a FormatError for files of another kind, a DataError for labels that have no class.
 */
export async function picturesOf(
  { name, classes }: PublishedSet,
  files: ReadonlyMap<string, NamedBytes>,
  part: Readonly<Record<keyof LabelledImages, string>>,
): Promise<LabelledImages> {
  const [imageFile, labelFile] = [files.get(part.images)!, files.get(part.labels)!];
  const { images, labels } = await labelledImages(imageFile, labelFile);
  if (images.shape[1] !== side || images.shape[2] !== side) {
    throw problem('file-format', {
      subject: imageFile.name,
      expected: `pictures of shape [n, ${side}, ${side}]`,
      received: showShape(images.shape),
      fix: `Read other sets with \`readIdx\`: ${name} is for this one.`,
    });
  }
  const values = Int32Array.from(labels.values());
  const wrong = values.findIndex((label) => label >= classes.length);
  if (wrong < 0) return { images, labels: tensor(values) };
  throw problem('label-range', {
    subject: labelFile.name,
    expected: `labels from 0 to ${classes.length - 1}`,
    received: `${values[wrong]} at position ${wrong}`,
    fix: 'Check that the file belongs to this set.',
  });
}

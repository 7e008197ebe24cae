/** Names of the layers of a model. */

import { problem } from '../core/errors.js';
import { defaultName } from '../core/names.js';
import { didYouMean } from '../core/schema.js';
import { list } from '../core/text.js';
import type { Layer } from '../layers/layer.js';

/** Names layers that were given no name by Keras's rule: `dense`, `dense_1`. Two equal names are an error. */
export function nameLayers(subject: string, layers: readonly Layer[]): void {
  const taken = new Set<string>();
  // The last number that was tried for each class: those before it are taken.
  const tried = new Map<string, number>();
  for (const { config } of layers) if (config.name !== null) take(subject, taken, config.name);
  for (const layer of layers) {
    if (layer.config.name !== null) continue;
    const base = defaultName(layer.className);
    let n = tried.get(base) ?? 0;
    let name = n === 0 ? base : `${base}_${n}`;
    while (taken.has(name)) name = `${base}_${++n}`;
    tried.set(base, n);
    taken.add(name);
    layer.nameAs(name);
  }
}

function take(subject: string, taken: Set<string>, name: string): void {
  if (taken.has(name)) {
    throw problem('name-taken', {
      subject,
      expected: 'layers with names of their own',
      received: `two layers named '${name}'`,
      fix: 'Give one of them another `name`.',
    });
  }
  taken.add(name);
}

export function findLayer(subject: string, layers: readonly Layer[], which: string | number): Layer {
  const found = typeof which === 'number' ? layers.at(which) : layers.find(({ name }) => name === which);
  if (found) return found;
  const names = layers.map(({ name }) => name);
  throw problem('name-unknown', {
    subject: `${subject} getLayer`,
    expected: typeof which === 'number' ? `a place from 0 to ${layers.length - 1}` : list(names),
    received: typeof which === 'number' ? String(which) : `'${which}'`,
    fix: typeof which === 'string' ? didYouMean(which, names) : undefined,
  });
}

/** What an optimizer refuses. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import type { Clipping } from './clip.js';
import type { Kept } from './kept.js';

export function checkClipping(subject: string, config: Clipping): void {
  const names = ['clipnorm', 'globalClipnorm', 'clipvalue'] as const;
  const given = names.filter((name) => config[name] !== null);
  if (given.length < 2) return;
  throw problem('option-value', {
    subject,
    expected: 'one of clipnorm, globalClipnorm and clipvalue',
    received: given.map((name) => `${name} ${config[name]}`).join(' and '),
  });
}

export function checkLength(
  subject: string,
  gradients: readonly Tensor[],
  weights: readonly Variable[],
): void {
  if (gradients.length === weights.length) return;
  throw problem('length-mismatch', {
    subject,
    expected: `one gradient for each of ${weights.length} weights`,
    received: `${gradients.length} gradients`,
  });
}

export function checkKept(className: string, weights: readonly Variable[], { slots }: Kept): void {
  const other = weights.find((weight) => !slots.has(weight));
  if (!other) return;
  throw problem('not-built', {
    subject: `${className}.apply`,
    expected: 'the weights it was built with',
    received: `'${other.name}', which is not among them`,
    fix: `Call \`model.compile\` again, with a new ${className}, after a change of layers or of \`trainable\`.`,
  });
}

export const rateScheduled = (className: string, rate: unknown) =>
  problem('option-value', {
    subject: `${className} learningRate`,
    expected: 'to be set only where it was made with a number',
    received: `a rate for an optimizer made with ${show(rate)}`,
    fix: `Make it with a number, \`new ${className}({ learningRate: 0.01 })\`, to set it while training.`,
  });

export const scheduleFix = (className: string) =>
  `Set a number; a schedule is for the constructor: \`new ${className}({ learningRate: schedule })\`.`;

export const alreadyBuilt = (className: string) =>
  problem('already-built', {
    subject: `${className}.excludeFromWeightDecay`,
    expected: 'to be called before the first step',
    received: 'an optimizer that has met its weights',
    fix: `Call it right after \`new ${className}(…)\`.`,
  });

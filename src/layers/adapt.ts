/** Errors of layers that learn from data before training, by `adapt`. */

import { problem } from '../core/errors.js';

/** What a layer learns was given to it. */
export const alreadyGiven = (subject: string, learnt: string) =>
  problem('already-built', {
    subject: `${subject} adapt`,
    expected: `a layer that learns ${learnt}`,
    received: 'one that was given them as options',
  });

/** There is no data to learn from. */
export const nothingToLearn = (subject: string) =>
  problem('empty-data', { subject: `${subject} adapt`, expected: 'at least one sample', received: 'none' });

/** A layer was used before it learnt; `option` is what could have been given. */
export const notAdapted = (subject: string, option: string) =>
  problem('not-adapted', {
    subject,
    expected: '`adapt` before the first inputs',
    received: 'none',
    fix: `Call \`adapt\` with the training data first, or give \`${option}\`.`,
  });

/** Samples kept apart from a training, whose score says when to stop. */

import { problem } from '../../core/errors.js';
import { trainTestSplit } from '../train-test-split.js';
import type { MLPConfig, Task } from './task.js';

/** Samples to train on, and samples to watch. Throws where a part would lack a class, or all samples. */
export function apart({ validationFraction, seed }: MLPConfig, task: Task) {
  const { x, y, strata } = task;
  checkParts(task, validationFraction);
  const parts = trainTestSplit(x, y, { testSize: validationFraction, stratify: strata, seed });
  return [
    { x: parts.xTrain, y: parts.yTrain },
    { x: parts.xTest, y: parts.yTest },
  ] as const;
}

function checkParts({ name, x, strata = new Int32Array(0) }: Task, fraction: number): void {
  const counts = new Map<number, number>();
  for (const place of strata) counts.set(place, (counts.get(place) ?? 0) + 1);
  const alone = strata.findIndex((place) => counts.get(place) === 1);
  if (alone >= 0) throw oneMember(name, alone);
  const rows = x.shape[0]!;
  const watched = Math.ceil(fraction * rows);
  const least = Math.max(1, counts.size);
  if (Math.min(watched, rows - watched) < least) throw tooFew(name, least, rows - watched, watched);
}

const oneMember = (name: string, row: number) =>
  problem('label-range', {
    subject: `${name} earlyStopping`,
    expected: 'two samples or more of each class, one to train on and one to watch',
    received: `one alone of the class of row ${row}`,
    fix: 'Train without `earlyStopping`, or without that row.',
  });

const tooFew = (name: string, least: number, train: number, watched: number) =>
  problem('argument-value', {
    subject: `${name} validationFraction`,
    expected: `a share that leaves ${least} or more rows to train on, and as many to watch`,
    received: `${train} and ${watched}`,
    fix: 'Change `validationFraction`, or train without `earlyStopping`.',
  });

/** What the loops of training and evaluation go through, wherever the data come from. */

import { warnOnce } from '../core/warnings.js';
import type { Examples } from './data-adapter.js';
import type { Pacer } from './pause.js';
import type { Step } from './steps.js';

/** What happens in a step. */
export interface StepKind {
  /** Tells programs of different steps apart. */
  readonly kind: 'train' | 'test';
  readonly step: Step;
}

/** Data, before it is known what is done with them. */
export interface Feed {
  /** Some of the examples: they tell the shapes, and where a NaN came from. */
  readonly sample: Examples;
  /** Makes steps of the data, which have places of their own until they are released. */
  bind(kind: StepKind, pacer: Pacer): Promise<Stepping>;
  /** Closes a generator that was opened, also when it comes to no steps. */
  release(): void;
}

/** The steps over some data. */
export interface Stepping {
  /** Steps in an epoch; null while that is not known. */
  readonly count: number | null;
  /** Examples in an epoch; null while that is not known. */
  readonly samples: number | null;
  /** Begins an epoch: where the last one has ended, or with the first data when `fresh`. */
  begin(fresh: boolean): void;
  /** Whether there is a next step in this epoch. Asking again changes nothing. */
  ready(): boolean | Promise<boolean>;
  /**
   * Runs the step that is ready, and as many after it as fit into some time: a slice, in one call. Says how many
   * they were.
   */
  run(milliseconds?: number): number;
  release(): void;
}

export const warnOfEnd = (method: string, steps: number | null): void =>
  warnOnce(
    `${method} ran out of data`,
    `${method} ran out of data${steps === null ? '' : ` before ${steps} steps of an epoch were done`}. ` +
      'Ask for fewer steps, or give a function that makes a generator: it is called for each pass.',
  );

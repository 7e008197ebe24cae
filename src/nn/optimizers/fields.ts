import { bool, float, int, maybe, type Optional, text } from '../../core/fields.js';
import { named } from '../../core/named.js';
import { imported } from '../imported.js';
import { LearningRateSchedule, type ScheduleFunction, scheduleOf } from '../schedules.js';

export type LearningRateOption = number | LearningRateSchedule | ScheduleFunction;

/**
 * The size of a step: a number, a schedule, or a function of the step.
 *
 * @example
 * optimizer('SignDescent', () => ({ learningRate: learningRate(0.01) }))
 */
export function learningRate(fallback: number): Optional<LearningRateOption, number | LearningRateSchedule> {
  const schedule = named<never, LearningRateSchedule, ScheduleFunction>({
    noun: 'a schedule',
    module: 'keras.optimizers.schedules',
    table: {},
    imported: imported.schedules,
    base: LearningRateSchedule,
    wrap: scheduleOf,
  });
  return {
    expected: 'a number of 0 or more, a schedule or a function of the step',
    fallback,
    parse: (given) =>
      ['object', 'function'].includes(typeof given)
        ? schedule.parse(given as LearningRateSchedule)
        : float({ min: 0 }).parse(given as number),
    toJson: (rate) => (typeof rate === 'number' ? rate : schedule.toJson!(rate)),
    fromJson: (json, classes) => (typeof json === 'number' ? json : schedule.fromJson!(json, classes)),
  };
}

/** Options of every optimizer. */
const fields = () => ({
  /** Name in saved files. */
  name: maybe(text()),
  /** Share of each weight taken away at each step, times the learning rate. Loshchilov and Hutter 2017. */
  weightDecay: maybe(float({ min: 0 })),
  /** Longest allowed gradient of each weight. */
  clipnorm: maybe(float({ min: 0 })),
  /** Longest allowed gradient of all weights together. */
  globalClipnorm: maybe(float({ min: 0 })),
  /** Largest allowed element of a gradient. */
  clipvalue: maybe(float({ min: 0 })),
  /** Whether to keep a running average of the weights, which replaces them at the end of training. */
  useEma: bool(false),
  /** How much of the average is kept at each step. */
  emaMomentum: float(0.99, { min: 0, max: 1 }),
  /** Steps after which the average replaces the weights; only at the end when null. */
  emaOverwriteFrequency: maybe(int({ min: 1 })),
  /** What the loss is multiplied by before gradients, and gradients divided by after. */
  lossScaleFactor: maybe(float({ above: 0 })),
  /** Batches whose gradients are averaged into one step. */
  gradientAccumulationSteps: maybe(int({ min: 2 })),
});

export interface OptimizerFields extends ReturnType<typeof fields> {}
export const optimizerFields: () => OptimizerFields = fields;

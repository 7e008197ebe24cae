import type { JsonObject } from '../../../src/core/fields.js';
import { LearningRateSchedule } from '../../../src/nn/schedules.js';
import { forward, sameNumbers } from '../compare.js';
import { made } from '../library.js';

export interface ScheduleCase {
  readonly id: string;
  readonly schedule: string;
  readonly config: JsonObject;
  readonly steps: readonly number[];
  readonly values: readonly (number | string)[];
}

export function checkSchedule({ schedule, config, steps, values }: ScheduleCase): void {
  const rate = made(LearningRateSchedule, schedule, config);
  const rates = steps.map((step) => rate.at(step));
  sameNumbers('learning rate', rates, values.map(Number), forward);
}

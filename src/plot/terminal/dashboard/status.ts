/** How far a training is, in words. */

import { currentBackend } from '../../../backends/choose.js';
import type { Logs } from '../../../models/network.js';
import { valueText } from '../../../models/progress.js';
import { numberLabel } from '../../axes/labels.js';
import { processOf } from '../process.js';

/** Where a training stands. Times are in seconds. */
export interface Standing {
  /** Of the epoch that runs, from 1, and of all. */
  readonly epoch: number;
  readonly epochs: number;
  readonly done: number;
  /** Null while that is not known. */
  readonly steps: number | null;
  /** Of the whole training, from 0 to 1; undefined while that is not known. */
  readonly share: number | undefined;
  readonly spent: number;
  /** In a second, in this epoch; undefined before anything is done. */
  readonly speed: { readonly count: number; readonly unit: 'samples' | 'steps' } | undefined;
  readonly learningRate: number;
  readonly values: Partial<Logs>;
}

/** Short pieces, which the frame puts into as few lines as they fit. */
export function piecesOf(standing: Standing, unicode: boolean): string[][] {
  const { epoch, epochs, done, steps, share, spent, speed, learningRate, values } = standing;
  const ascii = !unicode;
  const step = steps === null ? `step ${done}` : `step ${done}/${steps}`;
  const left = share ? duration((spent / share) * (1 - share)) : undefined;
  const time = share === 1 || left === undefined ? duration(spent) : `${duration(spent)}, ${left} left`;
  return [
    [`Epoch ${epoch}/${epochs}`, step, time],
    Object.entries(values).map(([name, value]) => `${name} ${valueText(value!)}`),
    [
      ...(speed ? [`${numberLabel(speed.count, 3, { ascii })} ${speed.unit}/s`] : []),
      `learning rate ${numberLabel(learningRate, 3, { ascii })}`,
      ...memory(),
    ],
  ];
}

/** The line of an epoch where nothing can be drawn again. */
export function epochLine(standing: Standing): string {
  const { epoch, epochs, spent, speed, values } = standing;
  const pieces = [
    `Epoch ${epoch}/${epochs}`,
    ...Object.entries(values).map(([name, value]) => `${name}: ${valueText(value!)}`),
    duration(spent),
    ...(speed ? [`${numberLabel(speed.count, 3, { ascii: true })} ${speed.unit}/s`] : []),
  ];
  return pieces.join(' - ');
}

/** What the library has for its arrays, and the whole process. */
function memory(): string[] {
  const whole = processOf()?.memoryUsage?.rss();
  return [
    `arrays ${megabytes(currentBackend().reservedBytes())}`,
    ...(whole === undefined ? [] : [`process ${megabytes(whole)}`]),
  ];
}

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;

/** `0s`, `12s`, `3:05`, `1:02:03`. */
function duration(seconds: number): string {
  const all = Math.round(seconds);
  if (all < 60) return `${all}s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(all / 60);
  const rest = two(all % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** How far a run is: a bar on a terminal, a line an epoch elsewhere, or Keras's own lines. */

import type { Logs } from './network.js';
import type { Verbosity } from './options.js';
import { isTerminal, printLine, redrawLine } from './terminal.js';

export type ProgressMode = 0 | 1 | 2;

export const progressMode = (verbose: Verbosity, automatic: ProgressMode): ProgressMode =>
  verbose === 'auto' ? automatic : verbose;

const barWidth = 20;
// Reading the values for a redraw takes time of its own.
const redrawMilliseconds = 100;

export class Progress {
  #epoch = 0;
  #start = 0;
  #drawn = 0;
  readonly #draws: boolean;

  constructor(
    readonly mode: ProgressMode,
    /** Steps of an epoch; null while that is not known. */
    readonly steps: number | null,
    /** Epochs of the training; null outside of one. */
    readonly epochs: number | null,
  ) {
    this.#draws = mode === 1 && isTerminal();
  }

  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#start = performance.now();
    this.#drawn = 0;
    const hasHeading = this.epochs !== null && this.epochs > 1 && (this.mode === 2 || this.#draws);
    if (hasHeading) printLine(`Epoch ${epoch + 1}/${this.epochs}`);
  }

  /** After some steps; draws only now and then. */
  step(done: number, logs: () => Partial<Logs>): void {
    if (!this.#draws || performance.now() - this.#drawn < redrawMilliseconds) return;
    this.#drawn = performance.now();
    const spent = (this.#drawn - this.#start) / 1000;
    const time =
      this.steps === null ? duration(spent) : `${duration((spent / done) * (this.steps - done))} left`;
    redrawLine(`${bar(done, this.steps)} ${time}${valuesText(logs())}`);
  }

  /** After all steps: `done` says how many there were where that was not known. */
  end(logs: Partial<Logs>, done = 0): void {
    if (this.mode === 0) return;
    const steps = this.steps ?? done;
    const seconds = (performance.now() - this.#start) / 1000;
    const perStep = stepTime(seconds / Math.max(1, steps));
    const values = valuesText(logs);
    const count = `${steps}/${steps}`;
    if (this.mode === 2) printLine(`${count} - ${seconds.toFixed(0)}s - ${perStep}${values}`);
    else if (this.#draws) {
      redrawLine('');
      printLine(`${bar(steps, steps)} ${duration(seconds)} ${perStep}${values}`);
    } else {
      const heading = this.epochs === null ? count : `Epoch ${this.#epoch + 1}/${this.epochs}`;
      printLine(`${heading} - ${duration(seconds)} - ${perStep}${values}`);
    }
  }
}

function bar(done: number, steps: number | null): string {
  if (steps === null) return `${done}/Unknown`;
  const filled = steps === 0 ? barWidth : Math.floor((barWidth * done) / steps);
  const count = `${String(done).padStart(String(steps).length)}/${steps}`;
  return `${count} ${'━'.repeat(filled)}${'─'.repeat(barWidth - filled)}`;
}

/** `0s`, `12s`, `3:05`, `1:02:03`, as Keras's bar has it. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const [minutes, rest] = [Math.floor(whole / 60), two(whole % 60)];
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

function stepTime(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return `${seconds.toFixed(0)}s/step`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(0)}ms/step` : `${(seconds * 1e6).toFixed(0)}us/step`;
}

/** Keras's rule: four decimals, or an exponent for small numbers. */
export function valueText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Math.abs(value) > 1e-3) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');
}

const valuesText = (logs: Partial<Logs>): string =>
  Object.entries(logs)
    .map(([name, value]) => ` - ${name}: ${valueText(value!)}`)
    .join('');

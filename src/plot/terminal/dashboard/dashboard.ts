import { declared } from '../../../core/configurable.js';
import { noOptions } from '../../../core/declaration.js';
import { type Field, int, listOf, maybe, text } from '../../../core/fields.js';
import type { RunParameters } from '../../../models/callbacks/callback.js';
import { ProgbarLogger } from '../../../models/callbacks/progbar-logger.js';
import type { Logs } from '../../../models/network.js';
import { checkMetrics } from '../../charts/history.js';
import { processOf } from '../process.js';
import { isLive, terminalOf } from '../terminal-of.js';
import { frameOf } from './frame.js';
import { Screen, type ScreenStream } from './screen.js';
import { epochLine, type Standing } from './status.js';

const stream = (): Field<ScreenStream> => ({
  expected: 'a stream with a method write, such as process.stdout',
  parse: (given) => (typeof given?.write === 'function' ? given : undefined),
});

// Reading the values for a frame takes time of its own, and nobody reads faster.
const frameMilliseconds = 100;

/**
 * Shows a training while it runs: curves of the loss and the metrics with those of validation, how far the epoch is, the
 * time that is left, samples a second, the learning rate and memory (MiB of the library's arrays, and of the process in Node).
 * In a terminal it is drawn again in its place, at most ten times a second; what else is written to the stream appears above
 * it. Elsewhere (files, pipes, `CI`, `TERM=dumb`, pages) it writes a line an epoch. It takes the place of `fit`'s own
 * progress bar, and shows nothing with `verbose: 0`.
 *
 * Throws a ConfigError at the end of the first epoch for `metrics` that the training has not.
 *
 * @example
 * import { Dense, Sequential } from 'myelin';
 * import { Dashboard } from 'myelin/plot';
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ loss: 'mse' });
 * await model.fit([[1], [2]], [1, 2], { epochs: 2, callbacks: [new Dashboard()] });
 */
export class Dashboard extends /* @__PURE__ */ declared(
  ProgbarLogger,
  'Dashboard',
  () => ({
    /** Where it is drawn. Default `process.stdout`; the console in pages. */
    stream: maybe(stream()),
    /** Lines of each chart between its axes. Default what there is room for, at most 10. */
    height: maybe(int({ min: 2 })),
    /** Which curves are drawn, without `val_`: `['loss', 'accuracy']`. Default all. Lines have all values. */
    metrics: maybe(listOf(text())),
  }),
  noOptions,
) {
  #isInFit = false;
  #screen: Screen | undefined;
  #curves: Record<string, number[]> = {};
  #values: Partial<Logs> = {};
  #epoch = 0;
  #firstEpoch: number | undefined;
  /** When the training, the epoch, and the steps of the last epoch began or ended, and when a frame was drawn. */
  #began = 0;
  #epochBegan = 0;
  #stepsEnded: number | undefined;
  #drawn = Number.NEGATIVE_INFINITY;

  override setParams(params: RunParameters): void {
    super.setParams(params);
    this.#isInFit = false;
  }

  override onTrainBegin(): void {
    super.onTrainBegin();
    this.#isInFit = true;
    this.#curves = {};
    this.#values = {};
    this.#firstEpoch = undefined;
    this.#began = performance.now();
    this.#drawn = Number.NEGATIVE_INFINITY;
    const target = this.#stream;
    const isDrawn = this.params.verbose !== 0 && target && isLive(target, processOf()?.env ?? {});
    this.#screen = isDrawn ? new Screen(target) : undefined;
    this.#screen?.open();
  }

  override onEpochBegin(epoch: number): void {
    this.#firstEpoch ??= epoch;
    this.#epoch = epoch;
    this.#epochBegan = performance.now();
    this.#stepsEnded = undefined;
    this.seen = 0;
  }

  override draw(logs: () => Partial<Logs>): void {
    if (!this.#isInFit) super.draw(logs);
    else if (this.#isDue) {
      this.#values = { ...this.#values, ...logs() };
      this.#redraw();
    }
  }

  override onTestBegin(): void {
    if (this.#isInFit) this.#stepsEnded = performance.now();
    else super.onTestBegin();
  }

  override onTestEnd(logs: Logs): void {
    if (!this.#isInFit) super.onTestEnd(logs);
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    this.#stepsEnded ??= performance.now();
    this.#values = { ...logs };
    for (const [name, value] of Object.entries(logs)) {
      this.#curves[name] ??= [];
      this.#curves[name].push(value);
    }
    // At once and wherever it is shown, so that a wrong name is told early.
    const { metrics } = this.config;
    if (metrics && this.#epoch === this.#firstEpoch)
      checkMetrics('Dashboard metrics', metrics, Object.keys(this.#curves));
    if (this.#screen) {
      if (this.#isDue || this.#epoch === this.#firstEpoch) this.#redraw();
    } else if (this.params.verbose !== 0) this.#print(epochLine(this.#standing()));
  }

  override onTrainEnd(): void {
    if (this.#firstEpoch !== undefined) this.#redraw();
  }

  override close(): void {
    this.#isInFit = false;
    this.#screen?.close();
    this.#screen = undefined;
  }

  get #stream(): ScreenStream | undefined {
    return this.config.stream ?? (processOf()?.stdout as ScreenStream | undefined);
  }

  get #isDue(): boolean {
    return performance.now() - this.#drawn >= frameMilliseconds;
  }

  #print(line: string): void {
    if (this.config.stream) this.config.stream.write(`${line}\n`);
    else console.log(line);
  }

  #redraw(): void {
    const screen = this.#screen;
    if (!screen) return;
    const { env = {}, platform = '' } = processOf() ?? {};
    const { columns, rows, stream } = screen;
    // A line that is as wide as the terminal would end in the next one.
    const terminal = { ...terminalOf(stream, env, platform), width: Math.max(8, columns - 1) };
    const { height, metrics } = this.config;
    const frame = frameOf(this.#curves, this.#standing(), { terminal, rows, height, metrics });
    screen.draw(frame.lines, frame.widths);
    this.#drawn = performance.now();
  }

  #standing(): Standing {
    const { samples } = this;
    const { epochs, steps } = this.params;
    const now = performance.now();
    const first = this.#firstEpoch ?? 0;
    const done = this.seen;
    const inEpoch = steps ? done / steps : this.#stepsEnded === undefined ? 0 : 1;
    const seconds = ((this.#stepsEnded ?? now) - this.#epochBegan) / 1000;
    const perStep = steps && samples ? samples / steps : undefined;
    const speed: Standing['speed'] =
      done > 0 && seconds > 0
        ? { count: (done * (perStep ?? 1)) / seconds, unit: perStep ? 'samples' : 'steps' }
        : undefined;
    return {
      epoch: this.#epoch + 1,
      epochs,
      done,
      steps,
      share: (this.#epoch - first + inEpoch) / Math.max(1, epochs - first),
      spent: (now - (this.#screen ? this.#began : this.#epochBegan)) / 1000,
      speed,
      learningRate: this.model.optimizer?.learningRate ?? Number.NaN,
      values: this.#values,
    };
  }
}

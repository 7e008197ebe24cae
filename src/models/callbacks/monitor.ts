/** Callbacks that watch one value of the logs: which way it gets better, and whether it has. */

import { type DeclaredClass, declared } from '../../core/configurable.js';
import type { Declaration, Declares } from '../../core/declaration.js';
import { problem } from '../../core/errors.js';
import { int, oneOf, wordLike } from '../../core/fields.js';
import { warnOnce } from '../../core/warnings.js';
import type { Logs } from '../network.js';
import { Callback } from './callback.js';

const fields = () => ({
  /** Name of the value to watch. */
  monitor: wordLike(['loss', 'val_loss', 'accuracy', 'val_accuracy'], 'val_loss'),
  /** Whether less or more is better; `'auto'` goes by the name, and is an error where the name does not tell. */
  mode: oneOf(['auto', 'min', 'max'], 'auto'),
  /** 1 tells what happens. */
  verbose: int(0, { min: 0 }),
});
export interface MonitorFields extends ReturnType<typeof fields> {}
export const monitorFields: () => MonitorFields = fields;

// Names whose values are better when they are less, and when they are greater: those of Keras's metrics and losses.
const costs =
  'loss|error|entropy|hinge|poisson|divergence|kld|cosh|huber|dice|tversky|(^|_)(ms|ma|map|msl|rms|bc|c)e';
const gains =
  /acc|auc|precision|recall|f1|f_?beta|iou|io_u|r2|sensitivity|specificity|correlation|similarity/i;

/** The mode that a name tells. What stands at the end counts first: `accent_loss` is a loss. */
function modeOf(name: string): 'min' | 'max' | undefined {
  if (new RegExp(`(${costs})$`, 'i').test(name)) return 'min';
  if (gains.test(name)) return 'max';
  return new RegExp(costs, 'i').test(name) ? 'min' : undefined;
}

export abstract class MonitorCallback extends Callback {
  declare readonly config: {
    readonly monitor: string;
    readonly mode: 'auto' | 'min' | 'max';
    readonly verbose: number;
    readonly minDelta?: number;
  };
  /** The best value so far. */
  best: number | null = null;

  /** The value in the logs; warns once where there is none. */
  protected watched(logs: Partial<Logs>): number | undefined {
    const { monitor } = this.config;
    const value = logs[monitor];
    if (value !== undefined) return value;
    const fix = monitor.startsWith('val_') ? ' Give `fit` a `validationSplit` or `validationData`.' : '';
    const known = Object.keys(logs).join(', ');
    const { className } = this;
    warnOnce(
      `${className} ${monitor}`,
      `${className} watches '${monitor}', but the logs have ${known}.${fix}`,
    );
    return undefined;
  }

  /** Which way is better. Throws where nothing tells. */
  protected direction(): 'min' | 'max' {
    const { mode, monitor } = this.config;
    const told = mode === 'auto' ? modeOf(monitor) : mode;
    if (told) return told;
    throw problem('option-value', {
      subject: `${this.className} mode`,
      expected: `'min' or 'max' for '${monitor}', whose name does not tell which is better`,
      received: "'auto'",
      fix: "Write `mode: 'max'` if more is better, else `mode: 'min'`.",
    });
  }

  /** Whether a value is better than another by more than `minDelta`, as float32, which logs are. */
  protected isImprovement(value: number, than: number | null): boolean {
    if (than === null) return true;
    const change = Math.abs(this.config.minDelta ?? 0);
    const reference = Math.fround(than);
    return this.direction() === 'max'
      ? Math.fround(value - change) > reference
      : Math.fround(value + change) < reference;
  }
}

export interface MonitorClass<D extends Declaration>
  extends DeclaredClass<D, typeof monitorFields, MonitorCallback> {}

/** Declares a callback that watches a value: its options beside `monitor`, `mode` and `verbose`. */
export const monitorCallback = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): MonitorClass<D> => declared(MonitorCallback, className, declare, monitorFields);

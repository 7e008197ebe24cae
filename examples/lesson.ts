/** What a lesson is given and what it gives back; everything around the one program that a reader came for. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Plot } from 'myelin/plot';
import { type Options, readArguments } from '../src/cli/arguments.js';
import type { Example } from '../src/cli/examples.js';
import type { Surroundings } from '../src/cli/surroundings.js';
import { problem } from '../src/core/errors.js';

/** The room in which a lesson runs. */
export interface Stage {
  /** Prints. */
  readonly write: (text: string) => void;
  /** Draws in the terminal. */
  readonly show: (plot: Plot) => void;
  /** Draws into `examples/out/NAME.svg` and says so. A second picture has a `suffix`: `NAME-SUFFIX.svg`. */
  readonly save: (plot: Plot, suffix?: string) => Promise<void>;
  /** `--seed`. Default 0. */
  readonly seed: number;
  /** `--data`: where the real data lie. */
  readonly data: string | undefined;
  /** `--small`: a minute's lesson in a second, for tests. Sizes and epochs shrink, the code stays the same. */
  readonly small: boolean;
  /** `--epochs`, of lessons that train for long. */
  readonly epochs?: number;
  /** For `fit`: a line for each epoch, or 0 where nobody watches. */
  readonly verbose: 0 | 2;
  /** For `fit`: Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Lesson {
  /** What the number is that the lesson ends with: `test accuracy`. */
  readonly figure: string;
  /** Decimals of the number. Default 2. */
  readonly digits?: number;
  /** Whether it can read real data from `--data`, and what should lie there. */
  readonly data?: string;
  /** Whether `--epochs` may say how long it trains. */
  readonly trains?: true;
  /** Resolves to the number. */
  run(stage: Stage): Promise<number>;
}

const common = {
  seed: { value: 'N', integer: { min: 0 }, doc: 'Of everything drawn at random. Default: 0.' },
  seeds: {
    value: 'N',
    integer: { min: 1 },
    doc: 'Run quietly with so many seeds, from --seed on; give the mean.',
  },
  small: { doc: 'A small setting, in a few seconds.' },
  out: { value: 'DIR', doc: 'Where the picture is written. Default: examples/out.' },
} as const satisfies Options;

const epochsOption = { epochs: { value: 'N', integer: { min: 1 }, doc: 'Passes over the data.' } } as const;

/** A lesson as an example of the command line; its last line is the figure: `test accuracy 0.81`. */
export function lesson(name: string, { figure, digits = 2, data, trains, run }: Lesson): Example {
  const options = {
    ...common,
    ...(data === undefined ? {} : { data: { value: 'PATH', doc: data } }),
    ...(trains ? epochsOption : {}),
  };
  const command = `myelin example ${name}`;
  return {
    options,
    async run(words, surroundings) {
      const { values, positionals } = readArguments(command, words, options);
      if (positionals.length > 0) throw unexpected(command, positionals[0]!);
      const { seed = 0, seeds, small = false, out = usualOut, data: path, epochs } = values;
      const given = { seed, small, data: path, ...(epochs === undefined ? {} : { epochs }) };
      const { write, signal } = surroundings;
      const last = (title: string, value: number) => write(`${title} ${value.toFixed(digits)}`);
      if (seeds === undefined) {
        const value = await run({ ...roomIn(surroundings, name, out), ...given });
        signal.throwIfAborted();
        write('');
        return last(figure, value);
      }
      let sum = 0;
      for (let i = seed; i < seed + seeds; i++) {
        const value = await run({ ...quietRoom(signal), ...given, seed: i });
        signal.throwIfAborted();
        last(`seed ${i}  ${figure}`, value);
        sum += value;
      }
      last(`mean ${figure}`, sum / seeds);
    },
  };
}

const quietRoom = (signal: AbortSignal) => ({
  signal,
  verbose: 0 as const,
  write: () => {},
  show: () => {},
  save: async () => {},
});

function roomIn({ write, terminal, signal, progress }: Surroundings, name: string, out: string) {
  return {
    write,
    signal,
    verbose: progress ? (2 as const) : (0 as const),
    show: (plot: Plot) => write(plot.terminal(terminal)),
    save: (plot: Plot, suffix?: string) =>
      savePicture(plot, suffix === undefined ? name : `${name}-${suffix}`, { write, out }),
  };
}

/** Where pictures go when nobody says otherwise, below the current folder. */
export const usualOut = join('examples', 'out');

/** Writes `OUT/NAME.svg` and says so. */
export async function savePicture(
  plot: Plot,
  name: string,
  { write, out = usualOut }: { readonly write: (text: string) => void; readonly out?: string },
): Promise<void> {
  const file = resolve(out, `${name}.svg`);
  await mkdir(resolve(out), { recursive: true });
  await writeFile(file, plot.svg());
  write(`Picture: ${relative('.', file)}`);
}

const unexpected = (command: string, word: string) =>
  problem('option-value', {
    subject: command,
    expected: 'options only',
    received: `'${word}'`,
    fix: `See \`${command} --help\`.`,
  });

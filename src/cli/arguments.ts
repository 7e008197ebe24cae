/** Options of a command line: declared once, for reading, for messages and for `--help`. */

import { parseArgs } from 'node:util';
import { problem } from '../core/errors.js';
import { list, nearest, show } from '../core/text.js';

/** One declared option. Without `value` it is a flag. */
export interface Option {
  /** What `--help` writes for the value: `FILE.csv`. */
  readonly value?: string;
  /** Whether the value must be a whole number, and its bounds. */
  readonly integer?: { readonly min: number; readonly max?: number };
  readonly short?: string;
  readonly doc: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What a declaration reads as: flags are booleans, whole numbers numbers, everything else text. */
export type Values<Declared extends Options> = {
  readonly [Name in keyof Declared]?: NonNullable<Declared[Name]> extends { readonly integer: object }
    ? number
    : NonNullable<Declared[Name]> extends { readonly value: string }
      ? string
      : boolean;
};

export interface Arguments<Declared extends Options> {
  readonly values: Values<Declared>;
  readonly positionals: readonly string[];
}

/**
 * Reads the words after a command.
 *
 * @throws ConfigError for unknown options (with the nearest), missing or superfluous values, and values of the wrong kind.
 * @example
 * const { values } = readArguments('myelin example', ['--seed', '7'], {
 *   seed: { value: 'N', integer: { min: 0 }, doc: 'Of the split.' },
 * });
 * values.seed; // 7
 */
export function readArguments<const Declared extends Options>(
  command: string,
  words: readonly string[],
  declared: Declared,
): Arguments<Declared> {
  // Not strict: parseArgs's own messages neither offer the nearest name nor say what the command takes.
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: parserOptions(declared),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, boolean | string | number> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(declared, token.name) ? declared[token.name] : undefined;
    if (!option) throw unknownOption(command, token.rawName, declared);
    values[token.name] = valueOfOption(command, token.rawName, option, token.value);
  }
  return { values: values as Values<Declared>, positionals };
}

function parserOptions(declared: Options) {
  return Object.fromEntries(
    Object.entries(declared).map(([name, { value, short }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
}

function valueOfOption(command: string, name: string, option: Option, given: string | undefined) {
  const wrong = (expected: string, received: string) =>
    problem('option-value', { subject: command, expected, received, fix: `See \`${command} --help\`.` });
  if (option.value === undefined) {
    if (given === undefined) return true;
    throw wrong(`no value after ${name}`, show(given));
  }
  // `--data --folds 5`: the name of a file that starts with a dash can be written as `--data=-file`.
  if (given === undefined || given === '' || /^--?[a-z]/i.test(given)) {
    throw wrong(`${option.value} after ${name}`, given ? `the option ${given}` : 'nothing');
  }
  if (!option.integer) return given;
  const { min, max = Number.MAX_SAFE_INTEGER } = option.integer;
  const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (number >= min && number <= max) return number;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `${min} up` : `${min} to ${max}`;
  throw wrong(`${name} to be a whole number from ${bounds}`, show(given));
}

function unknownOption(command: string, name: string, declared: Options) {
  const names = Object.keys(declared).map((word) => `--${word}`);
  const guess = nearest(name, names);
  return problem('option-unknown', {
    subject: command,
    expected: names.length > 0 ? list(names).replaceAll("'", '') : 'no options',
    received: name,
    fix: guess === undefined ? `See \`${command} --help\`.` : `Write ${guess}.`,
  });
}

/** The lines of `--help` for the options. */
export function optionLines(declared: Options): string[] {
  const rows = Object.entries(declared).map(([name, { value, short, doc }]) => {
    const flags = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return [flags, doc] as const;
  });
  const width = Math.max(...rows.map(([flags]) => flags.length));
  return rows.map(([flags, doc]) => `  ${flags.padEnd(width)}  ${doc}`);
}

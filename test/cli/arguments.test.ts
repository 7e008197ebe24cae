import { describe, expect, test } from 'vitest';
import { type Options, optionLines, readArguments } from '../../src/cli/arguments.js';
import { ConfigError } from '../../src/core/errors.js';

const declared = {
  data: { value: 'FILE.csv', doc: 'The table.' },
  folds: { value: 'N', integer: { min: 2 }, doc: 'How many.' },
  quiet: { short: 'q', doc: 'Say less.' },
} as const satisfies Options;

const read = (...words: string[]) => readArguments('run', words, declared);
const messageOf = (...words: string[]): string => {
  try {
    read(...words);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('No error was thrown.');
};

describe('readArguments', () => {
  test('values come as text, whole numbers and flags; other words are positional', () => {
    expect(read('--data', 'a.csv', '--folds=5', '-q', 'rest')).toEqual({
      values: { data: 'a.csv', folds: 5, quiet: true },
      positionals: ['rest'],
    });
    expect(read().values).toEqual({});
  });

  test('an unknown option is an error that offers the nearest one', () => {
    expect(messageOf('--fold', '5')).toBe(
      [
        'run expected --data, --folds or --quiet, received --fold.',
        '  fix    Write --folds.',
        '  code   option-unknown',
      ].join('\n'),
    );
    expect(messageOf('--constructor')).toMatch(/received --constructor\.\n {2}fix {4}See `run --help`/);
  });

  test('an option without its value is an error', () => {
    expect(messageOf('--data')).toMatch(/^run expected FILE\.csv after --data, received nothing\./);
    expect(messageOf('--data', '--folds', '5')).toMatch(
      /FILE\.csv after --data, received the option --folds/,
    );
  });

  test('a flag with a value is an error', () => {
    expect(messageOf('--quiet=yes')).toMatch(/^run expected no value after --quiet, received 'yes'\./);
  });

  test('numbers must be whole and within their bounds', () => {
    for (const word of ['1', '2.5', 'five', '-3']) {
      expect(messageOf(`--folds=${word}`)).toContain('expected --folds to be a whole number from 2 up');
    }
  });
});

test('the lines of help are aligned', () => {
  expect(`\n${optionLines(declared).join('\n')}`).toMatchInlineSnapshot(`
    "
          --data FILE.csv  The table.
          --folds N        How many.
      -q, --quiet          Say less."
  `);
});

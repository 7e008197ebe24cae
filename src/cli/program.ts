/** The command line without the process around it. */

import { createRequire } from 'node:module';
import { ConfigError, MyelinError, problem } from '../core/errors.js';
import { list, nearest } from '../core/text.js';
import * as cache from './commands/cache.js';
import * as example from './commands/example.js';
import * as explain from './commands/explain.js';
import * as train from './commands/train.js';
import type { Surroundings } from './surroundings.js';

interface Command {
  readonly summary: string;
  run(words: readonly string[], surroundings: Surroundings): Promise<void>;
}

const commands: Readonly<Record<string, Command>> = { cache, example, explain, train };

/** What the shell is told: all went well, the work failed, the call was wrong, Ctrl-C. */
export const exitCodes = { done: 0, failed: 1, misused: 2, interrupted: 130 } as const;

/** Runs the words after `myelin`. Errors become their message; the stack is added when `debug` is set. */
export async function runProgram(
  words: readonly string[],
  surroundings: Surroundings,
  { writeError, debug }: { readonly writeError: (text: string) => void; readonly debug: boolean },
): Promise<number> {
  try {
    await dispatch(words, surroundings);
    surroundings.signal.throwIfAborted();
    return exitCodes.done;
  } catch (error) {
    if (surroundings.signal.aborted) {
      writeError('Stopped.');
      return exitCodes.interrupted;
    }
    writeError(textOf(error, debug));
    return error instanceof ConfigError ? exitCodes.misused : exitCodes.failed;
  }
}

function dispatch([name, ...rest]: readonly string[], surroundings: Surroundings): Promise<void> | void {
  if (name === undefined || name === '--help' || name === '-h') return surroundings.write(help());
  if (name === '--version' || name === '-v') return surroundings.write(version());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command.run(rest, surroundings);
  const names = [...Object.keys(commands), '--help', '--version'];
  const guess = nearest(name, names);
  throw problem(name.startsWith('-') ? 'option-unknown' : 'argument-value', {
    subject: 'myelin',
    expected: list(names),
    received: `'${name}'`,
    fix: guess === undefined ? 'See `myelin --help`.' : `Write \`myelin ${guess}\`.`,
  });
}

function help(): string {
  const rows = [
    ...Object.entries(commands).map(([name, { summary }]) => [name, summary] as const),
    ['--help', 'prints this'] as const,
    ['--version', 'prints the version'] as const,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ['myelin COMMAND', '', ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join('\n');
}

/** The package names itself, so that the same line works in `src` and in `dist`. */
const version = () => (createRequire(import.meta.url)('myelin/package.json') as { version: string }).version;

function textOf(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (debug) return error.stack ?? String(error);
  const hint = error instanceof MyelinError ? '' : '\n  MYELIN_DEBUG=1 shows where this happened.';
  return `${error.name}: ${error.message}${hint}`;
}

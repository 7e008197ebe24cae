import { runProgram } from '../../src/cli/program.js';
import type { Surroundings } from '../../src/cli/surroundings.js';

/** Surroundings that remember what was written. */
export function recorded(signal: AbortSignal = new AbortController().signal) {
  const lines: string[] = [];
  const surroundings: Surroundings = {
    write: (text) => lines.push(...text.split('\n')),
    terminal: { width: 79, colour: false, unicode: true },
    signal,
    progress: false,
  };
  return { surroundings, lines };
}

/** Runs a command line in this process: what it wrote, what it complained of, and its exit code. */
export async function myelin(
  words: readonly string[],
  options: { debug?: boolean; signal?: AbortSignal } = {},
) {
  const { surroundings, lines } = recorded(options.signal);
  const errors: string[] = [];
  const writeError = (text: string) => errors.push(...text.split('\n'));
  const code = await runProgram(words, surroundings, { writeError, debug: options.debug ?? false });
  return { lines, errors, code };
}

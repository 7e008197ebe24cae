/** Programs that behave like a C compiler, or like a bad one: shell scripts in folders of their own. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { resetWarnings, setWarnings } from '../../src/core/warnings.js';

const folders: string[] = [];
afterAll(() => folders.splice(0).map((folder) => rmSync(folder, { recursive: true, force: true })));

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-test-'));
  folders.push(folder);
  return folder;
}

/** A place for the cache of each test. */
export function ownCache(): void {
  beforeEach(() => void vi.stubEnv('MYELIN_CACHE_DIR', newFolder()));
  afterEach(() => void vi.unstubAllEnvs());
}

/** What is warned of in each test. */
export function ownWarnings(): string[] {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    resetWarnings();
    setWarnings((text) => warnings.push(text));
  });
  afterEach(() => setWarnings(true));
  return warnings;
}

export const cacheFolder = (): string => join(process.env.MYELIN_CACHE_DIR!, 'native');

const macros = (processor: string) =>
  ['__GNUC__ 9', '__VERSION__ "9.9.9"', '__LP64__ 1', `${processor} 1`]
    .map((text) => `#define ${text}\\n`)
    .join('');
export const thisProcessor = process.arch === 'arm64' ? '__aarch64__' : '__x86_64__';

export interface FakeParts {
  /** Commands that answer a question for macros: those of gcc 9.9.9, by `answer`, if not given. */
  readonly answer?: string;
  /** Commands that compile into `$out`. */
  readonly compile?: string;
  readonly processor?: string;
}

/** The header of a library without sections, by which it may have any length from here on. */
export const goodHeader = `\u007fELF${'\0'.repeat(60)}`;

/** What it makes begins as a library does and holds the source. */
export const goodCompile = `{ printf '\\177ELF'; head -c 60 /dev/zero; cat; } > "$out"`;

/** As `goodCompile`, with a table of sections that ends at byte 4096 of the file. */
export const cutCompile =
  `{ printf '\\177ELF'; head -c 36 /dev/zero; printf '\\000\\017'; head -c 16 /dev/zero; ` +
  `printf '\\100\\000\\004'; head -c 3 /dev/zero; cat; } > "$out"`;

export class FakeCompiler {
  readonly path = join(newFolder(), 'cc');

  constructor({ answer = 'answer', compile = goodCompile, processor = thisProcessor }: FakeParts = {}) {
    const script = [
      '#!/bin/sh',
      `answer() { printf '${macros(processor)}'; }`,
      'echo "$@" >> "$0.calls"',
      'for word; do [ "$previous" = -o ] && out=$word; previous=$word; done',
      `case " $* " in *" -dM "*) ${answer} ;; *) ${compile} ;; esac`,
    ];
    writeFileSync(this.path, `${script.join('\n')}\n`, { mode: 0o700 });
  }

  /** The words of each call so far. */
  calls(): string[] {
    const file = `${this.path}.calls`;
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }

  /** How often it was asked to compile. */
  compilations(): number {
    return this.calls().filter((words) => !words.includes(' -dM ')).length;
  }
}

/** Commands that never end, in two processes which both hold the pipe open. */
export const hangOn = ({ path }: Pipe): string => `exec 9> '${path}'; sleep 100000; echo`;

/** A named pipe, which tells when all that write to it have ended. */
export class Pipe {
  readonly path = join(newFolder(), 'pipe');
  readonly #end: number;

  constructor() {
    execFileSync('mkfifo', [this.path]);
    const both = openSync(this.path, 'r+'); // opening one end waits for the other
    this.#end = openSync(this.path, 'r');
    closeSync(both);
  }

  async allClosed(): Promise<void> {
    await once(spawn('cat', { stdio: [this.#end, 'ignore', 'ignore'] }), 'close');
    closeSync(this.#end);
  }
}

/** A named pipe at which two processes wait for each other: one writes to `path`, the other reads. */
export class Meeting {
  readonly path = join(newFolder(), 'pipe');

  constructor() {
    execFileSync('mkfifo', [this.path]);
  }

  /** Until the other has come. */
  async reached(): Promise<void> {
    await once(spawn('cat', [this.path], { stdio: 'ignore' }), 'close');
  }
}

/** A program of Node that imports what is given from src, as one file. */
export async function program(code: string): Promise<string> {
  const outfile = join(newFolder(), 'program.mjs');
  await build({
    stdin: { contents: code, resolveDir: 'src/backends/native', loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

/** Makes a library that Node can load from C source, or finds it in the cache. */
import { MyelinError, problem } from '../../core/errors.js';
import { findLibrary, workplaceFor } from './cache.js';
import { keyOf } from './cache-key.js';
import type { Compiler } from './compiler.js';
import { failed } from './complaints.js';
import { reasonOf } from './private-place.js';
import { inBackground, type Work, waitFor } from './processes.js';

export { discardLibrary } from './cache.js';

export interface BuildOptions {
  /** Milliseconds that the compiler may take. */
  readonly timeout?: number;
}

export interface BackgroundOptions extends BuildOptions {
  /** Ends the compiler. */
  readonly signal?: AbortSignal;
}

const patience = 120_000;

/**
 * The path of the library, compiled now if it is not in the cache.
 *
 * @throws BackendError when the compiler does not make one, or there is no place for it.
 */
export function buildLibrary(
  source: string,
  compiler: Compiler,
  { timeout = patience }: BuildOptions = {},
): string {
  return waitFor(building(source, compiler, timeout));
}

/**
 * As `buildLibrary`, while other work goes on. One compiler runs at a time, with a lower priority. It does not keep the
 * process alive, which ends it and deletes what it has written.
 *
 * Rejects with the reason of `signal`, or with a BackendError.
 */
export function buildLibraryInBackground(
  source: string,
  compiler: Compiler,
  { timeout = patience, signal }: BackgroundOptions = {},
): Promise<string> {
  const turn = last.then(() => {
    signal?.throwIfAborted();
    return inBackground(building(source, compiler, timeout), signal);
  });
  last = turn.catch(() => {});
  return turn;
}

let last: Promise<unknown> = Promise.resolve();

function* building(source: string, compiler: Compiler, timeout: number): Work<string> {
  try {
    const key = keyOf(source, compiler);
    return findLibrary(key) ?? (yield* compiling(source, compiler, { key, timeout }));
  } catch (error) {
    throw error instanceof MyelinError ? error : failure(compiler, reasonOf(error));
  }
}

function* compiling(
  source: string,
  compiler: Compiler,
  { key, timeout }: { readonly key: string; readonly timeout: number },
): Work<string> {
  const place = workplaceFor(key);
  const file = process.getBuiltinModule('node:path').join(place.folder, 'library');
  try {
    const outcome = yield {
      path: compiler.command,
      args: [...compiler.flags, '-o', file, '-x', 'c', '-'],
      input: source,
      timeout,
      environment: { TMPDIR: place.folder }, // a compiler that is killed leaves its own files
    };
    if (outcome.failure !== undefined) throw failure(compiler, failed(outcome, 4));
    const flaw = flawOf(file);
    if (flaw !== undefined) throw failure(compiler, flaw);
    return place.keep(file);
  } finally {
    place.clear();
  }
}

/** How ELF and Mach-O files of 64 bits begin. */
const beginnings = ['7f454c46', 'cffaedfe'];

/** What is wrong with a compiler's output at first sight; the rest is found when it is loaded. */
function flawOf(file: string): string | undefined {
  const { lstatSync, readFileSync } = process.getBuiltinModule('node:fs');
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return 'exit code 0 and no file';
  const content = readFileSync(file);
  if (!beginnings.includes(content.toString('hex', 0, 4))) return 'exit code 0 and a file that is no library';
  return isCut(content) ? 'exit code 0 and a library without its end' : undefined;
}

/**
 * Of ELF the table of sections comes last; the header says where it begins, and the size and number of its parts. A
 * system maps what is not there without a word, and kills the process that touches it. That for Mach-O refuses it.
 */
function isCut(content: Buffer): boolean {
  if (!content.toString('hex', 0, 4).startsWith('7f')) return false;
  if (content.length < elfHeader) return true;
  const end = Number(content.readBigUInt64LE(40)) + content.readUInt16LE(58) * content.readUInt16LE(60);
  return end > content.length;
}

const elfHeader = 64;

const failure = ({ command, version }: Compiler, received: string) =>
  problem('backend-missing', {
    subject: "Backend 'native'",
    expected: `${command} (${version}) to compile a program`,
    received,
    fix: 'Name another compiler by MYELIN_CC, or use the backend wasm.',
  });

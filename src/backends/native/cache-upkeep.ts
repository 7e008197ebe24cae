/** Keeps the cache of compiled libraries small, and tells what is in it. */
import { problem } from '../../core/errors.js';
import { isCount } from '../../core/shape.js';
import { cacheDirectory, type Entry, entriesIn, isLibrary } from './cache-files.js';
import { distrust, removeAll } from './private-place.js';

const hour = 3_600_000;
/** A folder of a process that was killed: no compiler runs for so long. */
const oldWork = hour;
const oldLibrary = 90 * 24 * hour;
const mostMebibytes = 256;

/** What libraries may take: `MYELIN_CACHE_MIB`, else 256 MiB. */
export function mostBytes(): number {
  const wanted = process.env.MYELIN_CACHE_MIB;
  const mebibytes = wanted ? Number(wanted) : mostMebibytes;
  if (isCount(mebibytes)) return mebibytes * 2 ** 20;
  throw problem('option-value', {
    subject: 'MYELIN_CACHE_MIB',
    expected: 'a whole number of MiB, from 0 up',
    received: `'${wanted}'`,
    fix: `Set it to a number such as ${mostMebibytes}, or leave it unset.`,
  });
}

/** Deletes what is too old or too much, the least recently used first, but nothing of `inUse`. */
export function makeRoom(place: string, inUse: ReadonlySet<string>): void {
  const limit = mostBytes();
  let bytes = 0;
  for (const entry of entriesIn(place)) {
    if (isLibrary(entry)) bytes += entry.bytes;
    if (!inUse.has(entry.path) && (isOld(entry) || (isLibrary(entry) && bytes > limit)))
      removeAll(entry.path);
  }
}

const isOld = ({ kind, used }: Entry) => Date.now() - used > (kind === 'work' ? oldWork : oldLibrary);

export interface CacheContents {
  readonly directory: string;
  readonly libraries: number;
  readonly bytes: number;
}

export interface CacheReport extends CacheContents {
  /** Why the place is not used. */
  readonly refused?: string;
}

/**
 * What is in the cache.
 *
 * @throws BackendError when there is no place for one.
 */
export function cacheReport(): CacheReport {
  const directory = directoryOrThrow();
  const refused = refusal(directory);
  return { ...contents(directory), ...(refused === undefined ? {} : { refused }) };
}

function directoryOrThrow(): string {
  const directory = cacheDirectory();
  if (directory !== undefined) return directory;
  throw problem('backend-missing', {
    subject: 'The cache',
    expected: 'a place in the home directory',
    received: 'a user without one',
    fix: 'Set MYELIN_CACHE_DIR to a folder of your own that others cannot write to.',
  });
}

function contents(directory: string): CacheContents {
  const libraries = entriesIn(directory).filter(isLibrary);
  const bytes = libraries.reduce((sum, entry) => sum + entry.bytes, 0);
  return { directory, libraries: libraries.length, bytes };
}

/** A place that is not there yet is not refused. */
function refusal(directory: string): string | undefined {
  const reason = distrust(directory);
  return reason?.startsWith('ENOENT') ? undefined : reason;
}

/**
 * Deletes all libraries, and what processes that were killed have left; nothing else that lies there.
 *
 * @throws BackendError for a place that is not used because others may have put files into it, or no place at all.
 */
export function clearCache(): CacheContents {
  const directory = directoryOrThrow();
  const reason = refusal(directory);
  if (reason !== undefined) {
    throw problem('backend-missing', {
      subject: `The cache at ${directory}`,
      expected: 'a folder that only you can write to',
      received: reason,
      fix: 'It is not used. Look at what is in it before you delete it by hand.',
    });
  }
  const before = contents(directory);
  for (const entry of entriesIn(directory)) {
    if (isLibrary(entry) || isOld(entry)) removeAll(entry.path);
  }
  const left = contents(directory);
  return { directory, libraries: before.libraries - left.libraries, bytes: before.bytes - left.bytes };
}

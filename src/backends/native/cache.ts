/** Compiled libraries, kept from one process to the next: finding them and making them. */
import { problem } from '../../core/errors.js';
import { warnOnce } from '../../core/warnings.js';
import { atExit } from './at-exit.js';
import { cacheDirectory, entriesIn, isLibrary, nameOf, workNameOf } from './cache-files.js';
import { makeRoom, mostBytes } from './cache-upkeep.js';
import { distrust, makePrivate, reasonOf, removeAll, temporaryPlace } from './private-place.js';

/** What this process has made or used stays: its threads may load it later. */
const inUse = new Set<string>();
/** Where libraries lie that the cache could not take. */
const otherPlaces = new Set<string>();
/** Caches that cannot be used and of which the user knows: warnings are said again with each `fit`. */
const told = new Set<string>();

/** The path of the library of a key, if there is a whole one. Broken ones are deleted. */
export function findLibrary(key: string): string | undefined {
  const places = [cacheDirectory() ?? [], ...otherPlaces].flat();
  const trusted = places.filter((place) => distrust(place) === undefined);
  const libraries = trusted.flatMap((place) => entriesIn(place, `${key}-`)).filter(isLibrary);
  const path = libraries.map((library) => library.path).find((path) => isWhole(path, key));
  if (path === undefined) return undefined;
  inUse.add(path);
  touch(path);
  return path;
}

/** Whether the file is what its name says, and nobody else can change it. */
function isWhole(path: string, key: string): boolean {
  const { lstatSync, readFileSync } = process.getBuiltinModule('node:fs');
  const { basename } = process.getBuiltinModule('node:path');
  try {
    const entry = lstatSync(path);
    const isOwn = entry.isFile() && entry.uid === process.getuid?.() && (entry.mode & 0o022) === 0;
    if (isOwn && basename(path) === nameOf(key, readFileSync(path))) return true;
  } catch {
    // It cannot be read, or another process has deleted it.
  }
  removeAll(path);
  return false;
}

/** What least recently used means. */
function touch(path: string): void {
  try {
    const now = new Date();
    process.getBuiltinModule('node:fs').utimesSync(path, now, now);
  } catch {
    // On a file system that is read only nothing is deleted either.
  }
}

/** Deletes a library that cannot be used, so that it is compiled again when it is asked for. */
export function discardLibrary(path: string): void {
  if (inUse.delete(path)) removeAll(path);
}

/** A folder to compile in, for the output and all that the compiler writes beside it. */
export interface Workplace {
  readonly folder: string;
  /** Takes a file of the folder into the cache, makes room there, and says where it is now. */
  keep(file: string): string;
  clear(): void;
}

/**
 * Where the library of a key can be made: in the cache, else in a private temporary folder.
 *
 * @throws BackendError when there is neither.
 */
export function workplaceFor(key: string): Workplace {
  mostBytes(); // A mistake in it is told before work begins.
  const cache = cacheDirectory();
  const found = cache === undefined ? 'no home directory' : attempt(() => workplaceIn(cache, key));
  if (typeof found !== 'string') return found;
  if (cache !== undefined) tell(cache, found);
  const other = attempt(() => {
    const place = temporaryPlace();
    otherPlaces.add(place);
    return workplaceIn(place, key);
  });
  if (typeof other !== 'string') return other;
  throw problem('backend-missing', {
    subject: "Backend 'native'",
    expected: 'a private folder for what it compiles',
    received: `${found}; in the temporary folder ${other}`,
    fix: 'Let MYELIN_CACHE_DIR be a folder of your own that others cannot write to.',
  });
}

/** Only who has named the place is told: without a cache everything works, a compilation later. */
function tell(cache: string, reason: string): void {
  if (!process.env.MYELIN_CACHE_DIR || told.has(cache)) return;
  told.add(cache);
  const text = `The cache at ${cache} is not used: ${reason}. Libraries are for this process only.`;
  warnOnce(`native-cache ${cache}`, text);
}

/** What `make` gives, or why it cannot. */
function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return reasonOf(error);
  }
}

function workplaceIn(place: string, key: string): Workplace {
  const { chmodSync, mkdtempSync, readFileSync, renameSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  makePrivate(place);
  const folder = mkdtempSync(join(place, workNameOf(key)));
  const forget = atExit(() => removeAll(folder));
  return {
    folder,
    keep: (file) => {
      chmodSync(file, 0o700);
      const path = join(place, nameOf(key, readFileSync(file)));
      renameSync(file, path);
      inUse.add(path);
      makeRoom(place, inUse);
      return path;
    },
    clear: () => {
      removeAll(folder);
      forget();
    },
  };
}

/** Folders that nobody but this user can put a file into: what lies there is loaded into the process. */
import { atExit } from './at-exit.js';

/** Makes `path` if need be; throws what keeps it from being used. */
export function makePrivate(path: string): void {
  process.getBuiltinModule('node:fs').mkdirSync(path, { recursive: true, mode: 0o700 });
  const reason = distrust(path);
  if (reason !== undefined) throw new Error(reason);
}

/** What the system says: `EACCES: permission denied, mkdir '/cache'`. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why what lies in `path` may be from somebody else, else nothing. */
export function distrust(path: string): string | undefined {
  const { lstatSync, realpathSync } = process.getBuiltinModule('node:fs');
  try {
    const own = lstatSync(path);
    if (own.isSymbolicLink()) return `${path} is a symbolic link`;
    if (!own.isDirectory()) return `${path} is no directory`;
    if (own.uid !== process.getuid?.()) return `${path} belongs to another user`;
    if (own.mode & othersWrite) return `${path} can be written to by others`;
    // Whoever can rename a folder above can put another in its place.
    return above(path).map(looseness).find(Boolean) ?? above(realpathSync(path)).map(looseness).find(Boolean);
  } catch (error) {
    return reasonOf(error);
  }
}

const othersWrite = 0o022;
const sticky = 0o1000;

function above(path: string): string[] {
  const { dirname } = process.getBuiltinModule('node:path');
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...above(parent)];
}

function looseness(path: string): string | undefined {
  const entry = process.getBuiltinModule('node:fs').lstatSync(path);
  const isOurs = entry.uid === 0 || entry.uid === process.getuid?.();
  if (entry.isSymbolicLink()) return isOurs ? undefined : `${path} is a link of another user`;
  // Many systems give every user a group of his own, which may write to all that he makes.
  const strangers = entry.gid === process.getgid?.() ? 0o002 : othersWrite;
  const isLoose = (entry.mode & strangers) !== 0 && (entry.mode & sticky) === 0;
  return isLoose ? `${path} can be written to by others` : undefined;
}

let temporary: string | undefined;

/** A private folder that is removed when the process ends, the same for each call. */
export function temporaryPlace(): string {
  if (temporary !== undefined && distrust(temporary) === undefined) return temporary;
  const { mkdtempSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  const folder = process.getBuiltinModule('node:os').tmpdir();
  sweep(folder);
  const made = mkdtempSync(join(folder, `myelin-native-${process.pid}-`));
  atExit(() => removeAll(made));
  makePrivate(made);
  temporary = made;
  return made;
}

const hour = 3_600_000;
const temporaryName = /^myelin-native-(\d+)-\w{6}$/;

/** Removes what processes that were killed have left in the folder for temporary files. */
function sweep(folder: string): void {
  const { lstatSync, readdirSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  try {
    for (const name of readdirSync(folder)) {
      const [, owner] = temporaryName.exec(name) ?? [];
      if (owner === undefined) continue;
      const entry = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (!entry?.isDirectory() || entry.uid !== process.getuid?.()) continue;
      // A process that a container hides looks ended, so that is not enough.
      if (Date.now() - entry.mtimeMs > hour && hasEnded(Number(owner))) removeAll(join(folder, name));
    }
  } catch {
    // A folder that cannot be read is swept by others.
  }
}

function hasEnded(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Removes a folder with all that is in it, if it can be. */
export function removeAll(path: string): void {
  try {
    process.getBuiltinModule('node:fs').rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // What cannot be removed now is found by the next process.
  }
}

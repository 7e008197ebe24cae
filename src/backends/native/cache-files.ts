/** The files of the cache of compiled libraries: where they lie and what they are called. */
import { cacheDirectory as cacheOf } from '../../core/cache-directory.js';
import { sha256 } from './cache-key.js';

// The name holds the hash of the content: one rename puts both there, whoever else does the same.
const libraryName = /^[0-9a-f]{40}-[0-9a-f]{64}\.node$/;
const workName = /^building-[0-9a-f]{40}-\d+-\w{6}$/;

export const nameOf = (key: string, content: Uint8Array): string => `${key}-${sha256(content)}.node`;
/** The system puts six letters behind it. */
export const workNameOf = (key: string): string => `building-${key}-${process.pid}-`;

/** Where libraries are kept. */
export const cacheDirectory = (): string | undefined => cacheOf('native');

export interface Entry {
  readonly path: string;
  readonly kind: 'library' | 'work';
  readonly bytes: number;
  /** When it was made or used last, in milliseconds. */
  readonly used: number;
}

/** What is ours in a folder, the one used last first. A folder that is not there has nothing. */
export function entriesIn(place: string, prefix = ''): Entry[] {
  const { lstatSync, readdirSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  try {
    const names = readdirSync(place).filter((name) => name.startsWith(prefix));
    const entries = names.flatMap((name): Entry[] => {
      const kind = libraryName.test(name) ? 'library' : workName.test(name) ? 'work' : undefined;
      const path = join(place, name);
      const state = kind && lstatSync(path, { throwIfNoEntry: false }); // another process may delete it
      return state ? [{ path, kind, bytes: state.size, used: state.mtimeMs }] : [];
    });
    return entries.sort((a, b) => b.used - a.used);
  } catch {
    return [];
  }
}

export const isLibrary = ({ kind }: Entry): boolean => kind === 'library';

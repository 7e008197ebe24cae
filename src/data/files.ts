/** Files, where the platform has them: the one place of this folder that reaches for Node's file system. */

import { problem } from '../core/errors.js';

/** Undefined in a page. */
const fileSystem = () => globalThis.process?.getBuiltinModule?.('node:fs/promises');

/** What messages call a file: the last part of its path or address. */
export const fileName = (place: string | URL): string =>
  (typeof place === 'string' ? place : decodeURIComponent(place.pathname)).split(/[\\/]/).pop() ||
  String(place);

/** Whether the platform has files, and this is one of them, or a folder. */
export async function isThere(place: string | URL): Promise<boolean> {
  return (
    (await fileSystem()
      ?.access(place)
      .then(
        () => true,
        () => false,
      )) === true
  );
}

/**
 * A whole file. `subject` is who reads, for messages.
 *
 * Throws a DataError when the file cannot be read, or the platform has no files.
 */
export async function readFile(subject: string, place: string | URL): Promise<Uint8Array> {
  const files = fileSystem() ?? noFiles(subject, `a file system, to read '${place}'`);
  return files.readFile(place).catch((error) => unreadable(subject, place, error));
}

/** A file part by part, each at most 64 KiB, read when it is asked for. Throws as `readFile` does. */
export async function* readParts(subject: string, place: string | URL): AsyncGenerator<Uint8Array> {
  const files = fileSystem() ?? noFiles(subject, `a file system, to read '${place}'`);
  const file = await files.open(place).catch((error) => unreadable(subject, place, error));
  try {
    for (;;) {
      const part = new Uint8Array(2 ** 16);
      const { bytesRead } = await file.read(part).catch((error) => unreadable(subject, place, error));
      if (bytesRead === 0) return;
      yield part.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Writes a file whole or not at all: under another name beside it, which then takes its place.
 *
 * Throws a DataError when the file cannot be written, such as on a full disk, or the platform has no files. What stood
 * there before stays then.
 */
export async function writeFile(subject: string, place: string, bytes: Uint8Array): Promise<void> {
  const files = fileSystem() ?? noFiles(subject, `a file system, to write '${place}'`);
  // Two writers of one file must not share the unfinished one.
  const unfinished = `${place}.${crypto.randomUUID()}.part`;
  try {
    await files.writeFile(unfinished, bytes);
    await files.rename(unfinished, place);
  } catch (error) {
    await files.rm(unfinished, { force: true }).catch(() => undefined); // the first error is the one to tell
    throw problem('missing-file', {
      subject,
      expected: `a file that can be written at '${place}'`,
      received: reasonOf(error, 'no such folder'),
      fix: 'Give a path in a folder that is there, with room on its disk.',
    });
  }
}

function unreadable(subject: string, place: string | URL, error: unknown): never {
  throw problem('missing-file', {
    subject,
    expected: `a file that can be read at '${place}'`,
    received: reasonOf(error, 'no such file'),
  });
}

const reasonOf = (error: unknown, whenAbsent: string) => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? whenAbsent : message;
};

function noFiles(subject: string, expected: string): never {
  throw problem('missing-file', {
    subject,
    expected,
    received: 'a page, which has none',
    fix: 'Read a File, a Blob, an address (URL) or bytes; of what is to be written take the bytes.',
  });
}

/** The files of a published set in a folder of the user's. */

import { problem } from '../../core/errors.js';
import { list, show } from '../../core/text.js';
import type { NamedBytes } from '../../data/fashion-mnist.js';
import { isThere, readFile } from '../../data/files.js';
import { type FoundFiles, fileNames, type PublishedSet } from './published-set.js';

/** A page has none. */
export const hasFolders = (): boolean => globalThis.process?.getBuiltinModule !== undefined;

/** Throws a DataError when a file is missing or cannot be read. */
export async function filesIn(
  directory: string,
  { name, standIn }: PublishedSet,
  baseUrl: string | null,
): Promise<FoundFiles> {
  if (baseUrl !== null) {
    throw problem('option-value', {
      subject: name,
      expected: 'either `directory` or `baseUrl`',
      received: 'both',
      fix: 'Leave out `baseUrl`: with `directory` nothing is downloaded.',
    });
  }
  if (!hasFolders()) {
    throw problem('option-value', {
      subject: `${name} directory`,
      expected: 'null in a page, which has no folders',
      received: show(directory),
      fix: 'Give the address of the folder as `baseUrl`.',
    });
  }
  const files = new Map<string, NamedBytes>();
  for (const file of fileNames) files.set(file, await publishedFile(name, directory, file, standIn));
  return { files, origin: `from the folder '${directory}'` };
}

/** A file by its published name, or unpacked without `.gz`. */
async function publishedFile(
  subject: string,
  directory: string,
  file: string,
  standIn: string,
): Promise<NamedBytes> {
  const names = [file, file.replace(/\.gz$/, '')];
  for (const name of names) {
    const path = `${directory.replace(/[/\\]$/, '')}/${name}`;
    if (await isThere(path)) return { name, bytes: await readFile(subject, path) };
  }
  const isFolder = await isThere(directory);
  throw problem('missing-file', {
    subject,
    expected: `a file ${list(names)} in the folder '${directory}'`,
    received: isFolder ? 'none' : 'no such folder',
    fix: `Give the folder with the four published files, leave out \`directory\` to download them, or take ${standIn}.`,
  });
}

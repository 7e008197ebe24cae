/** Downloads kept in a folder. Node only. */

import { cannotKeep, type Draft, type Origin, type Store } from './store.js';

const files = () => process.getBuiltinModule('node:fs/promises');
const paths = () => process.getBuiltinModule('node:path');

/** `subject` is who downloads, for messages. */
export const folderStore = (subject: string, folder: string): Store => ({
  place: `the folder '${folder}'`,
  find: (file) => guarded(subject, folder, () => contentOf(paths().join(folder, file))),
  discard: (file) => guarded(subject, folder, () => files().rm(paths().join(folder, file), { force: true })),
  begin: (file) =>
    guarded(subject, folder, async () => {
      await files().mkdir(folder, { recursive: true, mode: 0o700 });
      return FolderDraft.open(subject, folder, file);
    }),
});

/** Full disks, missing rights and the like, with a way out. */
async function guarded<T>(subject: string, folder: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw cannotKeep(subject, `to keep downloads in the folder '${folder}'`, (error as Error).message);
  }
}

async function contentOf(path: string): Promise<Uint8Array | undefined> {
  return files()
    .readFile(path)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
}

/**
 * A folder beside the file, with the bytes so far and where they come from. Its name holds the number of the process
 * that writes to it: renaming it is how another process takes over what an ended one has left.
 */
class FolderDraft implements Draft {
  size = 0;
  origin: Origin | undefined;

  private constructor(
    readonly subject: string,
    readonly file: string,
    readonly folder: string,
    readonly path: string,
  ) {}

  static async open(subject: string, folder: string, file: string): Promise<FolderDraft> {
    const path = paths().join(folder, `${draftName(file)}-${process.pid}-${crypto.randomUUID()}`);
    if (!(await takeOver(folder, file, path))) await files().mkdir(path, { mode: 0o700 });
    const draft = new FolderDraft(subject, file, folder, path);
    await draft.#resume();
    return draft;
  }

  get #content() {
    return paths().join(this.path, 'content');
  }
  get #origin() {
    return paths().join(this.path, 'origin.json');
  }

  async #resume(): Promise<void> {
    try {
      this.origin = JSON.parse(await files().readFile(this.#origin, 'utf8'));
      this.size = (await files().stat(this.#content)).size;
    } catch {
      // Nothing has been written, or the writer was stopped in between.
      [this.origin, this.size] = [undefined, 0];
    }
  }

  restart(origin?: Origin): Promise<void> {
    return this.#orClear(async () => {
      [this.origin, this.size] = [origin, 0];
      await files().rm(this.#origin, { force: true });
      await files().writeFile(this.#content, '');
      if (origin) await files().writeFile(this.#origin, JSON.stringify(origin));
    });
  }

  append(part: Uint8Array): Promise<void> {
    return this.#orClear(async () => {
      await files().appendFile(this.#content, part);
      this.size += part.length;
    });
  }

  content(): Promise<Uint8Array> {
    return guarded(this.subject, this.folder, () => files().readFile(this.#content));
  }

  keep(): Promise<void> {
    return this.#orClear(async () => {
      await files().rename(this.#content, paths().join(this.folder, this.file));
      await this.#clear();
    });
  }

  async leave(): Promise<void> {
    const left = paths().join(this.folder, draftName(this.file));
    if (this.size === 0 || this.origin?.validator === undefined) return this.#clear();
    // Another process may have left one of its own; one is enough.
    await files()
      .rename(this.path, left)
      .catch(() => this.#clear());
  }

  /** What cannot be written goes, and gives its room back. */
  #orClear(body: () => Promise<void>): Promise<void> {
    return guarded(this.subject, this.folder, () =>
      body().catch(async (error) => {
        await this.#clear();
        throw error;
      }),
    );
  }

  async #clear(): Promise<void> {
    [this.origin, this.size] = [undefined, 0];
    await files()
      .rm(this.path, { recursive: true, force: true })
      .catch(() => {}); // what cannot be removed now is found by the next download
  }
}

const draftName = (file: string) => `${file}.partial`;

/** Gives `path` to one of the drafts that nobody writes to, and removes the others. Whether there was one. */
async function takeOver(folder: string, file: string, path: string): Promise<boolean> {
  let isTaken = false;
  for (const name of await files().readdir(folder)) {
    if (!isAbandoned(name, draftName(file))) continue;
    const left = paths().join(folder, name);
    if (isTaken) await files().rm(left, { recursive: true, force: true });
    // Of several processes that try, one can rename it.
    else
      isTaken = await files()
        .rename(left, path)
        .then(
          () => true,
          () => false,
        );
  }
  return isTaken;
}

function isAbandoned(name: string, draft: string): boolean {
  if (name === draft) return true;
  if (!name.startsWith(`${draft}-`)) return false;
  try {
    process.kill(Number.parseInt(name.slice(draft.length + 1), 10), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

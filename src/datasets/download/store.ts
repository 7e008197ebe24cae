/** Where downloads are kept, whole ones and those under way. */

import { type DataError, problem } from '../../core/errors.js';

/** A place for the files of one set. */
export interface Store {
  /** What it is, for messages: `the folder '/home/ada/.cache/…'`; nothing when files are not kept. */
  readonly place: string | undefined;
  find(file: string): Promise<Uint8Array | undefined>;
  /** Deletes a file that is not what it should be. */
  discard(file: string): Promise<void>;
  /** A download, begun or taken up where an earlier one was interrupted. */
  begin(file: string): Promise<Draft>;
}

/** Where the bytes of a draft come from. */
export interface Origin {
  readonly url: string;
  /** What the server calls this version: an ETag or a date. Without it the rest cannot be asked for. */
  readonly validator: string | undefined;
  /** Bytes of the whole file, if the server has said so. */
  readonly total: number | undefined;
}

/** A download under way. Nothing of it stands under the name of the file before `keep`. */
export interface Draft {
  /** Bytes so far. */
  readonly size: number;
  readonly origin: Origin | undefined;
  /** Begins anew, with no bytes. */
  restart(origin?: Origin): Promise<void>;
  append(part: Uint8Array): Promise<void>;
  content(): Promise<Uint8Array>;
  /** Gives the content its place. */
  keep(): Promise<void>;
  /** Lets go of what is not whole; a store may have it again for the next download. */
  leave(): Promise<void>;
}

/** Nothing is kept. */
export const noStore = (): Store => ({
  place: undefined,
  find: async () => undefined,
  discard: async () => {},
  begin: async () => new MemoryDraft(),
});

/** A download that is lost when it is interrupted. */
export class MemoryDraft implements Draft {
  #parts: Uint8Array[] = [];
  size = 0;
  origin: Origin | undefined;

  /** @param store  Takes the whole content. */
  constructor(readonly store: (content: Uint8Array) => Promise<void> = async () => {}) {}

  async restart(origin?: Origin): Promise<void> {
    this.#parts = [];
    this.size = 0;
    this.origin = origin;
  }

  async append(part: Uint8Array): Promise<void> {
    this.#parts.push(part);
    this.size += part.length;
  }

  async content(): Promise<Uint8Array> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  async keep(): Promise<void> {
    await this.store(await this.content());
  }

  async leave(): Promise<void> {
    await this.restart();
  }
}

/** A store that cannot be used. */
export const cannotKeep = (subject: string, expected: string, reason: string): DataError =>
  problem('download-failed', {
    subject,
    expected,
    received: reason,
    fix: 'Name another place by `cache` or MYELIN_CACHE_DIR, keep nothing by `cache: false`, or give `directory`, a folder with the files.',
  });

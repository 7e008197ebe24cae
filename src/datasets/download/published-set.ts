/** What a published set of labelled pictures is, and the options of loading one. */

import type { Fields } from '../../core/declaration.js';
import { bool, either, type Field, functionOf, int, maybe, text } from '../../core/fields.js';
import type { Options, Settings } from '../../core/settings.js';
import { fashionFiles, type NamedBytes } from '../../data/fashion-mnist.js';
import type { DownloadProgress } from './attempt.js';

/** A set as its function describes it. */
export interface PublishedSet {
  /** Of the function: `fashionMnist`. */
  readonly name: string;
  readonly title: string;
  /** Below the cache. */
  readonly folder: string;
  /** Addresses of folders with the four files, the best one first. */
  readonly hosts: readonly string[];
  /** Checksums of the four files. */
  readonly md5: Readonly<Record<string, string>>;
  /** How many pictures the files have, where a checksum cannot be computed. */
  readonly sizes: Readonly<Record<'train' | 'test', number>>;
  readonly classes: readonly string[];
  /** A call that draws a set of the same form. */
  readonly standIn: string;
}

const abortSignal = (): Field<AbortSignal> => ({
  expected: 'an AbortSignal',
  parse: (given) => (given instanceof AbortSignal ? given : undefined),
});

const longestTimeout = 2 ** 31 - 1;

export const pictureSetFields = () =>
  ({
    /**
     * A folder with the four published files, whole or as any part of them in the same format; `.gz` or unpacked. Nothing
     * is downloaded then.
     */
    directory: maybe(text()),
    /**
     * Where downloads are kept: true is `MYELIN_CACHE_DIR` or the system's place for such files, and the browser's cache in
     * a page; a path is another folder; false keeps nothing. Default true.
     */
    cache: { ...either(bool(true), text()), fallback: true },
    /** Whether files that are not in the cache are downloaded. False asks no network: a set that is not there is a DataError. Default true. */
    download: bool(true),
    /** Address of a folder with the four published files, in place of the known hosts. */
    baseUrl: maybe(text()),
    /** Ends loading: the promise is then rejected with the signal's reason. */
    signal: maybe(abortSignal()),
    /** Told about each part of a download as it arrives. */
    onProgress: maybe(functionOf<(progress: DownloadProgress) => void>('a function of the progress')),
    /** Milliseconds without a byte after which a server is given up. Default 30,000. */
    timeout: int(30_000, { min: 1, max: longestTimeout }),
    /** Further attempts at each host, the first after a second, each wait twice the last one. Default 2. */
    retries: int(2, { min: 0, max: 10 }),
  }) satisfies Fields;
export type PictureSetSettings = Settings<ReturnType<typeof pictureSetFields>>;
export interface PictureSetOptions extends Options<ReturnType<typeof pictureSetFields>> {}

/** The four files of a set, and where they came from. */
export interface FoundFiles {
  readonly files: ReadonlyMap<string, NamedBytes>;
  /** Completes "60,000 training and 10,000 test pictures …". */
  readonly origin: string;
}

/** The names of the four files. */
export const fileNames: readonly string[] = [
  fashionFiles.train.images,
  fashionFiles.train.labels,
  fashionFiles.test.images,
  fashionFiles.test.labels,
];

/** The files of a published set from the store of downloads, into which those that are missing are downloaded. */

import { cacheDirectory } from '../../core/cache-directory.js';
import { type ConfigError, type DataError, problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { warnOnce } from '../../core/warnings.js';
import type { NamedBytes } from '../../data/fashion-mnist.js';
import { faultOf } from './checksum.js';
import { hasFolders } from './directory.js';
import { type Download, download } from './download.js';
import { folderStore } from './folder-store.js';
import { pageStore } from './page-store.js';
import { type FoundFiles, fileNames, type PictureSetSettings, type PublishedSet } from './published-set.js';
import { cannotKeep, noStore, type Store } from './store.js';

export type Pause = Download['pause'];

/** Throws a DataError when a file cannot be had, the reason of the signal when that is aborted. */
export async function storedFiles(
  set: PublishedSet,
  settings: PictureSetSettings,
  pause: Pause,
): Promise<FoundFiles> {
  const hosts = settings.baseUrl === null ? set.hosts : [checkedAddress(set.name, settings.baseUrl)];
  const store = storeFor(set, settings.cache);
  const files = new Map<string, NamedBytes>();
  const servers = new Set<string>();
  for (const file of fileNames) {
    const kept = await wholeFile(set, store, file);
    if (!kept && !settings.download) throw notKept(set, file, store);
    const { bytes, server } = kept
      ? { bytes: kept }
      : await fetched(set, store, file, hosts, settings, pause);
    if (server !== undefined) servers.add(server);
    files.set(file, { name: file, bytes });
  }
  if (servers.size === 0) return { files, origin: `kept from a download in ${store.place}` };
  const stay = store.place === undefined ? 'not kept' : `kept in ${store.place}`;
  return { files, origin: `downloaded from ${[...servers].join(' and ')} and ${stay}` };
}

/** A kept file, if there is one and it is still as it was published. */
async function wholeFile(set: PublishedSet, store: Store, file: string): Promise<Uint8Array | undefined> {
  const bytes = await store.find(file);
  const fault = bytes && (await faultOf(set, file, bytes));
  if (fault === undefined) return bytes;
  await store.discard(file);
  warnOnce(
    `${store.place} ${file}`,
    `${file} in ${store.place} was damaged (${fault}), so it is downloaded again.`,
  );
  return undefined;
}

async function fetched(
  set: PublishedSet,
  store: Store,
  file: string,
  hosts: readonly string[],
  { timeout, retries, signal, onProgress }: PictureSetSettings,
  pause: Pause,
): Promise<{ bytes: Uint8Array; server: string }> {
  const draft = await store.begin(file);
  try {
    const url = await download(
      hosts.map((host) => `${host}/${file}`),
      draft,
      {
        subject: set.name,
        file,
        timeout,
        retries,
        signal,
        onProgress,
        pause,
        fault: (content) => faultOf(set, file, content),
        fix: `${waysOut()} ${set.standIn} draws a set and needs no network.`,
      },
    );
    const bytes = await draft.content();
    await draft.keep();
    return { bytes, server: new URL(url).host };
  } catch (error) {
    await draft.leave();
    throw error;
  }
}

const notKept = (set: PublishedSet, file: string, { place = 'no cache' }: Store): DataError =>
  problem('missing-file', {
    subject: `${set.name} with \`download: false\``,
    expected: `${file} in the cache`,
    received: `no such file (${place})`,
    fix: `Leave \`download\` out once. ${waysOut()} ${set.standIn} draws a set and needs no network.`,
  });

const waysOut = () =>
  hasFolders()
    ? 'Give `directory`, a folder with the four files, or `baseUrl`, another host of them.'
    : 'Give `baseUrl`, a host of the four files that lets this page read them (CORS).';

function storeFor({ name, folder }: PublishedSet, cache: boolean | string): Store {
  if (cache === false) return noStore();
  if (hasFolders()) {
    const { join, resolve } = process.getBuiltinModule('node:path');
    const place = typeof cache === 'string' ? resolve(cache) : cacheDirectory('datasets');
    if (place !== undefined) return folderStore(name, join(place, folder));
    throw cannotKeep(name, 'a place to keep downloads', 'no home directory');
  }
  if (typeof cache === 'string') throw noFolders(name, cache);
  return globalThis.caches ? pageStore(name, folder, globalThis.caches) : noStore();
}

const noFolders = (name: string, cache: string): ConfigError =>
  problem('option-value', {
    subject: `${name} cache`,
    expected: "true for the browser's cache, or false: a page has no folders",
    received: show(cache),
  });

/** An absolute address without a slash at its end; in a page one that begins there is fine. */
function checkedAddress(name: string, baseUrl: string): string {
  const page = (globalThis as { location?: { href?: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) ? new URL(baseUrl, page) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href.replace(/\/$/, '');
  throw problem('option-value', {
    subject: `${name} baseUrl`,
    expected: 'an address that begins with https:// or http://',
    received: show(baseUrl),
    fix: 'Give a folder of your own as `directory`.',
  });
}

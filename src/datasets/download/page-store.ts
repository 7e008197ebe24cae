/** Downloads kept by the browser, in the Cache API of the page's origin. */

import { cannotKeep, MemoryDraft, type Store } from './store.js';

const cacheName = 'myelin-datasets';

/** `folder` tells the sets apart; `caches` is the browser's, which pages that are not secure lack. */
export const pageStore = (subject: string, folder: string, caches: CacheStorage): Store => {
  // The Cache API knows addresses only. Nothing is ever fetched from this one.
  const address = (file: string) => `https://myelin.invalid/${folder}/${file}`;
  const guarded = async <T>(body: (cache: Cache) => Promise<T>): Promise<T> => {
    try {
      return await body(await caches.open(cacheName));
    } catch (error) {
      throw cannotKeep(subject, "to keep downloads in the browser's cache", (error as Error).message);
    }
  };
  return {
    place: "the browser's cache",
    find: (file) =>
      guarded(async (cache) => {
        const found = await cache.match(address(file));
        return found && new Uint8Array(await found.arrayBuffer());
      }),
    discard: (file) => guarded(async (cache) => void (await cache.delete(address(file)))),
    begin: async (file) =>
      new MemoryDraft((content) =>
        guarded((cache) => cache.put(address(file), new Response(content as BodyInit))),
      ),
  };
};

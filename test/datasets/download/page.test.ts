/** What a page does without files and without MD5; the browser's cache is played by a map. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { faultOf } from '../../../src/datasets/download/checksum.js';
import {
  forPictures,
  host,
  inPart,
  load,
  packed,
  setOf,
  trainImages,
  trainLabels,
  unpacked,
} from './host.js';

const kept = new Map<string, Response>();
const caches = {
  open: async () => ({
    match: async (url: string) => kept.get(url)?.clone(),
    put: async (url: string, response: Response) => void kept.set(url, response),
    delete: async (url: string) => kept.delete(url),
  }),
};

beforeEach(() => {
  kept.clear();
  // No process.getBuiltinModule, as in a page. The rest of Node stays, for the server.
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
  vi.stubGlobal('caches', caches);
});
afterEach(() => vi.unstubAllGlobals());

test("downloads are kept in the browser's cache, and found there", async () => {
  const { url, requests } = await host();
  const first = await load([url], {});
  expect(first.source).toMatch(/and kept in the browser's cache$/);
  expect(kept.size).toBe(4);
  const second = await load([url], {});
  expect(second.source).toMatch(/kept from a download in the browser's cache$/);
  expect([requests.length, second.x.shape]).toEqual([4, [60, 28, 28]]);
});

test('a page that is not secure has no cache and keeps nothing', async () => {
  vi.stubGlobal('caches', undefined);
  const { url } = await host();
  expect((await load([url], {})).source).toMatch(/and not kept$/);
});

test('half a file is continued during the same call, and nothing of it is kept', async () => {
  const { url, requests } = await host((answer) => inPart(answer, 1000, '"one"'));
  await expect(load([url], { retries: 1 })).rejects.toThrow(
    `received 1000 of ${packed.get(trainImages)!.length} bytes`,
  );
  expect(requests).toEqual([trainImages, `${trainImages} bytes=1000-`]);
  expect(kept.size).toBe(0);
});

test('half a file of another host is fetched again, which needs no permission', async () => {
  const { url, requests } = await host((answer) => inPart(answer, 1000, '"one"'));
  vi.stubGlobal('location', new URL('https://a.page/lessons'));
  await expect(load([url], { retries: 1 })).rejects.toThrow('received 1000 of');
  expect(requests).toEqual([trainImages, trainImages]);
});

test('a host that packs its answers, which browsers hide from pages, is fine', async () => {
  const { url } = await host(
    forPictures(({ response, bytes }) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': bytes.length }).end(bytes),
    ),
  );
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
    const { body, headers } = await fetch(...args);
    return new Response(body, { headers: { 'Content-Length': headers.get('Content-Length')! } });
  });
  const totals = new Set<unknown>();
  const { x } = await load([url], {
    onProgress: ({ received, total }) => totals.add(total === undefined || received <= total),
  });
  expect([x.shape, [...totals]]).toEqual([[60, 28, 28], [true]]);
});

test('a download that fails names the way out that a page has', async () => {
  const { url } = await host(({ response }) => response.writeHead(404).end());
  await expect(load([url], {})).rejects.toMatchObject({
    fix: 'Give `baseUrl`, a host of the four files that lets this page read them (CORS). drawnFashion() draws a set and needs no network.',
  });
});

test('a cache without room is told of', async () => {
  const { url } = await host();
  const full = async () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  vi.stubGlobal('caches', { open: async () => ({ match: async () => undefined, put: full }) });
  await expect(load([url], {})).rejects.toThrow(
    "to keep downloads in the browser's cache, received The quota has been exceeded.",
  );
});

test('there are no folders', async () => {
  await expect(load([], { cache: 'data' })).rejects.toThrow('a page has no folders');
  await expect(load([], { directory: 'data' })).rejects.toThrow('null in a page, which has no folders');
});

test('an address may be relative to the page', async () => {
  const { url, requests } = await host();
  vi.stubGlobal('location', { href: `${url}/lessons/index.html` });
  await load([], { cache: false, baseUrl: '../data' });
  expect(requests.length).toBe(4);
});

test('without MD5 the content has to be whole, and of the right number of examples', async () => {
  const fault = (bytes: Uint8Array, file = trainImages) => faultOf(setOf([]), file, bytes);
  const bytes = packed.get(trainImages)!;
  expect(await fault(bytes)).toBe(undefined);
  expect(await fault(unpacked.get(trainImages)!)).toBe(undefined); // a server may have unpacked it
  expect(await fault(bytes.subarray(0, 2000))).toMatch(/^no whole file: .* instead of a whole gzip file$/);
  const changed = bytes.slice();
  changed[5000]! ^= 1;
  expect(await fault(changed)).toMatch(/^no whole file/);
  expect(await fault(packed.get(trainLabels)!, trainLabels)).toBe(undefined);
  expect(await fault(packed.get('t10k-images-idx3-ubyte.gz')!)).toBe('20 examples instead of 60');
  expect(await fault(new TextEncoder().encode('<html>'))).toBe('a page of HTML in place of the file');
});

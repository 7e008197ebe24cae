/** Downloads from a host on this machine, good and bad. */
import { describe, expect, test } from 'vitest';
import type { DownloadProgress } from '../../../src/datasets/index.js';
import {
  emptyFolder,
  forPictures,
  host,
  kept,
  load,
  packed,
  properly,
  trainImages,
  unpacked,
} from './host.js';

const pictures = unpacked.get(trainImages)!.subarray(16);

const everything = [...packed.keys()].toSorted();

describe('a good host', () => {
  test('is asked for four files, which are then kept', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    const { x, y, xTest, yTest, classes, source, waits } = await load([url], { cache });
    expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[60, 28, 28], 'uint8', [60], 'int32']);
    expect([xTest.shape, yTest.shape, classes.length]).toEqual([[20, 28, 28], [20], 10]);
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect([...y.data()].slice(0, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    expect([requests, waits]).toEqual([[...packed.keys()], []]);
    expect(kept(cache)).toEqual(everything);
    expect(source).toBe(
      `Fashion-MNIST, 60 training and 20 test pictures, downloaded from ${new URL(url).host} and kept in the folder '${cache}/fashion-mnist'`,
    );
  });

  test('is asked once: the next time the cache has all', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    await load([url], { cache });
    const { x, source } = await load([url], { cache });
    expect(requests.length).toBe(4);
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(source).toContain(`kept from a download in the folder '${cache}/fashion-mnist'`);
  });

  test('is asked each time when nothing is to be kept', async () => {
    const { url, requests } = await host();
    const { x, source } = await load([url], { cache: false });
    await load([url], { cache: false });
    expect(requests.length).toBe(8);
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(source).toMatch(/and not kept$/);
  });

  test('tells how far each file is', async () => {
    const { url } = await host();
    const seen: DownloadProgress[] = [];
    await load([url], { cache: emptyFolder(), onProgress: (progress) => seen.push(progress) });
    const ends = [...packed].map(([file, { length }]) => ({ file, received: length, total: length }));
    expect(seen).toEqual(expect.arrayContaining(ends));
    const received = seen.filter(({ file }) => file === trainImages).map(({ received }) => received);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
  });

  test('may be named by baseUrl, with or without a slash at the end', async () => {
    const { url, requests } = await host();
    await load([], { cache: false, baseUrl: `${url}/mirror/` });
    await load([], { cache: false, baseUrl: `${url}/mirror` });
    expect(requests.length).toBe(8);
  });

  test('serves two at a time into the same cache', async () => {
    const { url } = await host();
    const cache = emptyFolder();
    const both = await Promise.all([load([url], { cache }), load([url], { cache })]);
    for (const { x } of both) expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(kept(cache)).toEqual(everything);
  });
});

describe('a bad host', () => {
  test('that lacks a file is not asked again, and the next one is', async () => {
    const empty = await host(({ response }) => response.writeHead(404).end());
    const full = await host();
    const { source, waits } = await load([empty.url, full.url], { cache: emptyFolder() });
    expect([empty.requests.length, full.requests.length, waits]).toEqual([4, 4, []]);
    expect(source).toContain(new URL(full.url).host);
  });

  test('that is busy is asked again, each time after a longer wait', async () => {
    const { url } = await host((answer) =>
      answer.earlier < 2 ? answer.response.writeHead(503).end() : properly(answer),
    );
    const { waits } = await load([url], { cache: false, retries: 2 });
    expect(waits).toEqual([1000, 2000, 1000, 2000, 1000, 2000, 1000, 2000]);
  });

  test('that stays busy is given up, and all reasons are told', async () => {
    const busy = await host(({ response }) => response.writeHead(503).end());
    const empty = await host(({ response }) => response.writeHead(404).end());
    const cache = emptyFolder();
    const loading = load([busy.url, empty.url], { cache, retries: 3 });
    await expect(loading).rejects.toMatchObject({
      name: 'DataError',
      code: 'download-failed',
      message: expect.stringContaining(
        `fashionMnist expected to download ${trainImages}, received status 503 (attempt 4) from ${busy.url}/${trainImages}; status 404 from ${empty.url}/${trainImages}.`,
      ),
      fix: expect.stringMatching(/`directory`.*`baseUrl`.*drawnFashion\(\)/),
    });
    expect([busy.requests.length, kept(cache)]).toEqual([4, []]);
  });

  test.each([
    ['called HTML', 'text/html; charset=utf-8'],
    ['called bytes', 'application/octet-stream'],
  ])('that gives a page of HTML %s is told of', async (_, type) => {
    const { url, requests } = await host(({ response }) =>
      response.writeHead(200, { 'Content-Type': type }).end('<!doctype html><p>Please log in'),
    );
    const cache = emptyFolder();
    await expect(load([url], { cache })).rejects.toThrow(
      'received a page of HTML in place of the file from http',
    );
    expect([requests.length, kept(cache)]).toEqual([1, []]);
  });

  test('that gives other bytes is found out by the checksum, and nothing of them stays', async () => {
    const { url, requests } = await host(({ response, bytes }) =>
      response.end(bytes.map((byte) => byte ^ 1)),
    );
    const cache = emptyFolder();
    await expect(load([url], { cache })).rejects.toThrow(
      /received \d+ bytes with md5 [0-9a-f]{32} instead of [0-9a-f]{32} from/,
    );
    expect([requests.length, kept(cache)]).toEqual([1, []]);
  });

  test('that falls silent is given up', async () => {
    const { url } = await host(({ response, bytes }) => {
      response.writeHead(200, { 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, 100));
    });
    const loading = load([url], { cache: emptyFolder(), timeout: 100, retries: 0 });
    await expect(loading).rejects.toThrow('received no byte for 0.1 s from');
    const mute = await host(() => {});
    await expect(load([mute.url], { cache: false, timeout: 100, retries: 0 })).rejects.toThrow(
      'no byte for 0.1 s',
    );
  });

  test('that is slow but not silent is waited for', async () => {
    const { url } = await host(
      forPictures(({ response, bytes }) => {
        const part = Math.ceil(bytes.length / 8);
        const send = (at: number) => {
          if (at >= bytes.length) return response.end();
          response.write(bytes.subarray(at, at + part));
          setTimeout(send, 150, at + part);
        };
        send(0);
      }),
    );
    // Shorter than all parts take together, and much longer than one.
    const { x } = await load([url], { cache: false, timeout: 1000, retries: 0 });
    expect(x.shape[0]).toBe(60);
  });

  test('that is not there is told of by name', async () => {
    const { url } = await host();
    const closed = url.replace(/\d+$/, '1');
    const loading = load(['http://nowhere.invalid', closed], { cache: false, retries: 0 });
    await expect(loading).rejects.toThrow(
      /received getaddrinfo E\w+ nowhere\.invalid from http:\/\/nowhere\.invalid\/train.*; .+ from http:\/\/127/,
    );
  });

  test('that unpacks what it sends is told of by the checksum', async () => {
    const { url } = await host(({ response, bytes }) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': bytes.length }).end(bytes),
    );
    await expect(load([url], { cache: false })).rejects.toThrow(
      `${unpacked.get(trainImages)!.length} bytes with md5`,
    );
  });
});

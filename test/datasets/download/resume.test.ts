/** Downloads that were interrupted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  emptyFolder,
  forPictures,
  host,
  inPart,
  kept,
  load,
  packed,
  properly,
  trainImages,
  unpacked,
} from './host.js';

const length = packed.get(trainImages)!.length;
const pictures = unpacked.get(trainImages)!.subarray(16);
const everything = [...packed.keys()].toSorted();

describe('half a file', () => {
  test('is continued, not fetched again', async () => {
    const { url, requests } = await host(
      forPictures((answer) =>
        answer.earlier === 0 ? inPart(answer, length >> 1, '"one"') : properly(answer),
      ),
    );
    const cache = emptyFolder();
    const { x, waits } = await load([url], { cache });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(requests.slice(0, 2)).toEqual([trainImages, `${trainImages} bytes=${length >> 1}-`]);
    expect([waits, kept(cache)]).toEqual([[1000], everything]);
  });

  test('never stands under the name of the file, and the next download continues it', async () => {
    const { url, requests } = await host(
      forPictures((answer) => (answer.earlier === 0 ? inPart(answer, 1000, '"one"') : properly(answer))),
    );
    const cache = emptyFolder();
    const loading = load([url], { cache, retries: 0 });
    await expect(loading).rejects.toThrow(
      `received 1000 of ${length} bytes, then the end of the connection from`,
    );
    expect(kept(cache)).toEqual([`${trainImages}.partial`]);
    await load([url], { cache, retries: 1 });
    expect(requests[1]).toBe(`${trainImages} bytes=1000-`);
    expect(kept(cache)).toEqual(everything);
  });

  test('begins anew where the server knows no parts', async () => {
    const { url } = await host(
      forPictures((answer) => {
        if (answer.earlier === 0) return inPart(answer, 1000, '"one"');
        answer.response
          .writeHead(200, { 'Content-Length': answer.bytes.length, ETag: '"one"' })
          .end(answer.bytes);
      }),
    );
    const { x } = await load([url], { cache: emptyFolder() });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
  });

  test('begins anew where the server names no version', async () => {
    const { url, requests } = await host(
      forPictures((answer) => {
        if (answer.earlier === 0) inPart(answer, 1000);
        else answer.response.end(answer.bytes);
      }),
    );
    const cache = emptyFolder();
    await expect(load([url], { cache, retries: 0 })).rejects.toThrow('then the end of the connection');
    expect(kept(cache)).toEqual([]);
    await load([url], { cache });
    expect(requests.every((line) => !line.includes('bytes='))).toBe(true);
  });

  test('begins anew when the file has changed', async () => {
    const { url, requests } = await host(
      forPictures((answer) => {
        // The first version differs, so that one byte of it in the result would be found out.
        const bytes = answer.bytes.map((byte) => byte ^ 255);
        if (answer.earlier === 0) inPart({ ...answer, bytes }, 1000, '"old"');
        else properly(answer, '"new"');
      }),
    );
    const { x } = await load([url], { cache: emptyFolder() });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(requests.length).toBe(5);
  });

  test.each([
    ['with another version', '"new"', 0],
    ['from another place', '"one"', 1],
  ])('begins anew when the server continues %s', async (_, tag, shift) => {
    const { url, requests } = await host(
      forPictures((answer) => {
        const { bytes, request, response } = answer;
        const start = /\d+/.exec(request.headers.range ?? '')?.[0];
        if (answer.earlier === 0) return inPart(answer, 1000, '"one"');
        if (start === undefined) return properly(answer);
        const from = Number(start) + shift;
        response.writeHead(206, {
          'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
          ETag: tag,
        });
        response.end(bytes.subarray(from));
      }),
    );
    const { x } = await load([url], { cache: emptyFolder() });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(requests.slice(0, 3)).toEqual([trainImages, `${trainImages} bytes=1000-`, trainImages]);
  });

  test('begins anew when the server says that there is no such part', async () => {
    const { url } = await host(
      forPictures((answer) => {
        if (answer.earlier === 0) return inPart(answer, 1000, '"one"');
        if (answer.request.headers.range) answer.response.writeHead(416).end();
        else properly(answer);
      }),
    );
    const { x } = await load([url], { cache: emptyFolder() });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
  });

  test('that was damaged in between begins anew when it is whole', async () => {
    const { url } = await host(
      forPictures((answer) => {
        const bytes = answer.bytes.map((byte) => byte ^ 255);
        if (answer.earlier === 0) inPart({ ...answer, bytes }, 1000, '"one"');
        else properly(answer);
      }),
    );
    const { x } = await load([url], { cache: emptyFolder() });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
  });

  test('of one host is not continued from another', async () => {
    const first = await host(forPictures((answer) => inPart(answer, 1000, '"one"')));
    const second = await host();
    const cache = emptyFolder();
    const { x } = await load([first.url, second.url], { cache, retries: 0 });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(second.requests).toEqual([trainImages]);
    expect(
      Buffer.compare(readFileSync(join(cache, 'fashion-mnist', trainImages)), packed.get(trainImages)!),
    ).toBe(0);
  });
});

/** A set of a few pictures, and a host on this machine that serves it as well or as badly as a test wants. */

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { threefryWords } from '../../../src/core/threefry.js';
import { pictureSet } from '../../../src/datasets/download/picture-set.js';
import {
  fileNames,
  type PictureSetOptions,
  type PublishedSet,
} from '../../../src/datasets/download/published-set.js';
import type { DownloadProgress } from '../../../src/datasets/index.js';

export const [trainImages, trainLabels, testImages, testLabels] = fileNames as [
  string,
  string,
  string,
  string,
];

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: Uint8Array): Uint8Array {
  const header = [
    0,
    0,
    8,
    shape.length,
    ...shape.flatMap((size) => [size >>> 24, size >>> 16, size >>> 8, size]),
  ];
  return Uint8Array.from([...header, ...values]);
}

// Bytes that gzip cannot make much smaller, so that files have parts.
const noise = (count: number) =>
  new Uint8Array(threefryWords(new Uint32Array(count / 4), [1, 2], [0, 0]).buffer).map((byte) => byte & 127);
const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 10);

/** The four files of 60 and 20 pictures, unpacked. */
export const unpacked: ReadonlyMap<string, Uint8Array> = new Map([
  [trainImages, idx([60, 28, 28], noise(60 * 784))],
  [trainLabels, idx([60], labels(60))],
  [testImages, idx([20, 28, 28], noise(20 * 784))],
  [testLabels, idx([20], labels(20))],
]);
export const packed: ReadonlyMap<string, Uint8Array> = new Map(
  [...unpacked].map(([file, bytes]) => [file, new Uint8Array(gzipSync(bytes))]),
);

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

export const setOf = (hosts: readonly string[]): PublishedSet => ({
  name: 'fashionMnist',
  title: 'Fashion-MNIST',
  folder: 'fashion-mnist',
  hosts,
  md5: Object.fromEntries([...packed].map(([file, bytes]) => [file, md5(bytes)])),
  sizes: { train: 60, test: 20 },
  classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  standIn: 'drawnFashion()',
});

/** An empty folder, for the time of a test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-datasets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What lies in the cache of the set. */
export function kept(cache: string): string[] {
  const folder = join(cache, 'fashion-mnist');
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

export interface Answer {
  readonly file: string;
  /** The whole file. */
  readonly bytes: Uint8Array;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** How many requests for this file came before. */
  readonly earlier: number;
}

/** Answers as a server that knows parts and versions does. */
export function properly({ bytes, request, response }: Answer, tag = '"one"'): void {
  response.setHeader('ETag', tag);
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  if (start === undefined || request.headers['if-range'] !== tag) {
    response.writeHead(200, { 'Content-Length': bytes.length });
    response.end(bytes);
    return;
  }
  const rest = bytes.subarray(Number(start));
  const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(206, { 'Content-Length': rest.length, 'Content-Range': range });
  response.end(rest);
}

/** What ends connections, once the client has so many bytes of a file: sooner it would lose them. */
const cuts = new Map<string, { readonly count: number; readonly cut: () => void }>();

/** Sends the first `count` bytes, and ends the connection when they have arrived. */
export function inPart({ file, bytes, response }: Answer, count: number, tag?: string): void {
  if (tag !== undefined) response.setHeader('ETag', tag);
  response.writeHead(200, { 'Content-Length': bytes.length });
  cuts.set(file, { count, cut: () => response.destroy() });
  response.write(bytes.subarray(0, count));
}

function cutAt({ file, received }: DownloadProgress): void {
  const { count, cut } = cuts.get(file) ?? { count: Number.POSITIVE_INFINITY };
  if (received < count) return;
  cuts.delete(file);
  cut?.();
}

/** An answer for the training pictures; the other files come properly. */
export const forPictures = (answer: (answer: Answer) => void) => (asked: Answer) =>
  asked.file === trainImages ? answer(asked) : properly(asked);

/** A host whose answers a test chooses; `requests` are those that came: file, then range. */
export async function host(answer: (answer: Answer) => void = properly) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const file = request.url!.split('/').pop()!;
    const earlier = requests.filter((line) => line.startsWith(file)).length;
    requests.push([file, request.headers.range ?? []].flat().join(' '));
    answer({ file, bytes: packed.get(file)!, request, response, earlier });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Loads the set of a host without waiting between attempts, and tells how long it would have waited. */
export async function load(urls: readonly string[], options: PictureSetOptions) {
  const waits: number[] = [];
  const pause = async (milliseconds: number) => void waits.push(milliseconds);
  const onProgress = (progress: DownloadProgress) => {
    options.onProgress?.(progress);
    cutAt(progress);
  };
  return { waits, ...(await pictureSet(setOf(urls), { ...options, onProgress }, pause)) };
}

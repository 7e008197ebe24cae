/** Where data comes from: a file, an address, a Blob, bytes in memory or a stream, all read the same way. */

import { problem } from '../core/errors.js';
import { show } from '../core/text.js';
import { fileName, readFile, readParts } from './files.js';

/** Data that lies somewhere as a whole: a path, an address (`http:`, `https:`, `file:`, `data:`), a File or Blob, bytes. */
export type ByteSource = string | URL | Blob | ArrayBuffer | Uint8Array;

/** Data that arrives in parts. */
export type PartSource =
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** Bytes and what messages call them. */
export interface NamedContent {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Parts and what messages call the whole. */
export interface NamedParts {
  readonly name: string;
  readonly parts: AsyncIterable<Uint8Array | string>;
}

/**
 * All bytes of a source. `format` is its name when it has none, `subject` who reads.
 *
 * Throws a DataError when a file or an address cannot be read, a ConfigError for what is no source.
 */
export async function contentOf(subject: string, source: ByteSource, format: string): Promise<NamedContent> {
  if (source instanceof Uint8Array) return { name: format, bytes: source };
  if (source instanceof ArrayBuffer) return { name: format, bytes: new Uint8Array(source) };
  if (source instanceof Blob)
    return { name: nameOf(source, format), bytes: new Uint8Array(await source.arrayBuffer()) };
  const place = placeOf(subject, source);
  const name = fileName(place);
  if (isFile(place)) return { name, bytes: await readFile(subject, place) };
  return { name, bytes: new Uint8Array(await (await answerOf(subject, place)).arrayBuffer()) };
}

/** The parts of a source, read one by one. Throws as `contentOf` does, a part later. */
export function partsOf(subject: string, source: ByteSource | PartSource, format: string): NamedParts {
  if (source instanceof ArrayBuffer) return partsOf(subject, new Uint8Array(source), format);
  if (source instanceof Uint8Array) return { name: format, parts: allOf([source]) };
  if (source instanceof Blob) return { name: nameOf(source, format), parts: streamed(source.stream()) };
  if (isStream(source)) return { name: format, parts: streamed(source) };
  if (isIterable(source)) return { name: format, parts: allOf(source) };
  const place = placeOf(subject, source);
  const parts = isFile(place) ? readParts(subject, place) : fetched(subject, place);
  return { name: fileName(place), parts };
}

const nameOf = (source: Blob, format: string) =>
  'name' in source && typeof source.name === 'string' && source.name ? source.name : format;

const isStream = (source: unknown): source is ReadableStream<Uint8Array | string> =>
  typeof source === 'object' && source !== null && 'getReader' in source;

const isIterable = (source: unknown): source is Exclude<PartSource, ReadableStream> =>
  typeof source === 'object' &&
  source !== null &&
  (Symbol.asyncIterator in source || Symbol.iterator in source);

/** A path stays as it is; what begins like an address becomes one. */
function placeOf(subject: string, source: unknown): string | URL {
  if (source instanceof URL) return source;
  if (typeof source === 'string' && source !== '')
    return /^(https?|file|data|blob):/i.test(source) && URL.canParse(source) ? new URL(source) : source;
  throw problem('argument-value', {
    subject,
    expected: 'a path, an address (URL), a File or Blob, bytes or a stream',
    received: source === '' ? 'an empty text' : show(source),
  });
}

const isFile = (place: string | URL) => typeof place === 'string' || place.protocol === 'file:';

async function answerOf(subject: string, place: string | URL): Promise<Response> {
  const unreachable = (received: string) =>
    problem('missing-file', {
      subject,
      expected: `a file that can be fetched from '${place}'`,
      received,
      fix: 'Check the address and the network, or fetch the file yourself and give its path.',
    });
  const answer = await fetch(place).catch((error: Error) => {
    throw unreachable(error.cause instanceof Error ? error.cause.message : error.message);
  });
  if (!answer.ok) throw unreachable(`the answer ${answer.status} ${answer.statusText}`.trim());
  return answer;
}

async function* fetched(subject: string, place: string | URL): AsyncGenerator<Uint8Array> {
  const { body } = await answerOf(subject, place);
  if (body) yield* streamed(body);
}

async function* allOf<Part>(source: AsyncIterable<Part> | Iterable<Part>): AsyncGenerator<Part> {
  yield* source;
}

/** Not every browser can loop over a stream. */
async function* streamed<Part>(stream: ReadableStream<Part>): AsyncGenerator<Part> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined); // who stops early has an error of his own
  }
}

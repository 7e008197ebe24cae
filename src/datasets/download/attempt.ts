/** One request for a file, or for the rest of it. */

import { MyelinError } from '../../core/errors.js';
import type { Draft } from './store.js';

/** How far a download is. */
export interface DownloadProgress {
  /** The name of the file. */
  readonly file: string;
  /** Bytes so far. */
  readonly received: number;
  /** Bytes in all, if the server says so. */
  readonly total: number | undefined;
}

export interface Attempt {
  readonly file: string;
  /** Milliseconds without a byte after which the server is given up. */
  readonly timeout: number;
  readonly signal: AbortSignal | null;
  readonly onProgress: ((progress: DownloadProgress) => void) | null;
}

export interface Failure {
  readonly reason: string;
  /** Whether another attempt would end the same way. */
  readonly isFinal: boolean;
}

/** Adds to the draft what it lacks; says why it could not. Throws what the store or the user's function throws. */
export async function attempt(url: string, draft: Draft, task: Attempt): Promise<Failure | undefined> {
  if (draft.origin?.url === url && draft.size === draft.origin.total) return undefined;
  const silence = new Silence(task.timeout);
  const signal = AbortSignal.any([silence.signal, ...(task.signal ? [task.signal] : [])]);
  let response: Response | undefined;
  try {
    response = await fetch(url, { headers: headersFor(url, draft), signal });
    const refusal = await begin(url, response, draft);
    if (refusal === undefined) return await receive(response, draft, silence, task);
    await response.body?.cancel();
    return refusal;
  } catch (error) {
    task.signal?.throwIfAborted();
    if (error instanceof MyelinError || error instanceof CallbackError) throw unwrapped(error);
    if (silence.isOver) return byChance(`no byte for ${task.timeout / 1000} s`);
    if (response) return cutOff(draft);
    return { reason: reasonOf(error), isFinal: isUnknownHost(error) };
  } finally {
    silence.end();
  }
}

function headersFor(url: string, { size, origin }: Draft): Record<string, string> {
  const plain = { 'Accept-Encoding': 'identity' }; // a server that unpacks the file would change its checksum
  const isSame = origin?.url === url && !isElsewhere(url);
  if (size === 0 || !isSame || origin.validator === undefined) return plain;
  return { ...plain, Range: `bytes=${size}-`, 'If-Range': origin.validator };
}

/** Of another host a page has to ask first whether it may send If-Range, and few say yes. */
function isElsewhere(url: string): boolean {
  const page = (globalThis as { location?: { origin?: string } }).location;
  return page?.origin !== undefined && page.origin !== new URL(url).origin;
}

/** Readies the draft for the body of a response, or says why there is none to read. */
async function begin(url: string, response: Response, draft: Draft): Promise<Failure | undefined> {
  const { status, headers } = response;
  if (status !== 200 && status !== 206 && status !== 416)
    return { reason: `status ${status}`, isFinal: !worthAnother.has(status) && status < 500 };
  if (/^text\/html\b/i.test(headers.get('Content-Type') ?? ''))
    return { reason: 'a page of HTML in place of the file', isFinal: true };
  if (status === 206 && continues(headers, draft)) return undefined;
  if (status !== 200) {
    await draft.restart();
    return byChance(`status ${status} with another part than was asked for`);
  }
  const length = headers.get('Content-Encoding') === null ? headers.get('Content-Length') : null;
  const total = length === null ? undefined : Number(length);
  await draft.restart({ url, validator: validatorOf(headers), total });
  return undefined;
}

/** Timeouts, too early, too many requests. */
const worthAnother = new Set([408, 425, 429]);

const byChance = (reason: string): Failure => ({ reason, isFinal: false });

/** Whether a part is the rest of the same version. */
function continues(headers: Headers, { size, origin }: Draft): boolean {
  const start = /^bytes (\d+)-/.exec(headers.get('Content-Range') ?? '')?.[1];
  const version = validatorOf(headers);
  return Number(start) === size && (version === undefined || version === origin?.validator);
}

/** What tells versions apart byte by byte; a weak ETag does not. */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get('ETag');
  return (tag?.startsWith('W/') ? null : tag) ?? headers.get('Last-Modified') ?? undefined;
}

async function receive(
  response: Response,
  draft: Draft,
  silence: Silence,
  { file, onProgress }: Attempt,
): Promise<Failure | undefined> {
  const reader = response.body?.getReader();
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) break;
    silence.broken();
    await draft.append(value);
    callback(() => onProgress?.({ file, received: draft.size, total: inAll(draft) }));
  }
  return draft.size < (inAll(draft) ?? 0) ? cutOff(draft) : undefined;
}

/** A browser hides from pages that another host had its answer packed; then more bytes come than it has announced. */
const inAll = ({ size, origin }: Draft) =>
  origin?.total === undefined || size > origin.total ? undefined : origin.total;

const cutOff = (draft: Draft) =>
  byChance(
    `${draft.size} of ${inAll(draft) ?? 'an unknown number of'} bytes, then the end of the connection`,
  );

/** What the user's function throws is no failure of the network. */
class CallbackError extends Error {}

function callback(body: () => void): void {
  try {
    body();
  } catch (cause) {
    throw new CallbackError('onProgress', { cause });
  }
}

const unwrapped = (error: Error) => (error instanceof CallbackError ? error.cause : error);

/** Node says `fetch failed` and hides the reason below; browsers say no more than that. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}

const isUnknownHost = (error: unknown) =>
  (error as { cause?: { code?: string } }).cause?.code === 'ENOTFOUND';

/** Aborts its signal when nothing has been heard for a time. */
class Silence {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly milliseconds: number) {
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  get isOver(): boolean {
    return this.signal.aborted;
  }

  /** Something was heard. */
  broken(): void {
    this.end();
    this.#timer = setTimeout(() => this.#controller.abort(), this.milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

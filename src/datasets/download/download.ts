/** One file from one of several hosts: attempts, growing waits, and what is said when none succeeds. */

import { problem } from '../../core/errors.js';
import { type Attempt, attempt, type Failure } from './attempt.js';
import type { Draft } from './store.js';

export interface Download extends Attempt {
  /** Who downloads, for messages. */
  readonly subject: string;
  /** Further attempts at each host after one that may have failed by chance. */
  readonly retries: number;
  /** Why a content is not that of the file, or nothing. */
  readonly fault: (content: Uint8Array) => Promise<string | undefined>;
  /** Waits before another attempt. Rejects with the reason of the signal. */
  readonly pause: (milliseconds: number, signal: AbortSignal | null) => Promise<void>;
  /** What to do without the file. */
  readonly fix: string;
}

/** Milliseconds before the second attempt; each further wait is twice as long. */
const firstWait = 1000;

/**
 * Fills a draft with the file, and says from which address.
 *
 * Throws a DataError when no address has it, the reason of the signal when that is aborted.
 */
export async function download(urls: readonly string[], draft: Draft, task: Download): Promise<string> {
  const begun = draft.origin?.url;
  const failures: string[] = [];
  for (const url of [...urls].sort((a, b) => Number(b === begun) - Number(a === begun))) {
    const reason = await fromHost(url, draft, task);
    if (reason === undefined) return url;
    failures.push(`${reason} from ${url}`);
  }
  throw problem('download-failed', {
    subject: task.subject,
    expected: `to download ${task.file}`,
    received: failures.join('; '),
    fix: task.fix,
  });
}

/** Nothing when the draft has the file, else why not. */
async function fromHost(url: string, draft: Draft, task: Download): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    const before = draft.size;
    const failure = (await attempt(url, draft, task)) ?? (await faultOf(draft, before > 0, task));
    if (failure === undefined) return undefined;
    if (failure.isFinal || tries > task.retries)
      return tries === 1 ? failure.reason : `${failure.reason} (attempt ${tries})`;
    await task.pause(firstWait * 2 ** (tries - 1), task.signal);
  }
}

/** Bytes of two versions of a file may have come together in it: then it is worth another attempt. */
async function faultOf(draft: Draft, wasResumed: boolean, task: Download): Promise<Failure | undefined> {
  const reason = await task.fault(await draft.content());
  if (reason === undefined) return undefined;
  await draft.restart();
  return { reason, isFinal: !wasResumed };
}

/** Waits, unless the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Runs other programs without a shell, waiting or in the background, and ends them with this process. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { atExit } from './at-exit.js';
import { givingWay, isTimedOut, limited, type Words } from './wrapping.js';

/** A program to run: by its path, with what it reads. */
export interface Command {
  readonly path: string;
  readonly args: readonly string[];
  readonly input: string;
  /** Milliseconds after which it is killed. */
  readonly timeout: number;
  /** Variables beside those that every compiler may need. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a program ended. */
export interface Outcome {
  readonly output: string;
  readonly complaints: string;
  /** Why it does not count: `exit code 1`. */
  readonly failure?: string;
}

/** Work that needs programs to be run. Written once, it can wait for them or go on in the background. */
export type Work<T> = Generator<Command, T, Outcome>;

export function waitFor<T>(work: Work<T>): T {
  let step = work.next();
  while (!step.done) step = work.next(run(step.value));
  return step.value;
}

/** The process may end before; what `work` left is cleared then by `atExit`. */
export async function inBackground<T>(work: Work<T>, signal?: AbortSignal): Promise<T> {
  try {
    let step = work.next();
    while (!step.done) step = work.next(await runBeside(step.value, signal));
    return step.value;
  } finally {
    work.return(undefined as never); // its own `finally`, when a signal ended it half way
  }
}

// All macros of a compiler are some 20 KiB.
const mostOutput = 4 * 2 ** 20;

const kept = [
  ...['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'COMPILER_PATH', 'GCC_EXEC_PREFIX'],
  ...['SDKROOT', 'DEVELOPER_DIR', 'MACOSX_DEPLOYMENT_TARGET'],
];

/** What a compiler needs to find its parts; Nix tells its own by many variables. Messages come in English. */
function environmentOf(command: Command): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) => kept.includes(name) || /^NIX_/.test(name));
  return { ...(Object.fromEntries(given) as Record<string, string>), LC_ALL: 'C', ...command.environment };
}

function run(command: Command): Outcome {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  // Node reads `detached` here as in `spawn`: a group of its own, so that what the compiler began is killed too.
  const group = { detached: true };
  const options = {
    ...group,
    env: environmentOf(command),
    input: command.input,
    timeout: command.timeout,
    killSignal: 'SIGKILL',
    maxBuffer: mostOutput,
  } as const;
  const began = Date.now();
  try {
    const [path, ...args] = wordsOf(command);
    const { pid, status, signal, stdout, stderr, error } = spawnSync(path, args, options);
    killGroup(pid);
    const text = (bytes: Buffer | null) => bytes?.toString('utf8') ?? '';
    const failure = failureOf(command, {
      status,
      signal,
      code: (error as NodeJS.ErrnoException)?.code,
      began,
    });
    return { output: text(stdout), complaints: text(stderr), ...failure };
  } catch (error) {
    return refused(command, error);
  }
}

/** Node itself may not let programs run: under its permission model, or without processes to spare. */
function refused(command: Command, error: unknown): Outcome {
  const { code, message } = error as NodeJS.ErrnoException;
  return { output: '', complaints: '', ...failureOf(command, { code: code ?? message }) };
}

const wordsOf = ({ path, args, timeout }: Command): Words => limited([path, ...args], timeout);

interface End {
  readonly status?: number | null;
  readonly signal?: string | null;
  readonly code?: string | undefined;
  readonly began?: number;
}

function failureOf({ timeout }: Command, { status, signal, code, began }: End): { failure?: string } {
  const late = { failure: `nothing within ${timeout / 1000} seconds` };
  if (code === 'ETIMEDOUT') return late;
  if (code === 'ENOBUFS') return { failure: `more than ${mostOutput / 2 ** 20} MiB of text` };
  // EPIPE: it did not read all of its input, which is its own affair.
  if (code !== undefined && code !== 'EPIPE') return { failure: `the error ${code}` };
  if (began !== undefined && isTimedOut(signal ?? status, began, timeout)) return late;
  if (signal) return { failure: `an end by ${signal}` };
  return status === 0 ? {} : { failure: `exit code ${status}` };
}

async function runBeside(command: Command, signal?: AbortSignal): Promise<Outcome> {
  signal?.throwIfAborted();
  const { spawn } = process.getBuiltinModule('node:child_process');
  try {
    const [path, ...args] = givingWay(wordsOf(command));
    const child = spawn(path, args, { detached: true, env: environmentOf(command) });
    // Without processes or files to spare there are no streams either.
    if (child.pid === undefined) throw await new Promise((resolve) => child.once('error', resolve));
    return await endOf(child, command, signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    return refused(command, error);
  }
}

function endOf(
  child: ChildProcessWithoutNullStreams,
  command: Command,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let code: string | undefined;
    const began = Date.now();
    const stop = (reason?: string) => {
      code ??= reason;
      killGroup(child.pid);
      for (const stream of child.stdio) stream?.destroy(); // a program outside the group may hold them
    };
    const timer = setTimeout(stop, command.timeout, 'ETIMEDOUT');
    const forget = atExit(stop);
    const aborted = () => stop();
    signal?.addEventListener('abort', aborted);
    const output = gather(child.stdout, stop);
    const complaints = gather(child.stderr, stop);
    child.on('exit', () => killGroup(child.pid));
    child.on('close', (status, killer) => {
      clearTimeout(timer);
      forget();
      signal?.removeEventListener('abort', aborted);
      if (signal?.aborted) return reject(signal.reason);
      const failure = failureOf(command, { status, signal: killer, code, began });
      resolve({ output: output(), complaints: complaints(), ...failure });
    });
    letGo(child, timer);
    child.stdin.on('error', () => {}).end(command.input);
  });
}

/** Nothing of it keeps the process alive. */
function letGo(child: ChildProcessWithoutNullStreams, timer: NodeJS.Timeout): void {
  timer.unref();
  child.unref();
  for (const stream of child.stdio) (stream as { unref?(): void } | null)?.unref?.();
}

function gather(stream: NodeJS.ReadableStream, stop: (reason: string) => void): () => string {
  const parts: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > mostOutput) stop('ENOBUFS');
    else parts.push(part);
  });
  return () => Buffer.concat(parts).toString('utf8');
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

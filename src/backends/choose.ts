/** Which backend runs programs: chosen once for all. */
import { environment } from '../core/environment.js';
import { MyelinError, problem } from '../core/errors.js';
import { isCount } from '../core/shape.js';
import { list, nearest } from '../core/text.js';
import { warnOnce } from '../core/warnings.js';
import { defaultBackend, nativeBackend } from './accelerated.js';
import type { Backend } from './backend.js';
import { referenceBackend } from './reference/reference.js';
import { defaultThreads, mayShare } from './wasm/threads.js';
import { wasmBackend } from './wasm/wasm.js';

export interface BackendOptions {
  /** Floats of the `reference` backend: float64 makes it an oracle. */
  readonly precision?: 'float32' | 'float64';
  /**
   * How many threads the `wasm` and `native` backends have: `MYELIN_THREADS`, else as many as there are cores. A page's own thread has
   * one. The results do not depend on it.
   */
  readonly threads?: number;
}

interface Maker {
  /** Names of the options it takes. */
  readonly options: readonly (keyof BackendOptions)[];
  readonly make: (options: BackendOptions) => Backend;
}
const makers = {
  reference: { options: ['precision'], make: ({ precision }) => referenceBackend(precision) },
  wasm: { options: ['threads'], make: ({ threads }) => wasmBackend(threads) },
  native: { options: ['threads'], make: ({ threads }) => nativeBackend(threads) },
} as const satisfies Record<string, Maker>;
export type BackendName = keyof typeof makers;

/** The names that `setBackend` takes. */
export const backendNames = (): BackendName[] => Object.keys(makers) as BackendName[];

/** Made once each, however the same is asked for: a backend owns memory. */
const made = new Map<string, Backend>();
let chosen: Backend | undefined;
let named = false;
/** Whether somebody asked for a backend by its name. */
export const isChosen = (): boolean => named;

function backendOf(name: BackendName, options: BackendOptions): Backend {
  const { precision = 'float32', threads = threadsWanted() ?? defaultThreads() } = options;
  return kept(`${name} ${precision}`, () => makers[name].make({ precision, threads }), threads);
}

function kept(name: string, make: (threads: number) => Backend, threads: number): Backend {
  const key = `${name} ${threads}`;
  const known = made.get(key) ?? observed(make(threads));
  made.set(key, known);
  return known;
}

type Observer = (backend: Backend) => Backend;
let observer: Observer | undefined;
/** Puts something before each backend that is asked for from now on. */
export function observeBackends(given: Observer): void {
  observer = given;
  made.clear();
}

function observed(backend: Backend): Backend {
  if (!observer && environment('MYELIN_PROFILE')) loadProfile();
  return observer ? observer(backend) : backend;
}

/** By name and only in Node, so that a page never loads it. It prints when the process ends. */
function loadProfile(): void {
  const { process } = globalThis as { process?: NodeProcess };
  const modules = process?.getBuiltinModule?.('node:module');
  const profile = modules?.createRequire(import.meta.url)('./profile.js');
  profile?.profile();
  process?.on('exit', () => console.error(profile?.profileText()));
}
interface NodeProcess {
  getBuiltinModule?(id: 'node:module'): {
    createRequire(from: string): (name: './profile.js') => { profile(): void; profileText(): string };
  };
  on(event: 'exit', listener: () => void): void;
}

/** What runs programs now: `MYELIN_BACKEND`, else WebAssembly, else the reference where WebAssembly is not allowed. */
export function currentBackend(): Backend {
  chosen ??= firstBackend();
  return chosen;
}

const numbers = new WeakMap<Backend, number>();
let count = 0;
/** The number of what runs programs now, which no other backend has had: programs of one do not run on another. */
export function backendNumber(): number {
  const backend = currentBackend();
  const number = numbers.get(backend) ?? count++;
  numbers.set(backend, number);
  return number;
}

function firstBackend(): Backend {
  const wanted = environment('MYELIN_BACKEND');
  threadsWanted(); // A mistake in it is no reason for another backend.
  named = Boolean(wanted);
  if (wanted) return backendOf(checkedName(wanted, 'MYELIN_BACKEND'), {});
  try {
    return kept('default', defaultBackend, threadsWanted() ?? defaultThreads());
  } catch (error) {
    if (!(error instanceof MyelinError)) throw error;
    warnOnce('backend', `${error.message}\nPrograms run on the slow reference backend instead.`);
    return backendOf('reference', {});
  }
}

function threadsWanted(): number | undefined {
  const wanted = environment('MYELIN_THREADS');
  return wanted ? checkedThreads('MYELIN_THREADS', Number(wanted)) : undefined;
}

function checkedThreads(subject: string, threads: number): number {
  if (!isCount(threads) || threads < 1 || threads > mostThreads) {
    throw problem('option-value', {
      subject,
      expected: `a whole number from 1 to ${mostThreads}`,
      received: `${threads}`,
    });
  }
  if (threads === 1 || mayShare()) return threads;
  throw problem('backend-missing', {
    subject: `Backend 'wasm' with ${threads} threads`,
    expected: 'a thread that may wait for others, with memory to share',
    received: "a page's own thread, or a page that is not cross-origin isolated",
    fix: 'Train inside a worker of a page that is served with COOP and COEP headers, or leave `threads` out.',
  });
}
const mostThreads = 64;

function checkedName(name: string, subject: string): BackendName {
  if (Object.hasOwn(makers, name)) return name as BackendName;
  const near = nearest(name, Object.keys(makers));
  throw problem('option-value', {
    subject,
    expected: list(backendNames()),
    received: `'${name}'`,
    fix: near && `Did you mean '${near}'?`,
  });
}

/**
 * What runs programs now, in one line.
 *
 * @example
 * console.log(backend());
 */
export const backend = (): string => currentBackend().describe();

/**
 * Chooses what runs programs from now on; variables move along.
 *
 * Throws a ConfigError for an unknown name or option, a BackendError where the backend cannot run, a StateError while `fit` or
 * another bound program may still write to variables where they are.
 *
 * @example
 * setBackend('reference', { precision: 'float64' });
 */
export function setBackend(name: BackendName, options: BackendOptions = {}): void {
  checkOptions(checkedName(name, 'setBackend'), options);
  const wanted = backendOf(name, options);
  if (holds > 0 && wanted !== chosen) throw held();
  chosen = wanted;
  named = true;
}

function checkOptions(name: BackendName, options: BackendOptions): void {
  const known: readonly string[] = makers[name].options;
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined) {
    throw problem('option-unknown', {
      subject: `setBackend('${name}')`,
      expected: `the option ${list(known)} or none`,
      received: `'${unknown}'`,
    });
  }
  if (options.threads !== undefined) checkedThreads('setBackend threads', options.threads);
}

let holds = 0;
/** Keeps the backend from changing until the function that comes back is called. */
export function holdBackend(): () => void {
  holds++;
  let isHeld = true;
  return () => {
    if (isHeld) holds--;
    isHeld = false;
  };
}

const held = () =>
  problem('already-running', {
    subject: 'setBackend',
    expected: 'no program to be bound to variables',
    received: 'a `fit` that runs, or a bound program that was not released',
    fix: 'Choose the backend before training, or wait for `fit` to end.',
  });

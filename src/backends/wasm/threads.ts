/** Threads of the surroundings: how many there may be, and how one is begun. */
import { sources } from './worker-source.js';

/** A thread that takes messages. */
export interface Thread {
  postMessage(message: unknown): void;
  terminate(): void;
}

interface NodeWorker extends Thread {
  on(event: 'error', listener: (error: unknown) => void): void;
  unref(): void;
}
interface Surroundings {
  readonly process?: {
    getBuiltinModule?(id: string): unknown;
  };
  readonly document?: object;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
}
const surroundings = (): Surroundings => globalThis as Surroundings;
const builtin = <T>(id: string) => surroundings().process?.getBuiltinModule?.(id) as T | undefined;

// More threads wait longer for each other than they save, at the sizes that train in JavaScript.
const mostByDefault = 8;

/** How many threads run programs by default: as many as there are cores. A page's own thread must never wait for others. */
export function defaultThreads(): number {
  if (!mayShare()) return 1;
  const os = builtin<{ availableParallelism?(): number }>('node:os');
  const cores = os ? os.availableParallelism?.() : surroundings().navigator?.hardwareConcurrency;
  return Math.min(cores ?? 1, mostByDefault);
}

/** Whether this thread may share memory with others and wait for them. */
export function mayShare(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  if (surroundings().process?.getBuiltinModule) return true;
  const { crossOriginIsolated = false, document } = surroundings();
  return crossOriginIsolated && document === undefined;
}

/** Begins a thread, which does not keep the process alive. */
export function beginThread(failed: (error: unknown) => void): Thread {
  const node = builtin<{ Worker: new (source: string, options: object) => NodeWorker }>(
    'node:worker_threads',
  );
  if (node) {
    // Flags of this process may be about its own program: loaders, or what kind of module `--eval` is.
    const worker = new node.Worker(sources.node, { eval: true, execArgv: [] });
    worker.on('error', failed);
    worker.unref();
    return worker;
  }
  const place = URL.createObjectURL(new Blob([sources.web], { type: 'text/javascript' }));
  const worker = new Worker(place);
  worker.onerror = failed;
  return worker;
}

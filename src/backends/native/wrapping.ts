/** Programs that run another one under a condition: later than this process can see to it, or after other work. */
import { pathOf } from './programs.js';

export type Words = readonly [path: string, ...args: string[]];

// Without a number the compiler takes a core from the threads that train. At 10 it waits for them too long.
const niceness = 5;
/** This process kills first, if it can: it does not wait for pipes that others hold. */
const margin = 1000;

/** How the program `timeout` tells that it has killed: by its own end, else by one of these. */
const killed: readonly unknown[] = ['SIGKILL', 124, 137];

/**
 * By a program, since a process that is killed itself, or a worker that is terminated, kills nothing. That of BusyBox
 * is passed over: it keeps the pipes open for up to a second after the end.
 */
export function limited(words: Words, milliseconds: number): Words {
  const path = pathOf('timeout');
  const isFit = path && !process.getBuiltinModule('node:fs').realpathSync(path).endsWith('/busybox');
  return isFit ? [path, '-s', 'KILL', `${(milliseconds + margin) / 1000}`, ...words] : words;
}

/** Whether an end is the work of `timeout`, whose clock goes on where that of timers stops: in a computer asleep. */
export const isTimedOut = (end: unknown, began: number, milliseconds: number): boolean =>
  killed.includes(end) && Date.now() - began >= milliseconds;

/** By a program, since a priority that is set after the start does not reach what has been begun by then. */
export function givingWay(words: Words): Words {
  const nice = pathOf('nice');
  return nice === undefined ? words : [nice, '-n', `${niceness}`, ...words];
}

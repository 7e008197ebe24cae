/** A program made ready: in WebAssembly, or in C on the same memory. */
import type { Loops } from '../../loops/program.js';
import type { NativeCode } from '../accelerator.js';
import type { Pace } from './pace.js';

export type Main = (...numbers: number[]) => void;

/** What other threads load: a module, or the path of a library. */
export type Code = { readonly module: WebAssembly.Module } | { readonly library: string };

export interface Version {
  readonly id: number;
  readonly code: Code;
  readonly main: Main;
  readonly loops: Loops;
  readonly pace: Pace;
  /** What made the machine code. */
  readonly origin: string;
}

/** The version that runs, and one in machine code that has yet to show that it computes the same. */
export class Versions {
  candidate: Version | undefined;
  readonly #versionOf: (code: NativeCode) => Version;
  #left = 0;
  #wanted: (() => void) | undefined;

  constructor(
    public current: Version,
    versionOf: (code: NativeCode) => Version,
  ) {
    this.#versionOf = versionOf;
  }

  offer(code: NativeCode): void {
    this.candidate = this.#versionOf(code);
  }

  /** Calls once, before a run: when the runs until then took at least so long together. */
  whenRunFor(milliseconds: number, wanted: () => void): void {
    this.#left = milliseconds;
    this.#wanted = wanted;
  }

  beginRun(): void {
    if (!this.#wanted || this.#left > 0) return;
    const wanted = this.#wanted;
    this.#wanted = undefined;
    wanted();
  }

  /** Whether nothing is left to find out before or after a run. */
  get isSettled(): boolean {
    return !this.candidate && !this.#wanted;
  }

  get isWatched(): boolean {
    return this.#wanted !== undefined;
  }

  /** A run took so long. */
  note(milliseconds: number): void {
    this.#left -= milliseconds;
  }
}

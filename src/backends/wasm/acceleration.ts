/** When programs get a version in machine code: never, before they train, or in the background while they do. */
import { MyelinError } from '../../core/errors.js';
import type { Rest } from '../../core/pieces.js';
import { warnOnce } from '../../core/warnings.js';
import type { Program } from '../../loops/program.js';
import type { Accelerator } from '../accelerator.js';
import type { Versions } from './version.js';

export interface Acceleration {
  /** What follows the name of the backend's vectors, and what ends its description. */
  readonly vectors?: string | undefined;
  readonly ending?: string;
  /** A program is about to run, perhaps once only. */
  begin(program: Program, versions: Versions): void;
  /** A program is about to run often; it waits for what comes back. `rest` throws what ends the waiting. */
  beginLater(program: Program, versions: Versions, rest?: Rest): Promise<void>;
}

export const noAcceleration: Acceleration = {
  begin() {},
  async beginLater() {},
};

/** Programs wait for the compiler before they run often: before the second run, where nothing tells how often. */
export class Waiting implements Acceleration {
  readonly #accelerator: Accelerator;
  readonly #beforeFirst: boolean;
  #hasFailed = false;

  constructor(accelerator: Accelerator, { beforeFirst = false } = {}) {
    this.#accelerator = accelerator;
    this.#beforeFirst = beforeFirst;
  }

  get vectors(): string | undefined {
    return this.#hasFailed ? undefined : this.#accelerator.describe();
  }

  begin(program: Program, versions: Versions): void {
    // Programs that begin before a failure may ask after it.
    const make = () => {
      if (this.#hasFailed) return;
      try {
        versions.offer(this.#accelerator.make(program));
      } catch (error) {
        this.#fail(error);
      }
    };
    if (this.#beforeFirst) make();
    // Any time at all: after the first run.
    else versions.whenRunFor(Number.MIN_VALUE, make);
  }

  async beginLater(program: Program, versions: Versions, rest?: Rest): Promise<void> {
    if (this.#hasFailed) return;
    const making = this.#accelerator.makeLater(program);
    const made = making.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([made, turn()]))) await rest?.();
    try {
      versions.offer(await making);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof MyelinError)) throw error;
    this.#hasFailed = true;
    warnOnce('native', `${error.message}\nPrograms run on the wasm backend from here on.`);
  }
}

/** Some milliseconds. The compiler alone would not keep the process alive. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A program that ran for so many milliseconds will likely run for as long again, which pays for the compiler. */
const worthMilliseconds = 200;

/** Programs begin in WebAssembly and go on in machine code when it is there; where it cannot be had nothing is said. */
export class Background implements Acceleration {
  readonly #find: () => Promise<Accelerator>;
  #accelerator: Promise<Accelerator> | undefined;
  #description = 'where there is a compiler';
  #hasFailed = false;

  constructor(find: () => Promise<Accelerator>) {
    this.#find = find;
  }

  get ending(): string {
    return this.#hasFailed ? '' : `; long runs go on in C ${this.#description}`;
  }

  begin(program: Program, versions: Versions): void {
    if (!this.#hasFailed) versions.whenRunFor(worthMilliseconds, () => void this.#make(program, versions));
  }

  async beginLater(program: Program, versions: Versions): Promise<void> {
    this.begin(program, versions);
  }

  async #make(program: Program, versions: Versions): Promise<void> {
    if (this.#hasFailed) return;
    try {
      this.#accelerator ??= this.#find();
      const accelerator = await this.#accelerator;
      this.#description = `(${accelerator.describe()})`;
      versions.offer(await accelerator.makeLater(program));
    } catch {
      this.#hasFailed = true;
    }
  }
}

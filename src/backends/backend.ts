/** What runs programs. Every backend offers this and nothing else. */
import type { DType, TypedArray } from '../core/dtype.js';
import type { Rest } from '../core/pieces.js';
import type { Machine } from '../loops/machine.js';
import type { Program } from '../loops/program.js';

/** An array in a backend's memory. */
export interface Storage {
  readonly dtype: DType;
  readonly size: number;
  /** Copies values in, from element `from` on. */
  set(values: ArrayLike<number>, from?: number): void;
  /** A copy of the values. */
  get(): TypedArray;
  /** Copies all values into an array, from its element `at` on. */
  copyTo(values: TypedArray, at: number): void;
  /** Gives the place back. Storage that is dropped without this is given back when it is collected. */
  free(): void;
  /** So many elements of the array, the first ones to begin with, which programs read where they lie. */
  window(size: number): Window;
}

/** A part of an array, which is not written through it. */
export interface Window extends Storage {
  /** The part that begins with element `from`; programs that are bound to the window read it from their next run on. */
  moveTo(from: number): void;
}

/** A program made ready. */
export interface Executable {
  /** Fixes where inputs, variables and outputs lie; the result runs the program so many times, in one call. */
  bind(places: readonly Storage[]): (steps?: number) => void;
}

export interface Backend {
  readonly name: string;
  /** Absent when the backend walks formulas and needs no schedule. */
  readonly machine?: Machine;
  /** What runs, in one line: instruction set, threads, fused multiply-add or not. */
  describe(): string;
  /** Bytes taken from the system for arrays; they never shrink, so a program that leaks makes them grow. */
  reservedBytes(): number;
  allocate(dtype: DType, size: number): Storage;
  compile(program: Program): Executable;
  /** Leaves the work to another thread where that is possible, and rests between the pieces of what is left. */
  compileAsync(program: Program, rest?: Rest): Promise<Executable>;
}

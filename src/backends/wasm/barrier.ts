/** Where the threads of a program meet: a function of WebAssembly, written by hand, and the words in memory it uses. */
import { i32, signed, unsigned, type WasmFunction } from './encoder.js';
import * as op from './op.js';

/** Bytes of the barrier's words: threads that have come, how often all had come, threads that sleep, and a failure. */
export const words = { arrived: 0, turn: 4, asleep: 8, failed: 12 } as const;

// About a millisecond. Systems like to wake a thread on the core of the one that wakes it: threads that soon sleep end up
// taking turns on one core, while those that stay awake are given a core each.
const spins = 500_000;
// A thread that broke off never comes; those that sleep look for it now and then.
const napNanoseconds = 100_000_000;

/**
 * `barrier(at, parts)`. The last thread to come starts a new turn and wakes those that sleep; the others watch for the new
 * turn, first awake. Reading and writing in sequence makes what was stored before visible to all after.
 */
export function barrierFunction(name: string): WasmFunction {
  const [at, parts, turn, left] = [0, 1, 2, 3];
  const get = (local: number) => [op.get, ...unsigned(local)];
  const set = (local: number) => [op.set, ...unsigned(local)];
  const int = (n: number) => [op.constant, ...signed(n)];
  const atomic = (instruction: number, offset: number) => [op.atomic, instruction, 2, ...unsigned(offset)];
  const read = (offset: number) => [...get(at), ...atomic(op.atomicLoad, offset)];
  const add = (offset: number, by: number) => [...get(at), ...int(by), ...atomic(op.atomicAdd, offset)];
  const when = (...body: number[]) => [op.ifBlock, op.noResult, ...body, op.end];
  const isOver = [...read(words.turn), ...get(turn), op.notEqual];
  const code = [
    ...[...get(parts), ...int(2), op.lessSigned, ...when(op.leave)],
    ...[...read(words.turn), ...set(turn)],
    ...[...add(words.arrived, 1), ...int(1), op.add, ...get(parts), op.equal],
    ...when(
      ...[...get(at), ...int(0), ...atomic(op.atomicStore, words.arrived)],
      ...[...add(words.turn, 1), op.drop, ...read(words.asleep)],
      ...when(...get(at), ...int(-1), ...atomic(op.notify, words.turn), op.drop),
      op.leave,
    ),
    ...[...int(spins), ...set(left), op.loop, op.noResult],
    ...[...isOver, ...when(op.leave)],
    ...[...get(left), ...int(-1), op.add, op.tee, ...unsigned(left), op.brIf, 0, op.end],
    ...[...add(words.asleep, 1), op.drop, op.loop, op.noResult],
    ...[...read(words.failed), ...when(op.unreachable)],
    ...[...get(at), ...get(turn), op.longConstant, ...signed(napNanoseconds), ...atomic(op.wait, words.turn)],
    ...[op.drop, ...isOver, op.isZero, op.brIf, 0, op.end],
    ...[...add(words.asleep, -1), op.drop],
  ];
  return { name, params: 2, locals: [i32, i32], code, exported: false };
}

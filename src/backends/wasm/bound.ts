/** A program with its arrays in place; which version of it runs may change between two steps. */
import { warnOnce } from '../../core/warnings.js';
import { agree } from './agreement.js';
import type { Heap, WasmStorage } from './heap.js';
import type { Job, Team } from './team.js';
import type { Version, Versions } from './version.js';

/** Where programs run. */
export interface Place {
  readonly heap: Heap;
  readonly team: Team;
  readonly threads: number;
}

/** A version with the addresses of its arrays, and what moves as it was when they were listed. */
interface Call {
  readonly version: Version;
  readonly threads: number;
  readonly scratchAt: number;
  moves: number;
  readonly job: Job;
  readonly args: number[];
  /** All that `main` takes, for one thread; the last number is that of the steps. */
  readonly alone: number[];
}

export class Bound {
  readonly #place: Place;
  readonly #versions: Versions;
  /** Arrays that belong to the program: were they collected, their places would be given to others. */
  readonly #arrays: readonly WasmStorage[];
  /** Those of them that the program writes. */
  readonly #written: readonly WasmStorage[];
  #table: WasmStorage | undefined;
  #call: Call;

  constructor(
    place: Place,
    versions: Versions,
    arrays: readonly WasmStorage[],
    written: readonly WasmStorage[],
  ) {
    this.#place = place;
    this.#versions = versions;
    this.#arrays = arrays;
    this.#written = written;
    this.#call = this.#callOf(versions.current);
  }

  run(steps: number): void {
    const versions = this.#versions;
    if (versions.isSettled) {
      this.#make(this.#current(), steps);
      return;
    }
    versions.beginRun();
    const { candidate } = versions;
    const left = candidate && this.#mayTry(candidate) ? steps - this.#try(candidate) : steps;
    if (left === 0) return;
    const start = versions.isWatched ? performance.now() : 0;
    this.#make(this.#current(), left);
    if (versions.isWatched) versions.note(performance.now() - start);
  }

  /** The call with all addresses as they are now. The scratch memory moves when another program needs more. */
  #current(): Call {
    const { version, scratchAt, moves } = this.#call;
    const { heap } = this.#place;
    if (version !== this.#versions.current || scratchAt !== heap.scratchAt)
      this.#call = this.#callOf(this.#versions.current);
    else if (moves !== heap.moves) this.#listArrays(this.#call);
    return this.#call;
  }

  /** Whether all threads are there that will run it: each has to show that it can load the library. */
  #mayTry({ loops }: Version): boolean {
    const { team, threads } = this.#place;
    return threads === 1 || !loops.isSplit || team.isReady() || team.isBroken;
  }

  #make({ job, threads, alone }: Call, steps: number): void {
    if (threads > 1) this.#place.team.run(job, steps);
    else {
      // A list and nothing else is handed over at once, also by code that the engine has not compiled yet.
      alone[alone.length - 1] = steps;
      job.main(...alone);
    }
  }

  /** Makes one step, and takes the new version if it comes to the same bits. */
  #try(candidate: Version): number {
    const versions = this.#versions;
    // First, so that the scratch memory is large enough for both and stays where it is.
    this.#callOf(candidate);
    const [before, after] = [this.#callOf(versions.current), this.#callOf(candidate)];
    versions.candidate = undefined;
    const alone = () => before.job.main(...before.job.args, 0, 1, 1);
    try {
      if (agree(alone, () => this.#makeTogether(after), this.#written)) versions.current = candidate;
      else warnOnce('other results', differs(candidate.origin));
    } catch (error) {
      // Another thread may not be able to load the library. The step is made, in WebAssembly.
      warnOnce('native thread', `A program goes on in WebAssembly, because C broke off: ${error}`);
    }
    return 1;
  }

  /** With all threads that there are, so that their meeting is tried as well. */
  #makeTogether({ job, threads }: Call): void {
    const { team } = this.#place;
    if (threads > 1 && team.isReady()) team.together(job, 1);
    else job.main(...job.args, 0, 1, 1);
  }

  #callOf(version: Version): Call {
    const { heap, team, threads: all } = this.#place;
    const { scratch, hasTable, isSplit } = version.loops;
    const threads = isSplit ? all : 1;
    const scratchAt = heap.scratchOf(scratch.shared + threads * scratch.own);
    const places = hasTable ? [0] : this.#arrays.map(() => 0);
    const args = [...places, scratchAt, team.at];
    const [job, alone] = [{ ...version, args }, [...args, 0, 1, 1]];
    const call = { version, threads, scratchAt, moves: heap.moves, job, args, alone };
    this.#listArrays(call);
    return call;
  }

  /** Writes down where the arrays lie now. */
  #listArrays(call: Call): void {
    const { version, args, alone } = call;
    call.moves = this.#place.heap.moves;
    if (version.loops.hasTable) args[0] = alone[0] = this.#addresses();
    else for (let i = 0; i < this.#arrays.length; i++) args[i] = alone[i] = this.#arrays[i]!.address;
  }

  /** Where the array of addresses lies, for programs of many arrays. */
  #addresses(): number {
    this.#table ??= this.#place.heap.store('int32', this.#arrays.length);
    this.#table.set(this.#arrays.map(({ address }) => address));
    return this.#table.address;
  }
}

const differs = (origin: string): string =>
  `A step of a program in C (${origin}) had other results than in WebAssembly, which goes on. Name another compiler by MYELIN_CC, or use setBackend('wasm').`;

/** Programs made ready over one memory: in WebAssembly, and where an accelerator is given in machine code as well. */
import { bug } from '../../core/errors.js';
import { writesOf } from '../../loops/kernel.js';
import type { Program } from '../../loops/program.js';
import type { NativeCode } from '../accelerator.js';
import type { Executable, Storage } from '../backend.js';
import { Bound } from './bound.js';
import { emitting } from './emit.js';
import { Heap, mostPages, WasmStorage } from './heap.js';
import { Pace } from './pace.js';
import { Team, teamBytes } from './team.js';
import { type Main, type Version, Versions } from './version.js';

export class Engine {
  readonly heap: Heap;
  readonly #team: Team;
  readonly #gone: FinalizationRegistry<number>;
  #programs = 0;

  constructor(
    readonly fused: boolean,
    readonly threads: number,
  ) {
    this.heap = new Heap(mostPages, threads > 1);
    this.#team = new Team(this.heap.memory, this.heap.allocate(teamBytes(threads)).at, threads);
    this.#gone = new FinalizationRegistry((id) => this.#team.forget(id));
  }

  /** How many there are: one, where others could not begin or have failed. */
  get threadsLeft(): number {
    return this.#team.isBroken ? 1 : this.threads;
  }

  emit({ loops }: Program) {
    if (!loops) throw bug('a program with loop nests', 'formulas only');
    const sharedPages = this.threads > 1 ? mostPages : undefined;
    return emitting(loops.procedures, { fused: this.fused, sharedPages });
  }

  /** The program ready to run, and its versions, which another may join. */
  executable(program: Program, module: WebAssembly.Module): { versions: Versions; executable: Executable } {
    const { loops } = program;
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.heap.memory } });
    const first = this.#version({
      loops: loops!,
      code: { module },
      main: exports.main as Main,
      origin: 'wasm',
    });
    const versions = new Versions(first, (code) => this.#nativeVersion(code));
    return { versions, executable: { bind: this.#binder(program, versions) } };
  }

  #binder({ externals, kernels }: Program, versions: Versions): Executable['bind'] {
    const place = { heap: this.heap, team: this.#team, threads: this.threads };
    const names = new Set(kernels.flatMap((kernel) => [...writesOf(kernel)]));
    return (places) => {
      if (places.length !== externals.length) throw bug(`${externals.length} arrays`, `${places.length}`);
      const arrays = places.map((given) => this.#own(given));
      const written = arrays.filter((_, i) => names.has(externals[i]!.buffer.name));
      const bound = new Bound(place, versions, arrays, written);
      return (steps = 1) => bound.run(steps);
    };
  }

  #own(place: Storage): WasmStorage {
    if (place instanceof WasmStorage && place.heap === this.heap) return place;
    throw bug('arrays of this backend', 'an array of another');
  }

  #nativeVersion({ loops, path, run, origin }: NativeCode): Version {
    const { memory } = this.heap;
    let bytes = new Uint8Array(memory.buffer);
    const main: Main = (...numbers) => {
      // A memory that grew has another buffer.
      if (bytes.buffer !== memory.buffer) bytes = new Uint8Array(memory.buffer);
      run(bytes, ...numbers);
    };
    return this.#version({ loops, code: { library: path }, main, origin });
  }

  #version(parts: Pick<Version, 'code' | 'main' | 'loops' | 'origin'>): Version {
    const version = { ...parts, id: this.#programs++, pace: new Pace() };
    this.#gone.register(version, version.id);
    return version;
  }
}

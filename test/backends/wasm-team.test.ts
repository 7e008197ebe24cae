import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { emit } from '../../src/backends/wasm/emit.js';
import { mostPages } from '../../src/backends/wasm/heap.js';
import { Pace } from '../../src/backends/wasm/pace.js';
import type { Job } from '../../src/backends/wasm/team.js';
import type { Main } from '../../src/backends/wasm/version.js';
import { resetWarnings, setWarnings } from '../../src/core/warnings.js';
import {
  barrier,
  bind,
  constant,
  isLastPart,
  loop,
  type Statement,
  store,
  times,
  when,
} from '../../src/loops/nest.js';
import { Crew } from './threads.js';

const warnings: string[] = [];
// A thread that failed may say so after its test has ended.
beforeAll(() => setWarnings((text) => warnings.push(text)));
afterEach(() => vi.restoreAllMocks());

const params = ['at', 'scratch', 'barrier', 'part', 'parts', 'steps'];

/** A job whose `main` has this body, with an array of 64 numbers at `at`. */
function jobOf(crew: Crew, body: readonly Statement[]) {
  const { heap, team } = crew;
  const bytes = emit([{ name: 'main', exported: true, params, body }], {
    fused: false,
    sharedPages: mostPages,
  });
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
  const place = heap.store('float32', 64);
  const args = [place.address, 0, team.at];
  return {
    place,
    job: { id: 0, code: { module }, main: exports.main as Main, pace: new Pace(), args } satisfies Job,
  };
}

const one = constant(1, 'float');
const marksOwnPlace: Statement[] = [
  bind('mine', { op: '+', a: 'at', b: times('part', 64) }),
  store('mine', one, 'float32', 1),
];

describe('threads that share a program', () => {
  it('all run it, and are done when the call returns', async () => {
    const crew = await new Crew(3).ready();
    const { place, job } = jobOf(crew, [...marksOwnPlace, barrier]);
    crew.team.together(job, 1);
    expect([0, 16, 32, 48].map((i) => place.get()[i])).toEqual([1, 1, 1, 0]);
  });

  it('wait for each other in every turn', async () => {
    const crew = await new Crew(2).ready();
    const { job } = jobOf(crew, [loop('step', [0, 'steps', 1], [barrier, barrier])]);
    for (const steps of [1, 30, 1, 2, 100]) crew.team.together(job, steps);
  });

  it('take turns with programs', async () => {
    const crew = await new Crew(3).ready();
    const jobs = [1, 2].map((id) => {
      const { place, job } = jobOf(crew, [...marksOwnPlace, barrier]);
      return { place, job: { ...job, id } };
    });
    for (let i = 0; i < 100; i++) {
      const { place, job } = jobs[i % 7 < 3 ? 0 : 1]!;
      place.set(new Float32Array(64));
      crew.team.together(job, 1 + (i % 3));
      expect([0, 16, 32, 48].map((at) => place.get()[at])).toEqual([1, 1, 1, 0]);
    }
  });

  it('run a program at other places when its next run is there, asleep or not', async () => {
    const crew = await new Crew(3).ready();
    const { place, job } = jobOf(crew, [...marksOwnPlace, barrier]);
    const other = crew.heap.store('float32', 64);
    for (let i = 0; i < 100; i++) {
      const here = i % 3 === 0 ? other : place;
      here.set(new Float32Array(64));
      crew.team.together({ ...job, args: [here.address, ...job.args.slice(1)] }, 1);
      expect([0, 16, 32, 48].map((at) => here.get()[at])).toEqual([1, 1, 1, 0]);
      // The others stop watching for the program after a millisecond.
      if (i % 10 === 0) for (const end = performance.now() + 2; performance.now() < end; );
    }
  });

  it('break off together when one of them fails, and leave the work to one thread from then on', async () => {
    const crew = await new Crew(2).ready();
    const outside = store(2 ** 31 - 64, one, 'float32', 4);
    const { job } = jobOf(crew, [...when([isLastPart], [outside]), barrier]);
    expect(() => crew.team.together(job, 1)).toThrow(WebAssembly.RuntimeError);
    expect(crew.team.isReady()).toBe(false);
    const { place, job: next } = jobOf(crew, [...marksOwnPlace, barrier]);
    crew.team.run(next, 2);
    expect(place.get()[0]).toBe(1);
  });

  it('break off together when one of them cannot take the program', async () => {
    const crew = await new Crew(2).ready();
    const { job } = jobOf(crew, [barrier]);
    // A module that imports a function which nobody gives.
    const module = new WebAssembly.Module(
      new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0]),
    );
    expect(() => crew.team.together({ ...job, code: { module } }, 1)).toThrow(WebAssembly.RuntimeError);
  });

  it('are one where no other may be begun, which is said once', () => {
    class Forbidden {
      constructor() {
        throw new Error('Access is restricted');
      }
    }
    vi.spyOn(process.getBuiltinModule('node:worker_threads'), 'Worker').mockImplementation(
      Forbidden as never,
    );
    resetWarnings();
    warnings.length = 0;
    const crew = new Crew(3);
    const { place, job } = jobOf(crew, marksOwnPlace);
    for (const steps of [1, 2]) crew.team.run(job, steps);
    expect(place.get()[0]).toBe(1);
    expect(warnings).toEqual(['Programs run on one thread, because another could not: Access is restricted']);
  });
});

describe('the choice between one thread and all', () => {
  /** How many of so many runs go to all threads, when these take so many milliseconds. */
  const shareOf = (alone: number, together: number, runs: number): number => {
    const pace = new Pace();
    return Array.from({ length: runs }, () => {
      const all = pace.next();
      pace.note(all, all ? together : alone);
      return Number(all);
    }).reduce((a, b) => a + b, 0);
  };

  it('tries both, then takes the faster, and looks at the other now and then', () => {
    expect(shareOf(2, 1, 1000)).toBe(1000 - 2 - 15);
    expect(shareOf(1, 2, 1000)).toBe(4 + 3 * 15);
  });

  it('follows a change of the surroundings', () => {
    const pace = new Pace();
    const run = (alone: number, together: number) => {
      const all = pace.next();
      pace.note(all, all ? together : alone);
      return all;
    };
    for (let i = 0; i < 100; i++) run(2, 1);
    const slow = Array.from({ length: 300 }, () => run(2, 5));
    expect(slow.slice(-100).filter(Boolean).length).toBeLessThan(7);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitC } from '../../src/backends/native/emit.js';
import { words } from '../../src/backends/wasm/barrier.js';
import { emit } from '../../src/backends/wasm/emit.js';
import {
  apply,
  barrier,
  bind,
  constant,
  get,
  loop,
  type Procedure,
  plus,
  ramp,
  run,
  set,
  splat,
  store,
  times,
} from '../../src/loops/nest.js';
import { compiled, hasCompiler, load, type Run } from './native-run.js';

const params = ['at', 'barrier', 'part', 'parts', 'steps'];
const own = plus('at', times('part', 64));
const other = plus('at', times(plus(1, times('part', -1)), 64));

/** Two threads tell each other the number of the step; each adds up the differences and leaves the sum beside. */
const procedures: Procedure[] = [
  { name: 'meet', params: ['barrier', 'parts'], body: [barrier] },
  {
    name: 'main',
    exported: true,
    params,
    body: [
      set('wrong', constant(0, 'int')),
      loop(
        'step',
        [0, 'steps', 1],
        [
          bind('mine', own),
          store('mine', ramp('step', 0), 'int32', 1),
          run('meet', ['barrier', 'parts']),
          set('told', splat(other, 'int32')),
          set('wrong', apply('orInt', get('wrong'), apply('xorInt', get('told'), ramp('step', 0)))),
          barrier,
        ],
      ),
      store(plus(own, 32), get('wrong'), 'int32', 1),
    ],
  },
];

const at = 64;
const pages = 16;
const other_thread = `
const { parentPort, workerData } = require('node:worker_threads');
const { memory, library, module, words, steps, waits, fails } = workerData;
let main;
if (library) {
  const loaded = { exports: {} };
  process.dlopen(loaded, library);
  main = (...numbers) => loaded.exports(new Uint8Array(memory.buffer), ...numbers);
} else main = new WebAssembly.Instance(module, { env: { memory } }).exports.main;
parentPort.once('message', () => {
  const state = new Int32Array(memory.buffer);
  if (waits) while (Atomics.load(state, words.asleep / 4) === 0);
  if (fails) Atomics.store(state, words.failed / 4, 1);
  else main(${at}, 0, 1, 2, steps);
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
`;

describe.skipIf(!hasCompiler)('two threads in C, or one of them in WebAssembly', () => {
  let folder: string;
  let library: string;
  let inC: Run;
  const module = new WebAssembly.Module(emit(procedures, { fused: false, sharedPages: pages }));
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'myelin-threads-'));
    library = join(folder, 'library.node');
    writeFileSync(join(folder, 'source.c'), emitC(procedures, 4));
    compiled(join(folder, 'source.c'), library);
    inC = load(library);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  interface Pair {
    readonly here: 'C' | 'wasm';
    readonly there: 'C' | 'wasm';
    readonly steps: number;
    readonly waits?: boolean;
    readonly fails?: boolean;
  }
  /** Runs both and gives what they left: the last step that each told, and what it was told wrong. */
  async function meet({ here, there, ...how }: Pair): Promise<number[]> {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: pages, shared: true });
    const code = there === 'C' ? { library } : { module };
    const worker = new Worker(other_thread, { eval: true, workerData: { memory, words, ...code, ...how } });
    const said = () =>
      new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await said();
    const done = said();
    worker.postMessage('go');
    const numbers = [at, 0, 0, 2, how.steps];
    try {
      if (here === 'C') inC(new Uint8Array(memory.buffer), ...numbers);
      else
        (new WebAssembly.Instance(module, { env: { memory } }).exports.main as (...n: number[]) => void)(
          ...numbers,
        );
      await done;
    } finally {
      await worker.terminate();
    }
    return [0, 8, 16, 24].map((i) => new Int32Array(memory.buffer, at)[i]!);
  }
  const right = (steps: number) => [steps - 1, 0, steps - 1, 0];

  // One that sleeps in WebAssembly looks ten times a second whether another came in C.
  it.each([
    ['C', 'C', 300],
    ['C', 'wasm', 10],
    ['wasm', 'C', 10],
  ] as const)('meet twice a step, %s and %s', async (here, there, steps) => {
    expect(await meet({ here, there, steps })).toEqual(right(steps));
  });

  it.each([
    ['C', 'C'],
    ['C', 'wasm'],
    ['wasm', 'C'],
  ] as const)('meet when the first of them fell asleep, %s before %s', async (here, there) => {
    expect(await meet({ here, there, steps: 3, waits: true })).toEqual(right(3));
  });

  it('end with an error in JavaScript when the other thread broke off', async () => {
    const broken = meet({ here: 'C', there: 'C', steps: 3, waits: true, fails: true });
    await expect(broken).rejects.toThrow('another thread broke off');
  });
});

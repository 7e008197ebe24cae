/** How long it takes until the program of a training step is ready: WebAssembly, C, and C from the cache. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileVerdict } from './goals.js';
import { type Library, modelOf, tensorsOf } from './networks.js';
import { measuring, run } from './process.js';
import { milliseconds, report, typical } from './timing.js';
import { countOf, planOf } from './workloads.js';

/** Each first step is that of a new process; the best of some counts. */
export async function compile(_library: Library, file: string): Promise<void> {
  const rounds = countOf(process.env, 'REPS', 3);
  for (const workload of ['W2', 'W3'] as const) {
    const taken = Array.from({ length: rounds }, () => oneRound(workload, file));
    const best = (run: number, part: 'first' | 'usual') =>
      Math.min(...taken.map((times) => times[run]![part]));
    const native_ms = best(1, 'first') - best(2, 'first');
    report({
      peer: 'myelin',
      workload: `compile ${workload}`,
      wasm_ms: best(0, 'first') - best(0, 'usual'),
      native_ms,
      cached_ms: best(2, 'first') - best(2, 'usual'),
      goal: compileVerdict(workload, native_ms),
    });
  }
}

/** WebAssembly; C with an empty cache, which waits for the compiler; C once more, which finds its library. */
function oneRound(workload: string, file: string) {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-compile-'));
  try {
    return ['wasm', 'native', 'native'].map((backend) =>
      timesOf(workload, file, { MYELIN_BACKEND: backend, MYELIN_CACHE_DIR: folder }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds of the first `fit` of one step in a new process, and of those after it; NaN where it fails. */
function timesOf(workload: string, file: string, env: Readonly<Record<string, string>>) {
  const { words, ...command } = measuring('first-step', file, env);
  const lines = run({ ...command, words: [...words, workload] });
  if (typeof lines !== 'string')
    return { first: Number(lines[0]?.first_ms), usual: Number(lines[0]?.usual_ms) };
  console.error(`${env.MYELIN_BACKEND} failed on ${workload}: ${lines}`);
  process.exitCode = 1;
  return { first: Number.NaN, usual: Number.NaN };
}

/** What such a process does. */
export async function firstStep(library: Library, _file: string, workload: string): Promise<void> {
  const { network, batchSize } = planOf(workload);
  const model = modelOf(library, network);
  const { x, y } = tensorsOf(library, network, batchSize);
  const step = () => model.fit(x, y, { batchSize, epochs: 1, verbose: 0 });
  const first_ms = await milliseconds(step);
  report({
    peer: 'myelin',
    workload: `first step of ${workload}`,
    first_ms,
    usual_ms: await typical(step, 300),
  });
}

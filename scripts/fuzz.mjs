// Random graphs against the oracle, and random kernels and programs point by point: `npm run fuzz -- COUNT [SEED]`, one
// process for each core. What fails is printed with the seed that repeats it.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const [count = 10_000, seed = 1] = process.argv.slice(2).map(Number);
if (!(count > 0 && Number.isInteger(seed))) {
  console.error('Say how many graphs, and from which seed: npm run fuzz -- 10000 1');
  process.exit(2);
}
const tests = ['laws/graphs', 'backends/wasm-fuzz', 'backends/wasm-contractions', 'tensor/variable-programs'];
const files = tests.map((name) => `test/${name}.test.ts`);
const processes = availableParallelism();
const share = Math.ceil(count / processes);
console.log(`${share * processes} graphs: seeds ${seed} to ${seed + processes - 1}, ${share} of each`);

const statuses = Array.from({ length: processes }, (_, i) => {
  const own = seed + i;
  const environment = {
    MYELIN_GRAPHS: share,
    MYELIN_LAW_SEED: own,
    FUZZ_FROM: own * share,
    FUZZ_SEEDS: Math.max(100, Math.ceil(share / 10)),
  };
  const args = [
    'vitest',
    'run',
    '--project',
    'node',
    '--maxWorkers',
    '1',
    '--testTimeout',
    '36000000',
    ...files,
  ];
  const child = spawn('npx', args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return new Promise((resolve) => child.on('close', resolve));
});
process.exitCode = (await Promise.all(statuses)).every((status) => status === 0) ? 0 : 1;

// Laws and golden cases with every program in C, a tenth of a second of the compiler each: `npm run test:native`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compilers = [process.env.MYELIN_CC, 'cc', 'gcc', 'clang'].filter(Boolean);
if (!compilers.some((name) => spawnSync(name, ['--version']).status === 0)) {
  console.log('No C compiler found: set MYELIN_CC.');
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
const cache = mkdtempSync(join(tmpdir(), 'myelin-'));
const env = { MYELIN_LAW_RUNS: '4', ...process.env, MYELIN_CACHE_DIR: cache };

function run(command, args, more) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...more } });
  return status === 0;
}
const laws = ['backends', 'edges', 'scan', 'sizes'].map((name) => `test/laws/${name}.test.ts`);
const options = ['vitest', 'run', '--project', 'node', '--testTimeout', '600000'];
const isFine = [
  run('npx', [...options, ...laws], { MYELIN_TEST_BACKENDS: 'reference,native' }),
  run(process.execPath, ['scripts/golden.mjs', 'test/golden/cases'], { MYELIN_BACKEND: 'native' }),
];
rmSync(cache, { recursive: true });
process.exitCode = isFine.every(Boolean) ? 0 : 1;

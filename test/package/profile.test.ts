import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const program = `
import { Dense, Sequential, zeros } from 'myelin';
const model = new Sequential([new Dense(16, { inputShape: [32], activation: 'relu' })]);
const y = await model.predict(zeros([64, 32]));
console.log(y.shape.join(' '));`;

const run = (env: Record<string, string>) =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

test('MYELIN_PROFILE=1 prints a table for each program when the process ends', () => {
  const { stdout, stderr } = run({ MYELIN_PROFILE: '1' });
  expect(stdout).toBe('64 16\n');
  expect(stderr).toMatch(
    /^kernels: \d+, runs: \d+, a run: [\d.]+ µs\n +µs +% +GFLOP\/s +GB\/s +kB {2}kernel\n/,
  );
  expect(stderr).toContain(', 32 deep (sequential/dense)');
});

test('nothing is printed without it', () => {
  expect(run({ MYELIN_PROFILE: '' }).stderr).toBe('');
});

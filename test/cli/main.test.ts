import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const cli = 'dist/cli.js'; // built before the tests run
const run = (words: readonly string[], environment: Record<string, string> = {}) => {
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
};

test('errors go to the error stream, and the exit code says what kind they are', () => {
  const unknown = run(['example', 'titanik']);
  expect([unknown.status, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toMatch(/^ConfigError: .*\n {2}fix {4}Write `myelin example titanic`\./);
  expect(unknown.stderr).not.toMatch(/^ {4}at /m);
  expect(run(['example', 'titanic', '--data', 'no-such.csv']).status).toBe(1);
});

test('MYELIN_DEBUG=1 adds the stack', () => {
  expect(run(['example', 'titanik'], { MYELIN_DEBUG: '1' }).stderr).toMatch(/^ {4}at /m);
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends training with exit code 130', async () => {
  const child = spawn(process.execPath, [cli, 'example', 'titanic', '--epochs', '1000000']);
  let [printed, complaints, interrupted] = ['', '', false];
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (interrupted || !printed.includes('Epoch 2/')) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(complaints).toBe('\nStopping; Ctrl-C again stops at once.\nStopped.\n');
});

import { spawn } from 'node:child_process';

/** Runs an npm script, passes its output on, and resolves to its exit status and its last line. */
export function runScript(name) {
  const child = spawn(process.execPath, [process.env.npm_execpath, 'run', '--silent', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let tail = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-4096);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

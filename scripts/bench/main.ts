/** `npm run bench`. */
import { spawnSync } from 'node:child_process';
import { type Arguments, readArguments, usage } from './arguments.js';
import { check } from './check.js';
import { compare } from './compare.js';
import { measuring } from './process.js';

const modes = { measure, compare, check };

try {
  const given = readArguments(process.argv.slice(2), process.env);
  if (given.backend) process.env.MYELIN_BACKEND = given.backend; // Every process that is measured inherits it.
  await modes[given.mode](given);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}

/** Each in a process of its own, which prints for itself. */
function measure({ workloads, library }: Arguments): void {
  for (const workload of workloads) {
    const { command, words } = measuring(workload, library);
    const { status } = spawnSync(command, words, { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

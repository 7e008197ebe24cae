/** Measuring in a process of its own, so that nobody's memory or warm code helps another. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Line } from './timing.js';

export interface Command {
  readonly command: string;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Ours: the package whose entry is this file. */
export const measuring = (workload: string, library: string, env: Command['env'] = {}): Command => ({
  command: process.execPath,
  words: [fileURLToPath(new URL('measure.mjs', import.meta.url)), workload, library],
  env,
});

/** The lines that a process prints, each with the time of the whole process; why not, where it fails. */
export function run({ command, words, env, folder }: Command): Line[] | string {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 600_000,
  });
  const wall = (performance.now() - start) / 1000;
  const lines = (stdout ?? '').split('\n').filter((line) => line.startsWith('{'));
  if (status !== 0 || lines.length === 0)
    return error?.message ?? reasonIn(stderr) ?? `exit status ${status}`;
  return lines.map((line) => ({ ...JSON.parse(line), wall_s: Number(wall.toFixed(3)) }) as Line);
}

/** The line that names the error, among traces and what Node and Python say around it. */
function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.trim());
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1);
}

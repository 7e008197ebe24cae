/** Ratios that need no other library: against plain loops, and against the last commit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Arguments } from './arguments.js';
import { measuring, run } from './process.js';
import { type Line, print } from './timing.js';

/** Workloads, the figure of each, and how often they are timed. */
const compared = [
  ['W1', 'samples_per_s', { REPS: '5' }],
  ['W2', 'samples_per_s', { REPS: '5' }],
  ['W3', 'samples_per_s', { REPS: '1', EPOCHS: '1' }],
  ['W4', 'samples_per_s', { REPS: '3', EPOCHS: '1' }],
  ['W5mlp', 'latency_us', { REPS: '1' }],
  ['W6', 'wall_s', {}],
] as const;

export async function check({ library, rounds }: Arguments): Promise<void> {
  const result = run(measuring('naive', library));
  console.log('Beside plain loops in JavaScript:');
  console.log(typeof result === 'string' ? result : result.map((line) => JSON.stringify(line)).join('\n'));
  const folder = mkdtempSync(join(tmpdir(), 'myelin-bench-'));
  try {
    await againstCommit(folder, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function againstCommit(folder: string, rounds: number): Promise<void> {
  const revision = git('status', '--porcelain', 'src') ? 'HEAD' : 'HEAD~1';
  console.log(`\nThe working tree beside ${git('log', '-1', '--format=%h (%s)', revision)}:`);
  const archive = execFileSync('git', ['archive', revision, 'src', 'package.json'], { maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  const now = await bundle('src/index.ts', join(folder, 'now.mjs'));
  const before = await bundle(join(folder, 'src/index.ts'), join(folder, 'before.mjs'));
  const rows = compared.map(([workload, figure, brief]) => {
    const taken: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++)
      [now, before].forEach((library, i) => {
        taken[i]!.push(figureOf(run(measuring(workload, library, brief)), figure));
      });
    const best = figure === 'samples_per_s' ? Math.max : Math.min;
    const [newer, older] = [best(...taken[0]), best(...taken[1])];
    return [workload, figure, `${newer}`, `${older}`, (newer / older).toFixed(3)];
  });
  print([['workload', 'figure', 'now', 'before', 'now / before'], ...rows]);
}

const figureOf = (lines: readonly Line[] | string, figure: string) =>
  typeof lines === 'string' ? Number.NaN : Number(lines[0]?.[figure]);

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim();

/** One file of the package as its sources are; the URL of it. */
async function bundle(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}

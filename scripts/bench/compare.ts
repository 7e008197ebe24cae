/** Ours beside its peers: every process in turn, round after round, so that a busy moment meets all of them. */
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Arguments } from './arguments.js';
import { figures } from './figures.js';
import type { Goal } from './goals.js';
import { commandOf, missing, peersOf } from './peers.js';
import { type Command, measuring, run } from './process.js';
import { type Runner, ratioTable } from './ratios.js';
import { type Line, print } from './timing.js';
import { planOf, workloadNames } from './workloads.js';

export function compare(given: Arguments): void {
  const { folder } = given;
  if (!folder) throw new Error('Name the folder with the peers: --peers-dir DIR, or MYELIN_BENCH_PEERS.');
  const processors = cpus();
  console.log(`Node ${process.version}, ${processors.length} x ${processors[0]?.model}`);
  for (const workload of given.workloads) compareOne(workload, given, folder);
}

function compareOne(workload: string, given: Arguments, folder: string): void {
  const runners = [1, 2].map((threads): Runner => {
    const command = measuring(workload, given.library, { MYELIN_THREADS: `${threads}` });
    return { name: `myelin ${threads}t`, command, threads, lines: [] };
  });
  for (const [name, peer] of peersOf(workload, given.peers)) {
    const lacks = missing(peer, folder);
    if (lacks.length > 0) console.log(`${name} is not installed: ${lacks.join(', ')}`);
    else runners.push({ name, command: commandOf(peer, folder, workload), lines: [] });
  }
  for (let round = 0; round < given.rounds; round++)
    for (const each of runners) take(each, workload, given.out);
  const found = runners.flatMap(({ lines }) => lines);
  const ran = runners.flatMap(({ threads, lines }) => (threads ? lines.map(({ backend }) => backend) : []));
  console.log(`\n${workload}: ours ran on ${[...new Set(ran)].join(', ') || 'nothing'}`);
  for (const figure of Object.keys(figures) as Goal['figure'][]) {
    if (!isCompared(figure, workload) || !found.some((line) => typeof line[figure] === 'number')) continue;
    console.log(`\n${workload}: ${figure}, ${figures[figure].more ? 'more' : 'less'} is better`);
    print(ratioTable(figure, runners));
  }
}

/** Time and memory of whole processes say something where they are what is measured. */
const isCompared = (figure: Goal['figure'], workload: string) =>
  ['samples_per_s', 'latency_us', 'gflops'].includes(figure) ? workload !== 'W6' : workload === 'W6';

/** What the lines of predictions do not tell: without it their best repetition has no rate. */
function samplesOf(workload: string, { env }: Command): Line {
  if (!workloadNames.includes(workload)) return {};
  return { samples: planOf(workload, { ...process.env, ...env }).samples, epochs: 1 };
}

function take({ name, command, lines }: Runner, workload: string, out: string | undefined): void {
  const result = run(command);
  if (typeof result === 'string') {
    console.log(`${name} failed on ${workload}: ${result}`);
    return;
  }
  lines.push(...result.map((line) => ({ ...samplesOf(workload, command), ...line })));
  if (!out) return;
  const at = new Date().toISOString();
  appendFileSync(out, result.map((line) => `${JSON.stringify({ ...line, runner: name, at })}\n`).join(''));
}

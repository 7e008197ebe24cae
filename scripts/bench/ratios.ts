/** Lines of several programs as ratios: ours / theirs. */
import { figures } from './figures.js';
import { backendOf, type Goal, verdictOn } from './goals.js';
import type { Command } from './process.js';
import { digits, type Line, median } from './timing.js';

export interface Runner {
  readonly name: string;
  readonly command: Command;
  /** Undefined for a peer. */
  readonly threads?: number | undefined;
  /** What it printed so far. */
  readonly lines: Line[];
}

type Figure = Goal['figure'];

/**
 * A row for each runner and each workload of its lines. The ratios are those of the best runs: whatever else a machine
 * does makes a run slower, never faster.
 */
export function ratioTable(figure: Figure, runners: readonly Runner[]): string[][] {
  const ours = runners.filter(({ threads }) => threads !== undefined);
  const named = new Map(ours.flatMap(({ lines }) => lines.map((line) => [`${line.workload}`, line])));
  const rows = [...named].flatMap(([workload, { against = workload, backend }]) => {
    const goal = { backend: backendOf(backend), workload, figure };
    const best = new Map(ours.map((each) => [each.threads, summary(each, workload, figure)?.best]));
    return runners.flatMap((runner) => {
      const found = summary(runner, runner.threads ? workload : `${against}`, figure);
      if (!found) return [];
      const ratios = [1, 2].map((threads) => (best.get(threads) ?? Number.NaN) / found.best);
      const verdict = verdictOn(ratios, { ...goal, peer: runner.name });
      return [[workload, runner.name, ...[found.middle, found.best, ...ratios].map(digits), verdict]];
    });
  });
  return [['workload', 'runner', 'median', 'best', '1t / it', '2t / it', 'goal'], ...rows];
}

function summary({ lines }: Runner, workload: string, figure: Figure) {
  const found = lines.filter((line) => line.workload === workload && typeof line[figure] === 'number');
  if (found.length === 0) return undefined;
  const best = figures[figure].more ? Math.max : Math.min;
  const values = found.map((line) => Number(line[figure]));
  return { middle: median(values), best: best(...values, ...found.flatMap((line) => bestOf(line, figure))) };
}

/** The rate of the fastest of the repetitions that a line tells of. */
function bestOf({ samples, epochs, best_s }: Line, figure: Figure): number[] {
  if (figure !== 'samples_per_s' || !samples || !epochs || !best_s) return [];
  return [(Number(samples) * Number(epochs)) / Number(best_s)];
}

/** Runs a file of golden cases, one family of them. */
import { type BackendName, backendNames, setBackend } from '../../src/backends/choose.js';
import { Difference } from './compare.js';
import { checkActivation } from './families/activations.js';
import { checkConstraint } from './families/constraints.js';
import { checkInitializer } from './families/initializers.js';
import { checkLayer } from './families/layers.js';
import { checkLoss } from './families/losses.js';
import { checkMetric } from './families/metrics.js';
import { checkOptimizer } from './families/optimizers.js';
import { checkRegularizer } from './families/regularizers.js';
import { checkSchedule } from './families/schedules.js';
import { checkSummary } from './families/summary.js';
import { checkTraining } from './families/training.js';
import { Unsupported } from './library.js';

export interface GoldenCase {
  readonly id: string;
  /** Of training cases. */
  readonly fit?: unknown;
  readonly x?: { readonly data?: readonly unknown[] };
}

export interface GoldenFile {
  readonly family: string;
  readonly cases: readonly GoldenCase[];
}

/** A case that did not pass, and why. */
export interface Finding {
  readonly id: string;
  readonly reason: string;
}
export interface Report {
  readonly family: string;
  /** Cases that were too large for the reference backend. */
  readonly onWasmAlone: string[];
  readonly passed: string[];
  readonly failed: Finding[];
  readonly unsupported: Finding[];
}

type Check = (given: never) => void | Promise<void>;

/** How a case of each family is checked; families that are not here are unsupported as a whole. */
const checks: Readonly<Record<string, Check>> = {
  activations: checkActivation,
  constraints: checkConstraint,
  initializers: checkInitializer,
  layers: checkLayer,
  losses: checkLoss,
  metrics: checkMetric,
  optimizers: checkOptimizer,
  regularizers: checkRegularizer,
  schedules: checkSchedule,
  summary: checkSummary,
  training: checkTraining,
};

const wanted = process.env.MYELIN_BACKEND;
/** The one of `MYELIN_BACKEND`, else all that need no compiler, which takes a tenth of a second for each program. */
const backends = backendNames().filter((name) => (wanted ? name === wanted : name !== 'native'));
if (wanted === 'native') (await import('../backends/native.js')).everyProgramInC();

/** Training on larger inputs takes the reference backend minutes a case: `wasm` alone runs those. */
const largeInput = 10_000;
const isSlow = ({ fit, x }: GoldenCase) => fit !== undefined && (x?.data?.length ?? 0) > largeInput;

/** Checks every case on each backend; it passes when it does on all of them. */
export async function runFile({ family, cases }: GoldenFile): Promise<Report> {
  const report: Report = { family, onWasmAlone: [], passed: [], failed: [], unsupported: [] };
  for (const given of cases) {
    const isAlone = backends.length > 1 && isSlow(given);
    const finding = await findingOf(family, given, isAlone ? ['wasm'] : backends);
    if (isAlone && finding?.kind !== 'unsupported') report.onWasmAlone.push(given.id);
    if (!finding) report.passed.push(given.id);
    else report[finding.kind].push({ id: given.id, reason: finding.reason });
  }
  return report;
}

async function findingOf(family: string, given: GoldenCase, on: readonly BackendName[]) {
  for (const name of on) {
    try {
      setBackend(name);
      await checkFor(family)(given as never);
    } catch (error) {
      const isUnsupported = error instanceof Unsupported;
      const place = isUnsupported || on.length === 1 ? '' : `on ${name}: `;
      return { kind: isUnsupported ? 'unsupported' : 'failed', reason: place + reasonOf(error) } as const;
    }
  }
  return undefined;
}

function checkFor(family: string): Check {
  const check = checks[family];
  if (!check) throw new Unsupported(`nothing runs the family ${family}`);
  return check;
}

const reasonOf = (error: unknown): string => {
  if (error instanceof Difference || error instanceof Unsupported) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
};

export const summaryLine = ({ family, passed, failed, unsupported }: Report): string =>
  `${family}: ${passed.length} passed, ${failed.length} failed, ${unsupported.length} unsupported`;

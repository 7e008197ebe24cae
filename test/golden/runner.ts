/** Runs a file of golden cases, one family of them. */
import { Difference } from './compare.js';
import { checkActivation } from './families/activations.js';
import { checkInitializer } from './families/initializers.js';
import { checkLayer } from './families/layers.js';
import { checkLoss } from './families/losses.js';
import { checkMetric } from './families/metrics.js';
import { checkOptimizer } from './families/optimizers.js';
import { checkRegularizer } from './families/regularizers.js';
import { checkSummary } from './families/summary.js';
import { checkTraining } from './families/training.js';
import { Unsupported } from './library.js';

export interface GoldenFile {
  readonly family: string;
  readonly cases: readonly { readonly id: string }[];
}

/** A case that did not pass, and why. */
export interface Finding {
  readonly id: string;
  readonly reason: string;
}
export interface Report {
  readonly family: string;
  readonly passed: readonly string[];
  readonly failed: readonly Finding[];
  readonly unsupported: readonly Finding[];
}

type Check = (given: never) => void | Promise<void>;

/** How a case of each family is checked; families that are not here are unsupported as a whole. */
const checks: Readonly<Record<string, Check>> = {
  activations: checkActivation,
  initializers: checkInitializer,
  layers: checkLayer,
  losses: checkLoss,
  metrics: checkMetric,
  optimizers: checkOptimizer,
  regularizers: checkRegularizer,
  summary: checkSummary,
  training: checkTraining,
};

export async function runFile({ family, cases }: GoldenFile): Promise<Report> {
  const passed: string[] = [];
  const failed: Finding[] = [];
  const unsupported: Finding[] = [];
  for (const given of cases) {
    try {
      await checkFor(family)(given as never);
      passed.push(given.id);
    } catch (error) {
      (error instanceof Unsupported ? unsupported : failed).push({ id: given.id, reason: reasonOf(error) });
    }
  }
  return { family, passed, failed, unsupported };
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

import type { JsonObject } from '../../../src/core/fields.js';
import { Metric } from '../../../src/nn/metric.js';
import { forward, type GoldenTensor, given, sameTensor, sameText } from '../compare.js';
import { made } from '../library.js';

interface State extends GoldenTensor {
  readonly name: string;
}
export interface MetricCase {
  readonly id: string;
  readonly metric: string;
  readonly config: JsonObject;
  readonly default_name: string;
  readonly batches: readonly { readonly y_true: GoldenTensor; readonly y_pred: GoldenTensor | null }[];
  readonly results: readonly GoldenTensor[];
  readonly state: readonly State[];
  readonly sample_weights?: readonly GoldenTensor[];
  readonly weighted_results?: readonly GoldenTensor[];
  readonly weighted_state?: readonly State[];
}

export function checkMetric(c: MetricCase): void {
  // Keras numbers metrics of one class in the order in which a process makes them.
  sameText('name', made(Metric, c.metric, c.config).name, c.default_name.replace(/_\d+$/, ''));
  checkRun(c, c.results, c.state);
  if (c.sample_weights) checkRun(c, c.weighted_results!, c.weighted_state!, c.sample_weights);
}

function checkRun(
  c: MetricCase,
  results: readonly GoldenTensor[],
  state: readonly State[],
  weights?: readonly GoldenTensor[],
): void {
  const metric = made(Metric, c.metric, c.config);
  const kind = weights ? 'weighted result' : 'result';
  const update = metric.updateState.bind(metric) as (...args: unknown[]) => void;
  c.batches.forEach(({ y_true, y_pred }, i) => {
    const weight = weights ? given(weights[i]!) : undefined;
    // Mean and Sum take values and weights only.
    if (y_pred) update(given(y_true), given(y_pred), weight);
    else update(given(y_true), weight);
    sameTensor(`${kind} ${i}`, metric.result(), results[i]!, forward);
  });
  // A state with many numbers is left out of the case.
  if (state.length === 0) return;
  sameText(
    'names of variables',
    metric.variables.map((v) => v.name),
    state.map((s) => s.name),
  );
  for (const [i, s] of state.entries()) sameTensor(`${kind}'s ${s.name}`, metric.variables[i]!, s, forward);
}

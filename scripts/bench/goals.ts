/** Ratios to reach: ours / theirs, for each backend. */
import { figures } from './figures.js';
import { digits } from './timing.js';

export interface Goal {
  readonly backend: 'wasm' | 'native';
  readonly workload: string;
  readonly peer: string;
  /** Of ours. A peer has as many as it takes. */
  readonly threads: 1 | 2;
  readonly figure: keyof typeof figures;
  readonly ratio: number;
}

type Choice = Partial<Pick<Goal, 'threads' | 'figure'>>;

const goalsOf =
  (backend: Goal['backend']) =>
  (workload: string, peer: string, ratio: number, { threads = 1, figure }: Choice = {}): Goal => ({
    ...{ backend, workload, peer, ratio, threads },
    figure: figure ?? usualFigure(workload),
  });

function usualFigure(workload: string): Goal['figure'] {
  if (!/^W\d/.test(workload)) return 'gflops';
  if (workload.startsWith('W5')) return 'latency_us';
  return workload === 'W6' ? 'wall_s' : 'samples_per_s';
}

const wasm = goalsOf('wasm');
const native = goalsOf('native');
const two = { threads: 2 } as const;
const batches = { threads: 2, figure: 'samples_per_s' } as const;

export const goals: readonly Goal[] = [
  wasm('W1', 'sklearn', 20),
  wasm('W1', 'jax-js', 40),
  wasm('W2', 'jax-js', 4.5),
  wasm('W2', 'tfjs-wasm', 15),
  wasm('W2', 'keras-jax', 1.3, two),
  wasm('W2b', 'jax-js', 2.5),
  wasm('W2b', 'keras-jax', 1, two),
  wasm('W3', 'tfjs-node', 1.5, two),
  wasm('W3', 'torch', 1.2, two),
  wasm('W3', 'tfjs', 1000, two),
  wasm('W4', 'tfjs-node', 2, two),
  wasm('W5mlp', 'onnx', 1),
  wasm('W5cnn', 'tfjs-wasm', 1 / 3),
  wasm('W6', 'brain', 0.6),
  wasm('sgemm 512x512x512', 'numpy', 0.48),
  wasm('mlp 2000x2000', 'numpy', 0.45),
  native('W1', 'sklearn', 30),
  native('W1', 'keras-jax', 35),
  native('W2', 'keras-jax', 1.9),
  native('W2', 'keras-jax', 2.5, two),
  native('W2b', 'keras-jax', 1.4),
  native('W2b', 'keras-jax', 2.2, two),
  ...['keras-tensorflow', 'torch'].flatMap((peer) => [native('W3', peer, 2), native('W3', peer, 4, two)]),
  native('W4', 'torch', 1.8, two),
  native('W5mlp', 'onnx', 0.5, two),
  native('W5mlp', 'onnx', 1.1, batches),
  native('W5cnn', 'onnx', 0.7, two),
  native('W5cnn', 'keras-jax', 1.2, batches),
  native('sgemm 512x512x512', 'numpy', 0.95),
  native('sgemm 1024x1024x1024', 'numpy', 0.95),
];

/** Milliseconds that a C compiler may take for the step of a workload, while training already runs. */
const compileLimits = { W2: 700, W3: 1500 } as const;

export const compileVerdict = (workload: keyof typeof compileLimits, time: number): string =>
  Number.isNaN(time) ? '' : `below ${compileLimits[workload]}: ${verdict(time < compileLimits[workload])}`;

const verdict = (isReached: boolean) => (isReached ? 'reached' : 'missed');

/** The goals of what a line of ours says it ran on. */
export const backendOf = (description: unknown): Goal['backend'] =>
  /^native\b/.test(`${description}`) ? 'native' : 'wasm';

/** Each goal of a peer for one figure, and whether it is reached. */
export function verdictOn(
  ratios: readonly number[],
  { backend, workload, peer, figure }: Omit<Goal, 'threads' | 'ratio'>,
): string {
  const matches = (each: Goal) =>
    each.backend === backend && each.workload === workload && each.peer === peer && each.figure === figure;
  return goals
    .filter(matches)
    .map(({ threads, ratio }) => {
      const reached = ratios[threads - 1]!;
      const isReached = figures[figure].more ? reached >= ratio : reached <= ratio;
      return `${digits(ratio)} with ${threads}t: ${verdict(isReached)}`;
    })
    .join(', ');
}

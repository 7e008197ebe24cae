/** Ratios to reach: ours / theirs. */

export interface Goal {
  readonly workload: string;
  readonly peer: string;
  readonly threads: 1 | 2;
  readonly figure: keyof typeof figures;
  readonly ratio: number;
}

/** The figures that are compared, and whether more of one is better. */
export const figures = {
  samples_per_s: { more: true },
  latency_us: { more: false },
  gflops: { more: true },
  wall_s: { more: false },
  peak_rss_mb: { more: false },
} as const;

const goal = (workload: string, peer: string, ratio: number, threads: 1 | 2 = 1): Goal => ({
  workload,
  peer,
  threads,
  figure: workload.startsWith('W5') ? 'latency_us' : workload === 'W6' ? 'wall_s' : 'samples_per_s',
  ratio,
});
const product = (workload: string, ratio: number): Goal => ({
  ...goal(workload, 'numpy', ratio),
  figure: 'gflops',
});

export const goals: readonly Goal[] = [
  goal('W1', 'sklearn', 20),
  goal('W1', 'jax-js', 40),
  goal('W2', 'jax-js', 4.5),
  goal('W2', 'tfjs-wasm', 15),
  goal('W2', 'keras-jax', 1.3, 2),
  goal('W2b', 'jax-js', 2.5),
  goal('W2b', 'keras-jax', 1, 2),
  goal('W3', 'tfjs-node', 1.5, 2),
  goal('W3', 'torch', 1.2, 2),
  goal('W3', 'tfjs', 1000, 2),
  goal('W4', 'tfjs-node', 2, 2),
  goal('W5mlp', 'onnx', 1),
  goal('W5cnn', 'tfjs-wasm', 1 / 3),
  goal('W6', 'brain', 0.6),
  product('sgemm 512x512x512', 0.48),
  product('mlp 2000x2000', 0.45),
];

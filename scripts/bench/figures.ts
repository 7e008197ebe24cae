/** The figures that are compared, and whether more of one is better. */
export const figures = {
  samples_per_s: { more: true },
  latency_us: { more: false },
  gflops: { more: true },
  wall_s: { more: false },
  peak_rss_mb: { more: false },
} as const;

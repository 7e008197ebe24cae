/** What the processor that a C compiler compiles for holds in registers, from the macros that the compiler defines. */
import type { Machine } from '../../loops/machine.js';

// Wide tiles read so little in a turn that it may come from the second cache. What is slow is then memory, so that threads share
// small kernels too.
const common = { nearBytes: 2 ** 19, lineBytes: 64, unroll: 2, sharedRows: 2 ** 12, leastSums: 10 } as const;

/**
 * 32 registers of 16 floats, 16 of 8, 32 of 4. A multiplication and addition takes four turns of two units or so: ten sums
 * keep both busy.
 */
const machines = {
  avx512: { ...common, lanes: 16, tileRows: 12, tileVectors: 2, mostLive: 26 },
  avx2: { ...common, lanes: 8, tileRows: 6, tileVectors: 2, mostLive: 15 },
  neon: { ...common, lanes: 4, tileRows: 8, tileVectors: 2, mostLive: 26 },
} as const satisfies Record<string, Machine>;

/** Nothing where multiplication and addition cannot be fused: the bits would be others than those of WebAssembly. */
export function nativeMachine(macros: string): Machine | undefined {
  const has = (name: string) => new RegExp(`^#define ${name}\\b`, 'm').test(macros);
  if (has('__AVX512F__')) return machines.avx512;
  if (has('__AVX2__') && has('__FMA__')) return machines.avx2;
  return has('__aarch64__') ? machines.neon : undefined;
}

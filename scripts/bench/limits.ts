/** What this machine can do at most: multiply-adds in registers, and copying memory. No kernel of ours is part of it. */
import { emit } from '../../src/backends/wasm/emit.js';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';
import { apply, constant, get, loop, type Procedure, plus, set, store } from '../../src/loops/nest.js';
import { report, typical } from './timing.js';

/** More sums than a processor has multiply-adds under way. */
const sums = Array.from({ length: 12 }, (_, i) => `sum${i}`);
const turns = 100_000;

/** Vectors of four floats, nothing but registers. */
const multiplyAdds: Procedure = {
  name: 'main',
  exported: true,
  params: ['at'],
  body: [
    set('factor', constant(0.5, 'float')),
    ...sums.map((sum) => set(sum, constant(1, 'float'))),
    loop(
      'turn',
      [0, turns, 1],
      sums.map((sum) => set(sum, apply('fma', get('factor'), get(sum), get('factor')))),
    ),
    ...sums.map((sum, i) => store(plus('at', 16 * i), get(sum), 'float32', 4)),
  ],
};

export async function limits(): Promise<void> {
  const fused = hasFusedMultiplyAdd();
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(emit([multiplyAdds], { fused }));
  const main = new WebAssembly.Instance(module, { env: { memory } }).exports.main as (at: number) => void;
  const seconds = (await typical(() => main(0))) / 1000;
  const workload = fused ? '128-bit fma' : '128-bit multiply and add';
  report({ peer: 'limits', workload, gflops: (turns * sums.length * 8) / 1e9 / seconds });

  const from = new Float32Array(2 ** 26).fill(1);
  const to = new Float32Array(2 ** 26);
  const copied = from.byteLength / 1e6 / (await typical(() => to.set(from), 2000));
  report({ peer: 'limits', workload: 'copy 256 MB', gb_per_s_copied: copied });
}

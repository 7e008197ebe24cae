import { expect, test } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { profile, profileText } from '../../src/tensor/profile.js';
import { Variable } from '../../src/tensor/variable.js';

const x = tensor(
  Float32Array.from({ length: 64 * 32 }, (_, i) => Math.sin(i)),
  { shape: [64, 32] },
);
const w = tensor(
  Float32Array.from({ length: 32 * 48 }, (_, i) => Math.cos(i)),
  { shape: [32, 48] },
);

/** A product, a row reduction, random rows of a table, and a variable that counts. */
function results() {
  const count = new Variable(zeros([]), { name: 'count' });
  const bound = compiled(({ x, w, rows }) => {
    count.assign(count.add(1));
    const y = x!.matmul(w!).relu();
    return { y, sums: y.exp().sum(1), rows: x!.gather(rows!) };
  }).bind({ x, w, rows: tensor([3, 60, 1], { dtype: 'int32' }) });
  bound.run();
  bound.run(3);
  const { y, sums, rows } = bound.outputs();
  bound.release();
  return [...[y!, sums!, rows!].flatMap((t) => [...t.data()]), count.item()];
}

const plain = results();
profile(); // for every backend that is made from here on

test.each([1, 2])('a profile changes no bit and has a line for each kernel, with %i threads', (threads) => {
  setBackend('wasm', { threads });
  expect(results()).toEqual(plain);
  const text = profileText();
  expect(text).toMatch(/^kernels: \d+, runs: 2, a run: [\d.]+ µs$/m);
  expect(text).toMatch(/^ +µs +% +GFLOP\/s +GB\/s +kB {2}kernel$/m);
  expect(text).toMatch(/ relu: contraction 64 x 48, 32 deep$/m);
});

test('the reference backend can be profiled too', () => {
  setBackend('reference', { precision: 'float32' });
  results();
  expect(profileText()).toMatch(/ relu 64 x 48$/m);
});

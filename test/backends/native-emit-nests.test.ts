import { describe, expect, it } from 'vitest';
import { emitC } from '../../src/backends/native/emit.js';
import { emit } from '../../src/backends/wasm/emit.js';
import type { DType } from '../../src/core/dtype.js';
import {
  bind,
  first,
  gather,
  get,
  type Int,
  keep,
  laneOf,
  load,
  loop,
  plus,
  quotient,
  ramp,
  remainder,
  rotate,
  run,
  type Statement,
  set,
  splat,
  store,
  times,
  when,
} from '../../src/loops/nest.js';
import { hasCompiler, loaded } from './native-run.js';
import { randomFrom } from './wasm-run.js';

const size = 8192;
const params = ['in', 'out', 'n'];

/** A heap of random bytes after such a nest of four lanes, in WebAssembly and in C. */
function both(body: readonly Statement[], more: Parameters<typeof emitC>[0] = []): Uint8Array[] {
  const procedures = [...more, { name: 'main', exported: true, params, body }];
  const random = randomFrom(7);
  const bytes = Uint8Array.from({ length: size }, () => Math.floor(random() * 256));
  const numbers = [64, 4096, 5] as const;
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).set(bytes);
  const module = new WebAssembly.Module(emit(procedures, { fused: false }));
  const { main } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  (main as (...given: number[]) => void)(...numbers);
  const heap = new Uint8Array(65536);
  heap.set(bytes);
  loaded(emitC(procedures, 4))(heap, ...numbers);
  expect(heap).not.toEqual(bytes);
  return [new Uint8Array(memory.buffer, 0, size), heap.subarray(0, size)];
}

const dtypes: readonly DType[] = ['float32', 'int32', 'bool', 'uint8'];
const out = (place: number): Int => plus('out', 64 * place);

describe.skipIf(!hasCompiler)('a nest by hand does in C what it does in WebAssembly', () => {
  it('reads and stores each type: any lanes, one for all, and one from each place', () => {
    const parts = [1, 2, 3, 4].flatMap((count) =>
      Array.from({ length: 5 - count }, (_, lane) => ({ count, lane })),
    );
    const body = dtypes.flatMap((as, t) => [
      set(`x${t}`, load(plus('in', t), 4, as)),
      ...parts.map(({ count, lane }, i) => store(plus(out(10 * t), 20 * i), get(`x${t}`), as, count, lane)),
      store(out(10 * t + 5), splat(plus('in', 4 * t), as), as, 4),
      store(out(10 * t + 6), gather([plus('in', 9), 'in', plus('in', 3), plus('in', 40)], as), as, 4),
      store(out(10 * t + 7), keep(3, get(`x${t}`), first(rotate(2, get(`x${t}`)))), as, 4),
    ]);
    const [wasm, c] = both(body);
    expect(c).toEqual(wasm);
  });

  it('counts in 32 bits: quotients and remainders without sign, conditions without sign, loops with it', () => {
    const put = (place: number, value: Int) => store(out(place), ramp(value, place - 3), 'int32', 4);
    const minus = times('n', -7);
    const body = [
      ...[put(0, quotient(minus, 3)), put(1, remainder(minus, 7)), put(2, { op: '/', a: minus, b: 'n' })],
      ...[put(3, times(minus, 0x7fffffff)), put(4, quotient(times('n', 0x40000000), 5))],
      ...when([{ value: minus, below: 100 }], [put(5, 1)], [put(5, 2)]),
      ...when(
        [
          { value: plus('n', -5), below: 1 },
          { value: 'n', below: 5 },
        ],
        [put(6, 1)],
        [put(6, 2)],
      ),
      bind('to', plus('out', 512)),
      loop('i', [minus, 3, 2], [store('to', ramp('i', 1), 'int32', 4)], [['to', 16]]),
      loop('n', ['n', 3, 1], [put(7, 1)]),
    ];
    const [wasm, c] = both(body);
    expect(c).toEqual(wasm);
  });

  it('takes lanes of vectors as integers, calls procedures, and transposes', () => {
    const called = { name: 'put', params: ['to', 'what'], body: [store('to', ramp('what', 3), 'int32', 3)] };
    const from = 'in';
    const body: Statement[] = [
      set('x', load('in', 4, 'int32')),
      set('f', load('in', 4, 'float32')),
      run('put', ['out', laneOf('x', 2)]),
      run('put', [out(1), plus(laneOf('f', 1), times(laneOf('x', 3), 4))]),
      { kind: 'transpose', from, fromStride: 20, to: plus('out', 256), toStride: 28 },
    ];
    const [wasm, c] = both(body, [called]);
    expect(c).toEqual(wasm);
  });
});

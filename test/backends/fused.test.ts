import { afterEach, expect, test, vi } from 'vitest';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';

afterEach(() => {
  vi.doUnmock('../../src/backends/wasm/emit.js');
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What a fresh copy of the library says it runs, and -(1 + 2⁻¹¹) + (1 + 2⁻¹²)² as a product of matrices gives it. */
async function described(): Promise<[description: string, rest: unknown]> {
  vi.resetModules();
  const { setBackend, backend } = await import('../../src/backends/choose.js');
  const { tensor } = await import('../../src/tensor/create.js');
  setBackend('wasm', { threads: 1 });
  const near = 1 + 2 ** -12;
  const columns = [-(1 + 2 ** -11), near].map((x) => [x, x]);
  return [
    backend(),
    tensor([[1, near]])
      .matmul(tensor(columns))
      .data()[0],
  ];
}

const once = ['wasm: 128-bit vectors, fused multiply-add, one thread', 2 ** -24];
const twice = [
  'wasm: 128-bit vectors, no fused multiply-add, so multiply and add round apart, one thread',
  0,
];

test('three numbers tell whether the machine rounds a multiply-add once', async () => {
  expect(await described()).toEqual(hasFusedMultiplyAdd() ? once : twice);
});

test('a processor that rounds twice is described so, though its engine knows the instruction', async () => {
  // As such a processor runs the instruction: it multiplies, then adds.
  vi.doMock('../../src/backends/wasm/emit.js', async (original) => {
    const { emit, emitting } = await original<typeof import('../../src/backends/wasm/emit.js')>();
    return {
      emit: (...[code, options]: Parameters<typeof emit>) => emit(code, { ...options, fused: false }),
      emitting: (...[code, options]: Parameters<typeof emitting>) =>
        emitting(code, { ...options, fused: false }),
    };
  });
  expect(await described()).toEqual(twice);
});

test('an engine without the instruction is described so', async () => {
  const { Module, Instance, Memory, validate } = WebAssembly;
  const relaxed = Buffer.from([0xfd, 0x85, 0x02]);
  const isKnown = (bytes: Uint8Array<ArrayBuffer>) =>
    !Buffer.from(bytes).includes(relaxed) && validate(bytes);
  vi.stubGlobal('WebAssembly', { Module, Instance, Memory, validate: isKnown });
  expect(await described()).toEqual(twice);
});

import { describe, expect, it, vi } from 'vitest';
import { emit } from '../../src/backends/wasm/emit.js';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';
import { wasmBackend } from '../../src/backends/wasm/wasm.js';
import { programOf } from '../../src/compiler/schedule/program.js';
import { fold } from '../../src/loops/expression.js';
import type { External } from '../../src/loops/program.js';
import { Scalar } from '../../src/loops/scalar.js';
import { axis, backend, buffer, kernel, read, storeAt } from './wasm-run.js';

/** `y = relu(x · w)` in two kernels with an array between them. */
function twoKernels(m: number, n: number, k: number) {
  const [i, j, l] = [axis('i', m), axis('j', n), axis('k', k)];
  const [x, w, h, y] = [buffer('x', [m, k]), buffer('w', [k, n]), buffer('h', [m, n]), buffer('y', [m, n])];
  const product = new Scalar(fold('sum', [l], read(x, [i, l]).mul(read(w, [l, j])).expression, 'blocks'));
  const kernels = [
    kernel([i, j], storeAt(h, [i, j], product)),
    kernel([i, j], storeAt(y, [i, j], read(h, [i, j]).maximum(0))),
  ];
  const externals: External[] = [x, w, y].map((b) => ({ buffer: b, role: 'variable' }));
  const memory = { at: new Map([['h', 64]]), bytes: 64 + 4 * m * n };
  return { kernels, externals, memory, loops: programOf(kernels, externals, memory, backend.machine!) };
}

describe('the wasm backend', () => {
  it('runs programs with temporary arrays, more than one bound at a time', () => {
    const executable = backend.compile(twoKernels(6, 8, 300));
    const places = [6 * 300, 300 * 8, 48].map((size) => backend.allocate('float32', size));
    places[0]!.set(new Float32Array(1800).fill(1));
    places[1]!.set(Float32Array.from({ length: 2400 }, (_, at) => (at % 8) - 2));
    const other = [places[0]!, backend.allocate('float32', 2400), backend.allocate('float32', 48)];
    const [run, runOther] = [executable.bind(places), executable.bind(other)];
    run();
    runOther();
    expect(Array.from(places[2]!.get().slice(0, 8))).toEqual([0, 0, 0, 300, 600, 900, 1200, 1500]);
    expect(other[2]!.get().every((x) => x === 0)).toBe(true);
  });

  it('still runs when another program has moved the scratch memory', () => {
    const places = (m: number, n: number, k: number) =>
      [m * k, k * n, m * n].map((size) => backend.allocate('float32', size));
    const own = places(6, 8, 300);
    own[0]!.set(new Float32Array(1800).fill(1));
    own[1]!.set(new Float32Array(2400).fill(2));
    const run = backend.compile(twoKernels(6, 8, 300)).bind(own);
    backend.compile(twoKernels(200, 300, 400)).bind(places(200, 300, 400))();
    run();
    expect(own[2]!.get().every((x) => x === 600)).toBe(true);
  });

  it('shares one procedure between kernels that differ in their arrays only', () => {
    const i = axis('i', 40);
    const double = (from: string, to: string) =>
      kernel([i], storeAt(buffer(to, []), [i], read(buffer(from, [40]), [i]).mul(2)));
    const names = ['a', 'b', 'c', 'd'];
    const externals = names.map((name): External => ({ buffer: buffer(name, [40]), role: 'variable' }));
    const kernels = [double('a', 'b'), double('b', 'c'), double('c', 'd')];
    const memory = { at: new Map(), bytes: 0 };
    const loops = programOf(kernels, externals, memory, backend.machine!);
    expect(loops.procedures).toHaveLength(2);
    const places = externals.map(() => backend.allocate('float32', 40));
    places[0]!.set(new Float32Array(40).fill(1));
    backend.compile({ kernels, externals, memory, loops }).bind(places)();
    expect(places[3]!.get()[39]).toBe(8);
  });

  it('says what runs', () => {
    expect(backend.describe()).toBe(
      hasFusedMultiplyAdd()
        ? 'wasm: 128-bit vectors, fused multiply-add, one thread'
        : 'wasm: 128-bit vectors, no fused multiply-add, so multiply and add round apart, one thread',
    );
  });

  it('multiplies and adds apart where the machine cannot do both at once', () => {
    const { procedures } = twoKernels(6, 8, 300).loops;
    const relaxed = [0xfd, 0x85, 0x02];
    const has = (fused: boolean) => Buffer.from(emit(procedures, { fused })).includes(Buffer.from(relaxed));
    expect(has(true)).toBe(true);
    expect(has(false)).toBe(false);
    expect(WebAssembly.validate(emit(procedures, { fused: false }))).toBe(true);
  });

  it('refuses arrays of another backend', () => {
    const executable = backend.compile(twoKernels(6, 8, 300));
    const places = [1800, 2400, 48].map((size) => wasmBackend().allocate('float32', size));
    expect(() => executable.bind(places)).toThrow(
      'expected arrays of this backend, received an array of another',
    );
    expect(() => executable.bind([])).toThrow('expected 3 arrays, received 0');
  });

  it('says what is missing on a machine without WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { wasmBackend: fresh } = await import('../../src/backends/wasm/wasm.js');
    expect(() => fresh()).toThrowErrorMatchingInlineSnapshot(`
      [BackendError: Backend 'wasm' expected WebAssembly with 128-bit vectors, received a machine without WebAssembly.
        fix    Use setBackend('reference'), or a newer browser or Node.
        code   backend-missing]
    `);
    vi.unstubAllGlobals();
  });
});

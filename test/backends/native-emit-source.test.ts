import { describe, expect, it } from 'vitest';
import { emitC, emittingC } from '../../src/backends/native/emit.js';
import { nativeMachine } from '../../src/backends/native/machine.js';
import {
  apply,
  bind,
  get,
  laneOf,
  load,
  loop,
  type Procedure,
  plus,
  run,
  set,
  store,
  times,
} from '../../src/loops/nest.js';
import { hasCompiler, loaded } from './native-run.js';

/** Doubles so many floats, with names of one's choice. */
function doubling(nameOf: (name: string) => string): Procedure[] {
  const [from, x, entry, i] = ['from', 'x', 'entry', 'i'].map(nameOf) as [string, string, string, string];
  const inner: Procedure = {
    name: nameOf('double'),
    params: [from],
    body: [
      set(x, load(from, 4, 'float32')),
      set(x, apply('add', get(x), get(x))),
      store(from, get(x), 'float32', 4),
    ],
  };
  const [at, count] = [nameOf('at'), nameOf('count')];
  const body = [
    set(entry, load(count, 1, 'int32')),
    bind(nameOf('end'), laneOf(entry, 0)),
    loop(i, [0, nameOf('end'), 4], [run(inner.name, [plus(at, times(i, 4))])]),
  ];
  return [inner, { name: nameOf('main'), params: [at, count], body }];
}
const bad = [
  ...['for', 'int', 'F', 'heap', '"; }\n#error "no', '*/', '??/', '\\\n', 'p0', 'v0', '$'],
  'x\0y',
];
const badNames = (): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? bad[known.size]!;
    known.set(name, found);
    return found;
  };
};

describe('the source in C', () => {
  it('holds no name of the nest, and is the same under all names', () => {
    const source = emitC(doubling(badNames()), 4);
    expect(source).toBe(
      emitC(
        doubling((name) => `a ${name}`),
        4,
      ),
    );
    expect(source).not.toContain('#error');
  });

  it('is written in pieces, one for each procedure', () => {
    expect([...emittingC(doubling(String), 8)]).toHaveLength(2);
  });

  it.skipIf(!hasCompiler)('compiles whatever the names are, and computes', () => {
    const call = loaded(emitC(doubling(badNames()), 4));
    const heap = new ArrayBuffer(256);
    new Float32Array(heap, 64, 12).set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    new Int32Array(heap, 0, 1)[0] = 8;
    call(new Uint8Array(heap), 64, 0);
    expect([...new Float32Array(heap, 64, 12)]).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 9, 10, 11, 12]);
  });

  it.skipIf(!hasCompiler)('throws in JavaScript when the heap or integers are missing', () => {
    const call = loaded(emitC(doubling(String), 4)) as (...given: unknown[]) => void;
    const heap = new Uint8Array(256);
    expect(() => call()).toThrow('expected the heap and 2 integers');
    expect(() => call(heap, 0)).toThrow('expected the heap and 2 integers');
    expect(() => call(heap, 0, 0, 0)).toThrow('expected the heap and 2 integers');
    expect(() => call({}, 0, 0)).toThrow('expected the heap as an array of bytes');
    expect(() => call(new Uint8Array(0), 0, 0)).toThrow('expected the heap as an array of bytes');
    expect(() => call(heap, 0, 'x')).toThrow('expected integers');
  });
});

describe('the machine of a compiler', () => {
  const lanesOf = (...macros: string[]) =>
    nativeMachine(macros.map((name) => `#define ${name} 1`).join('\n'))?.lanes;

  it('has the widest vectors that the compiler uses', () => {
    expect(lanesOf('__x86_64__', '__AVX2__', '__FMA__', '__AVX512F__')).toBe(16);
    expect(lanesOf('__x86_64__', '__AVX2__', '__FMA__')).toBe(8);
    expect(lanesOf('__aarch64__')).toBe(4);
  });

  it('is none without fused multiply-add', () => {
    expect(lanesOf('__x86_64__', '__AVX__', '__AVX2__')).toBe(undefined);
    expect(lanesOf('__x86_64__', '__AVX512FP16__', '__NOT__aarch64__')).toBe(undefined);
  });
});

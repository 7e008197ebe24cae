import { describe, expect, it } from 'vitest';
import { FreeList } from '../../src/backends/wasm/free-list.js';
import { Heap } from '../../src/backends/wasm/heap.js';
import { randomFrom } from './wasm-run.js';

const megabyte = 2 ** 20;

describe('the free list', () => {
  it('joins neighbours when places come back in any order', () => {
    const list = new FreeList();
    list.give({ at: 64, bytes: 640 });
    const places = Array.from({ length: 10 }, () => ({ at: list.take(64)!, bytes: 64 }));
    expect(list.take(64)).toBeUndefined();
    for (const i of [3, 5, 4, 9, 0, 8, 1, 2, 7, 6]) list.give(places[i]!);
    expect(list.bytes).toBe(640);
    expect(list.take(640)).toBe(64);
  });
});

describe('the heap', () => {
  it('keeps values when it grows', () => {
    const heap = new Heap();
    const small = heap.store('float32', 3);
    small.set([1, 2, 3]);
    const large = heap.store('int32', 4 * megabyte);
    large.set([7], 4 * megabyte - 1);
    expect(Array.from(small.get())).toEqual([1, 2, 3]);
    expect(large.get().at(-1)).toBe(7);
    small.set([5], 1);
    expect(Array.from(small.get())).toEqual([1, 5, 3]);
  });

  it('gives out places that do not overlap and start at whole cache lines', () => {
    const heap = new Heap();
    const random = randomFrom(5);
    let held: { storage: ReturnType<Heap['store']>; mark: number }[] = [];
    for (let step = 0; step < 600; step++) {
      if (random() < 0.4)
        for (const { storage } of held.splice(Math.floor(random() * held.length), 3)) storage.free();
      const storage = heap.store('uint8', 1 + Math.floor(random() ** 3 * 20000));
      expect(storage.address % 64).toBe(0);
      storage.set(new Uint8Array(storage.size).fill(step % 251));
      held.push({ storage, mark: step % 251 });
    }
    for (const { storage, mark } of held) expect(storage.get().every((x) => x === mark)).toBe(true);
    for (const { storage } of held) storage.free();
    held = [];
    expect(heap.used).toBe(0);
  });

  it('uses a place again that was given back, once, and clears it', () => {
    const heap = new Heap();
    const first = heap.store('float32', 1000);
    const { address } = first;
    first.set(new Float32Array(1000).fill(7));
    first.free();
    first.free();
    const second = heap.store('float32', 1000);
    expect(second.address).toBe(address);
    expect(second.get()).toEqual(new Float32Array(1000));
    expect(() => first.get()).toThrow('one that was given back');
  });

  it('gives back places whose storage was collected', async () => {
    const heap = new Heap();
    (() => heap.store('float32', megabyte))();
    expect(heap.used).toBe(4 * megabyte);
    for (let i = 0; i < 50 && heap.used > 0; i++) {
      globalThis.gc!();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(heap.used).toBe(0);
  });

  it('moves its scratch memory only to make it larger', () => {
    const heap = new Heap();
    const at = heap.scratchOf(1000);
    expect(heap.scratchOf(500)).toBe(at);
    heap.scratchOf(10 * megabyte);
    expect(heap.used).toBe(10 * megabyte);
  });

  it('says how full it is when nothing more fits', () => {
    const heap = new Heap(32);
    heap.store('float32', 1000);
    expect(() => heap.store('float32', megabyte)).toThrowErrorMatchingInlineSnapshot(`
      [BackendError: Backend 'wasm' expected all arrays to fit into 2.0 MiB, received a request for 4.0 MiB more when 0.0 MiB are taken.
        fix    Use smaller batches or a smaller model, or drop tensors that are no longer needed.
        code   out-of-memory]
    `);
    expect(heap.store('float32', 100_000).size).toBe(100_000);
  });
});

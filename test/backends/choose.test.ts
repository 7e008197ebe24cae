import { afterEach, expect, it } from 'vitest';
import { backend, currentBackend, setBackend } from '../../src/backends/choose.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { Variable } from '../../src/tensor/variable.js';

afterEach(() => setBackend('wasm'));

it('the backend cannot change while a bound program may write to variables where they are', () => {
  setBackend('wasm');
  const count = new Variable(tensor(0));
  const step = compiled(() => {
    count.assign(count.add(1));
    return {};
  });
  const bound = step.bind({});
  bound.run();
  expect(() => setBackend('reference')).toThrow('setBackend expected no program to be bound to variables');
  setBackend('wasm');
  bound.run();
  bound.release();
  setBackend('reference');
  expect(count.item()).toBe(2);
});

it('asking for what is chosen already by its number of threads is no other backend', () => {
  setBackend('wasm');
  const place = currentBackend();
  setBackend('wasm', { threads: Number(/(\d+) threads$/.exec(backend())?.[1] ?? 1) });
  expect(currentBackend()).toBe(place);
});

it('a program may have more arrays than a function can have parameters', () => {
  const counts = Array.from({ length: 950 }, (_, i) => new Variable(tensor([i, 1])));
  const step = compiled(() => {
    for (const count of counts) count.assign(count.add(1));
    return {};
  });
  step.call({});
  expect(counts.map((count) => count.toArray())).toEqual(counts.map((_, i) => [i + 1, 2]));
});

it('threads are a whole number, and an option of the backend that has them', () => {
  expect(() => setBackend('wasm', { threads: 0 })).toThrow(
    'setBackend threads expected a whole number from 1 to 64, received 0.',
  );
  expect(() => setBackend('reference', { threads: 2 })).toThrow(
    "setBackend('reference') expected the option 'precision' or none, received 'threads'.",
  );
  setBackend('wasm', { threads: 3 });
  expect(backend()).toContain('3 threads');
  setBackend('wasm', { threads: 1 });
  expect(backend()).toContain('one thread');
});

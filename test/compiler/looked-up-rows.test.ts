/** Copies of rows that are found by numbers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../src/ops/gather.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { explainCompiled } from '../../src/tensor/explain.js';
import { availableBackends, choose } from '../laws/backends.js';
import { randomLike } from '../laws/cases.js';
import { chooseCrew } from '../laws/crew-backend.js';

const step = compiled(({ x, rows }) => ({ y: gather(x!, rows!) }));
const numbers = (count: number, of: number) =>
  tensor(
    Array.from({ length: count }, (_, i) => (i * 7 + 3) % of),
    { dtype: 'int32' },
  );

describe.each([...availableBackends, 'crew'])('on %s', (backend) => {
  beforeAll(() => (backend === 'crew' ? chooseCrew(2) : choose(backend)));

  it.each([
    [8, [64]],
    [12, [5, 20]],
    [7, [100]],
    [4, [64, 1]],
    [16, [3]],
    [1, [200]],
  ])('%i of them, each of %j, are those that were asked for', (count, shape) => {
    const x = randomLike(zeros([11, ...shape]), 3);
    const rows = numbers(count, 11);
    const [found, all] = [step.call({ x, rows }).y!.toArray(), x.toArray()] as [unknown[], unknown[]];
    expect(found).toEqual(Array.from(rows.data(), (row) => all[row]));
  });
});

it('long ones are copied four at a time, short ones and a number that is no multiple one by one', () => {
  choose('wasm');
  const loops = (count: number, size: number) => {
    const text = explainCompiled(step, { x: zeros([50, size]), rows: numbers(count, 50) }).get('schedule')!;
    return /for i0 < (\d+)/.exec(text)?.[1];
  };
  expect([loops(32, 784), loops(32, 8), loops(30, 784)]).toEqual(['8', '32', '30']);
});

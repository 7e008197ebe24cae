import { beforeAll, expect, test } from 'vitest';
import { observeBackends } from '../../src/backends/choose.js';
import { leaveOut } from '../../src/core/rewrites.js';
import { cloneModel, Dense, Dropout, Sequential, setBackend, setRandomSeed } from '../../src/index.js';
import type { Program } from '../../src/loops/program.js';
import { compiled } from '../../src/tensor/compiled.js';
import { arange, tensor } from '../../src/tensor/create.js';
import { inPath } from '../../src/tensor/recording.js';
import { scan } from '../../src/tensor/scan.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

/** Programs that a backend was given, in order. */
const programs: Program[] = [];

beforeAll(() => {
  observeBackends((backend) => ({
    ...backend,
    compile: (program) => {
      programs.push(program);
      return backend.compile(program);
    },
    compileAsync: (program, rest) => {
      programs.push(program);
      return backend.compileAsync(program, rest);
    },
  }));
  setBackend('wasm');
});

/** How many programs are compiled meanwhile. */
async function compiledBy(body: () => unknown): Promise<number> {
  const before = programs.length;
  await body();
  return programs.length - before;
}

const run = (body: (x: Tensor) => Tensor, x: Tensor): unknown =>
  compiled(({ x }) => ({ y: body(x!) }))
    .call({ x })
    .y!.toArray();

const points = arange(96).reshape([32, 3]).mul(0.01);
const labels = arange(32).mod(2);

const net = (units = 4, name?: string) => {
  const model = new Sequential(
    [
      new Dense(units, { activation: 'relu', inputShape: [3] }),
      new Dropout(0.25),
      new Dense(1, { activation: 'sigmoid' }),
    ],
    name === undefined ? {} : { name },
  );
  model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
  return model;
};

const train = async (model: Sequential) => {
  const { history } = await model.fit(points, labels, { epochs: 3, batchSize: 8, verbose: 0 });
  return history.loss as number[];
};

test('a model of the same layers is compiled no more, and trains as the first one did', async () => {
  setRandomSeed(3);
  const first = await train(net());
  setRandomSeed(3);
  const second: number[] = [];
  expect(await compiledBy(async () => second.push(...(await train(net()))))).toBe(0);
  expect(second).toEqual(first);
});

test('a clone is compiled no more, and has weights of its own', async () => {
  const model = net(5);
  await train(model);
  const before = model.getWeights().map((w) => w.toArray());
  const copy = cloneModel(model);
  copy.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
  expect(await compiledBy(() => train(copy))).toBe(0);
  expect(model.getWeights().map((w) => w.toArray())).toEqual(before);
  expect(copy.getWeights()[0]!.toArray()).not.toEqual(before[0]);
});

test('models that share a program and take turns train as each alone', async () => {
  const two = () => {
    setRandomSeed(11);
    return [net(6), net(6)] as const;
  };
  const [a, b] = two();
  const alone = [await train(a), await train(b)];
  const [c, d] = two();
  expect(await Promise.all([train(c), train(d)])).toEqual(alone);
});

test('a model of other units, or of another name, is compiled, so that what prints names has its own', async () => {
  await train(net(7));
  expect(await compiledBy(() => train(net(8)))).toBeGreaterThan(0);
  expect(await compiledBy(() => train(net(7, 'digits')))).toBeGreaterThan(0);
  expect(programs.at(-1)!.kernels.some(({ path }) => path.startsWith('digits/'))).toBe(true);
});

test('arrays and variables that a function takes from around it are its own', async () => {
  const make = (values: readonly number[]) => (x: Tensor) =>
    x.add(tensor(values)).mul(new Variable(values[0]!));
  const x = tensor([1, 2]);
  expect(run(make([10, 20]), x)).toEqual([110, 220]);
  expect(await compiledBy(() => expect(run(make([3, 4]), x)).toEqual([12, 18]))).toBe(0);
});

test('an array that is taken twice is not two arrays', () => {
  const [a, b] = [tensor([1, 2]), tensor([5, 7])];
  expect(run((x) => x.mul(a).add(a), tensor([1, 1]))).toEqual([2, 4]);
  expect(run((x) => x.mul(a).add(b), tensor([1, 1]))).toEqual([6, 9]);
  expect(run((x) => x.mul(b).add(b), tensor([1, 1]))).toEqual([10, 14]);
});

test('numbers are part of the program, also those in arrays of one, and 0 is not -0', () => {
  const x = tensor([1, 2]);
  expect(run((t) => t.mul(3), x)).toEqual([3, 6]);
  expect(run((t) => t.mul(4), x)).toEqual([4, 8]);
  expect(run((t) => t.mul(tensor([5])), x)).toEqual([5, 10]);
  expect(run((t) => t.mul(tensor([6])), x)).toEqual([6, 12]);
  expect(run((t) => t.mul(0), x)).toEqual([0, 0]);
  expect(run((t) => t.mul(-0), x)).toEqual([-0, -0]);
  const padded = (value: number) => run((t) => t.pad([[0, 1]], value), x);
  expect(padded(0)).toEqual([1, 2, 0]);
  expect(padded(-0)).toEqual([1, 2, -0]);
});

test('options, types, wiring and names of outputs are part of the program', () => {
  const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor([10, 20]))];
  const x = tensor([[3, 1, 2]]);
  expect(run((t) => t.sum(0), x)).toEqual([3, 1, 2]);
  expect(run((t) => t.sum(1), x)).toEqual([6]);
  expect(run((t) => t.div(2).add(t), tensor([1, 3]))).toEqual([1.5, 4.5]);
  expect(run((t) => t.div(t).add(2), tensor([1, 3]))).toEqual([3, 3]);
  const move = (from: Variable, to: Variable) =>
    compiled(() => {
      to.assign(from.mul(2));
      return {};
    }).call({});
  move(a, b);
  expect([a.toArray(), b.toArray()]).toEqual([
    [1, 2],
    [2, 4],
  ]);
  move(b, b);
  expect([a.toArray(), b.toArray()]).toEqual([
    [1, 2],
    [4, 8],
  ]);
  const two = compiled(({ x }) => ({ u: x!.add(1), v: x!.mul(2) })).call({ x: tensor(5) });
  const swapped = compiled(({ x }) => ({ v: x!.add(1), u: x!.mul(2) })).call({ x: tensor(5) });
  expect([two.u!.item(), two.v!.item(), swapped.u!.item(), swapped.v!.item()]).toEqual([6, 10, 10, 6]);
});

test('loops over time are spelled with their steps', async () => {
  const sums = (by: number) => (x: Tensor) =>
    scan({ carry: { sum: tensor(0) }, each: { x } }, (carry, each) => [
      { sum: carry.sum!.add(each.x!.mul(by)) },
    ])[0].sum!;
  const x = tensor([1, 2, 3]);
  expect(run(sums(1), x)).toBe(6);
  expect(await compiledBy(() => expect(run(sums(1), x)).toBe(6))).toBe(0);
  expect(run(sums(2), x)).toBe(12);
});

test('a rewrite that is left out makes another program', async () => {
  const body = (x: Tensor) => x.add(17);
  run(body, tensor([1, 2]));
  leaveOut(['crop']);
  try {
    expect(await compiledBy(() => run(body, tensor([1, 2])))).toBe(1);
  } finally {
    leaveOut();
  }
  expect(await compiledBy(() => run(body, tensor([1, 2])))).toBe(0);
});

test('a program that is kept keeps no variable and no array of a model that is gone', async () => {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error('the tests run with --expose-gc');
  const make = () => {
    const weights = new Variable(tensor([4, 5]));
    const values = tensor([1, 3]);
    run((x) => x.mul(weights).add(values), tensor([1, 2]));
    return [new WeakRef(weights), new WeakRef(values.values())];
  };
  const gone = make();
  for (let i = 0; i < 4; i++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(gone.map((ref) => ref.deref())).toEqual([undefined, undefined]);
  expect(await compiledBy(() => make())).toBe(0);
});

test('programs that were not asked for lately are let go', async () => {
  const body = (i: number) => (x: Tensor) => inPath('a'.repeat(800_000), () => x.add(100 + i));
  const use = (i: number) => compiledBy(() => run(body(i), tensor([1, 2])));
  for (const i of [0, 1, 2]) expect(await use(i)).toBe(1);
  expect(await use(0)).toBe(0);
  for (const i of [3, 4]) expect(await use(i)).toBe(1);
  expect(await use(1)).toBe(1);
  expect(await use(4)).toBe(0);
});

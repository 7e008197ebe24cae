import { describe, expect, test } from 'vitest';
import {
  arg,
  Dense,
  EarlyStopping,
  explain,
  float,
  layer,
  Sequential,
  type SequentialOptions,
  SGD,
  type Tensor,
  tensor,
  zeros,
} from '../../src/index.js';
import { any, check, compiled, said } from './error-cases.js';
import { line, quiet, slope } from './line.js';

describe('what is measured', () => {
  /** Class 2 always wins. */
  const classifier = () => {
    const head = new Dense(3, { inputShape: [1], kernelInitializer: 'zeros', useBias: false });
    const model = new Sequential([head]);
    const own = (_yTrue: Tensor, yPred: Tensor) => yPred.square().mean(-1);
    model.compile({ loss: own, metrics: ['accuracy'], optimizer: new SGD({ learningRate: 0 }) });
    return model;
  };
  const labels = [0, 0, 0, 1];

  test('is the same after explain, which builds no optimizer either', async () => {
    const model = classifier();
    explain(model);
    expect(model.optimizer!.isBuilt).toBe(false);
    expect((await model.evaluate(zeros([4, 1]), labels)).accuracy).toBe(0.75);
  });

  test('is the same after data of another form was refused', async () => {
    const model = new Sequential([new Dense(3, { inputShape: [1], activation: 'softmax' })]);
    model.compile({ loss: 'crossentropy', metrics: ['accuracy'] });
    await expect(model.fit(zeros([4, 1]), zeros([3, 3]), quiet)).rejects.toThrow('as many targets');
    await expect(model.fit(zeros([4, 1]), [0, 1, 2, 3], quiet)).rejects.toThrow('class numbers');
    expect(
      await model.evaluate(zeros([2, 1]), [
        [0, 0, 1],
        [0, 0, 1],
      ]),
    ).toHaveProperty('accuracy');
    expect(await model.evaluate(zeros([2, 1]), [0, 0])).toHaveProperty('accuracy');
  });

  test('by fit is not mixed with what an evaluation at the same time measures', async () => {
    const model = line(0);
    const x = Array<number>(20_000).fill(0);
    const training = model.fit(
      x,
      x.map(() => 1),
      { batchSize: 1, epochs: 2, shuffle: false, ...quiet },
    );
    const testing = model.evaluate(
      x,
      x.map(() => 10),
      { batchSize: 1 },
    );
    expect((await testing).loss).toBeCloseTo(100, 3);
    expect((await training).history.loss).toEqual([1, 1]);
  });

  test('in an epoch goes on after an evaluation by a callback, also one that is not waited for', async () => {
    for (const waits of [true, false]) {
      const model = line(0);
      const tested: Promise<{ loss: number }>[] = [];
      const onTrainBatchEnd = async (batch: number) => {
        if (batch !== 1) return;
        tested.push(model.evaluate([0, 0, 0], [10, 10, 10], { batchSize: 1 }));
        if (waits) await tested[0];
      };
      const callbacks = [{ onTrainBatchEnd }];
      const options = { batchSize: 1, shuffle: false, callbacks, ...quiet };
      const { history } = await model.fit([0, 0, 0, 0], [1, 2, 3, 4], options);
      expect(history.loss).toEqual([7.5]);
      expect((await tested[0]!).loss).toBe(100);
    }
  });
});

describe('targets that would only broadcast with the outputs are refused', () => {
  const trained = (x: Tensor, y: Tensor, units: number, loss: 'mse' | 'binary_crossentropy' = 'mse') =>
    compiled(new Sequential([new Dense(units)]), loss).fit(x, y, quiet);
  const refused = (received: string, wanted: string, units: number, loss = 'mean_squared_error') => [
    `ShapeError: ${loss} expected targets of the outputs' shape ${wanted}, received ${received}.`,
    "  where  model.fit > Sequential 'sequential'",
    `  fix    Give such targets, or end the model with outputs of their shape, as of \`new Dense(${units})\`.`,
    '  code   shape-mismatch',
  ];
  check([
    [
      'a number beside a row',
      () => trained(zeros([4, 2]), zeros([4]), 4),
      ...refused('[4]', '[batch, 4]', 1),
    ],
    [
      'a row beside a number',
      () => trained(zeros([4, 2]), zeros([4, 3]), 1),
      ...refused('[4, 3]', '[batch, 1]', 3),
    ],
    [
      'by binary_crossentropy',
      () => trained(zeros([4, 2]), zeros([4, 3]), 1, 'binary_crossentropy'),
      ...refused('[4, 3]', '[batch, 1]', 3, 'binary_crossentropy'),
    ],
  ]);

  test('and unflattened inputs are named as their cause', async () => {
    expect(await said(() => trained(zeros([2, 28, 28]), zeros([2]), 1))).toContain('Add `new Flatten()`');
  });

  test('but not columns beside lists', async () => {
    const { history } = await line(0).fit([1, 2], tensor([[1], [3]]), quiet);
    expect(history.loss).toEqual([5]);
    expect((await line(0).fit([1, 2], tensor([1, 3]), quiet)).history.loss).toEqual([5]);
  });
});

describe('a signal', () => {
  test('that a callback aborts ends the training before the next step, and onTrainEnd is told', async () => {
    const control = new AbortController();
    const seen: (number | string)[] = [];
    const callbacks = [
      {
        onEpochEnd(epoch: number) {
          seen.push(epoch);
          if (epoch === 1) control.abort(new Error('enough'));
        },
        onTrainBatchEnd: () => void seen.push('step'),
        onTrainEnd: () => void seen.push('end'),
      },
    ];
    const options = { epochs: 50, callbacks, signal: control.signal, ...quiet };
    await expect(line().fit([1], [1], options)).rejects.toThrow('enough');
    expect(seen).toEqual(['step', 0, 'step', 1, 'end']);
  });

  test('leaves the best weights where EarlyStopping restores them', async () => {
    const model = line(1);
    const control = new AbortController();
    const stopping = new EarlyStopping({ monitor: 'loss', restoreBestWeights: true, patience: 9 });
    const ending = { onEpochEnd: (epoch: number) => void (epoch === 2 && control.abort()) };
    const options = { epochs: 5, callbacks: [stopping, ending], signal: control.signal, ...quiet };
    await expect(model.fit([2], [2], options)).rejects.toThrow();
    expect(slope(model)).toBe(8);
  });
});

describe('models', () => {
  test('of a subclass come back from their configuration as such', () => {
    class Mine extends Sequential {}
    const model = new Mine([new Dense(1, { inputShape: [2] })], { name: 'mine' });
    const copy: Mine = Mine.fromConfig(model.getConfig(), { layers: { Dense } });
    expect(copy).toBeInstanceOf(Mine);
    expect(new Mine([], { name: 'other' } satisfies SequentialOptions).name).toBe('other');
  });

  const lines = (error: string) => error.split('\n');

  test('given one layer, no options or a name that is none say what to write', async () => {
    const texts = [
      [() => new Sequential(any(new Dense(1))), 'fix    Put it in an array: `new Sequential([layer])`.'],
      [() => new Sequential([], any('x')), 'fix    Write `new Sequential(layers, { … })`.'],
      [() => new Sequential().compile(any('mse')), "fix    Write `model.compile({ loss: 'mse' })`."],
    ] as const;
    for (const [body, fix] of texts) expect(await said(body)).toContain(fix);
    for (const name of [5, ''])
      expect(lines(await said(() => new Sequential([], { name: any(name) })))[0]).toMatch(
        /^ConfigError: Sequential( '')? name expected a string that is not empty or null, received /,
      );
  });

  test('read from a configuration without classes or without layers throw errors of ours', async () => {
    const config = new Sequential([new Dense(1)]).getConfig();
    const read = Sequential.fromConfig.bind(Sequential) as (...args: unknown[]) => unknown;
    expect(await said(() => read(config))).toContain('Give the classes of all layers');
    for (const given of [null, {}, { layers: [null] }, { layers: [{ class_name: 'Dense' }] }])
      expect(await said(() => read(given, { layers: { Dense } }))).toMatch(
        /^ConfigError: Sequential.fromConfig /,
      );
  });

  test('whose layer, loss or metric gives no tensor say which', async () => {
    class Forgets extends layer('Forgets', (n = arg(float())) => ({ n })) {
      override call = any(() => {});
    }
    const inLayer = await said(() => new Sequential([new Forgets(1)]).predict([[1]]));
    expect(inLayer).toContain("Forgets 'forgets' call expected to return a tensor, received nothing.");
    expect(inLayer).toContain('fix    Write `return` before the result.');
    const model = new Sequential([new Dense(1, { inputShape: [1] })]);
    model.compile({ loss: any(() => 3) });
    expect(await said(() => model.fit([1], [1], quiet))).toContain(
      "The loss 'loss' expected to return a tensor, received 3.",
    );
    model.compile({ loss: 'mse', metrics: [any(function best() {})] });
    expect(await said(() => model.fit([1], [1], quiet))).toContain(
      "The metric 'best' expected to return a tensor",
    );
  });

  test('offer no other activation for one they lack, and no long lists', async () => {
    expect(await said(() => new Dense(1, { activation: any('gelu') }))).not.toContain('Did you mean');
    expect(await said(() => new Dense(1, { activation: any('rleu') }))).toContain("Did you mean 'relu'?");
    const error = await said(() => line().compile({ loss: 'mse', metrics: [any('acuracy')] }));
    expect(lines(error)[0]!.length).toBeLessThan(220);
    expect(error).toContain("Did you mean 'accuracy'?");
  });
});

test('EarlyStopping refuses to guess which values of an unknown name are better', async () => {
  const monitoring = (options: ConstructorParameters<typeof EarlyStopping>[0]) =>
    said(() => line().fit([1], [1], { callbacks: [new EarlyStopping(options)], ...quiet }));
  expect(await monitoring({ monitor: 'val_score' })).toContain(
    "fix    Write `mode: 'max'` if more is better",
  );
  for (const monitor of ['val_loss', 'mse', 'val_mean_absolute_error', 'bce', 'AUC'])
    expect(await monitoring({ monitor })).toBe('no error');
  expect(await monitoring({ monitor: 'val_score', mode: 'max' })).toBe('no error');
});

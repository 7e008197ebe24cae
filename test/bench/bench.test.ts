import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readArguments } from '../../scripts/bench/arguments.js';
import { pictures, table, uniform } from '../../scripts/bench/data.js';
import { backendOf, compileVerdict, goals } from '../../scripts/bench/goals.js';
import { missing, type Peer, peersOf } from '../../scripts/bench/peers.js';
import { ratioTable } from '../../scripts/bench/ratios.js';
import { median } from '../../scripts/bench/timing.js';
import { planOf, workloadNames } from '../../scripts/bench/workloads.js';

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

// Computed by the scripts of the other libraries.
test('the data are those that other libraries are measured with', () => {
  expect([...uniform(4, 9)]).toEqual([
    0.7975120544433594, 0.41567617654800415, 0.29579609632492065, 0.8685944080352783,
  ]);
  const rows = table(891);
  expect([...rows.x.slice(0, 3)]).toEqual([0.9286563396453857, -1.7004578113555908, -0.8802881836891174]);
  expect([sum(rows.x), sum(rows.y)]).toEqual([-9.809978313700412, 460]);
  const images = pictures(200, 784, 10);
  expect([...images.y.slice(0, 8)]).toEqual([3, 3, 7, 5, 7, 2, 0, 1]);
  expect([sum(images.x), sum(images.y)]).toEqual([78436.98878575984, 920]);
});

test('the arguments name workloads, peers and the folder of the peers', () => {
  const given = readArguments(['--compare', 'W2', 'W3', '--peers', 'sklearn,keras-jax', '--rounds', '5'], {
    MYELIN_BENCH_PEERS: 'elsewhere',
  });
  expect(given).toMatchObject({
    mode: 'compare',
    backend: undefined,
    workloads: ['W2', 'W3'],
    peers: ['sklearn', 'keras-jax'],
    folder: 'elsewhere',
    rounds: 5,
  });
  expect(given.library).toMatch(/^file:.*\/dist\/index\.js$/);
  expect(readArguments(['matmul', '--backend', 'native'], {}).backend).toBe('native');
  expect(readArguments(['--check'], {}).mode).toBe('check');
  expect(readArguments(['growth', '--library', 'x.js'], {})).toMatchObject({
    mode: 'measure',
    folder: undefined,
  });
});

test.each([
  [['W9'], "There is no workload 'W9', only W1"],
  [[], 'Name a workload.'],
  [['--check', 'W1'], '--check takes no name.'],
  [['--check', '--compare', 'W1'], 'Choose one'],
  [['--compare', 'W1', '--peers', 'theano'], "There is no peer 'theano'"],
  [['W1', '--backend', 'metal'], "There is no backend 'metal', only native"],
  [['W1', '--rounds', '0'], "--rounds must be a whole number of at least 1, not '0'"],
  [['W1', '--fast'], "Unknown option '--fast'"],
])('the arguments %j are refused', (words, message) => {
  expect(() => readArguments(words, {})).toThrow(message);
});

test('the environment shortens a workload, but a cold start stays one run', () => {
  expect(planOf('W2', {})).toMatchObject({ samples: 12_800, epochs: 2, repetitions: 3 });
  expect(planOf('W2', { SAMPLES: '64', EPOCHS: '1', REPS: '2' })).toMatchObject({
    samples: 64,
    epochs: 1,
    repetitions: 2,
  });
  expect(planOf('W6', { REPS: '9' }).repetitions).toBe(1);
  expect(planOf('W5mlp', { EPOCHS: '9' }).epochs).toBe(0);
  expect(() => planOf('W1', { EPOCHS: 'many' })).toThrow(
    "EPOCHS must be a whole number of at least 1, not 'many'",
  );
});

test('every goal names a peer that has the workload, and every workload has a goal', () => {
  const lost = goals.filter(
    ({ workload, peer }) => peer !== 'numpy' && peersOf(workload, [peer]).length === 0,
  );
  expect(lost).toEqual([]);
  expect(workloadNames.filter((name) => !goals.some(({ workload }) => workload === name))).toEqual([]);
  const keys = goals.map(({ ratio: _, ...goal }) => JSON.stringify(goal));
  expect(new Set(keys).size).toBe(goals.length);
});

test('a line says on which backend it ran', () => {
  expect(['native-2t', 'native', 'wasm-1t', 'reference-1t', undefined].map(backendOf)).toEqual([
    ...['native', 'native', 'wasm', 'wasm', 'wasm'],
  ]);
});

test('compilation has a time to stay below', () => {
  expect([699.9, 700, Number.NaN].map((time) => compileVerdict('W2', time))).toEqual([
    ...['below 700: reached', 'below 700: missed', ''],
  ]);
});

test('a peer says what it lacks to run', () => {
  const [[, peer]] = peersOf('W2', ['jax-js']) as [[string, Peer]];
  expect(missing(peer, 'nowhere')).toEqual(['jaxjs.mjs']);
  const here = { ...peer, script: 'package.json', needs: ['package.json', 'node_modules/nothing'] };
  expect(missing(here, '.')).toEqual(['node_modules/nothing']);
});

test('ratios are ours / theirs, of the best repetition of the best round', () => {
  const line = (samples_per_s: number, best_s: number) => ({
    ...{ workload: 'W2', samples_per_s, best_s, samples: 100, epochs: 2 },
  });
  const command = { command: '', words: [] };
  const runners = [
    { name: 'myelin 1t', threads: 1, command, lines: [line(900, 0.2), line(500, 0.4)] },
    { name: 'myelin 2t', threads: 2, command, lines: [line(1500, 0.1)] },
    { name: 'keras-jax', command, lines: [line(900, 0.2)] },
    { name: 'jax-js', command, lines: [{ workload: 'W2', samples_per_s: 250 }] },
    { name: 'torch', command, lines: [] },
  ];
  expect(ratioTable('samples_per_s', runners)).toEqual([
    ['workload', 'runner', 'median', 'best', '1t / it', '2t / it', 'goal'],
    ['W2', 'myelin 1t', '900', '1,000', '1', '2', ''],
    ['W2', 'myelin 2t', '1,500', '2,000', '0.5', '1', ''],
    ['W2', 'keras-jax', '900', '1,000', '1', '2', '1.3 with 2t: reached'],
    ['W2', 'jax-js', '250', '250', '4', '8', '4.5 with 1t: missed'],
  ]);
});

test('goals are those of the backend that ran, and one peer may have several', () => {
  const command = { command: '', words: [] };
  const line = (backend: string, samples_per_s: number) => ({ workload: 'W2b', backend, samples_per_s });
  const table = (backend: string) =>
    ratioTable('samples_per_s', [
      { name: 'myelin 1t', threads: 1, command, lines: [line(`${backend}-1t`, 150)] },
      { name: 'myelin 2t', threads: 2, command, lines: [line(`${backend}-2t`, 210)] },
      { name: 'keras-jax', command, lines: [{ workload: 'W2b', samples_per_s: 100 }] },
    ]);
  expect(table('native').at(-1)?.slice(-3)).toEqual([
    ...['1.5', '2.1', '1.4 with 1t: reached, 2.2 with 2t: missed'],
  ]);
  expect(table('wasm').at(-1)?.slice(-3)).toEqual(['1.5', '2.1', '1 with 2t: reached']);
});

test('where less is better, the best is the least, and a workload may be set against another', () => {
  const command = { command: '', words: [] };
  const ours = [{ workload: 'mlp 2000x2000', against: 'sgemm', gflops: 45 }];
  const theirs = [{ workload: 'sgemm', gflops: 90 }];
  const gflops = ratioTable('gflops', [
    { name: 'myelin 1t', threads: 1, command, lines: ours },
    { name: 'numpy', command, lines: theirs },
  ]);
  expect(gflops.at(-1)).toEqual(['mlp 2000x2000', 'numpy', '90', '90', '0.5', '', '0.45 with 1t: reached']);
  const wall = ratioTable('wall_s', [
    {
      name: 'myelin 1t',
      threads: 1,
      command,
      lines: [0.5, 0.3].map((wall_s) => ({ workload: 'W6', wall_s })),
    },
    { name: 'brain', command, lines: [{ workload: 'W6', wall_s: 0.4 }] },
  ]);
  expect(wall.at(-1)).toEqual(['W6', 'brain', '0.4', '0.4', '0.75', '', '0.6 with 1t: missed']);
});

test('the median is one of the values', () => {
  expect([median([3, 1, 2]), median([4, 1]), median([7])]).toEqual([2, 4, 7]);
});

test.each([
  [
    'W1',
    ['samples_per_s', 'ms_per_step', 'loss_first', 'loss_last', 'spread', 'best_s', 'samples', 'epochs'],
  ],
  [
    'W5mlp',
    ['latency_us', 'calls', 'on_batch_latency_us', 'samples_per_s', 'ms_per_step', 'spread', 'best_s'],
  ],
])('%s prints one line with its figures', (name, keys) => {
  const env = { ...process.env, SAMPLES: '64', EPOCHS: '1', REPS: '1' };
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/bench.mjs', name], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toBe('');
  const line = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(line).sort()).toEqual(['peer', 'backend', 'workload', ...keys, 'peak_rss_mb'].sort());
  expect(line).toMatchObject({
    peer: 'myelin',
    backend: expect.stringMatching(/^wasm-\d+t$/),
    workload: name,
  });
  expect(Object.values(line).every((value) => typeof value === 'string' || Number.isFinite(value))).toBe(
    true,
  );
});

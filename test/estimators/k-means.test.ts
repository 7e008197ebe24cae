import { describe, expect, it } from 'vitest';
import { KMeans, type KMeansIteration } from '../../src/estimators/index.js';
import { setWarnings, tensor } from '../../src/index.js';
import { difference, figures } from './figures.js';
import { iris } from './iris.js';
import { fourGroups } from './points.js';

const { x } = fourGroups();
const theirs = figures.kmeans;
const flowers = iris();

/** The inertia alone: numbers of groups differ from start to start. */
const relative = (ours: number, other: number) => Math.abs(ours - other) / other;

describe('KMeans from given centers', () => {
  const far = [
    [0, 0],
    [1, 1],
    [100, 100],
    [200, 200],
  ];
  const every = [0, 4, 8, 12].map((i) => x[i]!);
  it.each([
    ['groupsGiven', x.slice(0, 4), {}],
    ['groupsFirst', every, { tol: 0 }],
    ['groupsEmpty', far, {}],
    ['groupsShort', every, { maxIter: 3 }],
  ] as const)('goes the way of scikit-learn step by step: %s', async (name, init, options) => {
    const found = await new KMeans({ nClusters: 4, init, ...options }).fit(x);
    expect(found.nIter).toBe(theirs[name].nIter);
    expect(found.labels.toArray()).toEqual(theirs[name].labels);
    expect(relative(found.inertia, theirs[name].inertia)).toBeLessThan(1e-12);
    expect(difference(found.clusterCenters.toArray(), theirs[name].centers)).toBeLessThan(1e-7);
  });

  it.skipIf(!flowers).each([
    ['irisGiven', [0, 1, 2]],
    ['irisEight', [0, 20, 40, 60, 80, 100, 120, 140]],
  ])('goes the way of scikit-learn on iris: %s', async (name, rows) => {
    const init = rows.map((i) => flowers!.x[i]!);
    const found = await new KMeans({ nClusters: init.length, init: tensor(init) }).fit(flowers!.x);
    expect(found.nIter).toBe(theirs[name].nIter);
    expect(found.labels.toArray()).toEqual(theirs[name].labels);
    expect(relative(found.inertia, theirs[name].inertia)).toBeLessThan(1e-6);
  });
});

describe('KMeans from centers of its own', () => {
  it('finds the groups that scikit-learn finds', async () => {
    const found = await new KMeans({ nClusters: 4, nInit: 10 }).fit(x);
    expect(relative(found.inertia, theirs.groupsBest.inertia)).toBeLessThan(1e-4);
    const random = await new KMeans({ nClusters: 4, init: 'random', seed: 3 }).fit(x);
    expect(relative(random.inertia, theirs.groupsBest.inertia)).toBeLessThan(1e-4);
  });

  it.skipIf(!flowers)('finds the groups of irises that scikit-learn finds', async () => {
    const found = await new KMeans({ nClusters: 3, nInit: 10 }).fit(flowers!.x);
    expect(relative(found.inertia, theirs.irisBest.inertia)).toBeLessThan(1e-4);
  });

  it('starts once from points far from each other, and ten times from points at random', async () => {
    const runs = async (init: 'k-means++' | 'random') => {
      const seen = new Set<number>();
      await new KMeans({ nClusters: 4, init }).fit(x, { onIteration: ({ run }) => seen.add(run) });
      return seen.size;
    };
    expect([await runs('k-means++'), await runs('random')]).toEqual([1, 10]);
  });

  it('gives the same for the same seed, and not for another', async () => {
    const labels = async (seed: number) => {
      const found = await new KMeans({ nClusters: 5, seed }).fit(x);
      return [found.inertia, found.labels.toArray()];
    };
    expect(await labels(1)).toEqual(await labels(1));
    const several = await Promise.all([1, 2, 3, 4].map(labels));
    expect(new Set(several.map((each) => JSON.stringify(each))).size).toBeGreaterThan(1);
  });

  it('draws no point twice, so that as many points as groups are a group each', async () => {
    const points = [[0], [0.001], [5], [100], [101]];
    for (const init of ['k-means++', 'random'] as const)
      expect((await new KMeans({ nClusters: 5, init, nInit: 1 }).fit(points)).inertia).toBe(0);
  });
});

describe('KMeans', () => {
  const points = [[0], [1], [10], [11]];
  const two = () => new KMeans({ nClusters: 2, init: [[0], [1]] });

  it('tells of each step with the centers before they move', async () => {
    const told: KMeansIteration[] = [];
    const found = await two().fit(points, { onIteration: (step) => told.push(step) });
    expect(told.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(told[0]!.centers.toArray()).toEqual([[0], [1]]);
    expect(told[0]!.labels.toArray()).toEqual([0, 1, 1, 1]);
    expect(told[0]!.inertia).toBe(181);
    expect(told[1]!.labels.toArray()).toEqual([0, 0, 1, 1]);
    expect(found.nIter).toBe(3);
    expect(told.map(({ inertia }) => inertia)).toEqual(
      [...told.map(({ inertia }) => inertia)].sort((a, b) => b - a),
    );
  });

  it('gives new points to the nearest center, of equals to the first', async () => {
    const found = await two().fit(points);
    expect(found.clusterCenters.toArray()).toEqual([[0.5], [10.5]]);
    expect((await found.predict([[-3], [5.5], [5.6]])).toArray()).toEqual([0, 0, 1]);
    expect((await found.predict([[3]])).dtype).toBe('int32');
    expect((await found.transform([[0.5], [2.5]])).toArray()).toEqual([
      [0, 10],
      [2, 8],
    ]);
    expect(await found.score([[0.5], [9.5]])).toBe(-1);
    expect((await two().fitPredict(points)).toArray()).toEqual([0, 0, 1, 1]);
  });

  it('says when there are fewer groups than asked for', async () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    try {
      const found = await new KMeans({ nClusters: 3 }).fit([[1], [1], [2], [2]]);
      expect(found.inertia).toBe(0);
      expect(said[0]).toContain('found 2 groups where nClusters is 3');
    } finally {
      setWarnings(true);
    }
  });

  it('ends when its signal is aborted', async () => {
    const stop = new AbortController();
    const fitting = two().fit(points, {
      signal: stop.signal,
      onIteration: () => stop.abort(new Error('enough')),
    });
    await expect(fitting.then(() => new KMeans().fit(x, { signal: stop.signal }))).rejects.toThrow('enough');
  });

  it('copies itself without what it has learnt', async () => {
    const copy = (await two().fit(points)).clone();
    expect(copy.config.nClusters).toBe(2);
    expect(() => copy.labels).toThrow('expected `fit` before `labels`');
  });

  it.each([
    ['results before fit', () => new KMeans().inertia, 'not-fitted'],
    ['a prediction before fit', () => new KMeans().predict([[1]]), 'not-fitted'],
    ['fewer rows than groups', () => two().fit([[1]]), 'argument-value'],
    ['what float32 does not hold', () => two().fit([[1e300], [-1e300]]), 'not-finite'],
    ['NaN', () => two().fit([[1], [Number.NaN]]), 'not-finite'],
    ['no rows', () => two().fit([]), 'empty-data'],
    ['a row of numbers', () => two().fit([1, 2, 3]), 'shape-mismatch'],
    ['words', () => two().fit([['a']] as never), 'text-in-data'],
    ['nothing', () => two().fit(undefined as never), 'argument-value'],
    ['ragged rows', () => two().fit([[1], [1, 2]]), 'ragged-array'],
    ['another number of features', async () => (await two().fit(points)).predict([[1, 2]]), 'shape-mismatch'],
    [
      'centers of another shape',
      () => new KMeans({ nClusters: 3, init: [[1]] }).fit(points),
      'shape-mismatch',
    ],
    ['an unknown option of fit', () => two().fit(points, { callback: 3 } as never), 'option-unknown'],
    ['a misspelt start', () => new KMeans({ init: 'kmeans++' as never }), 'name-unknown'],
    ['a start that is none', () => new KMeans({ init: 3 as never }), 'option-value'],
    ['an unknown option', () => new KMeans({ clusters: 3 } as never), 'option-unknown'],
    ['no groups', () => new KMeans({ nClusters: 0 }), 'option-value'],
  ])('refuses %s', async (_, refused, code) => {
    await expect((async () => refused())()).rejects.toMatchObject({ code });
  });
});

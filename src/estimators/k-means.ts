import { problem } from '../core/errors.js';
import { either, type Field, int, type Optional, oneOf } from '../core/fields.js';
import { checkOptionNames } from '../core/option-names.js';
import { keyOf, streamOf } from '../core/random.js';
import { showShape } from '../core/shape.js';
import { resetWarnings, warnOnce } from '../core/warnings.js';
import type { Numbers } from '../models/data-adapter.js';
import { Pacer } from '../models/pause.js';
import { Tensor } from '../tensor/tensor.js';
import { estimator } from './estimator.js';
import { seed, steps, tolerance } from './fields.js';
import { assign, type Clustering, lloyd, squaredDistances } from './kmeans/lloyd.js';
import { randomPoints, spreadPoints } from './kmeans/seeding.js';
import { floats, integers, type Matrix, matrixOf } from './matrix.js';

const starts = ['k-means++', 'random'] as const;
type Start = (typeof starts)[number];

const given = (): Field<Numbers> => ({
  expected: 'centers of shape [nClusters, features]',
  parse: (centers) => (centers instanceof Tensor || Array.isArray(centers) ? centers : undefined),
  toJson: (centers) => (centers instanceof Tensor ? centers.toArray() : centers) as never,
});

const initField = (): Optional<Start | Numbers> => ({
  ...either(oneOf(starts), given()),
  fallback: 'k-means++',
  toJson: (value) => (typeof value === 'string' ? value : given().toJson!(value)),
});

const kMeansFields = () => ({
  /** Number of groups. Default 8. */
  nClusters: int(8, { min: 1 }),
  /** Where centers start: at points far from each other, at random points, or at given places. Default `'k-means++'`. */
  init: initField(),
  /** Starts, of which the best counts. Default `'auto'`: 10 for `'random'`, else 1. Given centers start once. */
  nInit: { ...either(oneOf(['auto']), int({ min: 1 })), fallback: 'auto' as const },
  /** Most steps of one start. Default 300. */
  maxIter: steps(300),
  /** Ends a search whose centers move less than this, in units of the mean variance of the features. Default 1e-4. */
  tol: tolerance(),
  /** The same seed gives the same groups. Default 0. */
  seed: seed(),
});

/** What `onIteration` is told. */
export interface KMeansIteration {
  /** Which start, from 0 on. */
  readonly run: number;
  /** From 0 on; that one has the first centers. */
  readonly iteration: number;
  /** `[nClusters, features]`, before they move. */
  readonly centers: Tensor;
  /** `[n]`: the nearest of these centers. */
  readonly labels: Tensor;
  /** Sum of squared distances to them. */
  readonly inertia: number;
}

export interface KMeansFitOptions {
  /** Told of each step. */
  readonly onIteration?: ((step: KMeansIteration) => void) | undefined;
  /** Ends the search: the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Groups of points around centers: makes `Σ |x - nearest center|²` small by Lloyd's algorithm. Equally near centers: the first.
 *
 * Inputs    `[n, features]`, finite; computed in float64, the same on any number of threads
 * Outputs   `labels [n]`, int32; `clusterCenters [nClusters, features]`; `inertia`; `nIter`
 * Throws    ConfigError for more clusters than rows; ShapeError and DataError for data that does not fit; StateError for results
 *           before `fit`
 *
 * Source: Lloyd 1982; Arthur and Vassilvitskii 2007; options, stopping and empty groups as in scikit-learn's `KMeans`.
 *
 * @example
 * const points = [[0, 0], [0, 1], [9, 9], [9, 8]];
 * const groups = await new KMeans({ nClusters: 2, nInit: 3 }).fit(points);
 * groups.inertia; // 1
 * const [first, second] = (await groups.predict([[1, 1], [8, 8]])).data();
 * first === second; // false
 */
export class KMeans extends /* @__PURE__ */ estimator('KMeans', kMeansFields) {
  #found?: Clustering & { readonly columns: number };

  /** Looks for the groups of the points. */
  async fit(x: Numbers, options: KMeansFitOptions = {}): Promise<this> {
    resetWarnings();
    checkOptionNames('KMeans.fit', ['onIteration', 'signal'], options, 'fit(x, { onIteration })');
    const { onIteration, signal } = options;
    const points = matrixOf('KMeans.fit x', x);
    const { nClusters, init, nInit, maxIter, tol } = this.config;
    if (nClusters > points.rows) throw tooManyClusters(nClusters, points.rows);
    const shape = [nClusters, points.columns];
    const starts = typeof init !== 'string' ? 1 : nInit !== 'auto' ? nInit : init === 'random' ? 10 : 1;
    const pacer = new Pacer(signal ?? null);
    const tolerance = tol * meanVariance(points);
    let best: Clustering | undefined;
    for (let run = 0; run < starts; run++) {
      const found = await lloyd(points, this.#start(points, run), {
        maxIter,
        tolerance,
        rest: pacer.rest,
        ...(onIteration && {
          step: ({ centers, labels, ...numbers }) =>
            onIteration({ run, centers: floats(centers, shape), labels: integers(labels), ...numbers }),
        }),
      });
      if (!best || found.inertia < best.inertia) best = found;
    }
    this.#found = { ...best!, columns: points.columns };
    warnOfFew(new Set(best!.labels).size, nClusters);
    return this;
  }

  /** The nearest center of each point: `[n]`, int32. */
  async predict(x: Numbers): Promise<Tensor> {
    return integers(this.#assigned('predict', x).labels);
  }

  /** `fit`, then `labels`. */
  async fitPredict(x: Numbers, options: KMeansFitOptions = {}): Promise<Tensor> {
    return (await this.fit(x, options)).labels;
  }

  /** Distances of each point to each center: `[n, nClusters]`. */
  async transform(x: Numbers): Promise<Tensor> {
    const { centers, columns } = this.#fitted('transform');
    const points = this.samples('transform', x, columns);
    const count = centers.length / columns;
    const squares = Array.from({ length: count }, (_, j) => squaredDistances(points, centers, j));
    const values = Float32Array.from({ length: points.rows * count }, (_, at) =>
      Math.sqrt(squares[at % count]![Math.floor(at / count)]!),
    );
    return floats(values, [points.rows, count]);
  }

  /** `-Σ |x - nearest center|²`: more is better. */
  async score(x: Numbers): Promise<number> {
    return -this.#assigned('score', x).inertia;
  }

  /** `[nClusters, features]`. */
  get clusterCenters(): Tensor {
    const { centers, columns } = this.#fitted('clusterCenters');
    return floats(centers, [centers.length / columns, columns]);
  }

  /** The center of each point of `fit`: `[n]`, int32. */
  get labels(): Tensor {
    return integers(this.#fitted('labels').labels);
  }

  /** Sum of squared distances of the points of `fit` to their centers. */
  get inertia(): number {
    return this.#fitted('inertia').inertia;
  }

  /** Steps of the best start. */
  get nIter(): number {
    return this.#fitted('nIter').steps;
  }

  #fitted(wanted: string) {
    return this.learnt(this.#found, wanted);
  }

  #assigned(method: string, x: Numbers) {
    const { centers, columns } = this.#fitted(method);
    const points = this.samples(method, x, columns);
    const labels = new Int32Array(points.rows);
    return { inertia: assign(points, centers, labels), labels };
  }

  #start(points: Matrix, run: number): Float64Array {
    const { init, nClusters, seed } = this.config;
    const key = keyOf(seed, streamOf(`k-means ${run}`));
    if (init === 'k-means++') return spreadPoints(points, nClusters, key);
    if (init === 'random') return randomPoints(points, nClusters, key);
    const centers = matrixOf('KMeans init', init as Numbers);
    if (centers.rows !== nClusters || centers.columns !== points.columns)
      throw wrongCenters(centers, this, points);
    return centers.values;
  }
}

/** The mean of the features' variances: what `tol` is a share of. */
function meanVariance({ values, rows, columns }: Matrix): number {
  let total = 0;
  for (let d = 0; d < columns; d++) {
    let [mean, squares] = [0, 0];
    for (let i = 0; i < rows; i++) mean += values[i * columns + d]! / rows;
    for (let i = 0; i < rows; i++) squares += (values[i * columns + d]! - mean) ** 2;
    total += squares / rows;
  }
  return total / columns;
}

function warnOfFew(found: number, wanted: number): void {
  if (found === wanted) return;
  const text = `KMeans found ${found} groups where nClusters is ${wanted}: there may be points that occur twice.`;
  warnOnce('KMeans groups', text);
}

const tooManyClusters = (clusters: number, rows: number) =>
  problem('argument-value', {
    subject: 'KMeans nClusters',
    expected: `at most ${rows}, the number of rows`,
    received: `${clusters}`,
  });

const wrongCenters = (centers: Matrix, { config }: KMeans, { columns }: Matrix) =>
  problem('shape-mismatch', {
    subject: 'KMeans init',
    expected: `centers of shape ${showShape([config.nClusters, columns])}, one row for each of nClusters`,
    received: showShape([centers.rows, centers.columns]),
  });

/** Groups without labels: centres wander to the middle of the points nearest to them, until nothing changes. */

import { type Tensor, tensor } from 'myelin';
import { blobs } from 'myelin/datasets';
import { KMeans } from 'myelin/estimators';
import { panels, plotLines, plotScatter } from 'myelin/plot';
import { lesson } from './lesson.js';

const middles = [[-6, -4], [-5, 4], [0, 0], [1, 7], [6, 3], [5, -5]]; // biome-ignore format: a table
const asRows = (x: Tensor) => x.toArray() as number[][];
const list = (values: readonly number[]) => `(${values.map((value) => value.toFixed(2)).join(', ')})`;

type Write = (text: string) => void;

/** Two groups from a poor start, to watch the centres move step by step. */
async function stepByStep(x: Tensor, write: Write) {
  const paths: number[][][] = [];
  const two = new KMeans({ nClusters: 2, init: [[-6, -6], [-5, -6]], nInit: 1 }); // biome-ignore format: short
  await two.fit(x, {
    onIteration: ({ iteration, centers, inertia }) => {
      paths.push(asRows(centers));
      write(
        `step ${iteration}: centres at ${asRows(centers).map(list).join(' and ')}, inertia ${inertia.toFixed(0)}`,
      );
    },
  });
  const way = (center: number) => ({
    x: paths.map((centers) => centers[center]![0]!),
    y: paths.map((centers) => centers[center]![1]!),
  });
  return { two, ways: { 'centre 0': way(0), 'centre 1': way(1) } };
}

/** How many groups? Where the fall of the inertia bends. */
async function inertias(x: Tensor, seed: number) {
  const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const y: number[] = [];
  for (const nClusters of counts) {
    const fitted = new KMeans({ nClusters, nInit: 4, seed });
    await fitted.fit(x);
    y.push(fitted.inertia);
  }
  return { inertia: { x: counts, y } };
}

export const { options, run } = lesson('kmeans', {
  figure: 'inertia of six groups',
  digits: 1,
  async run({ write, show, save, seed, small }) {
    const { x } = blobs({ nSamples: small ? 120 : 600, centers: middles, clusterStd: 1.1, seed });
    const { two, ways } = await stepByStep(x, write);
    write('\nInertia adds the squared distances to the nearest centre: each step makes it smaller.\n');

    const six = new KMeans({ nClusters: 6, nInit: 10, seed });
    const labels = await six.fitPredict(x);
    const group = (await six.predict(tensor([[1.5, 1]]))).data()[0];
    write(`Six groups around ${asRows(six.clusterCenters).map(list).join(', ')}.`);
    write(`A new point at (1.5, 1) belongs to group ${group}.\n`);

    const plot = panels([
      plotScatter(x, { labels: two.labels, centers: two.clusterCenters, title: 'k = 2' }),
      plotLines(ways, { title: 'k = 2: the way of the centres', xLabel: 'x', yLabel: 'y' }),
      plotScatter(x, { labels, centers: six.clusterCenters, title: 'k = 6' }),
      plotLines(await inertias(x, seed), { title: 'Inertia', xLabel: 'groups', yLabel: 'inertia' }),
    ]);
    show(plot);
    await save(plot);
    return six.inertia;
  },
});

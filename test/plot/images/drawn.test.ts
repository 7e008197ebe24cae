import { beforeAll, expect, test } from 'vitest';
import { Conv2D, Dense, Flatten, Sequential, zeros } from '../../../src/index.js';
import {
  type Plot,
  plotActivations,
  plotFilters,
  plotImages,
  plotModel,
  plotNetwork,
} from '../../../src/plot/index.js';

const plots: Record<string, Plot> = {};

beforeAll(async () => {
  const conv = new Sequential([
    new Conv2D(3, 3, { inputShape: [8, 8, 1] }),
    new Flatten(),
    new Dense(40),
    new Dense(2),
  ]);
  const dense = new Sequential([new Dense(30, { inputShape: [100] }), new Dense(3)]);
  plots.images = plotImages(zeros([3, 8, 8]), { captions: ['a', 'b', 'c'] });
  plots.none = plotImages(zeros([0, 8, 8]));
  plots.filters = plotFilters(conv.getLayer(0));
  plots.activations = await plotActivations(conv, zeros([8, 8, 1]));
  plots.network = plotNetwork(dense, { activations: zeros([100]), classes: ['x', 'y', 'z'] });
  plots.model = plotModel(conv);
});

test.each(['images', 'none', 'filters', 'activations', 'network', 'model'])(
  'the picture of %s is drawn as SVG, the same each time, and in a narrow terminal',
  (name) => {
    const plot = plots[name]!;
    expect(plot.svg()).toMatch(/^<svg .*<\/svg>$/s);
    expect(plot.svg()).toBe(plot.svg());
    expect(plot.svg()).not.toMatch(/NaN|undefined|Infinity/);
    expect(
      plot
        .terminal({ width: 10 })
        .split('\n')
        .every((line) => line.length <= 10),
    ).toBe(true);
  },
);

test('what stands beside the output units begins beside them', () => {
  expect(plots.network!.svg()).toMatch(/<text [^>]*text-anchor="start"[^>]*>[^<]*x</);
});

import { expect, test } from 'vitest';
import { smallNetwork, trained } from '../../examples/titanic/models.js';
import { explain } from '../../src/index.js';
import { recorded } from '../cli/surroundings.js';

test('a training step of the network is one program of at most 25 kernels', async () => {
  const x = Array.from({ length: 32 }, (_, row) => Array.from({ length: 8 }, (_, i) => (row + i) % 2));
  const y = x.map((_, row) => row % 2);
  const { model } = await trained(smallNetwork, { seed: 0, epochs: 1 }, { x, y }, recorded().surroundings);
  const programs = explain(model)
    .split(/^== /m)
    .filter((stage) => stage.startsWith('small_network: training step, program =='));
  expect(programs).toHaveLength(1);
  const kernels = programs[0]!.match(/^\d+_\w+\(/gm) ?? [];
  expect(kernels.length).toBeGreaterThan(5);
  expect(kernels.length).toBeLessThanOrEqual(25);
});

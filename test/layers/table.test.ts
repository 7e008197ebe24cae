import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as myelin from '../../src/index.js';
import { Layer } from '../../src/layers/layer.js';
import { checkLayer } from '../check-layer.js';
import { layerTable } from './table.js';

// Layers that end masks warn of it.
beforeAll(() => myelin.setWarnings(false));
afterAll(() => myelin.setWarnings(true));

describe('shapes, configuration, gradients, backends and training hold for', () => {
  test.each(Object.entries(layerTable))('%s', (_, row) => checkLayer(row.make(), row.inputShape, row));
});

const { HostLayer, ImageLayer, RandomImageLayer, Lookup, KernelLayer, TrainableModel } = myelin;
const bases: readonly unknown[] = [
  HostLayer,
  ImageLayer,
  RandomImageLayer,
  Lookup,
  KernelLayer,
  TrainableModel,
];

const classNameOf = (value: unknown): unknown[] =>
  typeof value === 'function' && value.prototype instanceof Layer && !bases.includes(value)
    ? [(value as unknown as { className: string }).className]
    : [];

test('every layer that is exported has a row of its name', () => {
  const rows = Object.keys(layerTable).map((row) => row.split(' ')[0]);
  const names = Object.values(myelin).flatMap(classNameOf);
  expect(names.filter((name) => !rows.includes(name as string))).toEqual([]);
});

test('rows begin with the name of their class', () => {
  for (const [row, { make }] of Object.entries(layerTable)) expect(row.split(' ')[0]).toBe(make().className);
});

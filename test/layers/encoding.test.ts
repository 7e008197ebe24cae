import { afterEach, expect, test } from 'vitest';
import { CategoryEncoding, gradients, setWarnings, tensor } from '../../src/index.js';

afterEach(() => setWarnings(true));

test('weights of categories have gradients', () => {
  const weights = tensor([[0.5, 2, 3]]);
  const layer = new CategoryEncoding(3, { outputMode: 'count' });
  const y = layer.apply(tensor([[0, 2, 0]]), { countWeights: weights });
  expect(y.toArray()).toEqual([[3.5, 0, 2]]);
  const [slope] = gradients(y.mul(tensor([[10, 20, 30]])).sum(), [weights]);
  expect(slope!.toArray()).toEqual([[10, 30, 10]]);
});

test('weights that mean nothing are refused', () => {
  const [x, weights] = [tensor([[0, 1]]), [[1, 2]]];
  expect(() => new CategoryEncoding(2).apply(x, { countWeights: weights })).toThrow(
    /countWeights expected outputMode 'count', received 'multi_hot'/,
  );
  const counting = new CategoryEncoding(2, { outputMode: 'count' });
  expect(() => counting.apply(x, { countWeights: [1, 2] })).toThrow(/the shape of the inputs, \[1, 2\]/);
});

test('categories outside count nowhere, and are warned of', () => {
  const said: string[] = [];
  setWarnings((text) => said.push(text));
  const layer = new CategoryEncoding(2, { outputMode: 'count', name: 'ports' });
  expect(layer.apply(tensor([[0, 2, -1]])).toArray()).toEqual([[1, 0]]);
  layer.apply(tensor([[7]]));
  expect(said).toEqual([
    "CategoryEncoding 'ports' takes whole numbers from 0 to 1 and received 2, which counts nowhere.",
  ]);
});

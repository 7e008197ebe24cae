import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { iris } from '../../../src/datasets/index.js';
import { testData } from '../../examples/data.js';

const file = testData('iris.csv');

test('iris has 150 flowers, 50 of each species, under the names of scikit-learn', () => {
  const { x, y, columns, classes } = iris();
  expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[150, 4], 'float32', [150], 'int32']);
  expect(columns).toEqual(['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)']);
  expect(classes).toEqual(['setosa', 'versicolor', 'virginica']);
  expect([0, 1, 2].map((label) => y.equal(label).cast('int32').sum().item())).toEqual([50, 50, 50]);
});

test('the sums of its columns are those of scikit-learn', () => {
  // python -c "from sklearn.datasets import load_iris; print(load_iris().data.sum(axis=0))"
  const sums = [876.5, 458.6, 563.7, 179.9];
  const { x } = iris();
  const values = Array.from(x.data());
  const found = sums.map((_, column) =>
    values.filter((_, i) => i % 4 === column).reduce((sum, value) => sum + value, 0),
  );
  sums.forEach((sum, column) => {
    expect(found[column]).toBeCloseTo(sum, 3);
  });
});

// The file has the rows of scikit-learn's load_iris, in its order: checked with scikit-learn 1.9.1.
test.skipIf(!file)('every row is that of the file', () => {
  const { x, y, classes } = iris();
  const [, ...lines] = readFileSync(file!, 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  expect(rows.length).toBe(150);
  expect([...x.data()]).toEqual(
    rows.flatMap((row) => row.slice(0, 4).map((word) => Math.fround(Number(word)))),
  );
  expect(Array.from(y.data(), (label) => classes[label])).toEqual(rows.map((row) => row[4]));
});

test('what one caller does to the names of columns, the next does not see', () => {
  iris().columns.push('colour');
  iris().classes.pop();
  expect([iris().columns.length, iris().classes.length]).toEqual([4, 3]);
});

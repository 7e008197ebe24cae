import { expect, test } from 'vitest';
import { titanic } from '../../../src/datasets/index.js';

const { x, y, columns, classes, people } = titanic();
const rows = x.toArray() as number[][];

test('titanic has 2,201 persons in six columns of 0 and 1, of whom 711 were saved', () => {
  expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[2201, 6], 'float32', [2201], 'int32']);
  expect(columns).toEqual(['1st class', '2nd class', '3rd class', 'crew', 'child', 'female']);
  expect(classes).toEqual(['lost', 'saved']);
  expect(y.sum().item()).toBe(711);
  expect(x.sum(0).toArray()).toEqual([325, 285, 706, 885, 109, 470]);
});

test('everybody belongs to one class', () => {
  expect(new Set(rows.map((row) => row.slice(0, 4).reduce((sum, value) => sum + value)))).toEqual(
    new Set([1]),
  );
});

test('the people in words are those of the rows', () => {
  expect(people.length).toBe(2201);
  const labels = y.data();
  people.forEach(({ ticketClass, age, sex, survived }, i) => {
    const place = ['1st', '2nd', '3rd', 'crew'].indexOf(ticketClass);
    const expected = [0, 1, 2, 3].map((other) => Number(other === place));
    expect(rows[i]).toEqual([...expected, Number(age === 'child'), Number(sex === 'female')]);
    expect(labels[i]).toBe(Number(survived));
  });
});

test('the best rule on the columns is right for 0.79', () => {
  const labels = y.data();
  const groups = new Map<string, [number, number]>();
  rows.forEach((row, i) => {
    const counts = groups.get(`${row}`) ?? [0, 0];
    counts[labels[i]! as 0 | 1]++;
    groups.set(`${row}`, counts);
  });
  const right = [...groups.values()].reduce((sum, counts) => sum + Math.max(...counts), 0);
  expect((right / 2201).toFixed(2)).toBe('0.79');
});

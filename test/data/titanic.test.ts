import { expect, test } from 'vitest';
import { titanicTable } from '../../src/data/titanic.js';

const table = titanicTable();
const kindOf = ({ ticketClass, age, sex }: (typeof table)[number]) => `${ticketClass} ${age} ${sex}`;
const survivors = table.filter(({ survived }) => survived).length;

test('2,201 persons were aboard and 711 survived, so "lost" is right for 0.677 of them', () => {
  expect(table.length).toBe(2201);
  expect(survivors).toBe(711);
  expect((1 - survivors / table.length).toFixed(3)).toBe('0.677');
});

test('the sums over class, age and sex are those of the report', () => {
  const count = (wanted: Partial<(typeof table)[number]>) =>
    table.filter((person) =>
      Object.entries(wanted).every(([key, value]) => person[key as keyof typeof person] === value),
    ).length;
  expect(['1st', '2nd', '3rd', 'crew'].map((ticketClass) => count({ ticketClass } as never))).toEqual([
    325, 285, 706, 885,
  ]);
  expect([count({ age: 'child' }), count({ sex: 'female' })]).toEqual([109, 470]);
  expect(count({ age: 'child', survived: false, ticketClass: '1st' })).toBe(0);
});

test('the best rule on the three columns is right for 0.79', () => {
  const kinds = [...new Set(table.map(kindOf))];
  const right = kinds.map((kind) => {
    const persons = table.filter((person) => kindOf(person) === kind);
    const saved = persons.filter(({ survived }) => survived).length;
    return Math.max(saved, persons.length - saved);
  });
  expect((right.reduce((sum, count) => sum + count, 0) / table.length).toFixed(2)).toBe('0.79');
});

import { describe, expect, test } from 'vitest';
import { everyoneAboard } from '../../examples/titanic/aboard.js';
import { listedPassengers } from '../../examples/titanic/listed.js';
import type { Passenger } from '../../examples/titanic/passengers.js';
import { foldPopulation, splitPopulation } from '../../examples/titanic/population.js';

const people = Array.from(
  { length: 40 },
  (_, i): Passenger => ({
    id: String(i),
    survived: i % 3 === 0,
    ticketClass: '3',
    title: 'Mr',
    sex: 'male',
    age: i % 5 === 0 ? null : 20 + i,
    siblings: i % 2,
    parents: 0,
    fare: i % 7 === 0 ? null : 10 + i,
    deck: null,
    port: 'S',
  }),
);

/** The same people, one of them with an age and a fare that would move every mean and median. */
const changed = (row: number) =>
  people.map((person, i) => (i === row ? { ...person, age: 1e4, fare: 1e6, siblings: 500 } : person));
const differing = (a: readonly unknown[], b: readonly unknown[]) =>
  a.filter((row, i) => JSON.stringify(row) !== JSON.stringify(b[i])).length;

describe('no statistic comes from people that are not trained on', () => {
  const parts = (passengers: readonly Passenger[]) =>
    splitPopulation(listedPassengers('people', passengers), 3);

  test('changing a row of the test part changes that row and nothing else', () => {
    const before = parts(people);
    const touched = { train: 0, validation: 0, test: 0 };
    for (const row of people.keys()) {
      const after = parts(changed(row));
      const changes = {
        train: differing(before.train.x, after.train.x),
        validation: differing(before.validation.x, after.validation.x),
        test: differing(before.test.x, after.test.x),
      };
      if (changes.train > 0) touched.train++;
      else if (changes.validation > 0) touched.validation++;
      else touched.test++;
      if (changes.train === 0) expect(changes.validation + changes.test).toBe(1);
    }
    expect(touched).toEqual({ train: 24, validation: 8, test: 8 });
  });

  test('in each fold too', () => {
    const folds = (passengers: readonly Passenger[]) =>
      foldPopulation(listedPassengers('people', passengers), 4, 3);
    const before = folds(people);
    for (const row of people.keys()) {
      const changes = folds(changed(row)).map((after, i) => ({
        train: differing(before[i]!.train.x, after.train.x),
        test: differing(before[i]!.test.x, after.test.x),
      }));
      expect(changes.filter(({ train }) => train === 0)).toEqual([{ train: 0, test: 1 }]);
    }
  });
});

describe('everyone aboard', () => {
  test('is split in parts with the same mix of people', () => {
    const { train, validation, test: kept } = splitPopulation(everyoneAboard(), 0);
    expect([train.y.length, validation.y.length, kept.y.length]).toEqual([1321, 440, 440]);
    for (const { y } of [train, validation, kept]) {
      expect(y.reduce((sum, label) => sum + label, 0) / y.length).toBeCloseTo(711 / 2201, 2);
    }
  });

  test('is encoded as ones and zeros, three ones a person', () => {
    const { features, train } = splitPopulation(everyoneAboard(), 0);
    expect(features.names).toEqual(['1st', '2nd', '3rd', 'crew', 'child', 'adult', 'male', 'female']);
    expect(new Set(train.x.map((row) => row.reduce((sum, value) => sum + value, 0)))).toEqual(new Set([3]));
  });
});

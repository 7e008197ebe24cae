/** The Titanic: who was aboard, and who survived. */

import { type PersonAboard, titanicTable } from '../../data/titanic.js';
import { tensor } from '../../tensor/create.js';
import type { ClassTable } from './iris.js';

/** A table of everyone aboard. */
export interface TitanicTable extends ClassTable {
  /** The same persons in words, one for each row. */
  readonly people: readonly PersonAboard[];
}

/** What is 1 in each column; who has 0 under `child` is an adult, under `female` a man or a boy. */
const features: Readonly<Record<string, (person: PersonAboard) => boolean>> = {
  '1st class': ({ ticketClass }) => ticketClass === '1st',
  '2nd class': ({ ticketClass }) => ticketClass === '2nd',
  '3rd class': ({ ticketClass }) => ticketClass === '3rd',
  crew: ({ ticketClass }) => ticketClass === 'crew',
  child: ({ age }) => age === 'child',
  female: ({ sex }) => sex === 'female',
};

const classes = ['lost', 'saved'];

/**
 * Everyone aboard the Titanic, 2,201 persons: `x` `[2201, 6]` says with 0 and 1 which of four classes a person belonged
 * to, and whether it was a child and female; `y` `[2201]` is 1 for the 711 who were saved. `people` has the same rows in
 * words. Rows come in the order of the source: mix them before you split them, as `trainTestSplit` does.
 *
 * Always answering `lost` is right for 0.677 of them, the best rule on these columns for 0.79.
 *
 * Source: British Board of Trade, Report on the Loss of the "Titanic", 1912; Dawson, Journal of Statistics Education
 * 3(3), 1995.
 *
 * @example
 * const { x, y, columns, classes, people } = titanic();
 * x.shape; // [2201, 6]
 * columns; // ['1st class', '2nd class', '3rd class', 'crew', 'child', 'female']
 * y.sum().item(); // 711
 * classes[1]; // 'saved'
 * people[0]!.ticketClass; // '3rd'
 */
export function titanic(): TitanicTable {
  const people = titanicTable();
  const isTrue = Object.values(features);
  return {
    x: tensor(Float32Array.from(people.flatMap((person) => isTrue.map((holds) => Number(holds(person))))), {
      shape: [people.length, isTrue.length],
    }),
    y: tensor(Int32Array.from(people, ({ survived }) => Number(survived))),
    columns: Object.keys(features),
    classes: [...classes],
    people,
  };
}

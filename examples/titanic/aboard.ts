/** Everyone aboard, known by class, age and sex. */

import { ages, type PersonAboard, sexes, ticketClasses, titanicTable } from '../../src/data/titanic.js';
import type { Features, Population } from './population.js';

const kindOf = ({ ticketClass, age, sex }: PersonAboard) => `${ticketClass} ${age} ${sex}`;

export const everyoneAboard = (): Population<PersonAboard> => ({
  title: 'everyone aboard the Titanic',
  people: titanicTable(),
  survived: ({ survived }) => survived,
  // The table has 14 kinds of people only: spreading each of them evenly leaves little to the luck of the split.
  stratum: (person) => `${kindOf(person)} ${person.survived}`,
  fitFeatures: () => features,
  groups: {
    ...Object.fromEntries(ticketClasses.map((word) => [named(word), isIn('ticketClass', word)])),
    women: (person) => person.sex === 'female' && person.age === 'adult',
    men: (person) => person.sex === 'male' && person.age === 'adult',
    children: isIn('age', 'child'),
  },
  examples: {
    'woman, 1st class': { ticketClass: '1st', age: 'adult', sex: 'female', survived: true },
    'girl, 3rd class': { ticketClass: '3rd', age: 'child', sex: 'female', survived: false },
    'man, crew': { ticketClass: 'crew', age: 'adult', sex: 'male', survived: false },
  },
});

const named = (ticketClass: string) => (ticketClass === 'crew' ? 'crew' : `${ticketClass} class`);

const isIn =
  <Key extends keyof PersonAboard>(key: Key, value: PersonAboard[Key]) =>
  (person: PersonAboard) =>
    person[key] === value;

/** One-hot: nothing here is measured, so nothing has to be fitted. */
const features: Features<PersonAboard> = {
  names: [...ticketClasses, ...ages, ...sexes],
  encode: (people) =>
    people.map(({ ticketClass, age, sex }) => [
      ...oneHot(ticketClasses, ticketClass),
      ...oneHot(ages, age),
      ...oneHot(sexes, sex),
    ]),
};

const oneHot = (words: readonly string[], word: string) => words.map((other) => (other === word ? 1 : 0));

/** The passengers of a file, as the jobs see them. */

import { fitFeatures } from './features.js';
import type { Passenger } from './passengers.js';
import type { Population } from './population.js';

export const listedPassengers = (file: string, people: readonly Passenger[]): Population<Passenger> => ({
  title: file,
  people,
  survived: ({ survived }) => survived === true,
  stratum: ({ survived }) => String(survived),
  fitFeatures,
  groups: {
    '1st class': ({ ticketClass }) => ticketClass === '1',
    '2nd class': ({ ticketClass }) => ticketClass === '2',
    '3rd class': ({ ticketClass }) => ticketClass === '3',
    women: ({ sex }) => sex === 'female',
    men: ({ sex }) => sex === 'male',
    'age unknown': ({ age }) => age === null,
  },
  examples: {
    'Mrs, 38, 1st class, with her husband': {
      ...alone,
      ticketClass: '1',
      title: 'Mrs',
      sex: 'female',
      age: 38,
      siblings: 1,
      fare: 80,
      deck: 'C',
      port: 'C',
    },
    'Master, 6, 2nd class, with his mother': {
      ...alone,
      ticketClass: '2',
      title: 'Master',
      age: 6,
      parents: 1,
      fare: 26,
    },
    'Mr, age unknown, 3rd class, alone': alone,
  },
});

const alone: Passenger = {
  id: '',
  survived: null,
  ticketClass: '3',
  title: 'Mr',
  sex: 'male',
  age: null,
  siblings: 0,
  parents: 0,
  fare: 8,
  deck: null,
  port: 'S',
};

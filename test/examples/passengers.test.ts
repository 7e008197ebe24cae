import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitFeatures, median } from '../../examples/titanic/features.js';
import { type Passenger, readPassengers, titleOf } from '../../examples/titanic/passengers.js';
import { DataError } from '../../src/core/errors.js';
import { testData } from './data.js';

const header = 'PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked';
const csv = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;
const read = (...rows: string[]) => readPassengers(csv(...rows), 'p.csv', true);

const braund = '1,0,3,"Braund, Mr. Owen Harris",male,22,1,0,A/5 21171,7.25,,S';
const rothes = '2,1,1,"Rothes, the Countess. of (Lucy ""Noel"" Dyer)",female,33,0,0,110152,86.5,B77,S';
const icard = '3,1,1,"Icard, Miss. Amelie",female,,0,0,113572,,T,';

describe('readPassengers', () => {
  test('quoted names, missing fields and unknown ports are read', () => {
    const [first, second, third] = read(braund, rothes, icard);
    expect(first).toEqual({
      id: '1',
      survived: false,
      ticketClass: '3',
      title: 'Mr',
      sex: 'male',
      age: 22,
      siblings: 1,
      parents: 0,
      fare: 7.25,
      deck: null,
      port: 'S',
    });
    expect(second).toMatchObject({ title: 'other', deck: 'B', survived: true });
    expect(third).toMatchObject({ title: 'Miss', age: null, fare: null, deck: null, port: null });
  });

  test('a ragged row is named by its line', () => {
    expect(() => read(braund, '2,1,1,Cumings, Mrs. John,female,38,1,0,PC 17599,71.2833,C85,C')).toThrow(
      /^p\.csv line 3 expected 12 fields, as the first line has, received 13\./,
    );
  });

  test('a field that cannot be read is named by line and column', () => {
    expect(() => read(braund.replace('22', 'young'))).toThrow(
      /^p\.csv line 2, column 'Age', expected a number, received 'young'\./,
    );
    expect(() => read(braund.replace('male', 'm'))).toThrow(/expected 'male' or 'female', received 'm'/);
    expect(() => read(braund.replace('1,0,3', '1,,3'))).toThrow(DataError);
  });

  test('missing columns are named with the nearest that are there, Survived only where it is needed', () => {
    const text = csv(braund).replace('Survived', 'survivd').replace('Pclass', 'class');
    expect(() => readPassengers(text, 'p.csv', true)).toThrow(
      /^p\.csv expected columns named 'Survived' and 'Pclass', .*\n {2}fix {4}Rename 'survivd' to 'Survived' and 'class' to 'Pclass'/,
    );
    const unlabelled = csv(braund).replace('Survived', 'Boat');
    expect(readPassengers(unlabelled, 'p.csv', false)[0]?.survived).toBeNull();
  });
});

test('titles are taken out of names, and rare ones together', () => {
  const names = [
    'Moran, Mr. James',
    'Sagesser, Mlle. Emma',
    'Aubart, Mme. Leontine',
    'Uruchurtu, Don. Manuel E',
  ];
  expect(names.map(titleOf)).toEqual(['Mr', 'Miss', 'Mrs', 'other']);
  expect(titleOf('no title')).toBe('other');
});

describe('fitFeatures', () => {
  const passenger = (changes: Partial<Passenger>): Passenger => ({ ...read(braund)[0]!, ...changes });
  const known = [
    passenger({ age: 20, fare: 5 }),
    passenger({ age: 30, fare: 10 }),
    passenger({ age: null, fare: 15 }),
    passenger({ title: 'Master', age: 4, fare: 20 }),
  ];

  const numberOf = (name: string, person: Passenger, fittedOn = known) => {
    const features = fitFeatures(fittedOn);
    return features.encode([person])[0]![features.names.indexOf(name)]!;
  };

  test('a missing age is the median of its title, a missing fare that of its class, and the gap is flagged', () => {
    expect(numberOf('age', passenger({ age: null }))).toBeCloseTo(
      numberOf('age', passenger({ age: 25 })),
      12,
    );
    expect(numberOf('age', passenger({ age: null, title: 'Master' }))).toBeCloseTo(
      numberOf('age', passenger({ age: 4 })),
      12,
    );
    expect(numberOf('age', passenger({ age: null, title: 'Mrs' }))).toBeCloseTo(
      numberOf('age', passenger({ age: 20 })),
      12,
    );
    expect(numberOf('log fare', passenger({ fare: null }))).toBeCloseTo(
      numberOf('log fare', passenger({ fare: 12.5 })),
      12,
    );
    expect(numberOf('age missing', passenger({ age: null }))).toBe(1);
    expect(numberOf('age missing', passenger({ age: 0.42 }))).toBe(0);
  });

  test('measured columns have mean 0 and deviation 1 over what they are fitted on', () => {
    const ages = known.map((person) => numberOf('age', person));
    expect(ages.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(ages.reduce((sum, value) => sum + value ** 2, 0) / ages.length).toBeCloseTo(1, 12);
  });

  test('a column of equal values becomes zeros, not NaN', () => {
    const same = [passenger({ age: null, fare: null }), passenger({ age: null, fare: null })];
    expect(fitFeatures(same).encode(same).flat().every(Number.isFinite)).toBe(true);
    expect(numberOf('family size', passenger({}), same)).toBe(0);
  });

  test('an unknown port or deck is all zeros', () => {
    const { names, encode } = fitFeatures(known);
    const [row] = encode([passenger({ port: null, deck: null })]);
    const flags = names.flatMap((name, i) => (/^(port|deck)/.test(name) ? [row![i]] : []));
    expect(flags).toEqual(new Array(11).fill(0));
  });

  test('statistics come from the known passengers only: changing another changes nothing but its own row', () => {
    const features = fitFeatures(known);
    const others = [passenger({ age: 60 }), passenger({ age: null })];
    const before = features.encode([...known, ...others]);
    const after = features.encode([...known, passenger({ age: 6000, fare: 1e6 }), others[1]!]);
    expect(after.filter((_, i) => i !== known.length)).toEqual(before.filter((_, i) => i !== known.length));
    expect(fitFeatures(known).encode(known)).toEqual(before.slice(0, known.length));
  });
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

const file = testData('titanic.csv');
test.skipIf(file === undefined)('the well-known file is read whole: 891 passengers, 177 without age', () => {
  const people = readPassengers(readFileSync(file!, 'utf8'), 'titanic.csv', true);
  const share = (belongs: (person: Passenger) => boolean) => people.filter(belongs).length;
  expect(people.length).toBe(891);
  expect(share(({ survived }) => survived === true)).toBe(342);
  expect(share(({ age }) => age === null)).toBe(177);
  expect(share(({ deck }) => deck === null)).toBe(688); // 687 empty ones and deck T
  expect(share(({ port }) => port === null)).toBe(2);
  expect(share(({ title }) => title === 'other')).toBe(23);
});

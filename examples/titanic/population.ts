/** What the jobs need to know of a list of people, whichever file or table they come from. */

import { splitRows, stratifiedFolds } from '../../src/data/split.js';

export interface Features<Person> {
  readonly names: readonly string[];
  /** One row of `names.length` numbers a person. */
  encode(people: readonly Person[]): number[][];
}

export interface Population<Person> {
  readonly title: string;
  readonly people: readonly Person[];
  survived(person: Person): boolean;
  /** People of equal stratum are spread evenly over the parts of a split. */
  stratum(person: Person): string;
  /** Features whose every statistic comes from the people given here. */
  fitFeatures(known: readonly Person[]): Features<Person>;
  /** Groups whose survival the report counts. */
  readonly groups: Readonly<Record<string, (person: Person) => boolean>>;
  /** Three people to predict, with their description. */
  readonly examples: Readonly<Record<string, Person>>;
}

export interface Examples {
  readonly x: readonly (readonly number[])[];
  /** 1 for those who survived. */
  readonly y: readonly number[];
}

/** The three parts of the people, in features that were fitted on the first. */
export function splitPopulation<Person>(population: Population<Person>, seed: number) {
  const rows = splitRows(population.people.map(population.stratum), { seed });
  const features = fitOn(population, rows.train);
  const part = (chosen: Int32Array) => examplesOf(population, features, chosen);
  return { features, train: part(rows.train), validation: part(rows.validation), test: part(rows.test) };
}

/** Pairs of training and test parts, each in features that were fitted on its own training part. */
export function foldPopulation<Person>(population: Population<Person>, count: number, seed: number) {
  const folds = stratifiedFolds(population.people.map(population.stratum), count, { seed });
  return folds.map(({ train, test }) => {
    const features = fitOn(population, train);
    return {
      train: examplesOf(population, features, train),
      test: examplesOf(population, features, test),
    };
  });
}

const fitOn = <Person>({ people, fitFeatures }: Population<Person>, rows: Int32Array) =>
  fitFeatures(Array.from(rows, (row) => people[row]!));

function examplesOf<Person>(
  { people, survived }: Population<Person>,
  features: Features<Person>,
  rows: Int32Array,
): Examples {
  const chosen = Array.from(rows, (row) => people[row]!);
  return { x: features.encode(chosen), y: chosen.map((person) => Number(survived(person))) };
}

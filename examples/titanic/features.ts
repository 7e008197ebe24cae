/** Numbers for a network from passengers. All statistics come from the passengers it is fitted on. */

import { decks, type Passenger, ports, titles } from './passengers.js';
import type { Features } from './population.js';

interface Column {
  readonly name: string;
  readonly value: (passenger: Passenger) => number;
  /** Measured columns are scaled to mean 0 and deviation 1; the others are 0 or 1 as they are. */
  readonly scaled?: true;
}

/**
 * Fits missing ages (the median of those with the same title), missing fares (the median of the class) and scales on
 * `known`, and nothing else.
 *
 * @example
 * const features = fitFeatures(training);
 * const x = features.encode(test);
 */
export function fitFeatures(known: readonly Passenger[]): Features<Passenger> {
  const age = fillingBy(
    known,
    ({ title }) => title,
    (passenger) => passenger.age,
  );
  const fare = fillingBy(
    known,
    ({ ticketClass }) => ticketClass,
    (passenger) => passenger.fare,
  );
  const columns = [...groupColumns(), ...measuredColumns(age, fare)].map((column) =>
    column.scaled ? scaledOn(known, column) : column,
  );
  return {
    names: columns.map(({ name }) => name),
    encode: (passengers) => passengers.map((passenger) => columns.map(({ value }) => value(passenger))),
  };
}

const familySize = ({ siblings, parents }: Passenger) => siblings + parents + 1;

function groupColumns(): Column[] {
  const flag = (name: string, holds: (passenger: Passenger) => boolean): Column => ({
    name,
    value: (passenger) => (holds(passenger) ? 1 : 0),
  });
  return [
    flag('female', ({ sex }) => sex === 'female'),
    ...(['1', '2', '3'] as const).map((word) => flag(`class ${word}`, (p) => p.ticketClass === word)),
    ...titles.map((word) => flag(`title ${word}`, ({ title }) => title === word)),
    ...ports.map((word) => flag(`port ${word}`, ({ port }) => port === word)),
    ...decks.map((word) => flag(`deck ${word}`, ({ deck }) => deck === word)),
    flag('deck known', ({ deck }) => deck !== null),
    flag('age missing', ({ age }) => age === null),
    flag('travels alone', (passenger) => familySize(passenger) === 1),
    flag('large family', (passenger) => familySize(passenger) > 4),
  ];
}

function measuredColumns(age: Filling, fare: Filling): Column[] {
  return [
    { name: 'age', value: age, scaled: true },
    { name: 'log fare', value: (passenger) => Math.log1p(fare(passenger)), scaled: true },
    { name: 'family size', value: familySize, scaled: true },
  ];
}

type Filling = (passenger: Passenger) => number;

/** The value, or where it is missing the median of the known passengers in the same group, or of all of them. */
function fillingBy(
  known: readonly Passenger[],
  groupOf: (passenger: Passenger) => string,
  measured: (passenger: Passenger) => number | null,
): Filling {
  const present = known.filter((passenger) => measured(passenger) !== null);
  const medianOf = (passengers: readonly Passenger[]) =>
    passengers.length > 0 ? median(passengers.map((passenger) => measured(passenger)!)) : undefined;
  const groups = new Set(present.map(groupOf));
  const medians = new Map(
    [...groups].map((group) => [group, medianOf(present.filter((p) => groupOf(p) === group))]),
  );
  const overall = medianOf(present) ?? 0;
  return (passenger) => measured(passenger) ?? medians.get(groupOf(passenger)) ?? overall;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function scaledOn(known: readonly Passenger[], { name, value }: Column): Column {
  const values = known.map(value);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance) || 1;
  return { name, value: (passenger) => (value(passenger) - mean) / deviation };
}

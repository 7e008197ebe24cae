/** Passengers as the well-known file with twelve columns has them. Ticket is not read. */

import { type CsvRow, parseCsv } from '../../src/data/csv.js';

export interface Passenger {
  readonly id: string;
  /** `null` where the file does not say. */
  readonly survived: boolean | null;
  readonly ticketClass: '1' | '2' | '3';
  readonly title: Title;
  readonly sex: 'male' | 'female';
  readonly age: number | null;
  /** Brothers, sisters, husband or wife aboard. */
  readonly siblings: number;
  /** Parents and children aboard. */
  readonly parents: number;
  readonly fare: number | null;
  /** The letter of the cabin. */
  readonly deck: string | null;
  /** Where the passenger came aboard: Southampton, Cherbourg, Queenstown. `null` when unknown. */
  readonly port: 'S' | 'C' | 'Q' | null;
}

export const titles = ['Mr', 'Mrs', 'Miss', 'Master', 'other'] as const;
export type Title = (typeof titles)[number];
export const ports = ['S', 'C', 'Q'] as const;
/** One passenger had a cabin on deck T, which counts as unknown. */
export const decks = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

const features = ['Pclass', 'Name', 'Sex', 'Age', 'SibSp', 'Parch', 'Fare', 'Cabin', 'Embarked'];

/**
 * Reads a passenger file. `labelled` files have the column Survived.
 *
 * @throws DataError for missing columns, ragged rows, and fields that cannot be read, with their line.
 */
export function readPassengers(text: string, file: string, labelled: boolean): Passenger[] {
  const columns = ['PassengerId', ...(labelled ? ['Survived'] : []), ...features];
  return parseCsv(text, { columns, name: file }).rows.map((row) => passengerOf(row, labelled));
}

function passengerOf(row: CsvRow, labelled: boolean): Passenger {
  const port = row.text('Embarked');
  const deck = row.text('Cabin').charAt(0);
  return {
    id: row.text('PassengerId'),
    survived: labelled ? row.oneOf('Survived', ['0', '1']) === '1' : null,
    ticketClass: row.oneOf('Pclass', ['1', '2', '3']),
    title: titleOf(row.text('Name')),
    sex: row.oneOf('Sex', ['male', 'female']),
    age: row.optionalNumber('Age'),
    siblings: row.number('SibSp'),
    parents: row.number('Parch'),
    fare: row.optionalNumber('Fare'),
    deck: decks.find((letter) => letter === deck) ?? null,
    port: ports.find((letter) => letter === port) ?? null,
  };
}

/** `Braund, Mr. Owen Harris` has the title `Mr`. */
export function titleOf(name: string): Title {
  const word = /,\s*([^.]*)\./.exec(name)?.[1]?.trim() ?? '';
  const modern = { Mlle: 'Miss', Ms: 'Miss', Mme: 'Mrs' }[word] ?? word;
  return titles.find((title) => title === modern) ?? 'other';
}

/**
 * Everyone aboard the Titanic, 2,201 persons, as 32 counts: British Board of Trade, Report on the Loss of the
 * "Titanic", 1912; as a table: Dawson, The "Unusual Episode" Data Revisited, Journal of Statistics Education 3(3), 1995.
 */

export const ticketClasses = ['1st', '2nd', '3rd', 'crew'] as const;
export const ages = ['child', 'adult'] as const;
export const sexes = ['male', 'female'] as const;

export interface PersonAboard {
  readonly ticketClass: (typeof ticketClasses)[number];
  readonly age: (typeof ages)[number];
  readonly sex: (typeof sexes)[number];
  readonly survived: boolean;
}

/** Persons of the 1st, 2nd and 3rd class and the crew. */
const counts = [
  { survived: false, age: 'child', sex: 'male', persons: [0, 0, 35, 0] },
  { survived: false, age: 'child', sex: 'female', persons: [0, 0, 17, 0] },
  { survived: false, age: 'adult', sex: 'male', persons: [118, 154, 387, 670] },
  { survived: false, age: 'adult', sex: 'female', persons: [4, 13, 89, 3] },
  { survived: true, age: 'child', sex: 'male', persons: [5, 11, 13, 0] },
  { survived: true, age: 'child', sex: 'female', persons: [1, 13, 14, 0] },
  { survived: true, age: 'adult', sex: 'male', persons: [57, 14, 75, 192] },
  { survived: true, age: 'adult', sex: 'female', persons: [140, 80, 76, 20] },
] as const;

/** One record a person, in the order of the counts. */
export function titanicTable(): PersonAboard[] {
  return counts.flatMap(({ survived, age, sex, persons }) =>
    ticketClasses.flatMap((ticketClass, i) =>
      Array.from({ length: persons[i]! }, () => ({ ticketClass, age, sex, survived })),
    ),
  );
}

/** Counts what changes the layers of any model, so that who goes by them need not look at all of them again. */
let changes = 0;

export const changeCount = (): number => changes;
export function noteChange(): void {
  changes++;
}

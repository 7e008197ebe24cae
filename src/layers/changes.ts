/** Counts what changes the layers of any model, so that who goes by them need not look at all of them again. */
let changes = 0;

export const changeCount = (): number => changes;
export function noteChange(): void {
  changes++;
}

/** What a layer has learnt that is no weight: it becomes part of programs, and of copies of the layer. */
export const learntBy = (layer: object): unknown =>
  'learnt' in layer ? (layer.learnt ?? undefined) : undefined;

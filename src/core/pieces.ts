/** Long work in pieces, between which others may have their turn. */

export type Pieces<T> = Generator<void, T, void>;
/** Asked after each piece; it waits when others have waited long enough, and throws what ends the work. */
export type Rest = () => Promise<void> | undefined;

/** All pieces one after another. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

export async function inTurns<T>(work: Pieces<T>, rest?: Rest): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await rest?.();
  }
}

export interface Place {
  readonly path: string;
  readonly group: string;
  readonly category: string | undefined;
}

export const reference: Readonly<
  Record<string, readonly string[] | Readonly<Record<string, readonly string[]>>>
>;
export const paths: readonly string[];
export function placeOf(file: string, name: string): Place | undefined;

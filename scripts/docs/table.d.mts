export interface ListedLesson {
  readonly name: string;
  readonly summary: string;
  /** From the root of the repository: `examples/kmeans.ts`. */
  readonly file: string;
}

export function lessons(): ListedLesson[];
export function firstComment(code: string): string;
export function filesBeside(lesson: ListedLesson): { own: string[]; shared: string[] };

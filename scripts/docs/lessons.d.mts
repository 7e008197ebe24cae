import type { ListedLesson } from './table.mjs';

export interface Output {
  readonly printed: string;
  readonly pictures: ReadonlyMap<string, string>;
}

export const lessonsFolder: string;
export const lessonsIndex: string;
export function outputOnPage(lesson: ListedLesson): Output | undefined;
export function contentsOf(
  lessons: readonly ListedLesson[],
  outputs: ReadonlyMap<string, Output>,
): Map<string, string>;
export function writeContents(contents: ReadonlyMap<string, string>): number;
export function differences(contents: ReadonlyMap<string, string>): string[];

/** Taking times, and writing them down as one line of JSON. */

type Task = () => unknown;

/** Median time of one call in microseconds, after a warm-up. The budget keeps what is slow short. */
export async function latency(task: Task, budget = 6000, most = 2000) {
  const warmUntil = performance.now() + budget / 4;
  for (let i = 0; i < 200 && performance.now() < warmUntil; i++) await task();
  const times: number[] = [];
  const end = performance.now() + budget;
  while (times.length < most && performance.now() < end) times.push(1000 * (await milliseconds(task)));
  return { latency: median(times), calls: times.length };
}

export interface Timed {
  /** Median of the repetitions. */
  readonly seconds: number;
  /** What goes into the line: longest less shortest as a share of the median, and the shortest. */
  readonly spread: { readonly spread: number; readonly best_s: number };
}

export async function timed(task: Task, repetitions: number): Promise<Timed> {
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) times.push((await milliseconds(task)) / 1000);
  const [seconds, best] = [median(times), Math.min(...times)];
  return { seconds, spread: { spread: (Math.max(...times) - best) / seconds, best_s: best } };
}

/** Milliseconds of the median call, of as many as fit into the budget; at least three. */
export async function typical(task: Task, budget = 1200): Promise<number> {
  await task();
  await task();
  const times: number[] = [];
  const end = performance.now() + budget;
  while (times.length < 3 || performance.now() < end) times.push(await milliseconds(task));
  return median(times);
}

export async function milliseconds(task: Task): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** The upper of two in the middle. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;

export type Line = Readonly<Record<string, number | string | undefined>>;

/** One line of JSON, numbers to five digits, with the largest memory that the process had. */
export function report(line: Line): void {
  const all = { ...line, peak_rss_mb: process.resourceUsage().maxRSS / 1024 };
  const rounded = Object.entries(all).map(([key, value]) => [
    key,
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}

/** A number with the digits that say something; nothing for what was not measured. */
export const digits = (value: number) =>
  Number.isNaN(value) ? '' : value.toLocaleString('en', { maximumSignificantDigits: 4 });

/** Columns of equal width, the first two to the left. */
export function print(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  for (const cells of rows) {
    const padded = cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
    console.log(padded.join('  ').trimEnd());
  }
}

/** What Node tells of the process; pages have none. */

export interface Process {
  readonly stdout?: object;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: string;
  memoryUsage?: { rss(): number };
}

export const processOf = (): Process | undefined => (globalThis as { readonly process?: Process }).process;

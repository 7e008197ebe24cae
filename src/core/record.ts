/** Plain objects and maps by name. */

/** The record with each value changed. */
export const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> => {
  // A copy first, so that `__proto__` is a name like any other.
  const changed: Record<string, unknown> = { ...record };
  for (const name of Object.keys(record)) changed[name] = change(record[name]!, name);
  return changed as Record<string, B>;
};

/** What stands at a key, put there when it is first asked for. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

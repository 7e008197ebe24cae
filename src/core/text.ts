/** Words for messages: values as a user would have written them, lists, and what was probably meant. */

const longest = 60;

/** Any value as a user would have written it, short enough for one line. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function')
    return `the ${isClass(value) ? 'class' : 'function'} ${value.name || '(unnamed)'}`;
  if (Array.isArray(value)) return shorten(`[${value.slice(0, longest).map(show).join(', ')}]`);
  return typeof value === 'object' && value !== null ? showObject(value) : String(value);
}

function showObject(value: object): string {
  if (isPlainObject(value)) {
    const keys = Object.keys(value);
    return keys.length ? shorten(`{ ${keys.join(', ')} }`) : '{}';
  }
  // Bundlers put a `_` before the name of a class that refers to itself.
  const name = value.constructor?.name.replace(/^_/, '') || 'object';
  return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
}

const shorten = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Whether a value is made with `new`: a slip where an instance or a function is wanted. */
export const isClass = (value: unknown): value is { readonly name: string } =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

export const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** `'a', 'b' or 'c'`; `others` come after the words, without quotes. */
export function list(words: readonly string[], others: readonly string[] = []): string {
  const items = [...words.map((word) => `'${word}'`), ...others];
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** As `list`, with no more words than fit on a line. */
export function listSome(words: readonly string[], others: readonly string[] = []): string {
  if (words.length <= 7) return list(words, others);
  return list(words.slice(0, 6), [`${words.length - 6} others`, ...others]);
}

/** The word that is fewest edits away, if near enough to be a slip, or the one that `word` abbreviates. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', '');
  const given = plain(word);
  const ranked = words.map((other) => [edits(given, plain(other)), other] as const);
  // Slips in short words keep the first letter: 'gelu' is another activation than 'relu'.
  const isNear = ([distance, other]: (typeof ranked)[number]) => {
    const length = Math.max(given.length, plain(other).length);
    return distance <= length / 3 && (length > 5 || plain(other)[0] === given[0]);
  };
  const [best] = ranked.filter(isNear).sort((a, b) => a[0] - b[0]);
  return best?.[1] ?? words.find((other) => initials(other) === word.toLowerCase());
}

const initials = (name: string) => (name.match(/^[a-z]|[A-Z]|(?<=_)[a-z0-9]/g) ?? []).join('').toLowerCase();

/** Levenshtein's distance, where two neighbours that changed places count once. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

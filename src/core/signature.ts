/** Shape strings: `'m k, k n -> m n'` names the axes of inputs and output; `*s` is any number of axes. */
import { broadcastShapes, type Shape } from './shape.js';

export interface Signature {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/).filter(Boolean);
const parsed = new Map<string, Signature>();

export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const [left, right] = text.split('->') as [string, string];
  const inputs = left.trim() === '' ? [] : left.split(',').map(words);
  const signature = { inputs, output: words(right) };
  parsed.set(text, signature);
  return signature;
}

export const isStar = (word: string): boolean => word.startsWith('*');
/** The name of an axis or of a group of axes. */
export const nameOf = (word: string): string => (isStar(word) ? word.slice(1) : word);

/** One size for a named axis, a list for a star. */
export type Sizes = Record<string, number | number[]>;

/** Why shapes do not fit a signature: which input, and what it should have been. */
export interface Mismatch {
  readonly input: number;
  readonly reason: string;
}

/** Sizes of all axes that the inputs name, or the first thing that does not fit. */
export function bindSizes(signature: Signature, shapes: readonly Shape[]): Sizes | Mismatch {
  const sizes: Sizes = {};
  for (const [input, names] of signature.inputs.entries()) {
    const rest = [...shapes[input]!];
    const plain = names.filter((word) => !isStar(word)).length;
    const stars = rest.length - plain;
    const isOpen = plain < names.length;
    if (isOpen ? stars < 0 : stars !== 0) {
      return { input, reason: `${isOpen ? `at least ${plain}` : plain} axes (${names.join(' ')})` };
    }
    for (const word of names) {
      const reason = isStar(word)
        ? bindStar(sizes, nameOf(word), rest.splice(0, stars))
        : bindAxis(sizes, word, rest.shift()!);
      if (reason) return { input, reason };
    }
  }
  return sizes;
}

export const isMismatch = (bound: Sizes | Mismatch): bound is Mismatch => 'reason' in bound;

function bindStar(sizes: Sizes, name: string, own: number[]): string | undefined {
  const before = sizes[name] as number[] | undefined;
  const both = before ? broadcastShapes(before, own) : own;
  if (!both) return `a shape that broadcasts with [${before!.join(', ')}]`;
  sizes[name] = both;
  return undefined;
}

function bindAxis(sizes: Sizes, name: string, own: number): string | undefined {
  const before = sizes[name] as number | undefined;
  if (before !== undefined && before !== own) return `axis '${name}' of size ${before}`;
  sizes[name] = own;
  return undefined;
}

/** Shape strings: `'m k, k n -> m n'` names the axes of inputs and output; `*s` is any number of axes. */
import { broadcastShapes, type Shape } from './shape.js';

export interface Signature {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** How many words of each input are single axes. */
  readonly single: readonly number[];
}

const words = (text: string) => text.trim().split(/\s+/).filter(Boolean);
const parsed = new Map<string, Signature>();

export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const [left, right] = text.split('->') as [string, string];
  const inputs = left.trim() === '' ? [] : left.split(',').map(words);
  const single = inputs.map((names) => names.filter((word) => !isStar(word)).length);
  const signature = { inputs, output: words(right), single };
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
  for (let input = 0; input < signature.inputs.length; input++) {
    const reason = bindInput(sizes, signature.inputs[input]!, signature.single[input]!, shapes[input]!);
    if (reason) return { input, reason };
  }
  return sizes;
}

/** Why the shape of one input does not fit, if it does not. */
function bindInput(sizes: Sizes, names: readonly string[], single: number, shape: Shape): string | undefined {
  const isOpen = single < names.length;
  const stars = shape.length - single;
  if (isOpen ? stars < 0 : stars !== 0)
    return `${isOpen ? `at least ${single}` : single} axes (${names.join(' ')})`;
  let d = 0;
  for (let i = 0; i < names.length; i++) {
    const word = names[i]!;
    const from = d;
    d += isStar(word) ? stars : 1;
    const reason = isStar(word)
      ? bindStar(sizes, nameOf(word), shape.slice(from, d))
      : bindAxis(sizes, word, shape[from]!);
    if (reason) return reason;
  }
  return undefined;
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

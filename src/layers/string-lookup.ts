import { merge } from '../core/declaration.js';
import { type Field, oneOf } from '../core/fields.js';
import { nestOf } from '../tensor/nested.js';
import type { Tensor } from '../tensor/tensor.js';
import { lookup, lookupFields, type NestedIntegers, type NestedText } from './index-lookup.js';

const anyText = (): Field<string> => ({
  expected: 'a string',
  parse: (given) => (typeof given === 'string' ? given : undefined),
});

const stringFields = () =>
  merge(lookupFields(anyText(), '[UNK]'), {
    /** Bytes of strings, where fingerprints are taken of them. */
    encoding: oneOf(['utf-8'], 'utf-8'),
  });
/**
 * Turns strings into places in a vocabulary, or places back into strings. It works on data: by itself, or as the first
 * layer of a model.
 *
 * Inputs    nested arrays of strings `[batch, ...]`; of whole numbers with `invert`
 * Outputs   the same shape, int32: 0 for masked strings, then the unknown ones, then the vocabulary. With another
 *           `outputMode` as `CategoryEncoding`, with `invert` nested arrays of strings
 * Throws    StateError before `adapt` when no vocabulary was given; DataError for an unknown string without a place
 *
 * @example
 * const ports = new StringLookup({ vocabulary: ['C', 'Q', 'S'] });
 * ports.apply(['S', 'C', 'X']).toArray() // [3, 1, 0]
 */
export class StringLookup extends /* @__PURE__ */ lookup<string, typeof stringFields>(
  'StringLookup',
  stringFields,
) {
  protected override get tokenType() {
    return 'string' as const;
  }

  override apply(strings: NestedText): Tensor;
  /** With `invert`: the strings at places. */
  override apply(places: NestedIntegers | Tensor): NestedText;
  override apply(values: never): Tensor & NestedText {
    return this.encode(values) as Tensor & NestedText;
  }

  override encode(strings: NestedText): Tensor;
  override encode(places: NestedIntegers | Tensor): NestedText;
  override encode(values: never): Tensor | NestedText {
    if (!this.config.invert) return super.encode(values);
    const { leaves, shape } = this.tokensAt(values);
    return nestOf(shape, (i) => leaves[i]!);
  }
}

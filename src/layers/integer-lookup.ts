import { merge } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { int, oneOf } from '../core/fields.js';
import { tensor } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { lookup, lookupFields, type NestedIntegers } from './index-lookup.js';

const integerFields = () =>
  merge(lookupFields(int(), -1), {
    /** Type of the tokens. */
    vocabularyDtype: oneOf(['int64'], 'int64'),
  });

/**
 * Turns whole numbers of any size into places in a vocabulary, or places back into numbers. It works on data: by itself,
 * or as the first layer of a model.
 *
 * Inputs    whole numbers in nested arrays, a typed array or a tensor `[batch, ...]`
 * Outputs   the same shape, int32, as `StringLookup`
 * Throws    as `StringLookup`
 *
 * @example
 * const stations = new IntegerLookup({ vocabulary: [1138, 42] });
 * stations.apply([[42, 7, 1138]]).toArray() // [[2, 0, 1]]
 */
export class IntegerLookup extends /* @__PURE__ */ lookup<number, typeof integerFields>(
  'IntegerLookup',
  integerFields,
) {
  protected override get tokenType() {
    return 'number' as const;
  }

  override apply(values: NestedIntegers | Tensor): Tensor {
    return this.encode(values);
  }

  override encode(values: NestedIntegers | Tensor): Tensor {
    if (!this.config.invert) return super.encode(values);
    const { leaves, shape } = this.tokensAt(values);
    const large = leaves.find((token) => token !== (token | 0));
    if (large === undefined) return tensor(Int32Array.from(leaves), { shape });
    throw problem('token-form', {
      subject: this.subject,
      expected: 'numbers of 32 bits to turn places into',
      received: String(large),
    });
  }
}

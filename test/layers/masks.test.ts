import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import {
  ActivityRegularization,
  AlphaDropout,
  type CallContext,
  Dense,
  Dropout,
  Embedding,
  Flatten,
  Identity,
  InputLayer,
  Lambda,
  LayerNormalization,
  layer,
  Masking,
  maskOf,
  Permute,
  Reshape,
  RMSNormalization,
  Sequential,
  Softmax,
  setWarnings,
  type Tensor,
  tensor,
  zeros,
} from '../../src/index.js';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  resetWarnings();
  setWarnings((text) => said.push(text));
});
afterEach(() => setWarnings(true));

const steps = tensor([
  [
    [1, 2],
    [0, 0],
    [3, 0],
  ],
  [
    [0, 0],
    [0, 4],
    [0, 0],
  ],
]);
const mask = [
  [true, false, true],
  [false, true, false],
];

/** Says which mask it is given. */
class Look extends layer('Look', () => ({})) {
  seen: Tensor | null | undefined;
  override call(x: Tensor, { mask }: CallContext = {}) {
    this.seen = mask;
    return x.mul(2);
  }
}

describe('a mask', () => {
  test('comes from Masking, which makes masked steps 0', () => {
    const x = tensor([
      [
        [7, 1],
        [7, 7],
      ],
    ]);
    const y = new Masking({ maskValue: 7 }).apply(x);
    expect(y.toArray()).toEqual([
      [
        [7, 1],
        [0, 0],
      ],
    ]);
    expect(maskOf(y)?.toArray()).toEqual([[true, false]]);
  });

  test('comes from Embedding when id 0 fills sequences up, and else not', () => {
    const ids = tensor([[2, 1, 0]], { dtype: 'int32' });
    expect(maskOf(new Embedding(3, 2, { maskZero: true }).apply(ids))?.toArray()).toEqual([
      [true, true, false],
    ]);
    expect(maskOf(new Embedding(3, 2).apply(ids))).toBe(null);
  });

  test.each([
    new Dense(2),
    new Dropout(0.5),
    new AlphaDropout(0.5),
    new LayerNormalization(),
    new Identity(),
    new ActivityRegularization(),
  ])('goes on through $className', (each) => {
    expect(maskOf(each.apply(new Masking().apply(steps)))?.toArray()).toEqual(mask);
    expect(said).toEqual([]);
  });

  test.each([new Reshape([6]), new Permute([2, 1]), new Flatten(), new RMSNormalization(), new Look()])(
    'ends at $className, which says so once',
    (each) => {
      const x = new Masking().apply(steps);
      expect(maskOf(each.apply(x))).toBe(null);
      each.apply(x);
      expect(said).toEqual([
        `${each.subject} ends the mask of its inputs: what comes after takes masked steps for real ones.`,
      ]);
    },
  );

  test('is given to `call`, from the inputs or from the caller, who has the last word', () => {
    const look = new Look();
    look.apply(new Masking().apply(steps));
    expect(look.seen?.toArray()).toEqual(mask);
    const other = tensor([
      [true, true, true],
      [true, true, true],
    ]);
    look.apply(new Masking().apply(steps), { mask: other });
    expect(look.seen).toBe(other);
    look.apply(steps);
    expect(look.seen).toBe(null);
  });

  test('of the outputs does not become one of the inputs when a layer gives these back', () => {
    const given = tensor([
      [true, false, true],
      [true, true, true],
    ]);
    const y = new Identity().apply(steps, { mask: given });
    expect([maskOf(y), maskOf(steps)]).toEqual([given, null]);
    expect(y.toArray()).toEqual(steps.toArray());
  });

  test('is what `computeMask` says', () => {
    class Half extends layer('Half', () => ({})) {
      override call(x: Tensor) {
        return x.slice([0, 0, 0], [2, 2, 2]);
      }
      override computeMask(_: Tensor, mask: Tensor | null) {
        return mask?.slice([0, 0], [2, 2]) ?? null;
      }
    }
    expect(maskOf(new Half().apply(new Masking().apply(steps)))?.toArray()).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(maskOf(new Half().apply(steps))).toBe(null);
  });

  test('goes through a Sequential, and through a layer that applies others', () => {
    const look = new Look();
    const model = new Sequential([new Masking(), new Dense(2), look]);
    model.forward(steps);
    expect(look.seen?.toArray()).toEqual(mask);
    class Block extends layer('Block', () => ({})) {
      readonly #masking = new Masking();
      readonly #dense = new Dense(1);
      override call(x: Tensor) {
        return this.#dense.apply(this.#masking.apply(x));
      }
    }
    expect(maskOf(new Block().apply(steps))?.toArray()).toEqual(mask);
  });

  test('passes a layer that only states the shape of inputs', () => {
    const x = new Masking().apply(steps);
    expect(maskOf(new InputLayer([3, 2]).apply(x))?.toArray()).toEqual(mask);
  });

  test('of Lambda is its own affair', () => {
    const x = new Masking().apply(steps);
    expect(maskOf(new Lambda((each) => each.neg()).apply(x))).toBe(null);
    const kept = new Lambda((each) => each.neg(), { mask: (_, before) => before });
    expect(maskOf(kept.apply(x))?.toArray()).toEqual(mask);
  });

  test('leaves elements out of Softmax', () => {
    const y = new Softmax().apply(zeros([1, 3]), { mask: tensor([[true, false, true]]) });
    expect(y.toArray()).toEqual([[0.5, 0, 0.5]]);
    const nothing = new Softmax().apply(zeros([1, 2]), { mask: tensor([[false, false]]) });
    expect(nothing.toArray()).toEqual([[0, 0]]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/fields.js';
import { Dense, IntegerLookup, Sequential, SGD, StringLookup, Tensor, tensor } from '../../src/index.js';

interface LookupCase {
  readonly layer: 'StringLookup' | 'IntegerLookup';
  readonly config: JsonObject;
  readonly adapt?: readonly string[][];
  readonly inputs: readonly string[][];
  readonly outputs: readonly unknown[];
  /** With and without special tokens. */
  readonly vocabulary: readonly unknown[];
  readonly plain: readonly unknown[];
  readonly size: number;
}
const { cases } = JSON.parse(readFileSync('test/layers/lookups.json', 'utf8')) as {
  readonly cases: readonly LookupCase[];
};
const classes = { StringLookup, IntegerLookup } as unknown as Record<string, typeof StringLookup>;
const titleOf = ({ layer, config, adapt }: LookupCase) =>
  `${layer} ${JSON.stringify(config)}${adapt ? ' after adapt' : ''}`;

/** Numbers as Keras's float32 has them, in nested arrays; strings as they are. */
const expectSame = (received: unknown, expected: unknown) => {
  if (received instanceof Tensor) {
    const other = tensor(expected as never);
    expect(received.shape).toEqual(other.shape);
    const distance = received.sub(other).abs().max().item();
    expect(distance).toBeLessThan(1e-6);
  } else expect(received).toEqual(expected);
};

describe.each(cases.map((each) => [titleOf(each), each] as const))('%s is as in Keras', (_, given) => {
  const layer = classes[given.layer]!.fromConfig(given.config);
  if (given.adapt) layer.adapt(given.adapt);

  test('in its vocabulary', () => {
    expect(layer.getVocabulary()).toEqual(given.vocabulary);
    expect(layer.getVocabulary({ includeSpecialTokens: false })).toEqual(given.plain);
    expect(layer.vocabularySize()).toBe(given.size);
  });

  test('in its outputs, also when made again from its configuration', () => {
    const config = JSON.parse(JSON.stringify(layer.getConfig())) as JsonObject;
    const copy = classes[given.layer]!.fromConfig(config);
    expect(copy.getConfig()).toEqual(layer.getConfig());
    for (const [i, input] of given.inputs.entries()) {
      const output: unknown = layer.apply(input);
      expectSame(output, given.outputs[i]);
      expectSame(copy.apply(input), given.outputs[i]);
      if (output instanceof Tensor) {
        const shape = tensor(given.outputs[i] as never).shape;
        const inputShape = Array.isArray(input[0]) ? [input.length, input[0].length] : [input.length];
        expect(layer.computeOutputShape(inputShape)).toEqual(shape);
      }
    }
  });
});

describe('a lookup refuses', () => {
  const vocabulary = ['a', 'b'];
  const made = (options: ConstructorParameters<typeof StringLookup>[0]) => () => new StringLookup(options);

  test('options that contradict each other', () => {
    expect(made({ padToMaxTokens: true })).toThrow(/maxTokens with padToMaxTokens, received none/);
    expect(made({ invert: true, outputMode: 'count' })).toThrow(/outputMode 'int' with invert/);
    expect(made({ idfWeights: [1] })).toThrow(/idfWeights with outputMode 'tf_idf' only/);
    expect(made({ vocabulary, outputMode: 'tf_idf' })).toThrow(/idfWeights for its vocabulary/);
    expect(() => new IntegerLookup({ salt: 1 })).toThrow(/oovMethod 'farmhash' only/);
  });

  test('vocabularies that it cannot use', () => {
    expect(made({ vocabulary: [] })).toThrow(/at least one token/);
    expect(made({ vocabulary: ['a', 'b', 'a'] })).toThrow(/each token once, received 'a'/);
    expect(made({ vocabulary: ['a', ''], maskToken: '' })).toThrow(/special tokens nowhere/);
    expect(made({ vocabulary, maxTokens: 2 })).toThrow(/at most maxTokens, 2, places, received 3/);
    expect(made({ vocabulary, outputMode: 'tf_idf', idfWeights: [1] })).toThrow(/2 idfWeights, received 1/);
    expect(() => new StringLookup().setVocabulary(vocabulary, [1, 2])).toThrow(/'tf_idf' only/);
  });

  test('to learn what it was given, or from nothing', () => {
    expect(() => new StringLookup({ vocabulary }).adapt(['a'])).toThrow(/learns its tokens/);
    expect(() => new StringLookup().adapt([])).toThrow(/at least one sample/);
  });

  test('what are no tokens', () => {
    expect(() => new StringLookup({ vocabulary }).apply([['a', 'b'], ['a']])).toThrow(/rows of one length/);
    expect(() => new IntegerLookup({ vocabulary: [1] }).apply([[1.5]])).toThrow(
      /whole numbers, received 1.5 at \[0, 0\]/,
    );
    const large = new IntegerLookup({ vocabulary: [2 ** 40], invert: true });
    expect(() => large.apply([1])).toThrow(/32 bits/);
  });
});

test('an integer lookup takes tensors and typed arrays, and tokens that float32 does not hold', () => {
  const layer = new IntegerLookup({ vocabulary: [7, 2 ** 40 + 1] });
  expect(layer.apply(tensor([[7, 8]])).toArray()).toEqual([[1, 0]]);
  expect(layer.apply(Int32Array.of(8, 7)).toArray()).toEqual([0, 1]);
  expect(layer.apply([2 ** 40, 2 ** 40 + 1]).toArray()).toEqual([0, 2]);
});

test('adapt forgets what was learnt before', () => {
  const layer = new StringLookup();
  layer.adapt(['a', 'b', 'b']);
  layer.adapt(['c']);
  expect(layer.getVocabulary()).toEqual(['[UNK]', 'c']);
});

test('a lookup that comes first in a model takes its words', async () => {
  const x = ['good film', 'bad film', 'good cast', 'bad cast'].map((text) => text.split(' '));
  const lookup = new StringLookup({ outputMode: 'multi_hot' });
  lookup.adapt(x);
  const model = new Sequential([lookup, new Dense(1, { activation: 'sigmoid' })]);
  model.compile({ optimizer: new SGD({ learningRate: 1 }), loss: 'binary_crossentropy' });
  await model.fit(x, [1, 0, 1, 0], { epochs: 30, verbose: 0 });
  const { loss } = await model.evaluate(x, [1, 0, 1, 0], { verbose: 0 });
  expect(loss).toBeLessThan(0.2);
  expect((await model.predict([['good', 'plot']])).item()).toBeGreaterThan(0.5);
  expect(model.countParams()).toBe(6);
});

import { describe, expect, test } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import { Dense, Embedding, Flatten, gradients, Sequential, setWarnings, tensor } from '../../src/index.js';

const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const known = () => new Embedding(3, 2, { weights: rows });
const nothing = [Number.NaN, Number.NaN];

describe('Embedding', () => {
  test('gives the rows of its weights, for ids of any shape', () => {
    expect(
      known()
        .apply(
          tensor(
            [
              [2, 0],
              [1, 1],
            ],
            { dtype: 'int32' },
          ),
        )
        .toArray(),
    ).toEqual([
      [
        [5, 6],
        [1, 2],
      ],
      [
        [3, 4],
        [3, 4],
      ],
    ]);
    expect(
      known()
        .apply(tensor([2], { dtype: 'int32' }))
        .toArray(),
    ).toEqual([[5, 6]]);
  });

  test('gives NaN for an id outside or none, and counts negative ones from the end, as Keras on JAX', () => {
    const ids = tensor([3, -1, -4, 2 ** 31 - 1], { dtype: 'int32' });
    expect(known().apply(ids).toArray()).toEqual([nothing, [5, 6], nothing, nothing]);
    expect(
      known()
        .apply(tensor([Number.NaN, 1.9, 1e12]))
        .toArray(),
    ).toEqual([nothing, [3, 4], nothing]);
  });

  test('sums the gradients of an id that comes more than once', () => {
    const each = known();
    const y = each.apply(tensor([[1, 1, 2]], { dtype: 'int32' })).sum();
    expect(gradients(y, [each.embeddings])[0]!.toArray()).toEqual([
      [0, 0],
      [2, 2],
      [1, 1],
    ]);
  });

  test('learns in a model that is given integers, and leaves other rows alone', async () => {
    const each = new Embedding(5, 3);
    const model = new Sequential([each, new Flatten(), new Dense(1)]);
    model.compile({ loss: 'mse', optimizer: 'adam' });
    const ids = tensor(
      [
        [1, 2],
        [2, 4],
      ],
      { dtype: 'int32' },
    );
    model.build([null, 2]);
    const before = each.embeddings.toArray() as number[][];
    const { history } = await model.fit(ids, [1, -1], { epochs: 40, verbose: 0 });
    expect(history.loss!.at(-1)!).toBeLessThan(history.loss![0]!);
    const after = each.embeddings.toArray() as number[][];
    expect(after.map((row, i) => String(row) !== String(before[i]))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  test('warns of ids without a row, where they come into a model, and names the first', async () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    const model = new Sequential([new Embedding(3, 2, { name: 'words' })]);
    await model.predict(
      tensor(
        [
          [0, 2],
          [1, 3],
        ],
        { dtype: 'int32' },
      ),
    );
    await model.predict(tensor([[0, -1]]));
    setWarnings(true);
    expect(said).toEqual([
      "predict x has id 3 in row 1: ids of Embedding 'words' are 0 to 2. Larger ones become NaN, negative ones count from the end.",
    ]);
    resetWarnings();
  });

  test('keeps ids apart that are as large as float32 holds them', () => {
    const each = new Embedding(2 ** 16 + 2, 1, { embeddingsInitializer: 'zeros' });
    each.buildOnce([null]);
    const values = new Float32Array(2 ** 16 + 2).map((_, i) => i);
    each.setWeights([values]);
    expect(each.apply(tensor([65537, 65536])).toArray()).toEqual([[65537], [65536]]);
  });

  test('refuses weights of another shape', () => {
    expect(() => new Embedding(3, 2, { name: 'words', weights: [[1, 2]] }).apply(tensor([0]))).toThrow(
      "Embedding 'words' setWeights expected shape [3, 2] for weight 'embeddings', received [1, 2].",
    );
    expect(() => new Embedding(0, 2)).toThrow(
      'Embedding inputDim expected an integer of 1 or more, received 0.',
    );
  });

  test('has a configuration without the weights', () => {
    expect(Object.keys(known().getConfig())).not.toContain('weights');
    expect(known().getConfig()).toMatchObject({ input_dim: 3, output_dim: 2, mask_zero: false });
  });
});

// Lines marked with `@ts-expect-error` must not compile; all others must. `tsc` checks this file, nothing runs it.

import {
  CategoryEncoding,
  Discretization,
  IntegerLookup,
  RandomContrast,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
  Resizing,
  Sequential,
  StringLookup,
  tensor,
} from '../../src/index.js';

export const right = () => [
  new StringLookup({ vocabulary: ['a'], maskToken: '', numOovIndices: 2, salt: [1, 2] }).apply([['a', 'b']])
    .shape,
  new StringLookup({ vocabulary: ['a'], invert: true }).apply([[1, 0]]) satisfies string | readonly unknown[],
  new IntegerLookup({ vocabulary: [1], oovMethod: 'farmhash' }).apply(Int32Array.of(1, 2)).shape,
  new IntegerLookup().getVocabulary().map((token) => token.toFixed()),
  new StringLookup().getVocabulary({ includeSpecialTokens: false }).map((token) => token.trim()),
  new CategoryEncoding(3, { outputMode: 'count' }).apply(tensor([[1]]), { countWeights: [[0.5]] }).shape,
  new Discretization({ numBins: 3 }).adapt([[1, 2]]),
  new RandomFlip(),
  new RandomFlip('vertical', { seed: 1 }),
  new RandomRotation([-0.1, 0.2], { fillMode: 'constant', fillValue: 1, interpolation: 'nearest' }),
  new RandomTranslation(0.1, { widthFactor: [0, 0.1] }),
  new RandomZoom(0.1, { widthFactor: null, dataFormat: 'channels_first' }),
  new RandomContrast([0.1, 0.2], { valueRange: [0, 1] }),
  new Resizing(2, 3, { interpolation: 'lanczos5', inputShape: [28, 28, 1] }),
  new Sequential([new StringLookup({ vocabulary: ['a'] })]),
];

export const wrong = () => [
  // @ts-expect-error numbers are no strings to know
  new StringLookup({ vocabulary: [1] }),
  // @ts-expect-error no such mode
  new RandomFlip('diagonal'),
  // @ts-expect-error the angle comes first
  new RandomRotation(),
  // @ts-expect-error no such way between pixels
  new Resizing(2, 3, { interpolation: 'area' }),
  // @ts-expect-error the number of categories comes first
  new CategoryEncoding({ outputMode: 'count' }),
  // @ts-expect-error strings do not become numbers of bins
  new Discretization({ binBoundaries: ['a'] }),
];

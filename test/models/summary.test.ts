import { describe, expect, test } from 'vitest';
import {
  Activation,
  ActivityRegularization,
  AveragePooling2D,
  Dense,
  Dropout,
  ELU,
  Flatten,
  GaussianNoise,
  GlobalAveragePooling2D,
  Identity,
  LeakyReLU,
  Masking,
  MaxPooling2D,
  PReLU,
  ReLU,
  Rescaling,
  Reshape,
  Sequential,
  Softmax,
  SpatialDropout2D,
  UnitNormalization,
  ZeroPadding2D,
} from '../../src/index.js';
import { drawTable } from '../../src/models/table.js';
import { modelOf, summaryCases } from './keras.js';

function summaryOf(model: Sequential, options: Parameters<Sequential['summary']>[0] = {}): string {
  const lines: string[] = [];
  model.summary({ lineLength: 65, ...options, printFn: (printed) => lines.push(printed) });
  return lines.join('');
}

describe('a summary is that of Keras, character by character', () => {
  for (const { id, model: config, options, line_length, text, total_params } of summaryCases()) {
    test(id, () => {
      const model = modelOf(config);
      const showTrainable = options.show_trainable ?? false;
      expect(summaryOf(model, { lineLength: line_length, showTrainable })).toBe(text);
      expect(model.countParams()).toBe(total_params);
    });
  }
});

describe('a summary', () => {
  test('has question marks before shapes are known', () => {
    const model = new Sequential([new Flatten(), new Dense(3)]);
    expect(summaryOf(model)).toBe(`Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┓
┃ Layer (type)               ┃ Output Shape        ┃    Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━┩
│ flatten (Flatten)          │ ?                   │          0 │
│                            │                     │  (unbuilt) │
├────────────────────────────┼─────────────────────┼────────────┤
│ dense (Dense)              │ ?                   │          0 │
│                            │                     │  (unbuilt) │
└────────────────────────────┴─────────────────────┴────────────┘
 Total params: 0 (0.00 B)
 Trainable params: 0 (0.00 B)
 Non-trainable params: 0 (0.00 B)
`);
  });

  test('shows the layers of models inside, as Keras does', () => {
    const deep = new Sequential([new Dense(3, { name: 'a' })], { name: 'deep' });
    const inner = new Sequential([new Dense(8, { name: 'x' }), deep], { name: 'inner' });
    const model = new Sequential([inner, new Dense(1, { name: 'o' })], { name: 'outer' });
    model.build([null, 4]);
    deep.trainable = false;
    const lines = summaryOf(model, { lineLength: 70, expandNested: true }).split('\n');
    expect(lines.filter((line) => line.startsWith('│'))).toEqual([
      '│ inner (Sequential)           │ (None, 3)             │          67 │',
      '│    └ x (Dense)               │ (None, 8)             │          40 │',
      '│    └ deep (Sequential)       │ (None, 3)             │          27 │',
      '│       └ a (Dense)            │ (None, 3)             │          27 │',
      '│ o (Dense)                    │ (None, 1)             │           4 │',
    ]);
  });

  test('counts what the optimizer keeps, after training', async () => {
    const model = new Sequential([new Dense(2, { inputShape: [3] })]);
    model.compile({ optimizer: 'adam', loss: 'mse' });
    expect(summaryOf(model)).not.toContain('Optimizer');
    await model.fit([[1, 2, 3]], [[1, 2]], { verbose: 0 });
    expect(summaryOf(model).split('\n').slice(-5)).toEqual([
      ' Total params: 26 (104.00 B)',
      ' Trainable params: 8 (32.00 B)',
      ' Non-trainable params: 0 (0.00 B)',
      ' Optimizer params: 18 (72.00 B)',
      '',
    ]);
  });

  test('needs room for its columns', () => {
    const model = new Sequential([new Dense(2)]);
    expect(() => model.summary({ lineLength: 20 })).toThrow(
      'summary lineLength expected an integer of 40 or more, received 20.',
    );
    expect(summaryOf(model, { lineLength: 40, showTrainable: true }).split('\n')[1]!.length).toBe(40);
  });

  test('refuses options that it does not have', () => {
    const model = new Sequential([new Dense(2)]);
    expect(() => model.summary({ line_length: 65 } as never)).toThrow(
      "summary expected options among printFn, lineLength, expandNested, showTrainable, received 'line_length'.\n" +
        "  fix    Did you mean 'lineLength'?",
    );
  });
});

test('tables break lines between words and shorten words that are too long', () => {
  const columns = [
    { header: 'A name', width: 9, align: 'left' as const },
    { header: 'Middle', width: 5, align: 'center' as const },
  ];
  expect(
    drawTable(
      columns,
      [
        ['two words here', 'x'],
        ['immeasurable', 'yz'],
      ],
      20,
    ),
  ).toBe(
    [
      '┏━━━━━━━━━━━┳━━━━━━┓',
      '┃ A name    ┃ Mid… ┃',
      '┡━━━━━━━━━━━╇━━━━━━┩',
      '│ two words │  x   │',
      '│ here      │      │',
      '├───────────┼──────┤',
      '│ immeasur… │  yz  │',
      '└───────────┴──────┘',
    ].join('\n'),
  );
});

// What Keras 3.15.1 prints for the same layers.
test('calls a layer unbuilt, before the inputs are known, unless it has no weights whatever they are', () => {
  const ready = [
    new MaxPooling2D(2),
    new AveragePooling2D(2),
    new GlobalAveragePooling2D(),
    new Activation('relu'),
    new ReLU(),
    new LeakyReLU(),
    new ELU(),
    new Softmax(),
    new Dropout(0.1),
    new SpatialDropout2D(0.1),
    new GaussianNoise(0.1),
    new UnitNormalization(),
    new Identity(),
    new ActivityRegularization(),
    new Masking(),
    new Reshape([2, 2]),
  ];
  const waiting = [new Rescaling(0.5), new PReLU(), new ZeroPadding2D(), new Flatten(), new Dense(3)];
  const lines = summaryOf(new Sequential([...ready, ...waiting]), { lineLength: 120 }).split('\n');
  const unbuilt = lines.filter((line) => line.includes('(unbuilt)')).map((line) => line.split(/[()]/)[1]);
  expect(unbuilt).toEqual(waiting.map(({ className }) => className));
  expect(ready.map((layer) => layer.countParams())).toEqual(ready.map(() => 0));
});

import { describe, expect, test } from 'vitest';
import { Callback, Dense, type FitOptions, Sequential, zeros } from '../../src/index.js';

/** Stands for code without types: what is checked here is what it is told. */
const any = (value: unknown) => value as never;
const model = () => new Sequential([new Dense(2, { inputShape: [3] })]);

describe('compile', () => {
  const said = (options: unknown) => {
    try {
      model().compile(any(options));
    } catch (error) {
      return String(error).split('\n');
    }
    return [];
  };

  test('offers the nearest name for an unknown optimizer, loss or metric', () => {
    const optimizer = said({ loss: 'mse', optimizer: 'adm' });
    expect(optimizer[0]).toBe(
      "ConfigError: compile optimizer expected 'sgd', 'adam', 'rmsprop', 'adamw', 'adagrad', 'adadelta', 2 others or an optimizer, received 'adm'.",
    );
    expect(optimizer.slice(1)).toEqual([
      '  where  model.compile',
      "  fix    Did you mean 'adam'?",
      '  code   name-unknown',
    ]);
    expect(said({ loss: 'binary_crossentrop' }).at(-2)).toBe("  fix    Did you mean 'binary_crossentropy'?");
    expect(said({ loss: 'mse', metrics: ['acuracy'] }).at(-2)).toBe("  fix    Did you mean 'accuracy'?");
  });

  test('needs a loss, and a list of metrics', () => {
    expect(said({})[0]).toMatch(/^ConfigError: compile loss expected .*, received nothing\.$/);
    expect(said({ loss: 'mse', metrics: 'accuracy' })[0]).toBe(
      "ConfigError: compile metrics expected an array, such as ['accuracy'], received 'accuracy'.",
    );
  });

  test('refuses options that it does not have', () => {
    expect(said({ loss: 'mse', metric: [] })).toEqual([
      "ConfigError: compile expected options among optimizer, loss, metrics, weightedMetrics, received 'metric'.",
      '  where  model.compile',
      "  fix    Did you mean 'metrics'?",
      '  code   option-unknown',
    ]);
  });

  test('chooses rmsprop when no optimizer is named, as Keras does', () => {
    const compiled = model();
    expect([compiled.optimizer, compiled.loss, compiled.metricsNames]).toEqual([null, null, []]);
    compiled.compile({ loss: 'mse', metrics: ['mae', 'accuracy'] });
    expect(compiled.optimizer!.className).toBe('RMSprop');
    expect(compiled.loss).toBe('mse');
    expect(compiled.metricsNames).toEqual(['loss', 'mae', 'accuracy']);
  });
});

describe('fit', () => {
  async function said(options: unknown): Promise<string[]> {
    const compiled = model();
    compiled.compile({ loss: 'mse' });
    const error = await compiled
      .fit(zeros([3, 3]), zeros([3, 2]), options as FitOptions)
      .catch((reason) => reason);
    return String(error).split('\n');
  }

  const wrong: readonly (readonly [string, unknown, string, string?])[] = [
    [
      'a batch of nothing',
      { batchSize: 0 },
      'fit batchSize expected an integer of 1 or more or null, received 0.',
    ],
    ['half an epoch', { epochs: 0.5 }, 'fit epochs expected an integer of 0 or more, received 0.5.'],
    [
      'a share of 1',
      { validationSplit: 1 },
      'fit validationSplit expected a number of 0 or more and below 1, received 1.',
    ],
    [
      'a share that leaves nothing',
      { validationSplit: 0.9 },
      'fit validationSplit expected a share that leaves samples on both sides of 3, received 0.9.',
    ],
    ['a word for shuffle', { shuffle: 'batch' }, "fit shuffle expected true or false, received 'batch'."],
    ['a third verbosity', { verbose: 3 }, "fit verbose expected 0, 1, 2 or 'auto', received 3."],
    ['no signal', { signal: {} }, 'fit signal expected an AbortSignal or null, received {}.'],
    [
      'no pair',
      { validationData: [[1]] },
      'fit validationData expected an array [x, y] or [x, y, sampleWeight], or batches or null, received [[1]].',
    ],
    [
      'a number as callback',
      { callbacks: [3] },
      'fit callbacks expected an array, each an object with methods such as onEpochEnd, received [3].',
    ],
    ['no options', 5, 'fit expected an object of options as its last argument, received 5.'],
    [
      "Keras's spelling",
      { batch_size: 3 },
      "fit expected options among batchSize, callbacks, signal, sampleWeight, classWeight, epochs, shuffle, validationSplit, validationData, verbose, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFreq, received 'batch_size'.",
      "Did you mean 'batchSize'?",
    ],
  ];
  for (const [name, options, text, fix] of wrong) {
    test(`refuses ${name}`, async () => {
      const lines = await said(options);
      expect(lines.slice(0, 2)).toEqual([
        expect.stringMatching(/^(Config|Data)Error: /),
        '  where  model.fit',
      ]);
      expect(lines[0]).toContain(text);
      if (fix) expect(lines[2]).toBe(`  fix    ${fix}`);
    });
  }

  test('offers the nearest hook for a misspelt one', async () => {
    const lines = await said({ callbacks: [{ onEpocEnd() {} }] });
    expect(lines[0]).toMatch(
      /^ConfigError: fit callbacks expected methods among onTrainBegin, .*, received 'onEpocEnd'\.$/,
    );
    expect(lines[2]).toBe("  fix    Did you mean 'onEpochEnd'?");
    class Mine extends Callback {
      onImprovement() {}
    }
    class Misspelt extends Mine {
      on_epoch_end() {}
    }
    expect((await said({ callbacks: [new Mine()], verbose: 0 }))[0]).not.toContain('Error');
    expect(await said({ callbacks: [new Misspelt()], verbose: 0 })).toContain(
      "  fix    Did you mean 'onEpochEnd'?",
    );
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dense, Sequential } from '../../src/index.js';
import { Progress, type ProgressMode, valueText } from '../../src/models/progress.js';

/** What was written, drawn lines too; a terminal shows each line as last drawn. */
let written = '';
const { stdout } = process;
const isTTY = stdout.isTTY;

beforeEach(() => {
  written = '';
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    written += `${line}\n`;
  });
  vi.spyOn(stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  stdout.isTTY = isTTY;
});

function shown(): string[] {
  const drawn = written.split('\n').map((line) => line.split('\r\x1b[2K').at(-1)!);
  return drawn.slice(0, -1);
}

/** One epoch of ten steps, a tenth of a second each. */
function epoch(mode: ProgressMode, terminal: boolean, epochs: number | null = 3): void {
  vi.useFakeTimers({ toFake: ['performance'] });
  stdout.isTTY = terminal;
  const progress = new Progress(mode, 10, epochs);
  progress.begin(1);
  for (let done = 1; done <= 10; done++) {
    vi.advanceTimersByTime(400);
    progress.step(done, () => ({ loss: 1 / done }));
  }
  progress.end({ accuracy: 0.5, loss: 0.1 });
}

describe('progress', () => {
  test('is nothing at verbose 0', () => {
    epoch(0, true);
    expect(written).toBe('');
  });

  test('is a line an epoch where there is no terminal', () => {
    epoch(1, false);
    expect(shown()).toEqual(['Epoch 2/3 - 4s - 400ms/step - accuracy: 0.5000 - loss: 0.1000']);
  });

  test('is a bar with the time left on a terminal, drawn again and again', () => {
    epoch(1, true);
    const drawn = written.split('\r\x1b[2K');
    expect(drawn[2]).toBe(' 2/10 ━━━━────────────────  3s left - loss: 0.5000'.replace('  3s', ' 3s'));
    expect(shown()).toEqual([
      'Epoch 2/3',
      '10/10 ━━━━━━━━━━━━━━━━━━━━ 4s 400ms/step - accuracy: 0.5000 - loss: 0.1000',
    ]);
  });

  test("is Keras's two lines at verbose 2", () => {
    epoch(2, true);
    expect(shown()).toEqual(['Epoch 2/3', '10/10 - 4s - 400ms/step - accuracy: 0.5000 - loss: 0.1000']);
  });

  test('has no epochs outside of training', () => {
    epoch(1, false, null);
    expect(shown()).toEqual(['10/10 - 4s - 400ms/step - accuracy: 0.5000 - loss: 0.1000']);
  });
});

test('values have four decimals, small ones an exponent as Python writes it', () => {
  const texts = [1.23456, 0.5, 0.0005, -0.00001, 0, Number.NaN, 1e-12].map(valueText);
  expect(texts).toEqual(['1.2346', '0.5000', '5.0000e-04', '-1.0000e-05', '0.0000e+00', 'nan', '1.0000e-12']);
});

test('fit prints a line an epoch unless told otherwise; evaluate and predict print nothing', async () => {
  stdout.isTTY = false;
  const model = new Sequential([new Dense(1, { inputShape: [1] })]);
  model.compile({ loss: 'mse' });
  await model.fit([1, 2], [1, 2], { epochs: 2 });
  expect(shown()).toEqual([
    expect.stringMatching(/^Epoch 1\/2 - 0s - .*\/step - loss: \d+\.\d{4}$/),
    expect.stringMatching(/^Epoch 2\/2 - /),
  ]);
  written = '';
  await model.evaluate([1], [1]);
  await model.predict([1]);
  expect(written).toBe('');
});

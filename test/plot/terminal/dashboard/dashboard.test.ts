import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dense, type FitOptions, LambdaCallback, Sequential, setRandomSeed } from '../../../../src/index.js';
import { Dashboard } from '../../../../src/plot/index.js';
import { VirtualScreen } from './virtual-screen.js';

beforeEach(() => {
  for (const name of ['CI', 'NO_COLOR', 'COLORTERM', 'LC_ALL', 'LC_CTYPE']) vi.stubEnv(name, '');
  vi.stubEnv('TERM', 'xterm-256color');
  vi.stubEnv('LANG', 'C.UTF-8');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const introducer = '\u001b';
const x = Array.from({ length: 64 }, (_, i) => [i / 64]);
const y = x.map(([value]) => 2 * value! + 1);

async function training(dashboard: Dashboard, options: FitOptions = {}): Promise<void> {
  setRandomSeed(0);
  const model = new Sequential([new Dense(1)]);
  model.compile({ loss: 'mse', optimizer: 'sgd', metrics: ['mae'] });
  const callbacks = [dashboard, ...(options.callbacks ?? [])];
  await model.fit(x, y, {
    epochs: 4,
    validationSplit: 0.25,
    batchSize: 16,
    shuffle: false,
    ...options,
    callbacks,
  });
}

/** A dashboard that is told what `fit` would tell it, in a time of its own. */
function told(screen: VirtualScreen, options: object = {}) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const dashboard = new Dashboard({ stream: screen, ...options });
  const model = { optimizer: { learningRate: 0.001 } } as never;
  dashboard.setModel(model);
  dashboard.setParams({ epochs: 3, steps: 100, verbose: 1 });
  dashboard.samples = 3200;
  dashboard.onTrainBegin();
  const step = (seen: number, loss: number) => {
    vi.advanceTimersByTime(200);
    dashboard.seen = seen;
    dashboard.draw(() => ({ loss }));
  };
  const epoch = (number: number, loss: number) => {
    dashboard.onEpochBegin(number);
    for (const seen of [25, 50, 75, 100]) step(seen, loss);
    vi.advanceTimersByTime(200);
    dashboard.onEpochEnd(number, { loss, val_loss: loss + 0.1 });
  };
  return { dashboard, epoch, step };
}

const withoutMemory = (text: string) => text.replace(/ *(arrays|process) \d+ MiB/g, '');

describe('in a terminal', () => {
  test('shows curves, the bar, time left, speed and values in one place', () => {
    const screen = new VirtualScreen(50);
    const { epoch, dashboard, step } = told(screen, { height: 4 });
    epoch(0, 0.7);
    epoch(1, 0.5);
    dashboard.onEpochBegin(2);
    step(50, 0.45);
    expect(`\n${withoutMemory(screen.text)}`).toMatchInlineSnapshot(`
      "
      loss
      0.8 ┤━━━━━━━━━━━┓
          │───────────┗━━━━━━━━━━━━━━━━━━━━━┓
      0.6 ┤           ╰─────────────────────┗━━━━━━━━━━
          │                                 ╰──────────
          └┬──────────────────────────────────────────┬
           1                                          2
           ── train   ━━ validation   (epoch)
      ━━━━━━━━━━━━━━━━━━━━━━──────────────────────  50%
      Epoch 3/3   step 50/100   2s, 0s left
      loss 0.4500   val_loss 0.6000
      8000 samples/s   learning rate 0.001
      "
    `);
  });

  test('no frame leaves characters of the one before', () => {
    const screen = new VirtualScreen(50);
    const { epoch, dashboard } = told(screen, { height: 4 });
    epoch(0, 123456.789);
    epoch(1, 0.5);
    epoch(2, 0.4);
    dashboard.onTrainEnd();
    dashboard.close();
    const fresh = new VirtualScreen(50);
    fresh.write(screen.written.at(-1)!.replace(new RegExp(`${introducer}\\[\\d+A`), ''));
    expect(screen.text).toBe(fresh.text);
    expect(screen.text.match(/Epoch/g)).toHaveLength(1);
  });

  test('a terminal that does not know its size is taken as 80 by 24', () => {
    const screen = new VirtualScreen(0, 0);
    const { epoch } = told(screen);
    epoch(0, 0.7);
    const lines = screen.written.at(-1)!.split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(8);
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(60);
  });

  test('a frame is one write, held until it is whole, with the cursor back at its end', () => {
    const screen = new VirtualScreen();
    const { epoch } = told(screen);
    epoch(0, 0.7);
    expect(screen.written.every((frame) => frame.startsWith('\u001b[?2026h\u001b[?25l'))).toBe(true);
    expect(screen.written.every((frame) => frame.endsWith('\u001b[?25h\u001b[?2026l'))).toBe(true);
    expect(screen.isCursorShown && !screen.isHeld).toBe(true);
    expect(screen.cursor[1]).toBe(0);
  });

  test('draws at most ten times a second, and reads the values only then', () => {
    const screen = new VirtualScreen();
    const { dashboard } = told(screen);
    dashboard.onEpochBegin(0);
    const logs = vi.fn(() => ({ loss: 1 }));
    for (let seen = 1; seen <= 100; seen++) {
      vi.advanceTimersByTime(10);
      dashboard.seen = seen;
      dashboard.draw(logs);
    }
    expect(screen.written).toHaveLength(10);
    expect(logs).toHaveBeenCalledTimes(10);
  });

  test('what others write appears above, and nothing of it is lost', () => {
    const screen = new VirtualScreen(50);
    const { epoch, dashboard } = told(screen, { height: 4 });
    epoch(0, 0.7);
    screen.write('one\n');
    epoch(1, 0.6);
    screen.write('without an end');
    epoch(2, 0.5);
    dashboard.onTrainEnd();
    dashboard.close();
    screen.write('after\n');
    const lines = screen.text.split('\n');
    expect(lines.slice(0, 2)).toEqual(['one', 'without an end']);
    expect(lines.at(-1)).toBe('after');
    expect(screen.text.match(/Epoch/g)).toHaveLength(1);
  });

  test('a window that becomes narrower is filled anew', () => {
    const screen = new VirtualScreen(80, 40);
    const { epoch, dashboard } = told(screen);
    epoch(0, 0.7);
    screen.resize(34);
    epoch(1, 0.6);
    dashboard.onTrainEnd();
    const lines = screen.text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(34);
    expect(screen.text.match(/Epoch/g)).toHaveLength(1);
  });

  test.each([
    [10, 4],
    [10, 30],
    [40, 12],
    [200, 60],
  ])('fits into %i columns and %i rows', (columns, rows) => {
    const screen = new VirtualScreen(columns, rows);
    const { epoch } = told(screen);
    epoch(0, 0.7);
    const lines = screen.text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
    expect(lines.length).toBeLessThan(rows);
  });
});

describe('in a training', () => {
  test('takes the place of the bar of fit, and ends with the last epoch', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const screen = new VirtualScreen();
    await training(new Dashboard({ stream: screen }));
    expect(log).not.toHaveBeenCalled();
    expect(screen.text).toMatch(/Epoch 4\/4 {3}step 3\/3/);
    expect(screen.text).toMatch(/loss \d\.\d{4}.*val_loss \d\.\d{4}/s);
    expect(screen.text).toMatch(/samples\/s/);
    expect(screen.text).toMatch(/arrays \d+ MiB/);
  });

  test('the stream is as before after an error, and after a signal', async () => {
    const screen = new VirtualScreen();
    const { write } = screen;
    const failing = new LambdaCallback({
      onEpochEnd: () => {
        throw new Error('no more');
      },
    });
    await expect(training(new Dashboard({ stream: screen }), { callbacks: [failing] })).rejects.toThrow(
      'no more',
    );
    expect(screen.write).toBe(write);
    expect(Object.hasOwn(screen, 'write')).toBe(false);
    expect(screen.isCursorShown && !screen.isHeld).toBe(true);

    const stop = new AbortController();
    const aborting = new LambdaCallback({ onEpochEnd: () => stop.abort() });
    const run = training(new Dashboard({ stream: screen }), { callbacks: [aborting], signal: stop.signal });
    await expect(run).rejects.toThrow('aborted');
    expect(screen.write).toBe(write);
    expect(screen.isCursorShown && !screen.isHeld).toBe(true);
  });

  test('shows nothing with verbose 0', async () => {
    const screen = new VirtualScreen();
    await training(new Dashboard({ stream: screen }), { verbose: 0 });
    expect(screen.written).toEqual([]);
  });

  test('a metric that the training has not is an error', async () => {
    const screen = new VirtualScreen();
    await expect(training(new Dashboard({ stream: screen, metrics: ['acc'] }))).rejects.toThrow(
      "Dashboard metrics expected 'loss' or 'mae', received 'acc'.",
    );
    expect(() => new Dashboard({ stream: 5 as never })).toThrow(/stream expected a stream/);
    expect(() => new Dashboard({ height: 0 })).toThrow(/height expected/);
  });
});

describe('elsewhere', () => {
  test('a metric that the training has not is an error too', async () => {
    const screen = new VirtualScreen();
    screen.isTTY = false;
    await expect(training(new Dashboard({ stream: screen, metrics: ['acc'] }))).rejects.toThrow(/'acc'/);
  });

  test.each([
    ['no terminal', {}, false],
    ['CI', { CI: 'true' }, true],
    ['a dumb terminal', { TERM: 'dumb' }, true],
  ])('writes a line an epoch: %s', async (_, environment, isTTY) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const screen = new VirtualScreen(200);
    screen.isTTY = isTTY;
    await training(new Dashboard({ stream: screen }), { epochs: 2 });
    const lines = screen.text.split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(
      /^Epoch 2\/2 - loss: .* - mae: .* - val_loss: .* - val_mae: .* - \ds - .* samples\/s$/,
    );
    expect(screen.written.join('')).not.toContain('\u001b');
  });

  test('without a stream the lines go to the console', async () => {
    vi.stubGlobal('process', undefined);
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { epoch, dashboard } = told(new VirtualScreen(), { stream: null });
    epoch(0, 0.7);
    dashboard.close();
    vi.unstubAllGlobals();
    expect(log.mock.calls).toEqual([['Epoch 1/3 - loss: 0.7000 - val_loss: 0.8000 - 1s - 3200 samples/s']]);
  });
});

/** Gradient descent, momentum, RMSprop and Adam in the same valley, with steps too small, right and too large. */

import { Adam, Dense, type Optimizer, RMSprop, random, Sequential, SGD, setRandomSeed, tensor } from 'myelin';
import { panels, plotLines } from 'myelin/plot';
import { lesson } from './lesson.js';
import { aligned } from './text.js';

/** Rates from too small to too large; each optimizer has its own. */
const optimizers: Record<string, { rates: readonly number[]; make(learningRate: number): Optimizer }> = {
  'gradient descent': {
    rates: [0.005, 0.08, 0.13],
    make: (learningRate) => new SGD({ learningRate }),
  },
  'SGD with momentum 0.9': {
    rates: [0.0005, 0.01, 0.24],
    make: (learningRate) => new SGD({ learningRate, momentum: 0.9 }),
  },
  RMSprop: {
    rates: [0.002, 0.05, 1],
    make: (learningRate) => new RMSprop({ learningRate }),
  },
  Adam: {
    rates: [0.003, 0.2, 20],
    make: (learningRate) => new Adam({ learningRate }),
  },
};
const words = ['too small', 'right', 'too large'];

export const { options, run } = lesson('learning-rates', {
  figure: 'loss of Adam at the right rate',
  digits: 4,
  async run({ write, show, save, seed, small, signal }) {
    // A valley: the second input varies three times as much, so that its weight feels a slope nine times as steep.
    const x = random.normal([200, 2], { seed }).mul(tensor([1, 3]));
    const y = x.matmul(tensor([[2], [-1]])).add(0.5);
    const epochs = small ? 30 : 80;
    const rows = [['loss after', ...words]];
    const charts = [];
    for (const [name, { rates, make }] of Object.entries(optimizers)) {
      const curves: Record<string, number[]> = {};
      for (const [i, rate] of rates.entries()) {
        setRandomSeed(seed);
        const model = new Sequential([new Dense(1, { inputShape: [2] })]);
        model.compile({ optimizer: make(rate), loss: 'mean_squared_error' });
        // One batch holds everything: the slope is that of the whole error, without noise.
        const { history } = await model.fit(x, y, { epochs, batchSize: 200, verbose: 0, signal });
        curves[`${rate}, ${words[i]}`] = history.loss!;
      }
      const last = Object.values(curves).map((losses) => losses.at(-1)!);
      rows.push([`  ${name}`, ...last.map((loss) => loss.toPrecision(2))]);
      charts.push(plotLines(curves, { title: name, xLabel: 'step', yLabel: 'loss', logScale: true }));
    }
    write(`${aligned(rows)}\n`);
    write(
      'Too small: it arrives too late. Too large: each step lands higher on the other side of the valley.',
    );
    write('Momentum gathers speed along the valley; RMSprop and Adam give each weight a step of its own.\n');
    const plot = panels(charts, { title: 'Four optimizers, three learning rates', columns: 2 });
    show(plot);
    await save(plot);
    return Number(rows.at(-1)![2]);
  },
});

/** Infected or healthy? One cell in ten is ill, and to miss one costs more than a false alarm. */

import * as m from 'myelin';
import { drawnCells } from 'myelin/datasets';
import { rocAucScore, rocCurve } from 'myelin/estimators';
import { panels, plotHistogram, plotLines, plotRoc } from 'myelin/plot';
import { lesson } from './lesson.js';
import { scaled, underChances } from './pictures.js';
import { aligned } from './text.js';

const share = 0.1;
const price = 20; // what a missed case costs, in false alarms

function network(): m.Sequential {
  const conv = (filters: number) => new m.Conv2D(filters, 3, { padding: 'same', activation: 'relu' });
  const look = (filters: number) => [conv(filters), new m.BatchNormalization({ momentum: 0.9 })];
  const seen = [...look(16), new m.MaxPooling2D(2), ...look(32), new m.MaxPooling2D(2), ...look(32)];
  const model = new m.Sequential([
    ...[m.Input([32, 32, 3]), new m.RandomFlip(), ...seen],
    new m.GlobalMaxPooling2D(), // a parasite counts wherever it lies
    new m.Dense(1, { activation: 'sigmoid' }),
  ]);
  model.compile({ optimizer: new m.Adam({ learningRate: 3e-3 }), loss: 'binary_crossentropy' });
  return model;
}

/** What a threshold brings: cases missed, healthy cells that alarm, and the cost of both. */
function mistakes(chances: readonly number[], ill: readonly number[], threshold: number) {
  const missed = ill.filter((label, i) => label === 1 && chances[i]! < threshold).length;
  const alarms = ill.filter((label, i) => label === 0 && chances[i]! >= threshold).length;
  return { missed, alarms, cost: price * missed + alarms };
}

export const { options, run } = lesson('cell-images', {
  figure: 'area under the ROC curve',
  digits: 3,
  async run({ write, show, save, seed, small, verbose, signal }) {
    const cells = (count: number, part: number) =>
      scaled(drawnCells({ nSamples: small ? count / 2 : count, seed: 3 * seed + part, share }));
    const [train, known, test] = [cells(600, 0), cells(1000, 1), cells(2000, 2)];
    m.setRandomSeed(seed);
    const model = network();
    // As if both kinds were equally many: else "healthy", always, is right nine times in ten.
    const classWeight = { 0: 0.5 / (1 - share), 1: 0.5 / share };
    await model.fit(train.x, train.y, { epochs: 8, classWeight, verbose, signal });

    const chancesOf = async (x: m.Tensor) =>
      Array.from((await model.predict(x, { verbose: 0 })).data(), Number);
    const [chances, ill] = [await chancesOf(test.x), Array.from(test.y.data(), Number)];
    // Chosen on cells that neither training nor the test has seen.
    const [guesses, truth] = [await chancesOf(known.x), Array.from(known.y.data(), Number)];
    const thresholds = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const costs = thresholds.map((threshold) => mistakes(guesses, truth, threshold).cost);
    const chosen = thresholds[costs.indexOf(Math.min(...costs))]!;
    const rows = [1.1, 0.9, 0.5, 0.1, chosen].map((threshold, i) => {
      const { missed, alarms, cost } = mistakes(chances, ill, threshold);
      const name = ['always healthy', '0.9', '0.5', '0.1', `chosen: ${chosen}`][i]!;
      return [`  ${name}`, `${missed}`, `${alarms}`, `${cost}`];
    });
    write(`\n${aligned([['threshold', 'missed', 'false alarms', 'cost'], ...rows])}\n`);

    const kind = (label: number) => chances.filter((_, i) => ill[i] === label);
    const isRight = (chance: number, i: number) => Number(chance >= chosen) === ill[i];
    const plot = panels(
      [
        underChances(test.x, chances.slice(0, 16), isRight, { title: 'Chance of infection', columns: 4 }),
        plotRoc(rocCurve(ill, chances), { title: 'ROC curve' }),
        plotHistogram({ healthy: kind(0), infected: kind(1) }, { title: 'Chances given', xLabel: 'chance' }),
        plotLines(
          { cost: { x: thresholds, y: costs } },
          { title: 'What thresholds cost', xLabel: 'threshold' },
        ),
      ],
      { columns: 2 },
    );
    show(plot);
    await save(plot);
    return rocAucScore(ill, chances);
  },
});

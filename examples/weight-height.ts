/** Child or adult? A first network: a handful of people, then 2,100 made ones with a validation split. */

import { Adam, Dense, random, Sequential, setRandomSeed, stack, type Tensor, tensor } from 'myelin';
import { MinMaxScaler } from 'myelin/estimators';
import { panels, plotBoundary, plotHistory } from 'myelin/plot';
import { lesson } from './lesson.js';

const classes = ['child', 'adult'];
/** Weight in kilograms, height in centimetres. */
const handful = tensor([[29, 132], [41, 150], [33, 138], [82, 181], [57, 163], [70, 175]]); // biome-ignore format: a table
const labels = tensor([0, 0, 0, 1, 1, 1]);

/** Bodies around the mean of their age; the tall ones are heavier, some are stout. */
function madePeople(count: number, seed: number): { x: Tensor; y: Tensor } {
  const y = random.uniform([count], { seed }).less(0.5).cast('float32');
  const tall = random.normal([count], { seed: seed + 1 });
  const stout = random.normal([count], { seed: seed + 2 });
  const height = y.mul(30).add(141).add(tall.mul(10));
  const weight = y.mul(33).add(37).add(tall.mul(6)).add(stout.mul(7));
  return { x: stack([weight, height], 1), y: y.cast('int32') };
}

/** 16, 32 and 2 neurons: 48 + 544 + 66 = 658 numbers to learn. */
function network(): Sequential {
  const model = new Sequential([
    new Dense(16, { activation: 'relu', inputShape: [2] }),
    new Dense(32, { activation: 'relu' }),
    new Dense(2, { activation: 'softmax' }),
  ]);
  model.compile({
    optimizer: new Adam({ learningRate: 1e-4 }),
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

export const { options, run } = lesson('weight-height', {
  figure: 'validation accuracy',
  async run({ write, show, save, seed, small, verbose, signal }) {
    setRandomSeed(seed);
    write(`Six people, weight and height:\n${handful.toString()}\n`);
    const first = network();
    if (verbose) first.summary();
    await first.fit(handful, labels, { epochs: 20, verbose: 0, signal });
    const { accuracy } = await first.evaluate(handful, labels, { verbose: 0 });
    write(
      `After 20 epochs of six people: accuracy ${accuracy!.toFixed(2)}. One small step an epoch is too few.`,
    );

    const { x, y } = madePeople(small ? 525 : 2100, seed);
    const scaler = new MinMaxScaler();
    const scaled = scaler.fitTransform(x);
    write('\n2,100 made people, both columns scaled to 0 to 1, batches of 10: 168 steps an epoch.');
    const model = network();
    const history = await model.fit(scaled, y, {
      epochs: 20,
      batchSize: 10,
      validationSplit: 0.2,
      verbose,
      signal,
    });
    const someone = tensor([[45, 152]]);
    const [probabilities] = (await model.predict(scaler.transform(someone))).toArray() as number[][];
    const said = classes.map((name, i) => `${name} ${(100 * probabilities![i]!).toFixed(0)} %`);
    write(`\nSomeone of 45 kg and 152 cm: ${said.join(', ')}`);
    const plot = panels([
      plotHistory(history),
      await plotBoundary({ predict: (points: Tensor) => model.predict(scaler.transform(points)) }, x, y, {
        title: 'Where the network draws the line',
        xLabel: 'weight, kg',
        yLabel: 'height, cm',
        classes,
      }),
    ]);
    show(plot);
    await save(plot);
    return history.history.val_accuracy!.at(-1)!;
  },
});

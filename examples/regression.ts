/** What does a house cost? A table with bends and a product in it: linear regression, then a network. */

import { Dense, random, Sequential, setRandomSeed, stack, type Tensor } from 'myelin';
import {
  LinearRegression,
  meanAbsoluteError,
  r2Score,
  StandardScaler,
  trainTestSplit,
} from 'myelin/estimators';
import { panels, plotHistory, plotPredictions } from 'myelin/plot';
import { lesson } from './lesson.js';
import { aligned } from './text.js';

const columns = ['area', 'rooms', 'age', 'distance', 'garden'];

/** Made houses. Prices in thousands: area counts for more in the centre, old houses have charm again. */
function houses(count: number, seed: number): { x: Tensor; y: Tensor } {
  const spread = (part: number, low: number, high: number) =>
    random.uniform([count], { low, high, seed: 10 * seed + part });
  const [area, age, distance] = [spread(0, 40, 220), spread(1, 0, 120), spread(2, 0.5, 20)];
  const rooms = area
    .div(28)
    .add(spread(3, 0, 2))
    .floor();
  const garden = spread(4, 0, 1).less(0.4).cast('float32');
  const centre = distance.div(-6).exp();
  const price = area
    .mul(centre.mul(3).add(1.2))
    .add(age.sub(55).square().div(40))
    .add(rooms.mul(6))
    .add(garden.mul(45).mul(centre.mul(-1).add(1)))
    .add(random.normal([count], { stddev: 20, seed: 10 * seed + 5 }));
  return { x: stack([area, rooms, age, distance, garden], 1), y: price };
}

export const { options, run } = lesson('regression', {
  figure: 'test R2',
  async run({ write, show, save, seed, small, verbose, signal }) {
    setRandomSeed(seed);
    const { x, y } = houses(small ? 500 : 2000, seed);
    const { xTrain, xTest, yTrain, yTest } = trainTestSplit(x, y, { testSize: 0.25, seed });
    const scaler = new StandardScaler();
    const [train, test] = [scaler.fitTransform(xTrain), scaler.transform(xTest)];
    const linear = new LinearRegression();
    await linear.fit(train, yTrain);
    const weights = Array.from((linear.coef as Tensor).data(), Number);
    write('Linear regression: what one standard deviation more adds to the price, in thousands.');
    write(aligned(columns.map((name, i) => [`  ${name}`, weights[i]!.toFixed(1)])));
    const model = new Sequential([
      new Dense(32, { activation: 'relu', inputShape: [columns.length] }),
      new Dense(32, { activation: 'relu' }),
      new Dense(1),
    ]);
    model.compile({ optimizer: 'adam', loss: 'mean_squared_error', metrics: ['mean_absolute_error'] });
    // Weights are small: so should be what they must reach. Prices in units of their own spread.
    const price = new StandardScaler();
    const target = price.fitTransform(yTrain.expandDims(1));
    const epochs = small ? 60 : 80;
    const history = await model.fit(train, target, { epochs, validationSplit: 0.2, verbose, signal });

    const byLine = await linear.predict(test);
    const byNetwork = price.inverseTransform(await model.predict(test, { verbose: 0 })).squeeze(-1);
    const row = (name: string, prices: Tensor) => [
      `  ${name}`,
      meanAbsoluteError(yTest, prices).toFixed(1),
      r2Score(yTest, prices).toFixed(3),
    ];
    const rows = [row('linear regression', byLine), row('network 32-32-1', byNetwork)];
    write(`\n${aligned([['on houses not seen before', 'MAE', 'R2'], ...rows])}\n`);
    const plot = panels([
      plotPredictions(yTest, byLine, { title: 'Linear regression' }),
      plotPredictions(yTest, byNetwork, { title: 'Network' }),
      plotHistory(history, { metrics: ['loss'], logScale: true }),
    ]);
    show(plot);
    await save(plot);
    return r2Score(yTest, byNetwork);
  },
});

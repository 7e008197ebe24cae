/** One neuron with a binary step, linear, sigmoid and ReLU: what it learns, why no line solves XOR, and what does. */

import { Adam, Dense, Sequential, setRandomSeed, tensor } from 'myelin';
import { panels, plotBoundary } from 'myelin/plot';
import { lesson } from './lesson.js';
import { aligned } from './text.js';

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const tasks = { AND: [0, 0, 0, 1], OR: [0, 1, 1, 1], XOR: [0, 1, 1, 0] };

/** Rosenblatt's rule: a step has no slope to follow, so each mistake moves the weights by the input itself. */
function binaryStep(y: readonly number[], epochs: number): number[] {
  const w = [0, 0];
  let b = 0;
  const neuron = ([x0, x1]: readonly [number, number]) => (w[0]! * x0 + w[1]! * x1 + b > 0 ? 1 : 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    corners.forEach((x, i) => {
      const error = y[i]! - neuron(x);
      w[0]! += error * x[0];
      w[1]! += error * x[1];
      b += error;
    });
  }
  return corners.map(neuron);
}

const oneNeuron = (activation: 'linear' | 'sigmoid' | 'relu') =>
  new Sequential([new Dense(1, { activation, inputShape: [2], biasInitializer: 'ones' })]);

const withHiddenLayer = () =>
  new Sequential([
    new Dense(8, { activation: 'tanh', inputShape: [2] }),
    new Dense(1, { activation: 'sigmoid' }),
  ]);

const accuracy = (answers: ArrayLike<number>, y: readonly number[]) =>
  y.filter((label, i) => (answers[i]! > 0.5 ? 1 : 0) === label).length / y.length;

export const { options, run } = lesson('perceptron', {
  figure: 'accuracy on XOR',
  async run({ write, show, save, seed, small, signal }) {
    setRandomSeed(seed);
    const epochs = small ? 100 : 400;
    const train = async (model: Sequential, y: readonly number[]) => {
      model.compile({ optimizer: new Adam({ learningRate: 0.1 }), loss: 'mean_squared_error' });
      await model.fit(corners, y, { epochs, verbose: 0, signal });
      return accuracy((await model.predict(tensor(corners))).data() as Float32Array, y);
    };
    const score = (value: number) => value.toFixed(2);
    const rows = [['one neuron', ...Object.keys(tasks)]];
    rows.push(['  step', ...Object.values(tasks).map((y) => score(accuracy(binaryStep(y, 50), y)))]);
    for (const activation of ['linear', 'sigmoid', 'relu'] as const) {
      const row = [`  ${activation}`];
      for (const y of Object.values(tasks)) row.push(score(await train(oneNeuron(activation), y)));
      rows.push(row);
    }
    write(aligned(rows));
    write('\nOne neuron draws one line, and no line parts the corners of XOR: equals lie across.\n');
    const [or, line, bent] = [oneNeuron('sigmoid'), oneNeuron('sigmoid'), withHiddenLayer()];
    await train(or, tasks.OR);
    await train(line, tasks.XOR);
    const solved = await train(bent, tasks.XOR);
    const x = tensor(corners);
    const plots = [
      await plotBoundary(or, x, tasks.OR, { title: 'OR, one neuron' }),
      await plotBoundary(line, x, tasks.XOR, { title: 'XOR, one neuron' }),
      await plotBoundary(bent, x, tasks.XOR, { title: 'XOR, eight hidden neurons' }),
    ];
    const plot = panels(plots, { columns: 3 });
    show(plot);
    await save(plot);
    return solved;
  },
});

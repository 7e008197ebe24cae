// One training step of a small net, every number by hand, then by autograd. Its weights are those of M. Mazur, A Step by
// Step Backpropagation Example (2015): two inputs, two hidden and two output neurons.

import { Dense, grad, Sequential, SGD, sigmoid, type Tensor, tensor } from 'myelin';
import { plotNetwork } from 'myelin/plot';
import { lesson } from './lesson.js';

const [x, target, rate] = [[0.05, 0.1], [0.01, 0.99], 0.5] as const;
/** `w1[i][j]` leads from input i to hidden neuron j, `w2[j][k]` from there to output k, as in a Dense layer. */
const [w1, b1] = [[[0.15, 0.25], [0.2, 0.3]], [0.35, 0.35]] as const; // biome-ignore format: a matrix
const [w2, b2] = [[[0.4, 0.5], [0.45, 0.55]], [0.6, 0.6]] as const; // biome-ignore format: a matrix
type Rows = readonly (readonly number[])[];
const both = [0, 1] as const;
const squash = (z: number) => 1 / (1 + Math.exp(-z));
const shown = (values: readonly number[]) => values.map((value) => value.toFixed(6)).join('  ');

/** The slopes of both matrices of weights, found by the library. */
function byAutograd(): Tensor[] {
  const error = (a: Tensor, b: Tensor) => {
    const hidden = sigmoid(tensor([x]).matmul(a).add(tensor(b1)));
    const output = sigmoid(hidden.matmul(b).add(tensor(b2)));
    return output
      .sub(tensor([target]))
      .square()
      .sum()
      .div(2);
  };
  return grad(error)(tensor(w1), tensor(w2));
}

/** The same net as a model: mean_squared_error of two outputs is the same half of a sum. */
function asSequential(): Sequential {
  const model = new Sequential([1, 2].map(() => new Dense(2, { activation: 'sigmoid' })));
  model.build([null, 2]);
  model.setWeights([w1, b1, w2, b2].map((weights) => tensor(weights)));
  model.compile({ optimizer: new SGD({ learningRate: rate }), loss: 'mean_squared_error' });
  return model;
}

export const { options, run } = lesson('backprop-by-hand', {
  figure: 'largest difference from autograd',
  digits: 7,
  async run({ write, show, save }) {
    write('Forward: each neuron adds its weighted inputs and its bias, then squashes the sum.');
    const hidden = both.map((j) => squash(x[0] * w1[0][j] + x[1] * w1[1][j] + b1[j]));
    const output = both.map((k) => squash(hidden[0]! * w2[0][k] + hidden[1]! * w2[1][k] + b2[k]));
    const error = both.reduce<number>((sum, k) => sum + (target[k] - output[k]!) ** 2 / 2, 0);
    write(`  hidden  ${shown(hidden)}\n  output  ${shown(output)}`);
    write(`  error   ${error.toFixed(6)}, half the squared distance from ${target.join(' and ')}`);

    write(
      '\nBackward, by the chain rule: how the error changes with each sum (delta), then with each weight.',
    );
    const delta2 = both.map((k) => (output[k]! - target[k]) * output[k]! * (1 - output[k]!));
    const passed = both.map((j) => delta2[0]! * w2[j][0] + delta2[1]! * w2[j][1]);
    const delta1 = both.map((j) => passed[j]! * hidden[j]! * (1 - hidden[j]!));
    write(`  delta of the outputs  ${shown(delta2)}\n  delta of the hidden   ${shown(delta1)}`);
    const slope2 = both.map((j) => delta2.map((delta) => delta * hidden[j]!));
    const slope1 = both.map((i) => delta1.map((delta) => delta * x[i]));
    const print = (name: string, rows: Rows) =>
      rows.forEach((row, i) => void write(`  ${name} from ${i + 1}   ${shown(row)}`));
    print('slopes to the outputs', slope2);
    print('slopes to the hidden ', slope1);

    write(`\nUpdate: each weight goes ${rate} of its slope downhill.`);
    const down = (weights: Rows, slopes: Rows) =>
      weights.map((row, i) => row.map((weight, j) => weight - rate * slopes[i]![j]!));
    print('weights to the outputs', down(w2, slope2));
    print('weights to the hidden ', down(w1, slope1));

    const model = asSequential();
    const plot = plotNetwork(model, { activations: tensor([x]), title: 'Before the step' });
    await model.trainOnBatch(tensor([x]), tensor([target]));
    write(`\nA Sequential after one step of SGD, to the outputs:\n${model.getWeights()[2]!.toString()}\n`);
    show(plot);
    await save(plot);
    const found = byAutograd().flatMap((slopes) => Array.from(slopes.data(), Number));
    return Math.max(...[...slope1, ...slope2].flat().map((slope, i) => Math.abs(slope - found[i]!)));
  },
});

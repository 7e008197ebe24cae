/** `myelin example fashion-mlp` and `fashion-cnn`: ten kinds of clothes, told apart by a network. */

import { type Options, readArguments } from '../../src/cli/arguments.js';
import type { Example } from '../../src/cli/examples.js';
import { problem } from '../../src/core/errors.js';
import type { Network } from './networks.js';
import { drawnPictures, howToDownload, realPictures } from './pictures.js';
import { meanOfSeeds, report } from './report.js';

const options = {
  data: { value: 'FOLDER', doc: 'Where the four files of Fashion-MNIST lie. Default: drawn silhouettes.' },
  seed: { value: 'N', integer: { min: 0 }, doc: 'Of the weights, the order and the dropout. Default: 0.' },
  seeds: { value: 'N', integer: { min: 1 }, doc: 'Train with N seeds and print the mean.' },
  epochs: { value: 'N', integer: { min: 1 }, doc: 'Passes over the training pictures.' },
} as const satisfies Options;

export const fashionExample = (network: Network): Example => ({
  options,
  async run(words, surroundings) {
    const command = `myelin example ${network.name}`;
    const { values, positionals } = readArguments(command, words, options);
    if (positionals.length > 0) throw unexpected(command, positionals[0]!);
    const { data, seed = 0, seeds } = values;
    if (data === undefined) surroundings.write(`${howToDownload(network.name)}\n`);
    const pictures = data === undefined ? drawnPictures() : await realPictures(data);
    const { few, many } = network.epochs;
    const epochs = values.epochs ?? (pictures.train.y.size < 10_000 ? few : many);
    const training = { seed, epochs };
    if (seeds === undefined) await report(network, pictures, training, surroundings);
    else await meanOfSeeds(network, pictures, training, seeds, surroundings);
  },
});

const unexpected = (command: string, word: string) =>
  problem('option-value', {
    subject: command,
    expected: 'options only',
    received: `'${word}'`,
    fix: `See \`${command} --help\`.`,
  });

/** What comes next? A network reads verse and guesses each next character; then it writes, cold, warm and hot. */

import { Adam, Conv1D, Dense, Dropout, Embedding, random, Sequential, setRandomSeed, tensor } from 'myelin';
import { plotHistory } from 'myelin/plot';
import { verses } from './carroll.js';
import { lesson } from './lesson.js';

const span = 24;
const alphabet = [...new Set(verses)].sort();
const numbers = Array.from(verses, (character) => alphabet.indexOf(character));

/** Each place is guessed from those before it only: causal kernels, each reaching twice as far back as the last. */
function network(): Sequential {
  const reader = (dilationRate: number) => [
    new Conv1D(96, 3, { padding: 'causal', activation: 'relu', dilationRate }),
    new Dropout(0.2),
  ];
  const model = new Sequential([
    new Embedding(alphabet.length, 24, { inputShape: [span] }),
    ...[1, 2, 4].flatMap(reader),
    new Dense(alphabet.length, { activation: 'softmax' }),
  ]);
  model.compile({
    optimizer: new Adam({ learningRate: 3e-3 }),
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

/** Gumbel's trick: where log p / temperature plus noise is largest is a draw by p, cold or hot. */
async function written(
  model: Sequential,
  length: number,
  temperature: number,
  seed: number,
): Promise<string> {
  const uniform = random.uniform([length, alphabet.length], { low: 1e-9, seed }).toArray() as number[][];
  const line = numbers.slice(0, span);
  for (const noise of uniform) {
    const guesses = (await model.predict(tensor([line.slice(-span)]), { verbose: 0 })).data();
    const p = guesses.slice(-alphabet.length); // of the last place
    const scores = noise.map((u, i) => Math.log(Number(p[i])) / temperature - Math.log(-Math.log(u)));
    line.push(scores.indexOf(Math.max(...scores)));
  }
  return Array.from(line.slice(span), (number) => alphabet[number]).join('');
}

export const { options, run } = lesson('characters', {
  figure: 'accuracy of the next character',
  async run({ write, show, save, seed, small, verbose, signal }) {
    setRandomSeed(seed);
    const starts = Array.from({ length: Math.floor((numbers.length - span) / 2) }, (_, i) => 2 * i);
    const x = tensor(starts.map((start) => numbers.slice(start, start + span)));
    const y = tensor(starts.map((start) => numbers.slice(start + 1, start + span + 1)));
    write(`${numbers.length} characters of Lewis Carroll, ${alphabet.length} different ones.\n`);
    const model = network();
    if (verbose) model.summary();
    const epochs = small ? 3 : 15;
    const history = await model.fit(x, y, { epochs, batchSize: 64, verbose, signal });
    for (const temperature of [0.3, 0.8, 1.5]) {
      const text = await written(model, small ? 40 : 200, temperature, seed + 1);
      write(`\nTemperature ${temperature}:\n${text.replace(/^/gm, '  | ')}`);
    }
    const plot = plotHistory(history, { title: 'Guessing the next character' });
    show(plot);
    await save(plot);
    return history.history.accuracy!.at(-1)!;
  },
});

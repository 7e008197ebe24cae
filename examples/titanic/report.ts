/** The job of `npm start`: train, show how it went, and score on people that were never looked at. */

import type { Surroundings } from '../../src/cli/surroundings.js';
import { lineChart } from '../../src/plot/terminal.js';
import { aligned, confusion, count, percent } from '../text.js';
import { logisticRegression, probabilities, smallNetwork, type Training, trained } from './models.js';
import { type Population, splitPopulation } from './population.js';

/** Prints the whole report; its last line is `test accuracy 0.79`. */
export async function report<Person>(
  population: Population<Person>,
  training: Training,
  surroundings: Surroundings,
): Promise<void> {
  const { write, terminal } = surroundings;
  write(describe(population));
  const { train, validation, test, features } = splitPopulation(population, training.seed);
  const [known, watched, tested] = [train, validation, test].map(({ y }) => count(y.length));
  write(`\nSplit by seed ${training.seed}: ${known} to train on, ${watched} to watch, ${tested} to test.`);
  write(`Each person is ${features.names.length} numbers.`);

  write('\nLogistic regression\n');
  const simple = await trained(logisticRegression, training, train, surroundings, validation);
  const { accuracy: simpleAccuracy } = await simple.model.evaluate(test.x, test.y, { verbose: 0 });

  write('\nA small network with dropout\n');
  const { model, history } = await trained(smallNetwork, training, train, surroundings, validation);
  write(`\n${lineChart({ loss: history.loss!, val_loss: history.val_loss! }, terminal)}\n`);

  const { accuracy } = await model.evaluate(test.x, test.y, { verbose: 0 });
  const lost = test.y.filter((label) => label === 0).length / test.y.length;
  write(
    aligned([
      [`accuracy on the ${tested} to test`, ''],
      ['  always "lost"', lost.toFixed(3)],
      ['  logistic regression', simpleAccuracy!.toFixed(3)],
      ['  small network', accuracy!.toFixed(3)],
    ]),
  );
  write(`\n${confusion(await probabilities(model, test.x), test.y)}`);

  const people = features.encode(Object.values(population.examples));
  const chances = (await probabilities(model, people)).map((chance) => chance.toFixed(2));
  const rows = Object.keys(population.examples).map((name, i) => [`  ${name}`, chances[i]!]);
  write(`\n${aligned([['chance of survival', ''], ...rows])}`);
  write(`\ntest accuracy ${accuracy!.toFixed(2)}`);
}

function describe<Person>({ title, people, groups, survived }: Population<Person>): string {
  const row = (name: string, members: readonly Person[]) => [
    name,
    count(members.length),
    percent(members.filter(survived).length / members.length),
  ];
  return aligned([
    [title, 'persons', 'survived'],
    ...Object.entries(groups).map(([name, belongs]) => row(`  ${name}`, people.filter(belongs))),
    row('  all', people),
  ]);
}

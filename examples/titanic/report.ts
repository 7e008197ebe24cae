/** The job of `npm start`: train, show how it went, and score on people that were never looked at. */

import { confusionMatrix } from 'myelin/estimators';
import { type Plot, panels, plotBars, plotConfusion, plotHistory } from 'myelin/plot';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { savePicture } from '../lesson.js';
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
  const curves = plotHistory(history, { metrics: ['loss'], title: 'A small network with dropout' });
  write(`\n${curves.terminal(terminal)}\n`);

  const { accuracy } = await model.evaluate(test.x, test.y, { verbose: 0 });
  const lost = test.y.filter((label) => label === 0).length / test.y.length;
  const scores = [
    [`accuracy on the ${tested} to test`, ''],
    ['  always "lost"', lost.toFixed(3)],
    ['  logistic regression', simpleAccuracy!.toFixed(3)],
    ['  small network', accuracy!.toFixed(3)],
  ];
  write(aligned(scores));
  const predicted = await probabilities(model, test.x);
  write(`\n${confusion(predicted, test.y)}`);

  const people = features.encode(Object.values(population.examples));
  const chances = (await probabilities(model, people)).map((chance) => chance.toFixed(2));
  const rows = Object.keys(population.examples).map((name, i) => [`  ${name}`, chances[i]!]);
  write(`\n${aligned([['chance of survival', ''], ...rows])}`);
  const plot = panels([survivalByGroup(population), curves, mistakes(test.y, predicted)], { columns: 2 });
  await savePicture(plot, 'titanic', surroundings);
  write(`\ntest accuracy ${accuracy!.toFixed(2)}`);
}

function mistakes(y: readonly number[], predicted: readonly number[]): Plot {
  const said = predicted.map((chance) => Number(chance > 0.5));
  return plotConfusion(confusionMatrix(y, said), { classes: ['lost', 'survived'] });
}

function survivalByGroup<Person>({ people, groups, survived }: Population<Person>): Plot {
  const share = (belongs: (person: Person) => boolean) => {
    const members = people.filter(belongs);
    return members.filter(survived).length / members.length;
  };
  const shares = Object.entries(groups).map(([name, belongs]) => [name, share(belongs)] as const);
  return plotBars(Object.fromEntries(shares), { title: 'Share of survivors', xLabel: 'share' });
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

/** Cross-validation: every person is tested once, by a network that was fitted without them. */

import type { Surroundings } from '../../src/cli/surroundings.js';
import { count } from '../text.js';
import { accuracyOf, probabilities, smallNetwork, type Training, trained } from './models.js';
import { foldPopulation, type Population } from './population.js';

/** Prints a line a fold; the last line is `mean accuracy 0.83`. */
export async function crossValidate<Person>(
  population: Population<Person>,
  folds: number,
  training: Training,
  { write, signal }: Surroundings,
): Promise<number> {
  const { title, people } = population;
  write(`${title}: ${count(people.length)} persons, ${folds} folds by seed ${training.seed}`);
  const accuracies: number[] = [];
  for (const { train, test } of foldPopulation(population, folds, training.seed)) {
    const { model } = await trained(smallNetwork, training, train, { signal, progress: false });
    const accuracy = accuracyOf(await probabilities(model, test.x), test);
    accuracies.push(accuracy);
    write(`  fold ${accuracies.length}  accuracy ${accuracy.toFixed(3)} on ${count(test.y.length)}`);
  }
  const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / folds;
  write(`mean accuracy ${mean.toFixed(2)}`);
  return mean;
}

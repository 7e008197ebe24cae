import { optionLines } from '../arguments.js';
import type { Surroundings } from '../surroundings.js';
import { trainOptions } from '../train/options.js';

export const summary = 'learns to predict a column of a CSV file, says how well, and reports';

/** `myelin train data.csv --target COLUMN [options]`. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<void> {
  if (words.includes('--help') || words.includes('-h')) return surroundings.write(help());
  const { train } = await import('../train/run.js');
  await train(words, surroundings);
}

function help(): string {
  const lines = optionLines({ ...trainOptions, help: { short: 'h', doc: 'Print this.' } });
  return ['myelin train data.csv --target COLUMN [options]', '', ...lines].join('\n');
}

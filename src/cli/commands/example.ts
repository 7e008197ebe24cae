import { problem } from '../../core/errors.js';
import { list, nearest } from '../../core/text.js';
import { optionLines } from '../arguments.js';
import { type Entry, examples } from '../examples.js';
import type { Surroundings } from '../surroundings.js';

export const summary = 'runs an example; lists them without a name';

/** `myelin example [NAME] [options]`. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const [name, ...rest] = words;
  if (name === undefined || isHelp(name)) return surroundings.write(overview());
  const example = await entryOf(name).load();
  if (!rest.some(isHelp)) return example.run(rest, surroundings);
  const lines = optionLines({ ...example.options, help: { short: 'h', doc: 'Print this.' } });
  surroundings.write([`myelin example ${name} [options]`, '', ...lines].join('\n'));
}

const isHelp = (word: string) => word === '--help' || word === '-h';

function overview(): string {
  const names = Object.keys(examples);
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(examples).map(([name, entry]) => `  ${name.padEnd(width)}  ${entry.summary}`);
  return ['myelin example NAME [options]', '', ...lines, '', 'Options: myelin example NAME --help'].join(
    '\n',
  );
}

function entryOf(name: string): Entry {
  const names = Object.keys(examples);
  const entry = Object.hasOwn(examples, name) ? examples[name] : undefined;
  if (entry) return entry;
  const guess = nearest(name, names);
  throw problem('argument-value', {
    subject: 'myelin example',
    expected: `the name of an example, ${list(names)}`,
    received: `'${name}'`,
    fix: guess === undefined ? undefined : `Write \`myelin example ${guess}\`.`,
  });
}

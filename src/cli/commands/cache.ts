import { type CacheContents, cacheReport, clearCache } from '../../backends/native/cache-upkeep.js';
import { problem } from '../../core/errors.js';
import { list, nearest } from '../../core/text.js';
import type { Surroundings } from '../surroundings.js';

export const summary = 'what the native backend has compiled and kept; `cache clear` deletes it';

const help = [
  'myelin cache        prints where compiled programs are kept, how many, and their size',
  'myelin cache clear  deletes them',
  '',
  'MYELIN_CACHE_DIR names another folder, MYELIN_CACHE_MIB another limit than 256.',
].join('\n');

/** `myelin cache [clear]`. */
export async function run([word, ...rest]: readonly string[], { write }: Surroundings): Promise<void> {
  if (word === '--help' || word === '-h') return write(help);
  const superfluous = word === undefined || word === 'clear' ? rest[0] : word;
  if (superfluous !== undefined) throw unknownWord(superfluous);
  if (process.platform === 'win32') return write('No cache: there is no native backend for Windows.');
  if (word === 'clear') return write(`Deleted ${amount(clearCache())}`);
  const { refused, ...contents } = cacheReport();
  write(refused === undefined ? amount(contents) : `${amount(contents)}\nNot used: ${refused}`);
}

const amount = ({ libraries, bytes, directory }: CacheContents) =>
  `${libraries} compiled ${libraries === 1 ? 'program' : 'programs'}, ${(bytes / 2 ** 20).toFixed(1)} MiB, in ${directory}`;

function unknownWord(word: string) {
  const guess = nearest(word, ['clear', '--help']);
  return problem(word.startsWith('-') ? 'option-unknown' : 'argument-value', {
    subject: 'myelin cache',
    expected: list(['clear', '--help'], ['nothing']),
    received: `'${word}'`,
    fix: guess === undefined ? 'See `myelin cache --help`.' : `Write \`myelin cache ${guess}\`.`,
  });
}

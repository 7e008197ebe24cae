import { problem } from '../../core/errors.js';
import { listSome, nearest } from '../../core/text.js';
import { optionLines, readArguments } from '../arguments.js';
import { explainCode, knownCodes } from '../explain/codes.js';
import { networks } from '../explain/networks.js';
import { explainNetwork, explainOptions } from '../explain/stages.js';
import type { Surroundings } from '../surroundings.js';
import { aligned } from '../train/text-table.js';

export const summary = 'what an error code means, and how a network becomes one program';

const command = 'myelin explain';

/** `myelin explain [CODE | NETWORK] [options]`. */
export async function run(words: readonly string[], { write }: Surroundings): Promise<void> {
  if (words.includes('--help') || words.includes('-h')) return write(help());
  const { values, positionals } = readArguments(command, words, explainOptions);
  const [name, ...rest] = positionals;
  if (name === undefined) return write(overview());
  if (rest.length > 0) throw unknown(rest.join(' '), 'one name');
  if (Object.hasOwn(networks, name)) return write(explainNetwork(name, values));
  const code = knownCodes.find((known) => known === name);
  if (!code)
    throw unknown(
      name,
      `the code of an error or a network, ${listSome([...Object.keys(networks), ...knownCodes])}`,
    );
  return write(await explainCode(code));
}

function help(): string {
  const lines = optionLines({ ...explainOptions, help: { short: 'h', doc: 'Print this.' } });
  return [`${command} CODE`, `${command} NETWORK [options]`, '', ...lines].join('\n');
}

function overview(): string {
  const rows = Object.entries(networks).map(([name, { text }]) => [`  ${name}`, text]);
  return [
    help(),
    '',
    'Networks, and the stages by which their training step becomes one program:',
    aligned(rows, 'll'),
    '',
    'Codes, as they stand below every error:',
    ...knownCodes.map((code) => `  ${code}`),
  ].join('\n');
}

function unknown(received: string, expected: string) {
  const guess = nearest(received, [...Object.keys(networks), ...knownCodes]);
  return problem('argument-value', {
    subject: command,
    expected,
    received: `'${received}'`,
    fix: guess === undefined ? `\`${command}\` lists them.` : `Write \`${command} ${guess}\`.`,
  });
}

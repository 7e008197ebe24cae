import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examples } from '../../src/cli/examples.js';
import { myelin } from './surroundings.js';

test('without a command the help is printed', async () => {
  const { lines, code } = await myelin([]);
  expect(code).toBe(0);
  expect(lines[0]).toBe('myelin COMMAND');
  expect(lines).toContain('  example    runs an example; lists them without a name');
  expect((await myelin(['--help'])).lines).toEqual(lines);
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await myelin(['--version'])).toEqual({ lines: [version], errors: [], code: 0 });
});

test('an unknown command or option is an error with the nearest name and exit code 2', async () => {
  expect(await myelin(['exmaple'])).toEqual({
    lines: [],
    errors: [
      "ConfigError: myelin expected 'cache', 'example', 'explain', 'train', '--help' or '--version', received 'exmaple'.",
      '  fix    Write `myelin example`.',
      '  code   argument-value',
    ],
    code: 2,
  });
  expect((await myelin(['--hepl'])).errors).toContain('  fix    Write `myelin --help`.');
});

test('the stack is shown only when it is asked for', async () => {
  const plain = await myelin(['nothing']);
  const debugged = await myelin(['nothing'], { debug: true });
  expect(plain.errors.join('\n')).not.toMatch(/^ {4}at /m);
  expect(debugged.errors.join('\n')).toMatch(/^ {4}at /m);
  expect(debugged.code).toBe(2);
});

test('example lists the examples, and offers the nearest for an unknown one', async () => {
  const { lines } = await myelin(['example']);
  expect(lines.some((line) => line.startsWith('  titanic  '))).toBe(true);
  const { errors, code } = await myelin(['example', 'titanik']);
  expect(errors[0]).toMatch(
    /^ConfigError: myelin example expected the name of an example, 'perceptron', .* or 'train-generator', received 'titanik'\.$/,
  );
  const names = lines.join('\n').match(/(?<=^ {2})[\w-]+(?= {2})/gm);
  expect(names).toEqual(Object.keys(examples));
  expect(errors).toContain('  fix    Write `myelin example titanic`.');
  expect(code).toBe(2);
});

test('an interrupted command ends with the exit code of Ctrl-C', async () => {
  const { errors, code } = await myelin(['--version'], { signal: AbortSignal.abort() });
  expect(errors).toEqual(['Stopped.']);
  expect(code).toBe(130);
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { myelin } from '../cli/surroundings.js';
import { testData } from './data.js';

const titanic = (...words: string[]) => myelin(['example', 'titanic', ...words]);
const scoreOf = (line: string | undefined) => Number(/accuracy (\d\.\d\d)$/.exec(line ?? '')?.[1]);
const newFolder = () => mkdtempSync(join(tmpdir(), 'titanic-'));

const header = 'PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked';
/** Forty people, of whom the women survive, with some ages, fares, cabins and ports missing. */
const small = Array.from({ length: 40 }, (_, i) => {
  const [sex, title, survived] = i % 2 ? ['female', 'Miss', 1] : ['male', 'Mr', 0];
  const age = i % 5 ? 20 + i : '';
  return `${i + 1},${survived},${1 + (i % 3)},"Name${i}, ${title}. First",${sex},${age},0,${i % 4},T ${i},${10 + i},,${i % 9 ? 'S' : ''}`;
});
const written = (name: string, lines: readonly string[]) => {
  const file = join(newFolder(), name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const passengers = written('passengers.csv', [header, ...small]);

describe('the report', () => {
  test('ends with the accuracy of the network, which beats the answer that is always "lost"', async () => {
    const { lines, errors, code } = await titanic();
    expect([errors, code]).toEqual([[], 0]);
    expect(lines.at(-1)).toMatch(/^test accuracy 0\.\d\d$/);
    expect(scoreOf(lines.at(-1))).toBeGreaterThanOrEqual(0.76);
    expect(lines.join('\n')).toMatch(/^ {2}always "lost" +0\.677$/m);
  });

  test('holds for other seeds', async () => {
    for (const seed of ['1', '2', '3']) {
      const { lines } = await titanic('--seed', seed);
      expect(scoreOf(lines.at(-1)), `seed ${seed}`).toBeGreaterThanOrEqual(0.76);
    }
  });

  test('shows the data, the curves, a confusion matrix that adds up, and three predictions', async () => {
    const { lines } = await titanic('--epochs', '2');
    const text = lines.join('\n');
    expect(text).toMatch(/^ {2}all +2,201 +32 %$/m);
    expect(text).toMatch(/── train {3}━━ validation {3}\(epoch\)/);
    const cells = [...text.matchAll(/^ {2}(?:lost|survived) +(\d+) +(\d+)$/gm)];
    expect(cells.flatMap(([, a, b]) => [Number(a), Number(b)]).reduce((sum, n) => sum + n, 0)).toBe(440);
    expect(text.match(/^ {2}(woman|girl|man), .* 0\.\d\d$/gm)).toHaveLength(3);
  });

  test('is the same for the same seed', async () => {
    const first = await titanic('--epochs', '2', '--seed', '5');
    expect((await titanic('--epochs', '2', '--seed', '5')).lines).toEqual(first.lines);
  });
});

describe('a passenger file', () => {
  test('is reported on like the table', async () => {
    const { lines, errors } = await titanic('--data', passengers, '--epochs', '2');
    expect(errors).toEqual([]);
    expect(lines[0]).toMatch(/^passengers\.csv +persons +survived$/);
    expect(lines.at(-1)).toMatch(/^test accuracy [01]\.\d\d$/);
  });

  test('is cross-validated with --folds: a line a fold, the mean last', async () => {
    const { lines } = await titanic('--data', passengers, '--folds', '4', '--epochs', '30');
    expect(lines.filter((line) => /^ {2}fold \d {2}accuracy \d\.\d{3} on 10$/.test(line))).toHaveLength(4);
    expect(lines.at(-1)).toMatch(/^mean accuracy [01]\.\d\d$/);
    expect(scoreOf(lines.at(-1))).toBeGreaterThan(0.9);
  });

  test('is learnt whole with --submit, and the answers are written in the form asked for', async () => {
    const asked = small.slice(0, 6).map((line, i) => line.replace(/^\d+,\d,/, `${100 + i},`));
    const test = written('test.csv', [header.replace('Survived,', ''), ...asked]);
    const out = join(newFolder(), 'answers.csv');
    const { lines, errors } = await titanic(
      '--data',
      passengers,
      '--submit',
      test,
      '--out',
      out,
      '--epochs',
      '30',
    );
    expect(errors).toEqual([]);
    expect(lines.at(-1)).toBe(`wrote ${out}: 6 passengers, 3 of them survive`);
    expect(readFileSync(out, 'utf8')).toBe(
      'PassengerId,Survived\n100,0\n101,1\n102,0\n103,1\n104,0\n105,1\n',
    );
    expect(readdirSync(join(out, '..'))).toEqual(['answers.csv']);
  });
});

test('an answer that cannot be written leaves nothing behind', async () => {
  const out = join(newFolder(), 'answers.csv');
  mkdirSync(out); // a folder has the name that the file should get
  const { errors, code } = await titanic(
    '--data',
    passengers,
    '--submit',
    passengers,
    '--out',
    out,
    '--epochs',
    '1',
  );
  expect(code).toBe(1);
  expect(errors[0]).toMatch(/^Error: (EISDIR|ENOTEMPTY|EEXIST|EPERM)/);
  expect(readdirSync(join(out, '..'))).toEqual(['answers.csv']);
});

describe('bad calls', () => {
  test('name what is wrong and write nothing', async () => {
    const cases: [words: string[], message: RegExp, code: number][] = [
      [['--fold', '5'], /received --fold\.\n {2}fix {4}Write --folds\./, 2],
      [['--submit', 'x.csv'], /expected --data with --submit, received none/, 2],
      [['--out', 'x.csv'], /expected --submit with --out, received none/, 2],
      [
        ['--data', passengers, '--submit', 'x', '--folds', '2'],
        /expected --folds or --submit, received both/,
        2,
      ],
      [['titanic.csv'], /expected options only, received 'titanic\.csv'/, 2],
      [
        ['--data', 'no-such.csv'],
        /DataError: .*expected a file that can be read at 'no-such\.csv', received no such file/,
        1,
      ],
    ];
    for (const [words, message, code] of cases) {
      const result = await titanic(...words);
      expect(result.errors.join('\n')).toMatch(message);
      expect([result.code, result.lines]).toEqual([code, []]);
    }
  });

  test('damaged files are named by line', async () => {
    const ragged = written('ragged.csv', [header, small[0]!, `${small[1]},extra`]);
    expect((await titanic('--data', ragged)).errors[0]).toBe(
      'DataError: ragged.csv line 3 expected 12 fields, as the first line has, received 13.',
    );
  });
});

test('Ctrl-C ends training, and nothing is written', async () => {
  const interrupt = new AbortController();
  const out = join(newFolder(), 'answers.csv');
  const words = [
    'example',
    'titanic',
    '--data',
    passengers,
    '--submit',
    passengers,
    '--out',
    out,
    '--epochs',
    '1000000',
  ];
  const running = myelin(words, { signal: interrupt.signal });
  setImmediate(() => interrupt.abort());
  expect(await running).toEqual({ lines: [], errors: ['Stopped.'], code: 130 });
  expect(readdirSync(join(out, '..'))).toEqual([]);
});

const file = testData('titanic.csv');
test.skipIf(file === undefined)(
  'five folds of the well-known file reach 0.81, for several seeds',
  async () => {
    for (const seed of ['0', '1', '2']) {
      const { lines } = await titanic('--data', file!, '--folds', '5', '--seed', seed);
      expect(scoreOf(lines.at(-1)), `seed ${seed}`).toBeGreaterThanOrEqual(0.81);
    }
  },
  60_000,
);

/** The pages of the lessons are what `npm run docs` would write of the files that are there today. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contentsOf, differences, lessonsIndex, outputOnPage } from '../../scripts/docs/lessons.mjs';
import { shortened } from '../../scripts/docs/printed.mjs';
import { filesBeside, firstComment, lessons } from '../../scripts/docs/table.mjs';
import { examples } from '../../src/cli/examples.js';
import { markdownBlocks, shownFiles } from './blocks.js';

const listed = lessons();
const stale = 'stale: npm run docs';
const pageOf = (name: string) => `docs/lessons/${name}.md`;

test('the table of lessons is read as the command line has it, in its order', () => {
  const summaries = Object.entries(examples).map(([name, { summary }]) => [name, summary]);
  expect(listed.map(({ name, summary }) => [name, summary])).toEqual(summaries);
  expect(listed.filter(({ file }) => !existsSync(file))).toEqual([]);
});

test.each(listed)(
  'the page of $name shows its program letter for letter, and a picture',
  ({ name, file }) => {
    expect(existsSync(pageOf(name)), `${pageOf(name)} is missing: npm run docs`).toBe(true);
    const shown = shownFiles(pageOf(name));
    expect(shown[0]?.shown, stale).toBe(file);
    for (const { shown: path, code } of shown) expect(code, stale).toBe(readFileSync(path, 'utf8'));
    const pictures = [...readFileSync(pageOf(name), 'utf8').matchAll(/^!\[.*\]\((.+\.svg)\)$/gm)];
    expect(pictures.length, stale).toBeGreaterThan(0);
  },
);

test('all pages and their index are what the files of today give', () => {
  const outputs = new Map(listed.map((lesson) => [lesson.name, outputOnPage(lesson)] as const));
  const missing = [...outputs].filter(([, output]) => output === undefined).map(([name]) => name);
  expect(missing, 'no page yet: npm run docs').toEqual([]);
  expect(differences(contentsOf(listed, outputs as never)), stale).toEqual([]);
});

test('the index lists all lessons in order', () => {
  const index = existsSync(lessonsIndex) ? readFileSync(lessonsIndex, 'utf8') : '';
  const links = [...index.matchAll(/\[([^\]]+)\]\(lessons\/\1\.md\)/g)].map(([, name]) => name);
  expect(links, stale).toEqual(Object.keys(examples));
});

test('a block that shows a file is not run', () => {
  const [first] = listed.map(({ name }) => pageOf(name)).filter((page) => existsSync(page));
  if (first) expect(markdownBlocks(first)).toEqual([]);
});

describe('what a page keeps of the printed text', () => {
  test('no times', () => {
    expect(shortened('13/13 - 0s - 812us/step - loss: 0.5\n2/2 - 1:02:03 - 3s/step\n')).toBe(
      '13/13 - loss: 0.5\n2/2',
    );
  });

  test('the first and the last of many epochs, in one line each or in two', () => {
    const lines = [1, 2, 3, 4, 5].map((epoch) => `Epoch ${epoch}/5 - 0s - 2ms/step - loss: 0.${epoch}`);
    expect(shortened(`before\n${lines.join('\n')}\nafter`)).toBe(
      'before\nEpoch 1/5 - loss: 0.1\n…\nEpoch 5/5 - loss: 0.5\nafter',
    );
    const pairs = lines.map((line) => line.replace(' - 0s', '\n4/4 - 0s'));
    expect(shortened(pairs.join('\n'))).toBe('Epoch 1/5\n4/4 - loss: 0.1\n…\nEpoch 5/5\n4/4 - loss: 0.5');
  });

  test('two trainings, one right after the other', () => {
    const training = (epochs: number) =>
      Array.from({ length: epochs }, (_, i) => `Epoch ${i + 1}/${epochs} - 0s - 2ms/step - loss: 0.4`);
    expect(shortened([...training(5), ...training(2), '', ...training(4)].join('\n')).split('\n')).toEqual([
      'Epoch 1/5 - loss: 0.4',
      '…',
      'Epoch 5/5 - loss: 0.4',
      'Epoch 1/2 - loss: 0.4',
      'Epoch 2/2 - loss: 0.4',
      '',
      'Epoch 1/4 - loss: 0.4',
      '…',
      'Epoch 4/4 - loss: 0.4',
    ]);
  });

  test('the start and the end of what is long', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    const kept = shortened(lines.join('\n')).split('\n');
    expect(kept).toHaveLength(71);
    expect([kept[0], kept[29], kept[30], kept[31], kept[70]]).toEqual([
      'line 0',
      'line 29',
      '…',
      'line 160',
      'line 199',
    ]);
  });
});

test('the first comment of a file is found in both forms', () => {
  expect(firstComment('/** One\n * two. */\nconst x = 1;')).toBe('One two.');
  expect(firstComment('// One\n// two.\n\n// Three.\n')).toBe('One two.');
  expect(firstComment("import { x } from 'y';\n// no\n")).toBe('');
});

test('the files of a lesson in a folder of its own are told from those that it shares', () => {
  const titanic = listed.find(({ name }) => name === 'titanic')!;
  const { own, shared } = filesBeside(titanic);
  expect(own).toContain('examples/titanic/models.ts');
  expect(shared).toContain('examples/text.ts');
  expect([...own, ...shared]).not.toContain(titanic.file);
});

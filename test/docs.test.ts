import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles } from '../scripts/source.mjs';
import { type Block, exampleBlocks, markdownBlocks } from './docs/blocks.js';
import { bundleBlocks, compileErrors, writeBlocks } from './docs/program.js';
import { withChecks } from './docs/values.js';

const pages = existsSync('docs')
  ? readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .map((path) => `docs/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.md') && !path.startsWith('docs/reference/'))
  : [];
const blocks: Block[] = [
  ...['README.md', 'CONTRIBUTING.md', ...pages.sort()]
    .filter((path) => existsSync(path))
    .flatMap(markdownBlocks),
  ...sourceFiles('src').flatMap(exampleBlocks),
];
const files = writeBlocks(blocks);
const toRun = blocks.flatMap(({ run }, index) => (run ? [index] : []));
console.log(
  `${blocks.length} blocks of code in the documentation, ${blocks.length - toRun.length} of them not run.`,
);

test('the README has code', () => {
  expect(blocks.map(({ file }) => file)).toContain('README.md');
});

test('every block of code in the documentation compiles', () => {
  expect(compileErrors(files, blocks)).toEqual([]);
}, 60_000);

test('every block of code in the documentation runs, or throws where it says so', async () => {
  const modules = await bundleBlocks(toRun.map((index) => files[index] ?? ''));
  const errors = await runAll(modules);
  const wrong = toRun.flatMap((index, position) => {
    const { file = '', line = 0, throws = false } = blocks[index] ?? {};
    const error = errors.get(modules[position] ?? '');
    if ((error !== undefined) === throws) return [];
    return [`${file}:${line} ${error ?? 'should throw and does not'}`];
  });
  expect(wrong).toEqual([]);
}, 120_000);

/** The error of each module that has one. */
async function runAll(modules: readonly string[]): Promise<Map<string, string>> {
  const report = join(dirname(files[0] ?? ''), 'errors.json');
  const args = ['test/docs/run.mjs', ...modules, report];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 110_000 });
  if (!existsSync(report)) throw new Error(`The examples stopped before the end.\n${stderr}`);
  return new Map(JSON.parse(readFileSync(report, 'utf8')) as [string, string][]);
}

test('the search for examples finds fenced and bare ones', () => {
  expect(markdownBlocks('test/docs/sample.md')).toEqual([
    {
      file: 'test/docs/sample.md',
      line: 4,
      code: 'const x = 1;\n',
      language: 'ts',
      run: false,
      throws: false,
    },
  ]);
  expect(exampleBlocks('test/docs/sample.ts').map(({ code, line }) => [line, code])).toEqual([
    [5, 'twice(1); // 2\ntwice(2);'],
    [15, 'half(1);\n'],
  ]);
});

test('values in comments are checked, other comments are not', () => {
  expect(withChecks('add(1, 2); // 3')).toContain('expectValue(add(1, 2), {"number":3,');
  expect(withChecks('console.log(add(1, 2)); // [0.5, true]')).toMatch(
    /console\.log\( .*expectValue\(add\(1, 2\)/,
  );
  expect(withChecks('add(1, 2); // a sum')).toBe('add(1, 2); // a sum');
});

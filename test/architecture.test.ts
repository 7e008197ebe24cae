import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { codeLines, parse, sourceFiles } from '../scripts/source.mjs';
import { cyclesOf, edgesOf, folderOf, isAllowed, levelOf } from './architecture/imports.js';
import { at, decisions, declaredNames, forbiddenIdentifiers, kernelWords } from './architecture/names.js';
import { effectsOf } from './architecture/purity.js';
import { linesOf, longFunctions } from './architecture/sizes.js';

const src = sourceFiles('src');
const everywhere = ['src', 'scripts', 'examples', 'test']
  .filter((path) => existsSync(path))
  .flatMap(sourceFiles);
const edges = edgesOf(src);

/** Files that may be longer than 300 lines, and functions that may be longer than 40, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {};
const longBodies: Readonly<Record<string, string>> = {};

describe('imports', () => {
  test('every folder of src has a level', () => {
    expect(src.filter((file) => levelOf(folderOf(file)) < 0)).toEqual([]);
  });

  test('imports go down only', () => {
    const wrong = edges.filter((edge) => !isAllowed(edge));
    expect(wrong.map(({ from, to, line }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test('imports name files that exist', () => {
    const missing = edges.filter(({ to }) => !existsSync(to));
    expect(missing.map(({ from, to, line }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test('there are no import cycles', () => {
    expect(cyclesOf(edges).map((files) => files.join(' -> '))).toEqual([]);
  });

  test('the rules catch what they forbid', () => {
    const edge = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly, line: 1 });
    expect(isAllowed(edge('src/ops/op.ts', 'src/tensor/tensor.ts', true))).toBe(true);
    expect(isAllowed(edge('src/ops/op.ts', 'src/tensor/tensor.ts'))).toBe(false);
    expect(isAllowed(edge('src/compiler/fuse.ts', 'src/backends/backend.ts'))).toBe(false);
    expect(isAllowed(edge('src/core/shape.ts', 'src/index.ts'))).toBe(false);
    expect(isAllowed(edge('src/models/sequential.ts', 'examples/titanic/main.ts'))).toBe(false);
    expect(cyclesOf([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual([['b', 'c', 'b']]);
  });
});

describe('names', () => {
  const machinery = src.filter((file) =>
    /^src\/(compiler|backends)\/|^src\/models\/train[^/]*\.ts$/.test(file),
  );
  const kernel = kernelWords(src.filter((file) => folderOf(file) === 'loops'));
  const ops = declaredNames(src.filter((file) => folderOf(file) === 'ops'));
  const layers = declaredNames(src.filter((file) => folderOf(file) === 'layers'));

  test('compiler, backends and training import nothing of ops and layers', () => {
    const wrong = edges.filter(
      ({ from, to }) => machinery.includes(from) && ['ops', 'layers'].includes(folderOf(to)),
    );
    expect(wrong.map(({ from, to, line }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test('ops and layers are found by their records', () => {
    expect(ops.size).toBeGreaterThan(20);
    expect([...layers]).toEqual(expect.arrayContaining(['Dense', 'Dropout']));
  });

  test('compiler, backends and training decide nothing by the name of an op or a layer', () => {
    const names = new Set([...ops, ...layers].filter((name) => !kernel.has(name)));
    expect(machinery.flatMap((file) => decisions(parse(file), names))).toEqual([]);
  });

  test('the search for decisions finds every form of them', () => {
    const code = [
      `if (kind === 'relu') first();`,
      `switch (kind) { case 'relu': }`,
      `const rows = { relu: 1 };`,
      `f({ 'relu': 1 });`,
      `new Set(['relu']).has(kind);`,
      `words.includes('relu');`,
      `rows['relu'];`,
      `f('relu', { relu: 1 });`,
    ];
    const file = ts.createSourceFile('x.ts', code.join('\n'), ts.ScriptTarget.Latest, true);
    const lines = decisions(file, new Set(['relu'])).map((text) => Number(/:(\d+)/.exec(text)?.[1]));
    expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('no identifier holds a forbidden word', () => {
    const forbidden = new Set(['lr', 'opt', 'cfg', 'tmp', 'util', 'helper', 'manager', 'data2']);
    expect(everywhere.flatMap((file) => forbiddenIdentifiers(file, forbidden))).toEqual([]);
    const words = (file: string) => file.toLowerCase().split(/[/.\-_]/);
    expect(everywhere.filter((file) => words(file).some((word) => forbidden.has(word)))).toEqual([]);
  });

  test('src has no default export', () => {
    const found = src.flatMap((file) =>
      parse(file).statements.filter(
        (statement) =>
          ts.isExportAssignment(statement) ||
          (ts.canHaveModifiers(statement) &&
            ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)),
      ),
    );
    expect(found.map((statement) => at(statement, 'is a default export'))).toEqual([]);
  });
});

describe('sizes', () => {
  test('files have at most 300 lines', () => {
    const long = everywhere.filter((file) => linesOf(file) > 300 && !(file in longFiles));
    expect(long.map((file) => `${file} has ${linesOf(file)} lines`)).toEqual([]);
  });

  test('functions have at most 40 lines of code', () => {
    const files = everywhere.filter((file) => !file.startsWith('test/') && !(file in longBodies));
    expect(files.flatMap((file) => longFunctions(file, 40))).toEqual([]);
  });

  test('lines of code are those with neither blanks nor comments alone', () => {
    const lines = ['/** Doc. */', 'const a = `', '`; // why', '', '/*', '*/', 'f(a);'];
    const file = ts.createSourceFile('x.ts', lines.join('\n'), ts.ScriptTarget.Latest, true);
    expect([...codeLines(file)]).toEqual([1, 2, 6]);
  });

  test('every exception is still needed', () => {
    const files = Object.keys(longFiles).filter((file) => !existsSync(file) || linesOf(file) <= 300);
    const bodies = Object.keys(longBodies).filter(
      (file) => !existsSync(file) || longFunctions(file, 40).length === 0,
    );
    expect([...files, ...bodies]).toEqual([]);
  });
});

test('loading a module that a model may not need runs nothing, so that bundlers can drop it', () => {
  const folders = ['ops', 'nn', 'data', 'layers', 'models', 'datasets', 'plot', 'estimators'];
  const files = src.filter((file) => folders.includes(folderOf(file)));
  expect(files.flatMap((file) => effectsOf(parse(file)))).toEqual([]);
});

test('the search for effects passes over functions and marked calls', () => {
  const code = [
    `register();`,
    `const a = op('a');`,
    `const b = /* @__PURE__ */ op('b', () => f());`,
    `class C extends layer('C') {}`,
    `class D extends /* @__PURE__ */ layer('D') { x = f(); }`,
    `const names = new Map([['a', 1]]);`,
  ];
  const file = ts.createSourceFile('x.ts', code.join('\n'), ts.ScriptTarget.Latest, true);
  expect(effectsOf(file)).toEqual([
    'x.ts:1 is a statement with an effect',
    'x.ts:2 runs op',
    'x.ts:4 runs layer',
  ]);
});

test('no file names the host of a package registry', () => {
  const skipped = new Set(['node_modules', 'dist', '.git', 'docs/reference']);
  const read = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !skipped.has(join(folder, name)))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? read(path) : entry.isFile() ? [path] : [];
      });
  const host = /\bregistry\.[\w-]+\.[a-z]{2,}|"resolved":\s*"http|_auth[T]oken/;
  const isText = (path: string) => /\.(ts|mts|mjs|js|json|md|txt|yml|yaml|sh|npmrc)$|\.ci\/run$/.test(path);
  expect(read('.').filter((path) => isText(path) && host.test(readFileSync(path, 'utf8')))).toEqual([]);
});

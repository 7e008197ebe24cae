/** What is public has its place in the reference. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { paths, placeOf } from '../../scripts/docs/reference.mjs';

const { entryPoints } = JSON.parse(readFileSync('typedoc.json', 'utf8')) as { entryPoints: string[] };
const program = ts.createProgram(entryPoints, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  types: [],
});
const checker = program.getTypeChecker();

/** File below `src` and name of each thing that an entry exports. */
const declared = entryPoints.flatMap((entry) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(resolve(entry))!)!;
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const file = relative('src', symbol.declarations![0]!.getSourceFile().fileName);
    return { file: file.replaceAll('\\', '/'), name: exported.name };
  });
});

describe('scripts/docs/reference.mjs', () => {
  test('has a place for everything that is exported', () => {
    const lost = declared.filter(({ file, name }) => placeOf(file, name) === undefined);
    expect(lost.map(({ file, name }) => `${name} of src/${file}`)).toEqual([]);
  });

  test('names nothing of which nothing is exported', () => {
    const used = new Set(declared.map(({ file, name }) => placeOf(file, name)?.path));
    expect(paths.filter((path) => !used.has(path))).toEqual([]);
  });

  test('finds a name before its file, and a file before its folder', () => {
    expect(placeOf('layers/core.ts', 'Rescaling')?.category).toBe('Preprocessing layers');
    expect(placeOf('layers/core.ts', 'Masking')?.category).toBe('Core layers');
    expect(placeOf('nn/optimizers/of-tomorrow.ts', 'Any')?.group).toBe('Optimizers');
    expect(placeOf('layers/of-tomorrow.ts', 'Any')).toBeUndefined();
  });
});

test('the reference has every entry of the package', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, unknown>;
  };
  const names = Object.keys(exports).filter((name) => name !== './package.json');
  const files = names.map((name) => (name === '.' ? 'index' : name.slice(2)));
  expect(entryPoints.map((path) => path.slice('src/'.length).replace(/(\/index)?\.ts$/, '')).sort()).toEqual(
    files.sort(),
  );
});
